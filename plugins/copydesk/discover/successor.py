"""Where a feed may be now: as it says itself, or as its site's pages link it. Found for a person to decide."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass

from copydesk.discover.autodiscovery import linked_feeds
from copydesk.discover.document import FeedDocument
from copydesk.discover.feed import read_feed
from copydesk.errors import FeedError, PageError, UrlError
from copydesk.models import NotModified, Page
from copydesk.urls import absolute, canonicalize, is_spelling

MAX_CANDIDATES = 4
SEARCH_SECONDS = 60.0  # a site of long pauses holds up no other feed

Fetch = Callable[[str], Awaitable[Page | NotModified]]


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Where a feed may be now, and what says so."""

    url: str
    why: str


def own_suggestion(document: FeedDocument, url: str) -> Suggestion | None:
    """What the feed at `url` says itself: that it is elsewhere now, or that it calls itself otherwise.

    Many self links are wrong: see `can_be_read` before telling it.
    """
    claims = ((document.new_url, "the feed says that it has moved"), (document.self_url, "the feed calls itself so"))
    for claim, why in claims:
        if claim and (elsewhere := _elsewhere(claim, url)):
            return Suggestion(elsewhere, why)
    return None


async def can_be_read(fetch: Fetch, suggestion: Suggestion) -> bool:
    """Whether there is a feed where one is suggested to be."""
    with suppress(TimeoutError):
        async with asyncio.timeout(SEARCH_SECONDS):
            return await _is_feed(await _page(fetch, suggestion.url))
    return False


async def find_successor(fetch: Fetch, url: str, page: Page | None) -> Suggestion | None:
    """A feed that the page now at `url` links, or else its site's home page; each is read before it is told.

    `page` is what `url` answers instead of a feed, None if it answers nothing. Asks for a few pages and not for long.
    """
    with suppress(TimeoutError):
        async with asyncio.timeout(SEARCH_SECONDS):
            return await _search(fetch, url, page)
    return None


async def _search(fetch: Fetch, url: str, page: Page | None) -> Suggestion | None:
    tried = {url}
    if page and (found := await _linked(fetch, page, tried)):
        return Suggestion(found, "the page that is there now links it")
    home = await _page(fetch, absolute(url, "/"))
    if home and (found := await _linked(fetch, home, tried)):
        return Suggestion(found, "the site's home page links it")
    return None


async def _linked(fetch: Fetch, page: Page, tried: set[str]) -> str | None:
    """The first feed that a page links and that can be read; `tried` are those that were looked at."""
    for link in _links(page, tried):
        if len(tried) > MAX_CANDIDATES:
            return None
        tried.add(link)
        if await _is_feed(await _page(fetch, link)):
            return link
    return None


def _links(page: Page, tried: set[str]) -> Iterator[str]:
    for feed in linked_feeds(page.body, page.final_url):
        try:
            link = canonicalize(feed.url)
        except UrlError:
            continue
        if link not in tried:
            yield link


async def _page(fetch: Fetch, url: str) -> Page | None:
    try:
        answer = await fetch(url)
    except PageError:
        return None
    return answer if isinstance(answer, Page) else None


async def _is_feed(page: Page | None) -> bool:
    if page is None:
        return False
    try:
        await asyncio.to_thread(read_feed, page.body, page.final_url, page.headers)
    except FeedError:
        return False
    return True


def _elsewhere(claim: str, url: str) -> str | None:
    try:
        canonical = canonicalize(claim)
    except UrlError:
        return None
    return None if is_spelling(canonical, url) else canonical
