"""Polling: what each of many feeds says now, and whether that is news. Storing it is the caller's."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from copydesk.discover.document import FeedDocument
from copydesk.discover.feed import read_feed
from copydesk.errors import FeedError, PageError, TransientPageError
from copydesk.fetch import Fetcher
from copydesk.models import Feed, NotModified, Outcome, Page


class PollStatus(StrEnum):
    """How a poll ended; the values of ingest.feeds.last_status."""

    CHANGED = "changed"
    UNCHANGED = "unchanged"
    FAILED = "failed"


@dataclass(frozen=True, slots=True)
class PollResult:
    """What one poll of a feed gave. `document` is there only if CHANGED, `error` (for people) only if FAILED.

    `etag`, `last_modified` and `content_hash` are what the next poll should start from. `retry_at` is the server's
    own wish, `moved_to` where the feed has moved for good, `gone` that the server says it will not come back (410).
    """

    feed: Feed
    status: PollStatus
    document: FeedDocument | None = None
    etag: str | None = None
    last_modified: str | None = None
    content_hash: bytes | None = None
    cache_control: str | None = None
    moved_to: str | None = None
    error: str | None = None
    retry_at: datetime | None = None
    gone: bool = False


async def poll_feeds(feeds: Sequence[Feed], fetcher: Fetcher, *, conditional: bool = True) -> list[PollResult]:
    """Ask for all feeds, side by side where they are on different sites; one result a feed, in their order.

    Without `conditional` each feed is read anew, whether it has changed or not.
    """
    return list(await asyncio.gather(*(poll_feed(feed, fetcher, conditional=conditional) for feed in feeds)))


async def poll_feed(feed: Feed, fetcher: Fetcher, *, conditional: bool = True) -> PollResult:
    """Ask for one feed. Nothing that its server does is an exception; all of it is a result."""
    known = feed if conditional else Feed(feed.feed_id, feed.url)
    try:
        answer = await fetcher.fetch(known.url, etag=known.etag, last_modified=known.last_modified)
        return await _read(feed, known, answer)
    except PageError as error:
        retry_at = error.retry_at if isinstance(error, TransientPageError) else None
        return _failed(feed, error.detail, retry_at=retry_at, gone=error.outcome is Outcome.GONE)
    except FeedError as error:
        return _failed(feed, error.detail)


async def _read(feed: Feed, known: Feed, answer: Page | NotModified) -> PollResult:
    etag, last_modified = answer.headers.get("etag"), answer.headers.get("last-modified")
    cache_control = answer.headers.get("cache-control")
    if isinstance(answer, NotModified):
        return PollResult(
            feed,
            PollStatus.UNCHANGED,
            etag=etag or feed.etag,
            last_modified=last_modified or feed.last_modified,
            content_hash=feed.content_hash,
            cache_control=cache_control,
        )
    content_hash = hashlib.sha256(answer.body).digest()
    unchanged = content_hash == known.content_hash
    document = None if unchanged else await asyncio.to_thread(read_feed, answer.body, answer.final_url, answer.headers)
    return PollResult(
        feed,
        PollStatus.UNCHANGED if unchanged else PollStatus.CHANGED,
        document=document,
        etag=etag,
        last_modified=last_modified,
        content_hash=content_hash,
        cache_control=cache_control,
        moved_to=answer.moved_to,
    )


def _failed(feed: Feed, error: str, *, retry_at: datetime | None = None, gone: bool = False) -> PollResult:
    return PollResult(
        feed,
        PollStatus.FAILED,
        etag=feed.etag,
        last_modified=feed.last_modified,
        content_hash=feed.content_hash,
        error=error,
        retry_at=retry_at,
        gone=gone,
    )
