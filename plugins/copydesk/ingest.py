"""The whole job in one process, without Airflow: poll feeds, then batch after batch until nothing is due."""

from __future__ import annotations

import os
import uuid
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from copydesk import feeds, frontier
from copydesk.clock import utc_now
from copydesk.database import Connection, connect, query, transaction
from copydesk.edit import load
from copydesk.isolate import Workers
from copydesk.pipeline import (
    BatchRejectedError,
    claim_batch,
    clean_batch,
    fetch_batch,
    load_batch,
    poll,
    validate_batch,
)
from copydesk.pipeline.clean import Makers
from copydesk.pipeline.make import make
from copydesk.politeness import MAX_CRAWL_DELAY_SECONDS
from copydesk.settings import Settings

Say = Callable[[str], None]
HOLDER = "ingest"
# A batch costs the gate 0.2 s whatever is in it, and one process need not share: larger batches than Airflow's tasks.
BATCH_ENTRIES = 300
BATCH_ENTRIES_PER_SITE = 60


@dataclass(frozen=True, slots=True)
class Tally:
    """What a run did for one publisher. `unusable` are refused, gone and failed; `removed` are blocks taken off."""

    publisher: str
    loaded: int
    unchanged: int
    duplicates: int
    quarantined: int
    unusable: int
    removed: int


@dataclass(frozen=True, slots=True)
class Ingested:
    """What a run did, by publisher, and what was wrong with the feeds it was given: (URL, sentence)."""

    tallies: tuple[Tally, ...]
    problems: tuple[tuple[str, str], ...]


def ingest(settings: Settings, urls: Sequence[str], *, say: Say, clock: Callable[[], datetime] = utc_now) -> Ingested:
    """Add the feeds at `urls` and visit all they list, or take the feeds that are due if there are none; then drain.

    `say` is told each step in a sentence. What a killed run of this kind left behind is taken up at once.
    """
    with connect(settings.database) as connection, _slot(connection) as holder:
        with transaction(connection):
            frontier.abandon(connection, f"{holder}/", clock())
        started = clock()
        _ask(connection, urls)
        _poll(settings, say, clock)
        with Workers(make, os.cpu_count() or 1, prepare=load) as makers:
            _drain(settings, holder, makers, say, clock)
        with transaction(connection):
            tallies = tuple(Tally(*row) for row in query(connection, "ingest_tallies", {"since": started}))
            failed = query(connection, "failing_feeds", {"urls": list(urls)})
    return Ingested(tallies, tuple((row.url, row.last_error) for row in failed))


@contextmanager
def _slot(connection: Connection) -> Iterator[str]:
    """A name that no living run has: the lock that proves it goes with the process."""
    slot = 0
    while not _locked(connection, name := f"{HOLDER}/{slot}"):
        slot += 1
    yield name


def _locked(connection: Connection, name: str) -> bool:
    with transaction(connection):
        [row] = query(connection, "try_lock", {"name": name})
        return bool(row.locked)


def _ask(connection: Connection, urls: Sequence[str]) -> None:
    if urls:
        feeds.add(connection, [feeds.Wanted(url) for url in urls])
        feeds.make_due(connection, urls, revisit=True)


def _poll(settings: Settings, say: Say, clock: Callable[[], datetime]) -> None:
    while (polled := poll(settings, clock=clock, patience=MAX_CRAWL_DELAY_SECONDS)).feeds:
        say(f"poll: {polled.sentence}")


def _drain(settings: Settings, holder: str, makers: Makers, say: Say, clock: Callable[[], datetime]) -> None:
    while (batch_id := _claim(settings, f"{holder}/{uuid.uuid4()}", clock())) is not None:
        say(f"fetch: {fetch_batch(settings, batch_id, clock=clock).sentence}")
        say(f"clean: {clean_batch(settings, batch_id, makers=makers, clock=clock).sentence}")
        try:
            say(f"validate: {validate_batch(settings, batch_id, clock()).sentence}")
        except BatchRejectedError as error:
            say(f"validate: {error}")
        say(f"load: {load_batch(settings, batch_id, clock()).sentence}")


def _claim(settings: Settings, holder: str, now: datetime) -> int | None:
    return claim_batch(settings, now, holder=holder, entries=BATCH_ENTRIES, per_site=BATCH_ENTRIES_PER_SITE)
