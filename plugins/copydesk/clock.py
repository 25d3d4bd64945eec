"""The clock: decisions are told the time, and this is who tells it."""

from __future__ import annotations

from datetime import UTC, datetime

FIRST_YEAR, LAST_YEAR = 2, 9998


def has_date_everywhere(instant: datetime) -> bool:
    """Whether the calendars of all time zones have a date for an instant that says its zone.

    Programs that know no date write the first or the last that they can, and one hour further there is no other: then
    no row of a database that keeps another time zone can be read.
    """
    return FIRST_YEAR <= instant.year <= LAST_YEAR


def utc_now() -> datetime:
    """The clock that is used unless a test gives another."""
    return datetime.now(UTC)
