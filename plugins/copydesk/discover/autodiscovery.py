"""Feeds that a page links."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import lxml.html

from copydesk.discover.page import page_root
from copydesk.errors import UrlError
from copydesk.urls import absolute

FEED_TYPES = frozenset({"application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json"})


@dataclass(frozen=True, slots=True)
class LinkedFeed:
    """A feed that a page links, by the title that the link gives it."""

    url: str
    title: str | None


def linked_feeds(body: bytes, url: str) -> tuple[LinkedFeed, ...]:
    """The feeds that the page in `body`, which came from `url`, names in its link elements, each once."""
    root = page_root(body)
    return () if root is None else tuple({feed.url: feed for feed in _links(root, url)}.values())


def _links(root: lxml.html.HtmlElement, url: str) -> Iterator[LinkedFeed]:
    base = next((element.get("href") for element in root.iter("base") if element.get("href")), url)
    for link in root.iter("link"):
        relations = (link.get("rel") or "").lower().split()
        kind = (link.get("type") or "").partition(";")[0].strip().lower()
        if "alternate" in relations and kind in FEED_TYPES and link.get("href"):
            try:
                yield LinkedFeed(absolute(absolute(url, base), link.get("href")), link.get("title"))
            except UrlError:
                continue
