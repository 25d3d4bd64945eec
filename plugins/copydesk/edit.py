"""A fetched page to what is filed: extracted, cleaned and attributed."""

from __future__ import annotations

import gc
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache

from copydesk.attribute import attribute
from copydesk.clean import clean
from copydesk.clean.rulebook import standard_rulebook
from copydesk.errors import UrlError
from copydesk.models import Article, Attribution, Entry, Page, Removal
from copydesk.profiles.known import Known, take
from copydesk.urls import registrable_domain


@dataclass(frozen=True, slots=True)
class Job:
    """A page to edit, what the feed says of it, and what is known of its site."""

    page: Page
    entry: Entry | None = None
    known: Known | None = None


@dataclass(frozen=True, slots=True)
class Edited:
    """A page's article and who wrote it."""

    article: Article
    attribution: Attribution


def edit(job: Job) -> Edited:
    """Extract, clean and attribute one page. Raises PageError as `extract` does."""
    found = take(job.page, job.entry, job.known).extract
    return Edited(clean(found), attribute(found, domain_of(job.page.final_url)))


@cache
def load() -> None:
    """Load the libraries, models and rules that any page needs, once a process, by editing a small page.

    They stay: looking for garbage among them costs time, and memory in forks, as it writes to what they share.
    """
    gc.disable()
    try:
        edit(Job(small_page()))
        standard_rulebook().load()
    finally:
        gc.enable()
    gc.freeze()


def small_page() -> Page:
    """A page of two paragraphs, long enough for its language to be looked at."""
    body = "<p>One is short.<p>" + "One sentence as long as others. " * 12
    return page_of(f"<html><title>Small</title><body><h1>Small</h1>{body}", "https://www.example.org/")


def page_of(html: bytes | str, url: str, headers: Mapping[str, str] | None = None, now: datetime | None = None) -> Page:
    """A page that was not fetched by us: HTML that someone has, as bytes or already as text, and where it is from."""
    if isinstance(html, str):  # whatever charset the page itself names, it is not the one of these bytes
        html, headers = html.encode("utf-8", "replace"), {**(headers or {}), **_UTF8}
    return Page(url, url, 200, headers or {}, html, now or datetime.now(UTC), hashlib.sha256(html).digest())


_UTF8 = {"content-type": "text/html; charset=utf-8"}


def record(edited: Edited, words: Callable[[Removal], Mapping[str, float]] = lambda _removal: {}) -> dict[str, object]:
    """An edited page as one JSON object, the format of `copydesk extract`.

    `words` are those that decided about a removal, with their weights; told with it where there are any.
    """
    article = edited.article
    return {
        "url": article.url,
        "title": article.metadata.title,
        "authors": list(article.metadata.authors),
        "published_at": _iso(article.metadata.published_at),
        "modified_at": _iso(article.metadata.modified_at),
        "language": article.metadata.language,
        "lines": [block.text for block in article.blocks],
        "removed": [
            {"text": one.text, "label": one.label.value, "rule": one.rule}
            | ({"words": why} if (why := words(one)) else {})
            for one in article.removals
        ],
        "agency": edited.attribution.agency,
        "reading": article.reading,
    }


def extract_record(html: bytes | str, url: str | None = None) -> dict[str, object]:
    """HTML, bytes or text, to the record that `copydesk extract` prints. Raises PageError for HTML that is no page."""
    return record(edit(Job(page_of(html, url or ""))))


def domain_of(url: str) -> str:
    """The site a page is from, empty if its URL says nothing of it."""
    try:
        return registrable_domain(url)
    except UrlError:  # HTML from someone's disk may say anything of where it is from
        return ""


def _iso(instant: datetime | None) -> str | None:
    return instant.isoformat() if instant else None
