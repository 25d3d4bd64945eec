"""What keeps the database in order: partitions ahead of time, and old bookkeeping forgotten. Twice is once."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from copydesk.database import connect, query, transaction

AHEAD = timedelta(days=7)
KEEP_BATCHES = timedelta(days=30)
KEEP_ROBOTS = timedelta(days=7)  # behind their end: any host that a link names has one


@dataclass(frozen=True, slots=True)
class Kept:
    """What was done: how many batches were forgotten."""

    batches_forgotten: int

    @property
    def sentence(self) -> str:
        """For notes and logs."""
        return f"partitions are there; {self.batches_forgotten:,} old batches forgotten"


def keep_house(dsn: str, now: datetime) -> Kept:
    """Make the partitions that pages will need in the next days, forget batches and robots.txt nobody will ask for.

    Raw pages are never deleted: any article can be made again from its page.
    """
    with connect(dsn) as connection:
        with transaction(connection):
            for instant in (now, now + AHEAD):
                query(connection, "make_page_partition", {"day": instant.date()})
        with transaction(connection):
            forgotten = query(connection, "house_forget_batches", {"before": now - KEEP_BATCHES})
            query(connection, "house_forget_robots", {"before": now - KEEP_ROBOTS})
    return Kept(batches_forgotten=len(forgotten))


def free_leases(dsn: str) -> int:
    """Let all that is unfinished be claimed at once; how many entries were held. Only when no worker lives."""
    with connect(dsn) as connection, transaction(connection):
        (row,) = query(connection, "house_free_leases")
        count: int = row.entries
        return count
