"""Saying that Airflow is being told: who makes the asset event himself spares the listener one of its own."""

from __future__ import annotations

from copydesk.database import Connection, query

TOLD = "told"
"""What push_told.sql makes the payload of this transaction's notifications."""


def told(connection: Connection) -> None:
    """What this transaction notifies of, its maker tells Airflow of. Whoever listens only looks after it."""
    query(connection, "push_told")
