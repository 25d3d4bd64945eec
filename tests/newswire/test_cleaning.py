"""Extraction, cleaning and attribution together, on every page of the demo newswire, without network or database."""

from __future__ import annotations

from datetime import UTC, datetime
from hashlib import sha256

import pytest

from copydesk.attribute import attribute
from copydesk.clean import clean
from copydesk.extract import extract
from copydesk.models import Article, Attribution, Entry, Page
from copydesk.newswire import expected
from copydesk.newswire.pages import article_html
from copydesk.newswire.stock import Edition, Publisher, publishers

DOMAIN = "127.0.0.1:8101"
CASES = {
    edition.path: (publisher, edition)
    for publisher in publishers()
    for edition in publisher.editions
    if not edition.quarantine
}


def read(publisher: Publisher, edition: Edition) -> tuple[Article, Attribution]:
    """What becomes of a page, given what the publisher's feed says of it."""
    url = f"http://{DOMAIN}{edition.path}"
    body = article_html(publisher, edition, f"http://{DOMAIN}").encode(publisher.charset, errors="xmlcharrefreplace")
    page = Page(url, url, 200, {"content-type": "text/html"}, body, datetime.now(UTC), sha256(body).digest())
    entry = Entry(url, url, DOMAIN, title=edition.story.title, published_at=edition.published_at)
    found = extract(page, entry)
    return clean(found), attribute(found, DOMAIN)


@pytest.mark.parametrize("path", CASES)
def test_article_keeps_its_own_lines_and_nothing_else(path: str) -> None:
    article, _ = read(*CASES[path])
    assert article.text.split("\n\n") == list(expected()[path].lines)


@pytest.mark.parametrize("path", CASES)
def test_ledger_has_what_stood_among_the_text(path: str) -> None:
    article, _ = read(*CASES[path])
    ledger = " ".join(removal.text for removal in article.removals)
    assert [line for line in expected()[path].among_the_text if line not in ledger] == []


@pytest.mark.parametrize("path", CASES)
def test_title_authors_agency_language_and_date_are_right(path: str) -> None:
    article, attribution = read(*CASES[path])
    truth = expected()[path]
    known = article.metadata
    assert (known.title, known.authors, attribution.agency, known.language, known.published_at) == (
        truth.title,
        truth.authors,
        truth.agency,
        truth.language,
        truth.published_at,
    )
