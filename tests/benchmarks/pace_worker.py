"""A worker for the proof of the pace: the real steps claim and fetch, again and again, until everything has ended.

In place of clean to load, what was fetched just ends. Leases and turns of the dead, and the wait after a failure, are
over sooner than in production, so that nobody waits a quarter of an hour for the proof.
"""

from __future__ import annotations

import os
import sys
import time
import uuid
from datetime import timedelta

from copydesk import frontier, politeness
from copydesk.clock import utc_now
from copydesk.database import Connection, connect, transaction
from copydesk.frontier import Ended, claims, turns
from copydesk.models import Outcome, Reason
from copydesk.pipeline import claim_batch, fetch_batch
from copydesk.settings import Settings

IDLE_SECONDS = 0.2


def main(step_seconds: float, lease_seconds: float, turn_seconds: float) -> None:
    """Work until no entry is left that has not ended."""
    claims.LEASE = timedelta(seconds=lease_seconds)
    turns.TURN = timedelta(seconds=turn_seconds)
    politeness.FIRST_BACKOFF = timedelta(seconds=2)
    settings = Settings.from_environment()
    with connect(settings.database) as connection:
        while _left(connection):
            batch_id = claim_batch(settings, utc_now(), holder=f"{os.getpid()}/{uuid.uuid4()}")
            if batch_id is None:
                time.sleep(IDLE_SECONDS)
                continue
            fetch_batch(settings, batch_id, seconds=step_seconds)
            _end(connection, batch_id)


def _end(connection: Connection, batch_id: int) -> None:
    with transaction(connection):
        fetched = frontier.entries_at(connection, batch_id, "fetched")
        ended = [Ended(entry.entry_id or 0, Outcome.LOADED, Reason.NEW, "load") for entry in fetched]
        frontier.finish(connection, ended, utc_now())


def _left(connection: Connection) -> bool:
    with transaction(connection), connection.cursor() as cursor:
        cursor.execute("SELECT EXISTS (SELECT FROM ingest.entries WHERE stage <> 'done')")
        left: bool = cursor.fetchone()[0]
        return left


if __name__ == "__main__":
    main(*map(float, sys.argv[1:]))
