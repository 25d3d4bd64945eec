"""Sitemaps (sitemaps.org), also with Google's news extension: what is new in them, and what an index lists."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import lxml.etree

from copydesk.discover.document import FeedDocument
from copydesk.discover.guard import reading
from copydesk.discover.markup import Budget, read_markup
from copydesk.discover.plain import iso_instant, language_tag, plain_text
from copydesk.discover.select import MAX_SITEMAP_ENTRIES, select
from copydesk.errors import FeedError, UrlError
from copydesk.models import Entry
from copydesk.politeness import http_date
from copydesk.urls import absolute, canonicalize, registrable_domain

# 50,000 entries, which the protocol allows, with everything that the news extension knows.
SITEMAP_BUDGET = Budget(elements=700_000, pieces=2_500_000)
# A sitemap lists a site's whole past; what is this much older than its newest entry is not news.
NEWS_WINDOW = timedelta(days=3)

_ROOT = re.compile(rb"<(?:\w+:)?(?:urlset|sitemapindex)[\s>]")


@dataclass(frozen=True, slots=True)
class SitemapIndex:
    """The sitemaps that an index lists: news first, then those that changed last, undated ones at the end."""

    listed: tuple[Listed, ...]


@dataclass(frozen=True, slots=True)
class Listed:
    """A sitemap in an index, and when that says it changed, as it is written there."""

    url: str
    lastmod: str | None

    @property
    def changed_at(self) -> datetime | None:
        """The instant that lastmod says."""
        return iso_instant(self.lastmod)

    @property
    def is_news(self) -> bool:
        """Whether its name says that it is of news."""
        return "news" in self.url.lower()

    @property
    def order(self) -> tuple[bool, float]:
        """What is worth reading first comes first."""
        return not self.is_news, -self.changed_at.timestamp() if self.changed_at else 0.0


def looks_like_sitemap(body: bytes) -> bool:
    """Whether a document begins as a sitemap or an index of them."""
    return bool(_ROOT.search(body[:4096]))


def read_news_sitemap(body: bytes, url: str, headers: Mapping[str, str]) -> FeedDocument:
    """The entries of a sitemap that are news: all with a news extension, else those of its last days.

    Raises FeedError for an index, and for a sitemap that gives no dates to tell what is new.
    """
    root, problems = _root(body, url, headers)
    if _name(root) == "sitemapindex":
        raise FeedError(url, "is an index of sitemaps, which lists no articles itself")
    locations = [_Location.of(element, url) for element in _children(root, "url")]
    recent, old = _recent(locations, url, http_date(headers.get("date", "")))
    entries, left_out = select(recent, url, MAX_SITEMAP_ENTRIES)
    return FeedDocument(
        url=url,
        format="news-sitemap" if any(each.is_news for each in recent) else "sitemap",
        title=next((each.publication for each in recent if each.publication), None),
        language=next((each.language for each in recent if each.language), None),
        entries=entries,
        problems=problems + left_out + ((f"items left out: {old} (not of the last days)",) if old else ()),
    )


def read_sitemap_index(body: bytes, url: str, headers: Mapping[str, str]) -> SitemapIndex | None:
    """The sitemaps that an index lists; None if the document is a sitemap itself. Raises FeedError if it is neither."""
    with reading(url):
        root, _ = _root(body, url, headers)
    if _name(root) != "sitemapindex":
        return None
    listed: dict[str, Listed] = {}
    for element in _children(root, "sitemap"):
        try:
            link = canonicalize(absolute(url, _text(element, "loc") or ""))
        except UrlError:
            continue
        listed.setdefault(link, Listed(link, _text(element, "lastmod")))
    return SitemapIndex(tuple(sorted(listed.values(), key=lambda each: each.order)))


@dataclass(frozen=True, slots=True)
class _Location:
    """One `url` of a sitemap."""

    base: str
    loc: str
    changed_at: datetime | None
    published_at: datetime | None
    title: str | None
    publication: str | None
    language: str | None
    is_news: bool

    @classmethod
    def of(cls, element: lxml.etree._Element, base: str) -> _Location:
        news = next(iter(_children(element, "news")), None)
        publication = next(iter(_children(news, "publication")), None) if news is not None else None
        return cls(
            base=base,
            loc=_text(element, "loc") or "",
            changed_at=iso_instant(_text(element, "lastmod")),
            published_at=iso_instant(_text(news, "publication_date")),
            title=plain_text(_text(news, "title")),
            publication=plain_text(_text(publication, "name")),
            language=language_tag(_text(publication, "language")),
            is_news=news is not None,
        )

    @property
    def dated_at(self) -> datetime | None:
        return self.published_at or self.changed_at

    def entry(self) -> Entry:
        """The entry. Raises UrlError if it has no location on the web."""
        url = absolute(self.base, self.loc) if self.loc else ""
        return Entry(
            url=url,
            canonical_url=canonicalize(url),
            domain=registrable_domain(url),
            source="sitemap",
            title=self.title,
            published_at=self.published_at,
            modified_at=self.changed_at,
            language=self.language,
        )


def _recent(locations: list[_Location], url: str, now: datetime | None) -> tuple[list[_Location], int]:
    """Those that are news, and how many are not. A date in the server's future makes no other one old."""
    dates = [each.dated_at for each in locations if each.dated_at]
    newest = max((min(date, now) if now else date for date in dates), default=None)
    if locations and newest is None and not any(each.is_news for each in locations):
        raise FeedError(url, "is a sitemap without dates, so what is new in it cannot be told")
    recent = [
        each
        for each in locations
        if each.is_news or (newest and each.dated_at and newest - each.dated_at <= NEWS_WINDOW)
    ]
    return recent, len(locations) - len(recent)


def _root(body: bytes, url: str, headers: Mapping[str, str]) -> tuple[lxml.etree._Element, tuple[str, ...]]:
    markup = read_markup(body, url, headers, SITEMAP_BUDGET)
    if markup.root not in ("urlset", "sitemapindex"):
        raise FeedError(url, f"is not a sitemap: its root element is {markup.root}")
    parser = lxml.etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    return lxml.etree.fromstring(markup.text.encode("utf-8"), parser), markup.problems


def _children(element: lxml.etree._Element, name: str) -> Iterator[lxml.etree._Element]:
    return (child for child in element if isinstance(child.tag, str) and _name(child) == name)


def _name(element: lxml.etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _text(element: lxml.etree._Element | None, name: str) -> str | None:
    if element is None:
        return None
    return next((child.text.strip() for child in _children(element, name) if child.text and child.text.strip()), None)
