"""The Persian (Solar Hijri) calendar of Iran and Afghanistan to the Gregorian one."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

_ANCHOR: Final = (1403, date(2024, 3, 20))  # a year and its first day
_CYCLE_YEARS: Final = 33
# Years of a cycle with 366 days. True to the observed equinoxes from 1178 to 1633 (1799 to 2254).
_LEAP: Final = frozenset((1, 5, 9, 13, 17, 22, 26, 30))
FIRST_YEAR: Final = 1178
LAST_YEAR: Final = 1633
_LONG_MONTHS: Final = 6  # of 31 days; the others have 30, the last 29 or 30


def to_gregorian(year: int, month: int, day: int) -> date | None:
    """The Gregorian day; None for a day that the calendar has not, and outside of FIRST_YEAR to LAST_YEAR."""
    if not (FIRST_YEAR <= year <= LAST_YEAR and 1 <= month <= 12 and 1 <= day <= _length(year, month)):  # noqa: PLR2004 - months
        return None
    days = sum(_length(year, before) for before in range(1, month)) + day - 1
    return _new_year(year) + timedelta(days=days)


def _new_year(year: int) -> date:
    anchor, first_day = _ANCHOR
    between = range(min(year, anchor), max(year, anchor))
    days = sum(366 if _is_leap(one) else 365 for one in between)
    return first_day + timedelta(days=days if year > anchor else -days)


def _length(year: int, month: int) -> int:
    if month <= _LONG_MONTHS:
        return 31
    return 30 if month < 12 or _is_leap(year) else 29  # noqa: PLR2004 - months


def _is_leap(year: int) -> bool:
    return year % _CYCLE_YEARS in _LEAP
