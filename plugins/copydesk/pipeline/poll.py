"""Poll: feeds that are due become entries of the frontier, and so do pages that are due to be looked at again."""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial

from copydesk import frontier
from copydesk.clock import utc_now
from copydesk.database import Row, connect, query, transaction
from copydesk.errors import DatabaseError, HeldPageError, PageError
from copydesk.frontier import Added
from copydesk.models import Feed, NotModified, Page
from copydesk.pipeline.asking import Fetches, fetching
from copydesk.pipeline.feed_notes import Clerk
from copydesk.pipeline.feed_reading import Due, Failure, Reading, asked, read_answer
from copydesk.pipeline.sentences import sentence
from copydesk.settings import Settings
from copydesk.urls import registrable_domain

MAX_FEEDS = 200
SITES_AT_ONCE = 20
POLL_SECONDS = 60.0  # after that no feed is asked
PATIENCE_SECONDS = 60.0  # a feed whose site's pause is longer is asked when that is over
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
        feeds = {
            "feed asked" if self.feeds == 1 else "feeds asked": self.feeds,
            "with changes": self.changed,
            "failed": self.failed,
        }
        return sentence({**feeds, **found}, "no feed was due")


def poll(
    settings: Settings,
    *,
    fetcher: Fetches | None = None,
    clock: Callable[[], datetime] = utc_now,
    feeds: int = MAX_FEEDS,
    seconds: float = POLL_SECONDS,
    patience: float = PATIENCE_SECONDS,
) -> Polled:
    """Ask at most `feeds` feeds that are due, each committed by itself; one that fails is asked later, and less often.

    Two polls at once share the feeds between them. After `seconds` no feed is asked but one each of the first
    SITES_AT_ONCE sites, and those that are left are due again; one whose site's pause is longer than `patience` seconds
    is due when that is over.
    """
    with connect(settings.database) as connection:
        with transaction(connection):
            due = [_due(row) for row in query(connection, "due_feeds", _lease(clock(), feeds))]
        with transaction(connection):  # of its own: who adds entries locks their feed last
            revisits = frontier.revisit(connection, clock())
        deadline = time.monotonic() + seconds
        round_ = _Round(Clerk(connection, clock, settings.feed_visits_a_day), more=lambda: time.monotonic() < deadline)
        results = asyncio.run(_ask_all(fetching(settings, fetcher, patience), due, round_))
    return _sum([Polled(added=revisits), *results])


def _lease(now: datetime, feeds: int) -> dict[str, object]:
    """A poll that dies leaves its feeds due again soon."""
    return {"now": now, "leased_until": now + POLL_LEASE, "limit": feeds}


@dataclass(frozen=True, slots=True)
class _Round:
    """What the feeds of a poll share: who writes down what they answered, and whether there is time for `more`."""

    clerk: Clerk
    more: Callable[[], bool]
    turns: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(SITES_AT_ONCE))


async def _ask_all(fetcher: AbstractAsyncContextManager[Fetches], due: Sequence[Due], round_: _Round) -> list[Polled]:
    """The feeds of a site one after the other, so that those of a slow one hold up no others."""
    by_site = defaultdict(list)
    for one in due:
        by_site[registrable_domain(one.feed.url)].append(one)
    async with fetcher as asking:
        results = await asyncio.gather(
            *(
                _ask_site(asking, of_site, round_, in_any_case=place < SITES_AT_ONCE)
                for place, of_site in enumerate(by_site.values())
            )
        )
    return [one for of_site in results for one in of_site]


async def _ask_site(fetcher: Fetches, due: Sequence[Due], round_: _Round, *, in_any_case: bool) -> list[Polled]:
    """Ask feeds of a site while there is time, `in_any_case` one; the others are due again."""
    clerk = round_.clerk
    results: list[Polled] = []
    async with round_.turns:
        while len(results) < len(due) and (round_.more() or (in_any_case and not results)):
            results.append(await _ask_one(fetcher, due[len(results)], clerk))
    if left := due[len(results) :]:
        await clerk.put_off(left, clerk.clock())
    return results


async def _ask_one(fetcher: Fetches, due: Due, clerk: Clerk) -> Polled:
    answer = await _ask(fetcher, due, clerk.clock())
    if isinstance(answer, HeldPageError):
        await clerk.put_off([due], answer.retry_at or clerk.clock(), why=answer.detail)
        return Polled()
    result = await read_answer(due, answer, fetcher.fetch)
    if isinstance(result, Failure):
        result = await _with_suggestion(fetcher, due, result)
    added = await clerk.write(due, result)
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
    except DatabaseError:
        raise
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
            beyond=sum(part.added.beyond for part in parts),
        ),
    )
