"""An index of sitemaps read as one feed: the sitemaps in it that changed, and in those what is new."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from copydesk.discover.document import FeedDocument
from copydesk.discover.feed import read_feed
from copydesk.discover.guard import reading
from copydesk.discover.select import MAX_SITEMAP_ENTRIES, take_newest
from copydesk.discover.sitemap import NEWS_WINDOW, Listed, looks_like_sitemap, read_sitemap_index
from copydesk.errors import FeedError, PageError, UrlError
from copydesk.models import Entry, NotModified, Page
from copydesk.urls import canonicalize, registrable_domain

MAX_SITEMAPS = 12
MAX_DEPTH = 3
TREE_SECONDS = 60.0  # a site of long pauses holds up no other feed
INDEX_MARK = b"sitemapindex"

Fetch = Callable[[str], Awaitable[Page | NotModified]]


@dataclass(frozen=True, slots=True)
class Tree:
    """What the sitemaps of an index say is new; `sitemaps` is what each one's lastmod was, for the next reading."""

    document: FeedDocument
    sitemaps: dict[str, str]


def is_index(page: Page) -> bool:
    """Whether a page is an index of sitemaps."""
    return looks_like_sitemap(page.body) and INDEX_MARK in page.body[:4096]


async def read_tree(
    page: Page, fetch: Fetch, known: Mapping[str, str], newest: datetime | None = None, seconds: float = TREE_SECONDS
) -> Tree:
    """Read the sitemaps that an index lists, through indexes in it; at most MAX_SITEMAPS, the newest first.

    What cannot be read in `seconds`, waits for its turn included, is left for the next time.

    `known` is what the last reading left: a sitemap whose lastmod is still the same is not asked for, unless it is the
    newest or a news sitemap, as lastmods lag. `newest` is the date of the newest item so far: what is much older is no
    news. Raises FeedError if there is no sitemap that can be read.
    """
    with reading(page.url):
        return await _read(page, fetch, known, newest, seconds)


async def _read(page: Page, fetch: Fetch, known: Mapping[str, str], newest: datetime | None, seconds: float) -> Tree:
    walk = _Walk(known, registrable_domain(page.final_url))
    walk.add(await _listed(page), 1)
    try:
        async with asyncio.timeout(seconds):
            while walk.waiting and walk.asked < MAX_SITEMAPS:
                await walk.visit(fetch, *walk.waiting.popleft())
    except TimeoutError:
        walk.problems.append(f"not all of its sitemaps could be read in {seconds:.0f} s, at the pace of the site")
    if walk.asked and not walk.read:
        raise FeedError(page.url, f"is an index of sitemaps of which none can be read: {walk.problems[0]}")
    return Tree(_merged(page, walk, newest), walk.sitemaps)


@dataclass(slots=True)
class _Walk:
    """The way through an index. `waiting` are sitemaps to ask for, with their depth; `read` counts."""

    known: Mapping[str, str]
    site: str
    waiting: deque[tuple[Listed, int]] = field(default_factory=deque)
    sitemaps: dict[str, str] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)
    documents: list[FeedDocument] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    asked: int = 0
    read: int = 0

    def add(self, listed: Iterable[Listed], depth: int) -> None:
        """Wait for those that changed lately, each once, undated ones that were never read before those that were."""
        new = [one for one in listed if one.url not in self.seen and _is_of(one.url, self.site)]
        newest = max((one.changed_at for one in new if one.changed_at), default=None)
        for one in sorted(new, key=lambda each: each.lastmod is None and each.url in self.known):
            self.seen.add(one.url)
            if one.url in self.known:
                self.sitemaps[one.url] = self.known[one.url]
            if self._is_worth_asking(one, newest):
                self.waiting.append((one, depth))

    def _is_worth_asking(self, one: Listed, newest: datetime | None) -> bool:
        if one.is_news or one.changed_at is None or newest is None or one.changed_at == newest:
            return True
        return newest - one.changed_at <= NEWS_WINDOW and self.known.get(one.url) != one.lastmod

    async def visit(self, fetch: Fetch, listed: Listed, depth: int) -> None:
        """Read one sitemap; what is wrong with it is a problem of the index."""
        self.asked += 1
        try:
            await self._take(await fetch(listed.url), depth)
        except (PageError, FeedError) as error:
            self.problems.append(str(error))
            return
        self.read += 1
        self.sitemaps[listed.url] = listed.lastmod or ""

    async def _take(self, page: Page | NotModified, depth: int) -> None:
        if isinstance(page, NotModified):
            raise FeedError(page.url, "the server says 304 without being asked whether")
        if not is_index(page):
            self.documents.append(await asyncio.to_thread(read_feed, page.body, page.final_url, page.headers))
        elif depth < MAX_DEPTH:
            self.add(await _listed(page), depth + 1)


async def _listed(page: Page) -> tuple[Listed, ...]:
    index = await asyncio.to_thread(read_sitemap_index, page.body, page.final_url, page.headers)
    return index.listed if index else ()


def _merged(page: Page, walk: _Walk, known_newest: datetime | None) -> FeedDocument:
    """The documents as one, without what is much older than the newest of it."""
    entries = {entry.canonical_url: entry for document in walk.documents for entry in document.entries}
    dates = [known_newest, *map(_dated, entries.values())]
    newest = max((min(instant, page.fetched_at) for instant in dates if instant), default=None)
    recent = tuple(each for each in entries.values() if _is_recent(each, newest))
    old = len(entries) - len(recent)
    taken, beyond = take_newest(recent, MAX_SITEMAP_ENTRIES, _dated)
    problems = [problem for document in walk.documents for problem in document.problems] + walk.problems
    left_out = [f"items left out: {old} (not of the last days)"] if old else []
    first = next(iter(walk.documents), None)
    document = FeedDocument(page.final_url, "sitemap-index", None, None, tuple(taken), (*problems, *left_out, *beyond))
    return replace(document, title=first.title, language=first.language) if first else document


def _is_recent(entry: Entry, newest: datetime | None) -> bool:
    instant = _dated(entry)
    return newest is None or instant is None or newest - instant <= NEWS_WINDOW


def _dated(entry: Entry) -> datetime | None:
    return entry.published_at or entry.modified_at


def _is_of(url: str, site: str) -> bool:
    """An index may list sitemaps of its own site only, as the protocol says."""
    try:
        return registrable_domain(canonicalize(url)) == site
    except UrlError:
        return False
