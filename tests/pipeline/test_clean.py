"""What cleaning a batch commits, and what it refuses of a page."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace

import pytest

from copydesk.edit import page_of
from copydesk.errors import PermanentPageError
from copydesk.models import Entry, Outcome, Reason
from copydesk.pipeline.clean import ENTRIES_A_COMMIT, SECONDS_A_COMMIT, chunks
from copydesk.pipeline.make import MAX_TEXT_CHARS, make

NAMES = ("Orrin", "Salt", "Velm", "Tarn", "Asker", "Lunde", "Pell", "Marrow", "Quill", "Sund", "Varde", "Holm")
URL = "https://a.example/news/one-of-many-stories"


def test_a_commit_is_of_so_many_entries_or_of_so_many_seconds() -> None:
    now = [0.0]

    def made() -> Iterator[int]:
        for number in range(2 * ENTRIES_A_COMMIT):
            now[0] += SECONDS_A_COMMIT / 2 if number < 3 else 0.0
            yield number

    assert [len(chunk) for chunk in chunks(made(), lambda: now[0])] == [2, ENTRIES_A_COMMIT, ENTRIES_A_COMMIT - 2]


def test_a_page_of_more_text_than_any_article_is_refused_before_it_fills_the_memory() -> None:
    paragraph = "<p>" + "One sentence as long as others. " * 4000
    page = page_of(f"<html><title>Long</title><body><h1>Long</h1>{paragraph * (MAX_TEXT_CHARS // 120_000)}", URL)
    with pytest.raises(PermanentPageError, match="more than the 2,000,000 that one page may have") as caught:
        make((page, Entry(URL, URL, "a.example", entry_id=1), None))
    assert caught.value.reason is Reason.TOO_COSTLY


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        (b"<rss version='2.0'><channel><item><title>Harbour closed</title></item></channel></rss>", "text/xml"),
        (b'[{"title": {"rendered": "Harbour closed"}}]', "application/json"),
        (random.Random(5).randbytes(20_000), "text/html"),
    ],
)
def test_an_articles_address_that_answers_with_no_page_gives_no_article(body: bytes, content_type: str) -> None:
    work = (page_of(body, URL, {"content-type": content_type}), Entry(URL, URL, "a.example"), None)
    with pytest.raises(PermanentPageError, match="this is no HTML page but") as caught:
        make(work)
    assert (caught.value.outcome, caught.value.reason) == (Outcome.REFUSED, Reason.WRONG_TYPE)


SENTENCES = [
    f"<p>The council of {name} met on Tuesday and voted to widen its quay, said the chair.</p>" for name in NAMES
]
TOLD = Entry(
    URL, URL, "a.example", title="Quays to be widened", authors=("Nora Lund",), content_html="".join(SENTENCES)
)
INSTEAD = {
    "a feed": ("<rss version='2.0'><channel><item><title>Harbour</title></item></channel></rss>", "text/xml"),
    "JSON": ('{"error": "not here"}', "application/json"),
    "a bot wall": ("<title>Just a moment...</title><p>Enable JavaScript and cookies to continue</p>", "text/html"),
}


@pytest.mark.parametrize(("body", "content_type"), INSTEAD.values(), ids=INSTEAD)
def test_what_the_feed_carries_is_the_article_where_something_else_came_in_the_pages_place(
    body: str, content_type: str
) -> None:
    page = page_of(body.encode(), URL, {"content-type": content_type, "x-robots-tag": "noarchive"})
    draft = make((page, TOLD, None))
    article = draft.candidate.article
    assert (article.reading, article.metadata.title) == ("feed", "Quays to be widened")
    assert (article.metadata.authors, len(article.blocks)) == (("Nora Lund",), len(SENTENCES))
    assert (draft.candidate.page_hash, [term.term for term in draft.terms]) == (page.content_hash, ["noarchive"])


@pytest.mark.parametrize("content", [None, "", SENTENCES[0], "<div>" * 3])
def test_a_teaser_in_the_feed_is_no_article(content: str | None) -> None:
    body, content_type = INSTEAD["a feed"]
    with pytest.raises(PermanentPageError, match="an RSS feed"):
        make((page_of(body, URL, {"content-type": content_type}), replace(TOLD, content_html=content), None))


def test_a_page_that_says_that_it_is_gone_is_gone_whatever_the_feed_carries() -> None:
    body = "<title>Page not found</title><h1>Page not found</h1><p>The page you are looking for could not be found.</p>"
    with pytest.raises(PermanentPageError) as caught:
        make((page_of(body, URL), TOLD, None))
    assert (caught.value.outcome, caught.value.reason) == (Outcome.GONE, Reason.SOFT_NOT_FOUND)
