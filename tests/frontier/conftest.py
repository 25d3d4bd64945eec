"""Steps of the frontier as tests take them: each in a transaction of its own, at instants that a test names."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from copydesk.database import Connection, transaction
from copydesk.frontier import Added, Batch, Ended, add, claim, finish, free_sites
from copydesk.models import Entry, Outcome, Reason
from copydesk.settings import LEASE_SECONDS

NOW = datetime(2031, 5, 3, 12, 30, tzinfo=UTC)
LATER = NOW + timedelta(seconds=LEASE_SECONDS)
HOUR = timedelta(hours=1)


def entry(number: int, site: str = "a.example", **said: object) -> Entry:
    url = f"https://{site}/{number}"
    return replace(Entry(url=url, canonical_url=url, domain=site, title=f"Item {number}"), **said)  # type: ignore[arg-type]


def added(connection: Connection, *entries: Entry, now: datetime = NOW, before: datetime | None = None) -> Added:
    with transaction(connection):
        return add(connection, entries, now, revisit_before=before)


def claimed(connection: Connection, now: datetime = NOW, limit: int = 100, per_domain: int = 10, **more: str) -> Batch:
    with transaction(connection):
        return claim(connection, now, limit=limit, per_domain=per_domain, **more) or Batch(0, ())


def finished(connection: Connection, entry_id: int, now: datetime = NOW, outcome: Outcome = Outcome.LOADED) -> int:
    reason = {Outcome.LOADED: Reason.NEW, Outcome.FAILED: Reason.TIMEOUT, Outcome.GONE: Reason.NOT_FOUND}[outcome]
    with transaction(connection):
        return finish(connection, [Ended(entry_id, outcome, reason, "load", "detail")], now)


def rows(connection: Connection, text: str) -> list[tuple[object, ...]]:
    with transaction(connection), connection.cursor() as cursor:
        cursor.execute(text)
        return cursor.fetchall()


def ids(batch: Batch) -> list[int]:
    return [one.entry_id or 0 for one in batch.entries]


def finish_all(connection: Connection, now: datetime = NOW) -> None:
    batch = claimed(connection, now, limit=1000, per_domain=1000)
    for entry_id in ids(batch):
        finished(connection, entry_id, now)
    with transaction(connection):
        free_sites(connection, batch.batch_id)
