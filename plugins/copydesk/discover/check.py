"""Looking at a feed without storing anything: what it is, what it lists, what is wrong with it."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

from copydesk.discover.document import FeedDocument
from copydesk.discover.feed import read_feed
from copydesk.errors import FeedError, PageError
from copydesk.fetch import Fetcher


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
        document = await asyncio.to_thread(read_feed, page.body, page.final_url, page.headers)
    except (PageError, FeedError) as error:
        return FeedCheck(url, error=error.detail)
    return FeedCheck(url, document=document, moved_to=page.moved_to)
