"""Under which URL an article is kept, and whether two texts are of one article."""

from __future__ import annotations

import pytest

from copydesk.load.identity import content_key, identity, same_article

ENTRY = "https://www.a.org/story?id=1"
STORY = "وقال مسؤول في وزارة الزراعة إن موسم الحصاد سيبدأ في موعده هذا العام رغم تأخر الأمطار في الشمال. " * 4


@pytest.mark.parametrize(
    ("claimed", "final", "answer"),
    [
        (None, ENTRY, ENTRY),
        ("https://a.org/story-1?utm_source=x", ENTRY, "https://a.org/story-1"),
        ("https://elsewhere.org/story-1", ENTRY, ENTRY),
        ("https://www.a.org/", ENTRY, ENTRY),
        ("https://www.a.org", ENTRY, ENTRY),
        ("https://www.a.org/?p=7", ENTRY, "https://www.a.org/?p=7"),
        ("javascript:void(0)", ENTRY, ENTRY),
        ("http://[broken", ENTRY, ENTRY),
        (None, "https://www.a.org/moved/1", "https://www.a.org/moved/1"),
        (None, "https://www.a.org/", ENTRY),
        (None, "https://consent.org/?back=1", ENTRY),
        ("https://b.org/1", "https://b.org/1?from=tracker", "https://b.org/1"),
    ],
)
def test_a_pages_own_claim_is_believed_on_its_own_site_only(claimed: str | None, final: str, answer: str) -> None:
    assert identity(ENTRY, final, claimed) == answer


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
