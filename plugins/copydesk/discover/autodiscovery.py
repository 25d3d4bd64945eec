"""Feeds that a page links."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

import lxml.html

from copydesk.discover.page import base_of, page_root
from copydesk.errors import UrlError
from copydesk.urls import absolute

FEED_TYPES = frozenset({"application/rss+xml", "application/atom+xml", "application/rdf+xml", "application/feed+json"})

MAX_ELEMENTS = 2000  # pages have some tens of link elements
MAX_FEEDS = 50


@dataclass(frozen=True, slots=True)
class LinkedFeed:
    """A feed that a page links, by the title that the link gives it."""

    url: str
    title: str | None


def linked_feeds(body: bytes, url: str) -> tuple[LinkedFeed, ...]:
    """The feeds that the page in `body`, which came from `url`, names in its link elements, each once, MAX_FEEDS."""
    root = page_root(body)
    return () if root is None else tuple({feed.url: feed for feed in _links(root, url)}.values())[:MAX_FEEDS]


def _links(root: lxml.html.HtmlElement, url: str) -> Iterator[LinkedFeed]:
    base = base_of(root, url)
    for link in islice(root.iter("link"), MAX_ELEMENTS):
        relations = (link.get("rel") or "").lower().split()
        kind = (link.get("type") or "").partition(";")[0].strip().lower()
        if "alternate" in relations and kind in FEED_TYPES and link.get("href"):
            try:
                yield LinkedFeed(absolute(base, link.get("href")), link.get("title"))
            except UrlError:
                continue
