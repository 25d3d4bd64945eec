"""Claim and fetch: due entries become stored pages, or end, or go back to wait."""

from __future__ import annotations

import asyncio
import random
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from copydesk import frontier
from copydesk.clock import utc_now
from copydesk.database import Connection, connect, query, transaction
from copydesk.frontier import Ended, Release
from copydesk.frontier.claims import FETCH_STEP_SECONDS
from copydesk.frontier.rows import entry_of
from copydesk.models import Page
from copydesk.pages import store_pages
from copydesk.pipeline.asking import Answered, Fetches, ask_sites, fetching
from copydesk.pipeline.blame import blameless
from copydesk.pipeline.sentences import sentence
from copydesk.pipeline.visit import Kept, Same, Visit, own_trouble, verdict
from copydesk.settings import Settings

BATCH_ENTRIES = 100
BATCH_ENTRIES_PER_SITE = 20


@dataclass(frozen=True, slots=True)
class Fetched:
    """What a fetch step did: pages that go on, entries that ended by "outcome: reason", entries that wait again."""

    batch_id: int
    pages: int
    ended: Mapping[str, int]
    later: int

    @property
    def sentence(self) -> str:
        """The counts in words."""
        return sentence({"fetched": self.pages, **self.ended, "later": self.later}, "nothing to fetch")


def claim_batch(
    settings: Settings,
    now: datetime,
    *,
    holder: str | None = None,
    entries: int = BATCH_ENTRIES,
    per_site: int = BATCH_ENTRIES_PER_SITE,
) -> int | None:
    """The id of a batch of due entries, None when nothing is due. The same `holder` gets its unfinished batch again."""
    with connect(settings.database) as connection, transaction(connection):
        batch = frontier.claim(
            connection, now, limit=entries, per_domain=per_site, holder=holder, pause_seconds=settings.pause_seconds
        )
        return batch.batch_id if batch else None


@blameless
def fetch_batch(
    settings: Settings,
    batch_id: int,
    *,
    fetcher: Fetches | None = None,
    clock: Callable[[], datetime] = utc_now,
    seconds: float = FETCH_STEP_SECONDS,
) -> Fetched:
    """Fetch what the batch has claimed and not fetched yet; each answer is committed as it comes.

    After `seconds` no request is begun any more, and what was not asked for goes back, as if it had not been claimed.
    """
    with connect(settings.database) as connection:
        desk = _Desk(connection, batch_id, clock)
        with transaction(connection):
            frontier.renew(connection, batch_id, clock())
            visits = _visits(connection, batch_id)
        asyncio.run(_ask(settings, fetcher, visits, desk, time.monotonic() + seconds))
        desk.put_back(visits)
        return Fetched(batch_id, desk.pages, dict(desk.ended), desk.later)


async def _ask(
    settings: Settings, fetcher: Fetches | None, visits: Sequence[Visit], desk: _Desk, deadline: float
) -> None:
    async with fetching(settings, fetcher) as one:
        await ask_sites(one, visits, write=desk.write, more=lambda: time.monotonic() < deadline)


def _visits(connection: Connection, batch_id: int) -> tuple[Visit, ...]:
    rows = query(connection, "visits_to_make", {"batch_id": batch_id})
    return tuple(
        Visit(
            entry_of(row),
            row.last_etag,
            row.last_last_modified,
            row.last_page_hash and bytes(row.last_page_hash),
            row.last_article_id,
            row.concurrency,
            row.last_final_url,
            row.last_moved,
        )
        for row in rows
    )


@dataclass(slots=True)
class _Desk:
    """Writes answers down and counts them. `quiet` are the sites that are left alone, and until when."""

    connection: Connection
    batch_id: int
    clock: Callable[[], datetime]
    pages: int = 0
    later: int = 0
    ended: Counter[str] = field(default_factory=Counter)
    answered: set[int] = field(default_factory=set)
    quiet: dict[str, datetime] = field(default_factory=dict)

    def write(self, answers: Sequence[Answered]) -> None:
        """Write some answers in one transaction: pages, ends, and what has to wait."""
        now = self.clock()
        verdicts = [verdict(visit, answer, now, random.random()) for visit, answer in answers]  # noqa: S311 - jitter
        kept = [one for one in verdicts if isinstance(one, Kept)]
        same = [one for one in verdicts if isinstance(one, Same)]
        ended = [one for one in verdicts if isinstance(one, Ended)] + [one.ended for one in same]
        released = [one for one in verdicts if isinstance(one, Release)]
        with transaction(self.connection):
            self._keep(kept, same)
            frontier.release(self.connection, self.batch_id, released)
            self._hold_sites(answers)
            frontier.finish(self.connection, ended, now)
        self.pages += len(kept)
        self.later += len(released)
        self.ended.update(f"{one.outcome}: {one.reason}" for one in ended)
        self.answered.update(visit.entry_id for visit, _ in answers)
        until = {one.entry_id: one.not_before for one in released}
        self.quiet |= {
            visit.entry.domain: until[visit.entry_id]
            for visit, answer in answers
            if visit.entry_id in until and own_trouble(visit, answer)
        }

    def put_back(self, visits: Sequence[Visit]) -> None:
        """Let go what was not asked for, and the sites."""
        now = self.clock()
        left = [visit for visit in visits if visit.entry_id not in self.answered]
        released = [Release(one.entry_id, self.quiet.get(one.entry.domain, now), counts=False) for one in left]
        with transaction(self.connection):
            frontier.release(self.connection, self.batch_id, released)
            frontier.free_sites(self.connection, self.batch_id)
        self.later += len(left)

    def _keep(self, kept: Sequence[Kept], same: Sequence[Same]) -> None:
        store_pages(self.connection, [one.page for one in kept])
        noted = [_note_of_page(one.entry_id, one.page) for one in kept] + [_note_of_same(one) for one in same]
        seen = ("statuses", "etags", "last_modified", "fetched_at", "page_hashes")
        columns = ("entry_ids", "final_urls", "moved", *seen)
        values = dict(zip(columns, zip(*noted, strict=True), strict=True)) if noted else dict.fromkeys(columns, ())
        parameters = {name: list(column) for name, column in values.items()}
        query(self.connection, "note_visits", {"batch_id": self.batch_id, **parameters})
        frontier.advance(self.connection, self.batch_id, [one.entry_id for one in kept], "fetched")
        same_articles = [one.visit.article_id for one in same if one.visit.article_id is not None]
        query(self.connection, "see_articles", {"article_ids": same_articles, "now": self.clock()})

    def _hold_sites(self, answers: Sequence[Answered]) -> None:
        """Sites that said when to come back are not claimed before."""
        wishes = {
            visit.entry.domain: trouble.retry_at
            for visit, answer in answers
            if (trouble := own_trouble(visit, answer)) and trouble.retry_at is not None
        }
        query(
            self.connection,
            "hold_sites",
            {"domains": list(wishes), "until": list(wishes.values()), "now": self.clock()},
        )


def _note_of_page(entry_id: int, page: Page) -> tuple[object, ...]:
    return (
        entry_id,
        page.final_url,
        page.moved_to is not None,
        page.status,
        page.headers.get("etag"),
        page.headers.get("last-modified"),
        page.fetched_at,
        page.content_hash.hex(),
    )


def _note_of_same(same: Same) -> tuple[object, ...]:
    """What the next visit needs to ask conditionally again; what a 304 leaves out is as it was."""
    visit, answer = same.visit, same.answer
    return (
        visit.entry_id,
        answer.final_url or visit.final_url,
        visit.moved if answer.final_url is None else answer.moved_to is not None,
        answer.status if isinstance(answer, Page) else 304,
        answer.headers.get("etag") or visit.etag,
        answer.headers.get("last-modified") or visit.last_modified,
        answer.fetched_at,
        visit.page_hash and visit.page_hash.hex(),
    )
