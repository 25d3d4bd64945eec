"""Clean: fetched pages become drafts of articles, each page made in a worker process with limits."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass
from datetime import datetime
from typing import TypeVar

from copydesk import frontier
from copydesk.clock import utc_now
from copydesk.database import Connection, connect, query, storable, transaction
from copydesk.drafts import store_drafts
from copydesk.edit import load
from copydesk.errors import PageError
from copydesk.frontier import Ended, Release
from copydesk.isolate import Workers
from copydesk.models import Entry
from copydesk.pages import pages_of_entries
from copydesk.pipeline.blame import blameless
from copydesk.pipeline.make import Draft, Work, make
from copydesk.pipeline.sentences import sentence
from copydesk.pipeline.visit import may_be_late
from copydesk.politeness import next_attempt_at
from copydesk.profiles.known import Known
from copydesk.profiles.store import note, trusted
from copydesk.settings import Settings
from copydesk.walls import Term

ENTRIES_A_COMMIT = 20
SECONDS_A_COMMIT = 20.0  # pages may take long, and a task that is ended for that must have got on
STEP = "clean"

Made = tuple[Entry, Draft | PageError]
Failed = tuple[Entry, PageError]
Makers = Workers[Work, Draft]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Cleaned:
    """What a clean step did: drafts that go on to the gate, entries that ended by "outcome: reason".

    `later` are those whose page says that it is not there and is so new that it may come: they wait again.
    """

    batch_id: int
    drafts: int
    ended: Mapping[str, int]
    later: int = 0

    @property
    def sentence(self) -> str:
        """The counts in words."""
        return sentence({"cleaned": self.drafts, **self.ended, "later": self.later}, "nothing to clean")


@blameless
def clean_batch(
    settings: Settings,
    batch_id: int,
    *,
    workers: int = 1,
    makers: Makers | None = None,
    clock: Callable[[], datetime] = utc_now,
) -> Cleaned:
    """Make drafts of the batch's fetched pages, `workers` at a time; commits every few pages.

    `makers` are workers that serve several batches, else they are started and ended here.
    """
    drafts, later, ended = 0, 0, Counter[str]()
    with (
        nullcontext(makers) if makers else Workers(make, workers, prepare=load) as all_makers,
        connect(settings.database) as connection,
    ):
        with transaction(connection):
            frontier.renew(connection, batch_id, clock())
            entries = frontier.entries_at(connection, batch_id, "fetched")
            known = trusted(connection, sorted({entry.domain for entry in entries}))
        for made in chunks(_made(connection, entries, known, all_makers)):
            now = clock()
            late, failed = _without_draft(made, now)
            with transaction(connection):
                drafts += _store(connection, batch_id, made, now)
                _put_back(connection, batch_id, late, now)
                ended.update(_end(connection, failed, now))
            later += len(late)
    return Cleaned(batch_id, drafts, dict(ended), later)


def _made(
    connection: Connection, entries: Sequence[Entry], known: Mapping[str, Known], makers: Makers
) -> Iterator[Made]:
    results = makers.each(_works(connection, entries, known), url=lambda work: work[0].url)
    return zip(entries, results, strict=True)


def _works(connection: Connection, entries: Sequence[Entry], known: Mapping[str, Known]) -> Iterator[Work]:
    """Pages a few at a time, so that not many more than those being worked on are in memory."""
    pages = pages_of_entries(connection, [entry.entry_id or 0 for entry in entries])
    for entry, (entry_id, page) in zip(entries, pages, strict=True):
        assert entry.entry_id == entry_id, "both come in the order of entries"  # noqa: S101 - a bug of ours
        yield page, entry, known.get(entry.domain)


def chunks(made: Iterable[T], seconds: Callable[[], float] = time.monotonic) -> Iterator[list[T]]:
    """What was made in lists to commit: of ENTRIES_A_COMMIT, or of as many as SECONDS_A_COMMIT brought."""
    chunk: list[T] = []
    begun = seconds()
    for one in made:
        chunk.append(one)
        if len(chunk) >= ENTRIES_A_COMMIT or seconds() - begun >= SECONDS_A_COMMIT:
            yield chunk
            chunk, begun = [], seconds()
    if chunk:
        yield chunk


def _store(connection: Connection, batch_id: int, made: Sequence[Made], now: datetime) -> int:
    """Store drafts of the entries that are still the batch's own."""
    drafts = {one.candidate.entry_id: one for _, one in made if isinstance(one, Draft)}
    own = frontier.advance(connection, batch_id, list(drafts), "cleaned")
    store_drafts(connection, [drafts[entry_id].candidate for entry_id in own], now)
    note(connection, batch_id, (seen for entry_id in own for seen in drafts[entry_id].observed), now)
    _store_terms(connection, {entry_id: drafts[entry_id].terms for entry_id in own})
    return len(own)


def _store_terms(connection: Connection, terms: Mapping[int, Sequence[Term]]) -> None:
    said = [(entry_id, term) for entry_id, of_page in terms.items() for term in of_page]
    parameters = {
        "entry_ids": [entry_id for entry_id, _ in said],
        "terms": [term.term for _, term in said],
        "evidence": [storable(term.evidence) for _, term in said],
    }
    query(connection, "add_page_terms", parameters)


def _without_draft(made: Sequence[Made], now: datetime) -> tuple[list[Failed], list[Failed]]:
    """The entries whose pages say that they are not there and may be soon; and the others that got no draft."""
    late: list[Failed] = []
    failed: list[Failed] = []
    for entry, error in made:
        if isinstance(error, PageError):
            (late if may_be_late(entry, error, now) else failed).append((entry, error))
    return late, failed


def _put_back(connection: Connection, batch_id: int, late: Sequence[Failed], now: datetime) -> None:
    released = [
        Release(
            entry.entry_id or 0,
            next_attempt_at(entry.attempts, now, jitter=random.random()),  # noqa: S311 - jitter
            counts=True,
            detail=f"{error.reason}: {error.detail}",
        )
        for entry, error in late
    ]
    frontier.release(connection, batch_id, released, "fetched")


def _end(connection: Connection, failed: Sequence[Failed], now: datetime) -> list[str]:
    ended = [Ended(entry.entry_id or 0, error.outcome, error.reason, STEP, error.detail) for entry, error in failed]
    frontier.finish(connection, ended, now)
    return [f"{one.outcome}: {one.reason}" for one in ended]
