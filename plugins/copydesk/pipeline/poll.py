"""Poll: feeds that are due become entries of the frontier, and so do pages that are due to be looked at again."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial

from copydesk import frontier
from copydesk.clock import utc_now
from copydesk.database import Row, connect, query, transaction
from copydesk.errors import PageError
from copydesk.frontier import Added
from copydesk.models import Feed, NotModified, Page
from copydesk.pipeline.asking import Fetches, fetching
from copydesk.pipeline.feed_notes import Clerk
from copydesk.pipeline.feed_reading import Due, Failure, Reading, asked, read_answer
from copydesk.pipeline.sentences import sentence
from copydesk.settings import Settings

MAX_FEEDS = 200
FEEDS_AT_ONCE = 20
POLL_LEASE = timedelta(minutes=5)

Answer = Page | NotModified | PageError


@dataclass(frozen=True, slots=True)
class Polled:
    """What a poll found: feeds asked, of those changed and failed; what was added to the frontier."""

    feeds: int = 0
    changed: int = 0
    failed: int = 0
    added: Added = field(default_factory=Added)

    @property
    def sentence(self) -> str:
        """The counts in words."""
        found = {"new": self.added.new, "changed": self.added.changed, "to look at again": self.added.revisits}
        feeds = {"feeds asked": self.feeds, "with changes": self.changed, "failed": self.failed}
        return sentence({**feeds, **found}, "no feed was due")


def poll(
    settings: Settings,
    *,
    fetcher: Fetches | None = None,
    clock: Callable[[], datetime] = utc_now,
    feeds: int = MAX_FEEDS,
) -> Polled:
    """Ask at most `feeds` feeds that are due, each committed by itself; one that fails is asked later, and less often.

    Two polls at once share the feeds between them.
    """
    with connect(settings.database) as connection:
        with transaction(connection):
            due = [_due(row) for row in query(connection, "due_feeds", _lease(clock(), feeds))]
        with transaction(connection):  # of its own: who adds entries locks their feed last
            revisits = frontier.revisit(connection, clock())
        results = asyncio.run(_ask_all(settings, fetcher, due, Clerk(connection, clock)))
    return _sum([Polled(added=revisits), *results])


def _lease(now: datetime, feeds: int) -> dict[str, object]:
    """A poll that dies leaves its feeds due again soon."""
    return {"now": now, "leased_until": now + POLL_LEASE, "limit": feeds}


async def _ask_all(settings: Settings, fetcher: Fetches | None, due: Sequence[Due], clerk: Clerk) -> list[Polled]:
    turns = asyncio.Semaphore(FEEDS_AT_ONCE)
    async with fetching(settings, fetcher) as one:
        return await asyncio.gather(*(_ask_one(one, feed, turns, clerk) for feed in due))


async def _ask_one(fetcher: Fetches, due: Due, turns: asyncio.Semaphore, clerk: Clerk) -> Polled:
    async with turns:
        answer = await _ask(fetcher, due, clerk.clock())
        result = await read_answer(due, answer, fetcher.fetch)
        if isinstance(result, Failure):
            result = await _with_suggestion(fetcher, due, result)
        async with clerk.writing:
            added = await asyncio.to_thread(clerk.write, due, result)
    changed = isinstance(result, Reading) and result.document is not None
    return Polled(1, int(changed), int(added is None), added or Added())


async def _ask(fetcher: Fetches, due: Due, now: datetime) -> Answer:
    """Unconditionally when its items are to be visited again, when it is an index, and now and then."""
    feed = due.feed
    if due.revisit_before is not None or due.sitemaps is not None or due.watch.asks_anew(now):
        return await asked(fetcher.fetch, feed.url)
    return await asked(partial(fetcher.fetch, etag=feed.etag, last_modified=feed.last_modified), feed.url)


async def _with_suggestion(fetcher: Fetches, due: Due, failure: Failure) -> Failure:
    """The failure of a feed that seems lost, with where it may be now."""
    from copydesk.discover.failures import is_lost  # noqa: PLC0415 - the package reads feeds: lxml
    from copydesk.discover.successor import find_successor  # noqa: PLC0415

    if due.feed.kind == "page" or not is_lost(failure.trouble, due.failures + 1):
        return failure
    try:
        return replace(failure, suggestion=await find_successor(fetcher.fetch, due.feed.url, failure.page))
    except Exception:  # noqa: BLE001 - looking for another address must not lose the failure itself
        return failure


def _due(row: Row) -> Due:
    from copydesk.discover.document import PollHints  # noqa: PLC0415 - the package reads feeds: lxml
    from copydesk.discover.schedule import Rhythm, Watch  # noqa: PLC0415

    content_hash = row.content_hash and bytes(row.content_hash)
    feed = Feed(row.feed_id, row.url, row.title, row.etag, row.last_modified, content_hash, row.kind)
    watch = Watch(
        poll_seconds=row.poll_seconds,
        wanted_seconds=row.wanted_seconds,
        last_polled_at=row.last_polled_at,
        last_read_at=row.last_read_at,
        rhythm=Rhythm(**row.rhythm) if row.rhythm else Rhythm(),
        hints=PollHints.from_json(row.hints) if row.hints else PollHints(),
    )
    kept = (row.sitemaps, row.newest_item_at, row.suggested_url)
    return Due(feed, watch, row.failures, row.revisit_before, *kept)


def _sum(parts: Sequence[Polled]) -> Polled:
    return Polled(
        feeds=sum(part.feeds for part in parts),
        changed=sum(part.changed for part in parts),
        failed=sum(part.failed for part in parts),
        added=Added(
            new=sum(part.added.new for part in parts),
            changed=sum(part.added.changed for part in parts),
            revisits=sum(part.added.revisits for part in parts),
            known=sum(part.added.known for part in parts),
        ),
    )
