"""The clock: decisions are told the time, and this is who tells it."""

from __future__ import annotations

from datetime import UTC, datetime


def utc_now() -> datetime:
    """The clock that is used unless a test gives another."""
    return datetime.now(UTC)
