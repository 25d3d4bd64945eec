"""Looking at a feed without storing anything: what it is, what it lists, what is wrong with it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from copydesk.discover.document import FeedDocument
from copydesk.discover.feed import read_feed
from copydesk.discover.section_page import read_section_page
from copydesk.discover.sitemap_tree import is_index, read_tree
from copydesk.errors import FeedError, PageError
from copydesk.fetch import Fetcher
from copydesk.models import Page


@dataclass(frozen=True, slots=True)
class FeedCheck:
    """What was found at `url`: a document, or an error in words. `moved_to` is where it has moved for good."""

    url: str
    document: FeedDocument | None = None
    error: str | None = None
    moved_to: str | None = None


async def check_feeds(urls: Sequence[str], fetcher: Fetcher) -> list[FeedCheck]:
    """Check each URL, side by side where they are on different sites; one result a URL, in their order."""
    return list(await asyncio.gather(*(check_feed(url, fetcher) for url in urls)))


async def check_feed(url: str, fetcher: Fetcher) -> FeedCheck:
    """Fetch and read one feed; whatever is wrong with it or its server is in the result."""
    try:
        page = await fetcher.page(url)
        document = await _read(page, fetcher)
    except (PageError, FeedError) as error:
        return FeedCheck(url, error=error.detail)
    return FeedCheck(url, document=document, moved_to=page.moved_to)


async def check_page(page: Page, fetcher: Fetcher) -> FeedCheck | None:
    """A page that was fetched, as the feed that it is; None if it is none."""
    try:
        return FeedCheck(page.url, await _read(page, fetcher), moved_to=page.moved_to)
    except FeedError:
        return None


async def check_sections(urls: Sequence[str], fetcher: Fetcher) -> list[FeedCheck]:
    """Fetch each URL and read it as a page that lists articles; one result a URL, in their order."""
    return list(await asyncio.gather(*(_check_section(url, fetcher) for url in urls)))


def check_section(page: Page) -> FeedCheck:
    """A page that was fetched, as a list of articles."""
    try:
        return FeedCheck(page.url, read_section_page(page.body, page.final_url), moved_to=page.moved_to)
    except FeedError as error:
        return FeedCheck(page.url, error=error.detail)


async def _check_section(url: str, fetcher: Fetcher) -> FeedCheck:
    try:
        return check_section(await fetcher.page(url))
    except PageError as error:
        return FeedCheck(url, error=error.detail)


async def _read(page: Page, fetcher: Fetcher) -> FeedDocument:
    if is_index(page):
        return (await read_tree(page, fetcher.fetch, {})).document
    return await asyncio.to_thread(read_feed, page.body, page.final_url, page.headers)
