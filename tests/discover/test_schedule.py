from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.discover.document import PollHints
from copydesk.discover.schedule import (
    MAX_GROWTH,
    MAX_SECONDS,
    MIN_SECONDS,
    Findings,
    Rhythm,
    Watch,
    interval,
    next_poll_at,
    observed,
    planned,
)

NONE = PollHints()
MONDAY_NOON = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
HOUR = 3600


def settled(items: int, every: float, polls: int = 400, hints: PollHints = NONE, cache: str | None = None) -> int:
    """The interval after many polls, `every` seconds apart, that found `items` new items each."""
    rhythm, seconds = Rhythm(), 900
    for _ in range(polls):
        rhythm = observed(rhythm, items, every)
        seconds = interval(rhythm, seconds, hints, cache).seconds
    return seconds


def test_a_busy_feed_is_asked_more_often_than_a_quiet_one() -> None:
    busy, normal, quiet = settled(5, 900), settled(1, HOUR), settled(0, HOUR)
    assert MIN_SECONDS <= busy < normal < quiet <= MAX_SECONDS


def test_a_feed_that_falls_silent_for_good_is_asked_about_once_a_day() -> None:
    assert settled(0, 6 * HOUR) > MAX_SECONDS / 2


def test_a_silent_feed_that_wakes_up_is_asked_soon_again() -> None:
    rhythm = Rhythm()
    for _ in range(100):
        rhythm = observed(rhythm, 0, 6 * HOUR)
    asleep = interval(rhythm, MAX_SECONDS, NONE).seconds
    awake = interval(observed(rhythm, 3, HOUR), asleep, NONE).seconds
    assert awake < asleep / 5


def test_the_interval_grows_slowly_and_shrinks_at_once() -> None:
    quiet, busy = observed(Rhythm(), 0, 200 * HOUR), observed(Rhythm(), 100, HOUR)
    assert interval(quiet, 600, NONE).seconds == 600 * MAX_GROWTH
    assert interval(busy, 6000, NONE).seconds < 600


def test_a_small_change_is_none() -> None:
    rhythm = observed(Rhythm(), 1, HOUR)
    wanted = interval(rhythm, MAX_SECONDS, NONE).seconds
    for near in (round(wanted * 0.9), round(wanted * 1.1)):
        assert interval(rhythm, near, NONE).seconds == near


@pytest.mark.parametrize(
    ("hints", "cache", "why"),
    [
        (PollHints(ttl_seconds=600), None, "ttl"),
        (PollHints(update_seconds=600), None, "sy:updatePeriod"),
        (NONE, "public, max-age=600", "Cache-Control"),
    ],
)
def test_wishes_of_the_feed_are_floors(hints: PollHints, cache: str | None, why: str) -> None:
    rhythm = observed(Rhythm(), 1000, HOUR)
    wanted = interval(rhythm, 900, hints, cache)
    assert (wanted.seconds, why in wanted.why) == (600, True)


def test_a_wish_that_a_content_system_states_for_everybody_is_not_taken_at_its_word() -> None:
    rhythm = observed(Rhythm(), 1000, HOUR)
    assert interval(rhythm, 900, PollHints(ttl_seconds=86400, update_seconds=86400)).seconds == 900
    assert interval(rhythm, 900, NONE, "max-age=31536000").seconds == 1800


@pytest.mark.parametrize("cache", ["no-cache", "max-age=", "s-maxage=600", "max-age=x", ""])
def test_a_cache_control_without_an_age_is_no_wish(cache: str) -> None:
    assert settled(1000, 60, cache=cache) == MIN_SECONDS


def test_why_is_told_in_words() -> None:
    assert interval(observed(Rhythm(), 2, 100 * HOUR), 900, NONE).why.endswith("new items an hour")


def test_hours_and_days_of_silence_are_skipped() -> None:
    hints = PollHints(skip_hours=frozenset({12, 13}), skip_days=frozenset({1}))
    assert next_poll_at(MONDAY_NOON, 600, hints) == MONDAY_NOON.replace(hour=14)
    tuesday = MONDAY_NOON.replace(hour=23) + timedelta(minutes=55)
    assert next_poll_at(tuesday, 600, hints) == datetime(2026, 11, 25, tzinfo=UTC)


def test_a_feed_that_says_it_is_always_silent_is_not_believed() -> None:
    hints = PollHints(skip_days=frozenset(range(7)))
    assert next_poll_at(MONDAY_NOON, 600, hints) == MONDAY_NOON + timedelta(seconds=600)


@given(
    polls=st.lists(st.tuples(st.integers(0, 10_000), st.floats(0, 40 * 24 * HOUR)), max_size=30),
    current=st.floats(1, MAX_SECONDS),
    ttl=st.none() | st.integers(1, 10**8),
)
def test_the_interval_is_always_between_a_minute_and_a_day(
    polls: list[tuple[int, float]], current: float, ttl: int | None
) -> None:
    rhythm = Rhythm()
    for items, seconds in polls:
        rhythm = observed(rhythm, items, seconds)
    assert MIN_SECONDS <= interval(rhythm, current, PollHints(ttl_seconds=ttl)).seconds <= MAX_SECONDS


@given(seconds=st.integers(60, 86400), hours=st.frozensets(st.integers(0, 23)), days=st.frozensets(st.integers(0, 6)))
def test_no_poll_is_put_off_by_more_than_a_day(seconds: int, hours: frozenset[int], days: frozenset[int]) -> None:
    when = next_poll_at(MONDAY_NOON, seconds, PollHints(skip_hours=hours, skip_days=days))
    assert timedelta(seconds=seconds) <= when - MONDAY_NOON <= timedelta(seconds=seconds, hours=24)


def test_a_new_feed_is_judged_by_when_its_items_were_published() -> None:
    busy = Findings(new_items=50, published=tuple(MONDAY_NOON - timedelta(minutes=10 * each) for each in range(50)))
    dead = Findings(new_items=50, published=tuple(MONDAY_NOON - timedelta(days=365 + each) for each in range(50)))
    plans = [planned(Watch(900), found, MONDAY_NOON) for found in (busy, dead)]
    assert plans[0].interval.seconds < 900 < plans[1].next_poll_at.timestamp() - MONDAY_NOON.timestamp()


def test_a_new_feed_that_lists_few_items_is_judged_by_the_time_that_they_span() -> None:
    span = [
        Findings(10, published=tuple(MONDAY_NOON - timedelta(hours=(each + 0.5) * gap) for each in range(10)))
        for gap in (1, 24)
    ]
    hourly, daily = (planned(Watch(900), found, MONDAY_NOON).rhythm.items_an_hour for found in span)
    assert hourly == pytest.approx(1, rel=0.2)
    assert daily == pytest.approx(1 / 24, rel=0.2)


def test_a_lull_of_a_few_hours_changes_little() -> None:
    steady = Rhythm()
    for _ in range(400):
        steady = observed(steady, 1, HOUR)
    quiet = observed(steady, 0, 4 * HOUR)
    assert quiet.items_an_hour > steady.items_an_hour / 2


def test_a_long_silence_outweighs_whatever_was_before() -> None:
    busy = Rhythm()
    for _ in range(400):
        busy = observed(busy, 10, HOUR)
    assert observed(busy, 0, 72 * HOUR).items_an_hour < 0.05


def test_a_feed_that_is_silent_for_more_than_a_day_is_asked_once_a_day() -> None:
    hints = PollHints(skip_days=frozenset({0, 1, 2}))
    assert next_poll_at(MONDAY_NOON, 600, hints) == MONDAY_NOON + timedelta(days=1, seconds=600)


def test_an_operators_interval_is_kept_whatever_the_feed_shows() -> None:
    plan = planned(Watch(900, wanted_seconds=300), Findings(1000, hints=PollHints(ttl_seconds=900)), MONDAY_NOON)
    assert (plan.interval.seconds, plan.next_poll_at) == (300, MONDAY_NOON + timedelta(seconds=300))


def test_wishes_are_remembered_while_nothing_changes() -> None:
    hints = PollHints(ttl_seconds=600, skip_hours=frozenset({3}))
    first = planned(Watch(900), Findings(1, hints=hints), MONDAY_NOON)
    watch = Watch(900, last_polled_at=MONDAY_NOON, rhythm=first.rhythm, hints=first.hints)
    assert planned(watch, Findings(), MONDAY_NOON + timedelta(hours=1)).hints == hints
    assert PollHints.from_json(json.loads(hints.as_json())) == hints
