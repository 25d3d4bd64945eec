"""The JSON of a push: what is taken, and that a refusal can be understood."""

from __future__ import annotations

import json

import pytest

from copydesk.push.messages import MAX_ENTRIES, Push, check_domains, parse
from copydesk.push.refusals import PushRefusedError, Refusal

URL = "https://news.example.org/a?utm_source=x&p=1"


def refusal_of(message: object) -> PushRefusedError:
    body = message if isinstance(message, bytes) else json.dumps(message).encode()
    with pytest.raises(PushRefusedError) as caught:
        parse(body)
    assert caught.value.refusal is Refusal.BAD_BODY
    return caught.value


def test_urls_items_and_articles_become_entries_in_order() -> None:
    push = parse(
        json.dumps(
            {
                "articles": [{"url": "https://example.org/c", "title": "C", "text": "One & 2.\n\nTwo", "tags": ["t"]}],
                "urls": [URL],
                "items": [{"url": "https://example.org/b", "title": "B", "published_at": "2026-05-04T10:00:00+03:00"}],
            }
        ).encode()
    )
    third, second, first = push.entries("push")
    assert (first.url, first.canonical_url) == (URL, "https://news.example.org/a?p=1")
    assert (first.domain, first.source) == ("example.org", "push")
    assert second.title == "B"
    assert second.published_at is not None
    assert third.content_html == "<p>One &amp; 2.</p>\n<p>Two</p>"
    assert third.categories == ("t",)


@pytest.mark.parametrize(
    ("message", "words"),
    [
        (b"", "JSON"),
        (b"[1, 2", "JSON"),
        (b"[]", "body"),
        ({}, "give 1 to 1000"),
        ({"urls": []}, "give 1 to 1000"),
        ({"urls": [URL] * (MAX_ENTRIES + 1)}, "give 1 to 1000"),
        ({"url": URL}, "url: Extra inputs"),
        ({"urls": ["ftp://example.org/a"]}, "urls.0"),
        ({"urls": ["https://example.org/" + "a" * 3000]}, "urls.0"),
        ({"items": [{"url": URL, "published_at": "2026-05-04T10:00:00"}]}, "items.0.published_at"),
        ({"items": [{"url": URL, "published_at": "9999-12-31T23:59:59-05:00"}]}, "items.0.published_at"),
        ({"items": [{"url": URL, "modified_at": "0001-01-01T00:00:00+14:00"}]}, "items.0.modified_at"),
        ({"items": [{"url": URL, "title": "a\0b"}]}, "U+0000"),
        ({"items": [{"url": URL, "language": "not a language"}]}, "items.0.language"),
        ({"articles": [{"url": URL, "title": "T"}]}, "either text or html"),
        ({"articles": [{"url": URL, "title": "T", "text": "a", "html": "b"}]}, "either text or html"),
        ({"articles": [{"url": URL, "title": "", "text": "a"}]}, "articles.0.title"),
        (b'{"items": [{"url": "https://example.org/a", "title": "\\ud800"}]}', "JSON"),
        (b'{"urls": ' + b"[" * 10_000 + b"]" * 10_000 + b"}", "JSON"),
    ],
)
def test_bad_push_is_refused_with_the_place_of_the_problem(message: object, words: str) -> None:
    assert words in refusal_of(message).detail


def test_only_the_first_problems_are_told_and_the_rest_counted() -> None:
    detail = refusal_of({"urls": ["nonsense"] * 20}).detail
    assert detail.count("urls.") == 5
    assert detail.endswith("and 15 more")


def test_partner_with_sites_may_not_push_others() -> None:
    push = Push.model_validate({"urls": ["https://www.example.org/a", "https://example.com/b"]})
    check_domains(push, ())
    check_domains(push, ("example.org", "example.com"))
    check_domains(push, ("*",))
    with pytest.raises(PushRefusedError, match=r"https://example\.com/b is not of a site you may push: example\.org"):
        check_domains(push, ("example.org",))


def test_whole_articles_need_a_listed_site() -> None:
    push = Push.model_validate({"articles": [{"url": "https://example.org/a", "title": "T", "text": "x"}]})
    check_domains(push, ("example.org",))
    check_domains(push, ("*",))
    with pytest.raises(PushRefusedError, match="only of sites that the operator listed"):
        check_domains(push, ())
