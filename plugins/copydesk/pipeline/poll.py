"""Poll: feeds that are due become entries of the frontier, and so do pages that are due to be looked at again."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from copydesk import frontier
from copydesk.database import Connection, Row, connect, query, storable, transaction
from copydesk.errors import FeedError, PageError, PermanentPageError, TransientPageError
from copydesk.frontier import Added
from copydesk.models import Feed, NotModified, Outcome, Page, Reason
from copydesk.pipeline.asking import Fetches, fetching
from copydesk.pipeline.fetch import utc_now
from copydesk.pipeline.sentences import sentence
from copydesk.settings import Settings
from copydesk.urls import canonicalize

if TYPE_CHECKING:
    from copydesk.discover import FeedDocument
    from copydesk.discover.schedule import Plan, Watch

MAX_FEEDS = 200
FEEDS_AT_ONCE = 20
POLL_LEASE = timedelta(minutes=5)
MAX_POLL_INTERVAL = timedelta(hours=24)
MAX_ERROR_CHARS = 500

Answer = Page | NotModified | PageError


@dataclass(frozen=True, slots=True)
class Due:
    """A feed that is due, with what decides when it is due again."""

    feed: Feed
    watch: Watch
    failures: int
    revisit_before: datetime | None


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
            revisits = frontier.revisit(connection, clock())
        results = asyncio.run(_ask_all(settings, fetcher, due, _Clerk(connection, clock)))
    return _sum([Polled(added=revisits), *results])


def _lease(now: datetime, feeds: int) -> dict[str, object]:
    """A poll that dies leaves its feeds due again soon."""
    return {"now": now, "leased_until": now + POLL_LEASE, "limit": feeds}


async def _ask_all(settings: Settings, fetcher: Fetches | None, due: Sequence[Due], clerk: _Clerk) -> list[Polled]:
    turns = asyncio.Semaphore(FEEDS_AT_ONCE)
    async with fetching(settings, fetcher) as one:
        return await asyncio.gather(*(_ask_one(one, feed, turns, clerk) for feed in due))


async def _ask_one(fetcher: Fetches, due: Due, turns: asyncio.Semaphore, clerk: _Clerk) -> Polled:
    async with turns:
        answer = await _ask(fetcher, due, clerk.clock())
        async with clerk.writing:
            return await asyncio.to_thread(clerk.write, due, answer)


async def _ask(fetcher: Fetches, due: Due, now: datetime) -> Answer:
    """Unconditionally when its items are to be visited again, and now and then."""
    feed, anew = due.feed, due.revisit_before is not None or due.watch.asks_anew(now)
    try:
        return await fetcher.fetch(
            feed.url,
            etag=None if anew else feed.etag,
            last_modified=None if anew else feed.last_modified,
        )
    except PageError as error:
        return error
    except Exception as error:  # noqa: BLE001 - one bad feed never sinks a poll
        return PermanentPageError(feed.url, Outcome.FAILED, Reason.CRASHED, f"fetching failed: {error!r}")


class _Clerk:
    """Writes down what feeds answered, one at a time."""

    def __init__(self, connection: Connection, clock: Callable[[], datetime]) -> None:
        self.writing = asyncio.Lock()
        self._connection = connection
        self.clock = clock

    def write(self, due: Due, answer: Answer) -> Polled:
        """Put what a feed lists into the frontier, and note how the poll went."""
        if isinstance(answer, PageError):
            return self._failed(due, answer.detail, answer)
        try:
            return self._read(due, answer)
        except FeedError as error:
            return self._failed(due, error.detail)
        except (ValueError, LookupError, RecursionError) as error:
            return self._failed(due, f"the document broke its reader: {error!r}")

    def _read(self, due: Due, answer: Page | NotModified) -> Polled:
        if isinstance(answer, NotModified) or self._is_old(due, answer):
            with transaction(self._connection):
                self._note(due, answer, None, Added())
            return Polled(feeds=1)
        from copydesk.discover import read_feed  # noqa: PLC0415 - feedparser and lxml

        document = read_feed(answer.body, answer.final_url, answer.headers)
        entries = [replace(entry, feed_id=due.feed.feed_id) for entry in document.entries]
        with transaction(self._connection):
            added = frontier.add(self._connection, entries, self.clock(), revisit_before=due.revisit_before)
            self._note(due, answer, document, added)
        return Polled(feeds=1, changed=1, added=added)

    @staticmethod
    def _is_old(due: Due, page: Page) -> bool:
        return due.revisit_before is None and page.content_hash == due.feed.content_hash

    def _note(self, due: Due, answer: Page | NotModified, document: FeedDocument | None, added: Added) -> None:
        """Note a poll that went well, inside a transaction; `document` is None if it is the same as before."""
        now, is_page = self.clock(), isinstance(answer, Page)
        plan = _plan(due, answer, document, added, now)
        title, problems = (document.title, "; ".join(document.problems)) if document else (None, "")
        parameters = {
            "feed_id": due.feed.feed_id,
            "now": now,
            "next_poll_at": plan.next_poll_at,
            "poll_seconds": plan.interval.seconds,
            "poll_why": plan.interval.why,
            "rhythm": json.dumps(asdict(plan.rhythm)),
            "hints": plan.hints.as_json(),
            "read": is_page,
            "status": "changed" if document else "unchanged",
            "title": title and storable(title),
            "etag": answer.headers.get("etag") or (None if is_page else due.feed.etag),
            "last_modified": answer.headers.get("last-modified") or (None if is_page else due.feed.last_modified),
            "content_hash": answer.content_hash if isinstance(answer, Page) else due.feed.content_hash,
            "problems": storable(problems)[:MAX_ERROR_CHARS] or None,
            "revisit_before": due.revisit_before,
        }
        query(self._connection, "note_poll", parameters)
        if document and isinstance(answer, Page) and answer.moved_to:
            self._move(due.feed, answer.moved_to)

    def _move(self, feed: Feed, moved_to: str) -> None:
        """Follow a feed that moved for good and was read where it is now; what feeds.toml says stays as it is there."""
        query(self._connection, "move_feed", {"feed_id": feed.feed_id, "url": canonicalize(moved_to)})

    def _failed(self, due: Due, detail: str, error: PageError | None = None) -> Polled:
        wish = error.retry_at if isinstance(error, TransientPageError) else None
        now = self.clock()
        parameters = {
            "feed_id": due.feed.feed_id,
            "now": now,
            "next_poll_at": next_poll_after_failure(due.watch.poll_seconds, due.failures, now, wish),
            "error": storable(detail)[:MAX_ERROR_CHARS],
        }
        with transaction(self._connection):
            query(self._connection, "note_failed_poll", parameters)
        return Polled(feeds=1, failed=1)


def next_poll_after_failure(
    poll_seconds: int, failures: int, now: datetime, retry_at: datetime | None = None
) -> datetime:
    """When to ask a feed again after `failures` failed polls before this one: the wait doubles, up to a day."""
    wait = min(timedelta(seconds=poll_seconds) * (1 << min(failures, 20)), MAX_POLL_INTERVAL)
    return max(now + wait, retry_at or now)


def _plan(due: Due, answer: Page | NotModified, document: FeedDocument | None, added: Added, now: datetime) -> Plan:
    from copydesk.discover.schedule import Findings, planned  # noqa: PLC0415 - the package reads feeds: lxml

    cache_control = answer.headers.get("cache-control")
    if document is None:
        return planned(due.watch, Findings(cache_control=cache_control), now)
    published = tuple(entry.published_at for entry in document.entries if entry.published_at)
    return planned(due.watch, Findings(added.new, published, document.hints, cache_control), now)


def _due(row: Row) -> Due:
    from copydesk.discover.document import PollHints  # noqa: PLC0415 - the package reads feeds: lxml
    from copydesk.discover.schedule import Rhythm, Watch  # noqa: PLC0415

    content_hash = row.content_hash and bytes(row.content_hash)
    feed = Feed(row.feed_id, row.url, row.title, row.etag, row.last_modified, content_hash)
    watch = Watch(
        poll_seconds=row.poll_seconds,
        wanted_seconds=row.wanted_seconds,
        last_polled_at=row.last_polled_at,
        last_read_at=row.last_read_at,
        rhythm=Rhythm(**row.rhythm) if row.rhythm else Rhythm(),
        hints=PollHints.from_json(row.hints) if row.hints else PollHints(),
    )
    return Due(feed, watch, row.failures, row.revisit_before)


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
