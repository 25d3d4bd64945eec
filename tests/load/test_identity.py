"""Under which URL an article is kept, and whether two texts are of one article."""

from __future__ import annotations

import pytest

from copydesk.load.identity import Identity, content_key, identity, is_moved, same_article
from copydesk.urls import canonicalize

ENTRY = "https://www.a.org/story?id=1"
STORY = "وقال مسؤول في وزارة الزراعة إن موسم الحصاد سيبدأ في موعده هذا العام رغم تأخر الأمطار في الشمال. " * 4


@pytest.mark.parametrize(
    ("claimed", "final", "url", "variant_of"),
    [
        (None, ENTRY, ENTRY, None),
        (ENTRY, ENTRY, ENTRY, None),
        ("https://elsewhere.org/story-1", ENTRY, ENTRY, None),
        ("https://www.a.org/", ENTRY, ENTRY, None),
        ("https://www.a.org", ENTRY, ENTRY, None),
        ("javascript:void(0)", ENTRY, ENTRY, None),
        ("http://[broken", ENTRY, ENTRY, None),
        # another spelling of the page's own URL is believed at once
        ("http://a.org/story/?id=1&utm_source=x", ENTRY, "http://a.org/story/?id=1", None),
        ("https://www.a.org/story?id=1", "https://www.a.org/story?from=rss&id=1", ENTRY, None),
        ("https://www.a.org/2026/11/a-b", "https://www.a.org/2026/11/a-b?x=1", "https://www.a.org/2026/11/a-b", None),
        ("https://www.a.org/2026/11/a-b", "https://m.a.org/2026/11/a-b/", "https://www.a.org/2026/11/a-b", None),
        # what names another page is a claim: also what is left when the article's own number is dropped
        ("https://a.org/story-1?utm_source=x", ENTRY, ENTRY, "https://a.org/story-1"),
        ("https://www.a.org/story", ENTRY, ENTRY, "https://www.a.org/story"),
        ("https://www.a.org/?p=7", ENTRY, ENTRY, "https://www.a.org/?p=7"),
        ("https://www.a.org/x", "https://m.a.org/x", "https://m.a.org/x", "https://www.a.org/x"),
        ("https://www.a.org/x", "https://www.a.org/amp/x", "https://www.a.org/amp/x", "https://www.a.org/x"),
        # where redirects lead is believed, as trackers lead, but no home page
        (None, "https://www.a.org/moved/1", "https://www.a.org/moved/1", None),
        (None, "https://www.a.org/", ENTRY, None),
        (None, "https://consent.org/?back=1", ENTRY, None),
        (None, "https://b.org/", ENTRY, None),
        (None, "https://b.org/2026/story?utm_source=tracker", "https://b.org/2026/story", None),
        ("https://b.org/1", "https://b.org/1?from=tracker", "https://b.org/1?from=tracker", "https://b.org/1"),
    ],
)
def test_a_page_goes_by_its_own_url_and_may_claim_another(
    claimed: str | None, final: str, url: str, variant_of: str | None
) -> None:
    assert identity(ENTRY, final, claimed) == Identity(url, canonicalize(final), variant_of)


def test_title_and_text_make_the_key_and_nothing_runs_over() -> None:
    assert content_key("a", "b") == content_key("a", "b")
    assert len({content_key("a", "b"), content_key("ab", ""), content_key("", "ab"), content_key(None, "b")}) == 4


def test_a_text_with_a_corrected_word_or_a_cut_end_is_the_same_article() -> None:
    assert same_article(STORY, STORY.replace("الشمال", "الجنوب", 1))
    assert same_article(STORY, STORY[: len(STORY) // 2])
    assert same_article("short", "short")


def test_another_text_is_another_article() -> None:
    assert not same_article(STORY, "The council approved a new tram line on Tuesday after a long debate. " * 4)
    assert not same_article("short", "other")


@pytest.mark.parametrize(
    ("new_url", "is_there"),
    [
        ("https://www.a.org/2026/11/new-slug", True),
        ("https://www.a.org/new", True),
        ("https://www.a.org/2026/", False),
        ("https://www.a.org/category/new", False),
        ("https://www.a.org/", False),
    ],
)
def test_an_article_has_moved_to_where_its_text_is_unless_that_is_a_list(new_url: str, is_there: bool) -> None:
    assert is_moved("https://www.a.org/2026/slug", STORY, new_url, STORY.replace("الشمال", "الجنوب", 1)) == is_there
    assert not is_moved("https://www.a.org/2026/slug", STORY, new_url, "Another text altogether. " * 9)


def test_an_article_that_grew_has_moved_to_an_articles_url_but_not_to_what_may_be_a_list() -> None:
    grown = STORY + "".join(f"{number} more words of what came after it. " for number in range(40))
    assert is_moved("https://a.org/1", STORY, "https://a.org/2026/11/new-slug", grown)
    assert not is_moved("https://a.org/1", STORY, "https://a.org/africa", grown)


def test_another_spelling_of_its_url_is_where_an_article_is_whatever_it_says() -> None:
    assert is_moved("http://a.org/1", STORY, "https://www.a.org/1/", "Another text altogether.")
