"""Claiming work: a batch of entries under a lease, each of its domains leased to it alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from copydesk.database import Connection, query, storable
from copydesk.frontier.endings import Ended, finish
from copydesk.frontier.rows import entry_of
from copydesk.models import Entry, Outcome, Reason
from copydesk.settings import LEASE_SECONDS, MAX_ATTEMPTS

FETCH_STEP_SECONDS = 240.0  # after that no request is begun; what was not asked for goes back
LEASE = timedelta(seconds=LEASE_SECONDS)


@dataclass(frozen=True, slots=True)
class Batch:
    """What one run works on. Entries that an earlier batch left behind go on from their stage."""

    batch_id: int
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Release:
    """An entry that goes back to wait. `counts` says whether the attempt was one: the site's fault, and not ours."""

    entry_id: int
    not_before: datetime
    counts: bool
    detail: str | None = None


def claim(
    connection: Connection,
    now: datetime,
    *,
    limit: int,
    per_domain: int,
    holder: str | None = None,
    pause_seconds: float = 0.0,
) -> Batch | None:
    """At most `limit` due entries, at most `per_domain` of each domain that is free; None when nothing is due.

    Of a site whose pause (its own, or `pause_seconds`) is long, no more than FETCH_STEP_SECONDS have time for.

    The domains that waited longest come first; within one the entry that is due longest, of those the newest article.
    Whoever asks again as the same `holder` gets the rest of the batch that it had, as a retried task does.
    """
    _end_crashed(connection, now)
    [opened] = query(connection, "open_batch", {"holder": holder, "now": now})
    lease = {"batch_id": opened.batch_id, "now": now, "lease_until": now + LEASE}
    if query(connection, "batch_counts", {"batch_id": opened.batch_id}):
        renew(connection, opened.batch_id, now)
        return Batch(opened.batch_id, _entries(query(connection, "resume_entries", lease)))
    sites = [row.domain for row in query(connection, "free_sites_due", {"now": now, "limit": limit})]
    wanted = {
        "domains": sites,
        "limit": limit,
        "per_domain": per_domain,
        "pause_seconds": pause_seconds,
        "step_seconds": FETCH_STEP_SECONDS,
    }
    claimed = query(connection, "claim_entries", {**lease, **wanted})
    if not claimed:
        return None
    query(connection, "lease_sites", {**lease, "domains": sorted({row.domain for row in claimed})})
    return Batch(opened.batch_id, _entries(claimed))


def renew(connection: Connection, batch_id: int, now: datetime) -> None:
    """Put off the end of the lease on what the batch still has."""
    query(connection, "renew_batch", {"batch_id": batch_id, "lease_until": now + LEASE})


def release(connection: Connection, batch_id: int, released: Sequence[Release], stage: str = "claimed") -> None:
    """Let entries of a batch that are at `stage` wait to be fetched again. Those that went on are left alone."""
    parameters = {
        "batch_id": batch_id,
        "stage": stage,
        "entry_ids": [one.entry_id for one in released],
        "not_before": [one.not_before for one in released],
        "uncounted": [0 if one.counts else 1 for one in released],
        "details": [one.detail and storable(one.detail) for one in released],
    }
    query(connection, "release_entries", parameters)


def advance(connection: Connection, batch_id: int, entry_ids: Sequence[int], stage: str) -> tuple[int, ...]:
    """Put unfinished entries of a batch at `stage`; which ones those were. Those that another batch took over stay."""
    parameters = {"batch_id": batch_id, "entry_ids": list(entry_ids), "stage": stage}
    return tuple(row.entry_id for row in query(connection, "advance_entries", parameters))


def excuse(connection: Connection, batch_id: int) -> None:
    """Take back the attempt that claiming the batch counted, once: nothing in it was at fault."""
    query(connection, "excuse_batch", {"batch_id": batch_id})


def free_sites(connection: Connection, batch_id: int) -> None:
    """Let others fetch from the domains that the batch has leased: it has fetched all it will."""
    query(connection, "free_sites", {"batch_id": batch_id})


def abandon(connection: Connection, holders: str, now: datetime) -> None:
    """End the leases of batches whose holder's name begins with `holders`, when you know that no such holder lives."""
    query(connection, "abandon_batches", {"holders": holders, "now": now})


def entries_at(connection: Connection, batch_id: int, stage: str) -> tuple[Entry, ...]:
    """The entries of a batch that are at `stage`, in order."""
    return _entries(query(connection, "entries_at", {"batch_id": batch_id, "stage": stage}))


def _end_crashed(connection: Connection, now: datetime) -> None:
    """End entries over which workers died as often as they may, so that none is tried for ever."""
    rows = query(connection, "crashed_entries", {"now": now, "max_attempts": MAX_ATTEMPTS})
    ended = [
        Ended(
            row.entry_id,
            Outcome.FAILED,
            Reason.CRASHED,
            "fetch",
            f"{row.attempts} workers died over it, the last one at stage {row.stage}",
        )
        for row in rows
    ]
    finish(connection, ended, now)


def _entries(rows: Sequence[object]) -> tuple[Entry, ...]:
    return tuple(sorted((entry_of(row) for row in rows), key=lambda entry: entry.entry_id or 0))
