"""Writing down what feeds answered: entries into the frontier, and how each feed is doing."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import TYPE_CHECKING

from copydesk import frontier
from copydesk.database import Connection, query, storable, transaction
from copydesk.errors import DatabaseError
from copydesk.frontier import Added
from copydesk.models import Page
from copydesk.pipeline.feed_reading import Due, Failure, Reading
from copydesk.urls import canonicalize

if TYPE_CHECKING:
    from copydesk.discover import FeedDocument
    from copydesk.discover.schedule import Plan

MAX_ERROR_CHARS = 500


class Clerk:
    """Writes down what feeds answered, one at a time."""

    def __init__(self, connection: Connection, clock: Callable[[], datetime], visits_a_day: int = 0) -> None:
        """`visits_a_day` is how many visits a feed may ask for in 24 hours, 0 for any number."""
        self._visits_a_day = visits_a_day
        self._writing = asyncio.Lock()
        self.clock = clock
        self._connection = connection

    async def write(self, due: Due, result: Reading | Failure) -> Added | None:
        """Put what a feed lists into the frontier and note how the poll went; None for one that failed."""
        async with self._writing:
            return await asyncio.to_thread(self._write, due, result)

    async def put_off(self, due: Sequence[Due], until: datetime, why: str | None = None) -> None:
        """Have feeds that were not asked be due at an instant; `why` if that is their site's doing."""
        parameters = {"feed_ids": [one.feed.feed_id for one in due], "next_poll_at": until, "why": why}
        async with self._writing:
            await asyncio.to_thread(self._put_off, parameters)

    def _put_off(self, parameters: Mapping[str, object]) -> None:
        with transaction(self._connection):
            query(self._connection, "put_off_feeds", parameters)

    def _write(self, due: Due, result: Reading | Failure) -> Added | None:
        """What cannot be written down is a failure of this feed alone, unless the database cannot be had at all."""
        from copydesk.discover.failures import Trouble  # noqa: PLC0415 - the package: lxml

        if isinstance(result, Reading):
            try:
                return self._read(due, result)
            except DatabaseError as error:
                result = Failure(Trouble.WRONG, f"what it says cannot be written down: {error}")
        self._failed(due, result)
        return None

    def _read(self, due: Due, result: Reading) -> Added:
        document, added = result.document, Added()
        with transaction(self._connection):
            if document:
                entries = [replace(entry, feed_id=due.feed.feed_id) for entry in document.entries]
                most = self._room(due)
                before = due.revisit_before
                added = frontier.add(self._connection, entries, self.clock(), revisit_before=before, most=most)
            query(self._connection, "note_poll", _note(due, result, added, self.clock()))
            if isinstance(result.answer, Page) and result.answer.moved_to:
                self._move(due, result.answer.moved_to)
        return added

    def _room(self, due: Due) -> int | None:
        """Who asks for new visits to all of a feed's items gets them."""
        if due.revisit_before is not None:
            return None
        return frontier.room(self._connection, due.feed.feed_id, self._visits_a_day, self.clock())

    def _move(self, due: Due, moved_to: str) -> None:
        """Follow a feed that moved for good and was read where it is now; its old URL is remembered as its own."""
        query(self._connection, "move_feed", {"feed_id": due.feed.feed_id, "url": canonicalize(moved_to)})

    def _failed(self, due: Due, failure: Failure) -> None:
        from copydesk.discover.failures import next_poll_after_failure  # noqa: PLC0415 - the package: lxml

        now, found = self.clock(), failure.suggestion
        wait = (failure.trouble, due.watch.poll_seconds, due.failures, now, failure.retry_at)
        parameters = {
            "feed_id": due.feed.feed_id,
            "now": now,
            "next_poll_at": next_poll_after_failure(*wait),
            "trouble": failure.trouble.value,
            "error": storable(failure.detail)[:MAX_ERROR_CHARS],
            "suggested_url": found and found.url,
            "suggested_why": found and found.why,
        }
        with transaction(self._connection):
            query(self._connection, "note_failed_poll", parameters)


def _note(due: Due, reading: Reading, added: Added, now: datetime) -> dict[str, object]:
    """The parameters of note_poll.sql for a poll that went well.

    A document of which items were left for later is read again the next time, as if it had not been.
    """
    answer, document, found = reading.answer, reading.document, reading.suggestion
    plan, page = _plan(due, reading, added, now), answer if isinstance(answer, Page) else None
    values = {
        "feed_id": due.feed.feed_id,
        "now": now,
        "next_poll_at": plan.next_poll_at,
        "poll_seconds": plan.interval.seconds,
        "poll_why": plan.interval.why,
        "rhythm": json.dumps(asdict(plan.rhythm)),
        "hints": plan.hints.as_json(),
        "read": page is not None,
        "status": "changed" if document else "unchanged",
        "title": storable(document.title) if document and document.title else None,
        "etag": answer.headers.get("etag") or (None if page else due.feed.etag),
        "last_modified": answer.headers.get("last-modified") or (None if page else due.feed.last_modified),
        "content_hash": page.content_hash if page else due.feed.content_hash,
        "problems": storable("; ".join(problems(document, added)))[:MAX_ERROR_CHARS] or None if document else None,
        "revisit_before": due.revisit_before,
        "items": document and len(document.entries),
        "off_site_items": document and document.off_site_items,
        "newest_item_at": document and _past(document.newest_item_at, now),
        "found_new": added.new > 0,
        "sitemaps": json.dumps(reading.sitemaps) if reading.sitemaps is not None else None,
        "suggested_url": found and found.url,
        "suggested_why": found and found.why,
    }
    if added.beyond:
        sitemaps = None if reading.sitemaps is None else json.dumps(due.sitemaps or {})
        values |= {"etag": None, "last_modified": None, "content_hash": None, "sitemaps": sitemaps}
    return values


def problems(document: FeedDocument, added: Added) -> tuple[str, ...]:
    """What was wrong with a document's items, and how many are left for later."""
    if not added.beyond:
        return document.problems
    return (f"items left for later: {added.beyond:,} (COPYDESK_FEED_VISITS_A_DAY is reached)", *document.problems)


def _past(instant: datetime | None, now: datetime) -> datetime | None:
    """A date in the future says nothing about how fresh a feed is."""
    return min(instant, now) if instant else None


def _plan(due: Due, reading: Reading, added: Added, now: datetime) -> Plan:
    from copydesk.discover.schedule import Findings, planned  # noqa: PLC0415 - the package reads feeds: lxml

    cache_control, document = reading.answer.headers.get("cache-control"), reading.document
    if document is None:
        return planned(due.watch, Findings(cache_control=cache_control), now)
    published = tuple(entry.published_at for entry in document.entries if entry.published_at)
    return planned(due.watch, Findings(added.new, published, document.hints, cache_control), now)
