"""Persian days as Gregorian ones."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from copydesk.extract.metadata.persian import to_gregorian

# First days of years, as calendars print them.
NEW_YEARS = {1375: (1996, 3, 20), 1380: (2001, 3, 21), 1388: (2009, 3, 21), 1396: (2017, 3, 21), 1400: (2021, 3, 21)}


@pytest.mark.parametrize(("year", "day"), NEW_YEARS.items())
def test_a_year_begins_on_its_day_of_spring(year: int, day: tuple[int, int, int]) -> None:
    assert to_gregorian(year, 1, 1) == date(*day)


def test_every_day_of_a_cycle_follows_the_day_before() -> None:
    days = [
        found
        for year in range(1375, 1408)
        for month in range(1, 13)
        for day in range(1, 32)
        if (found := to_gregorian(year, month, day))
    ]
    assert days == [days[0] + timedelta(days=count) for count in range(len(days))]
    assert len(days) == 33 * 365 + 8


@pytest.mark.parametrize("day", [(1403, 7, 31), (1402, 12, 30), (1403, 13, 1), (1403, 1, 0), (900, 1, 1), (9999, 1, 1)])
def test_a_day_that_is_none_is_none(day: tuple[int, int, int]) -> None:
    assert to_gregorian(*day) is None
