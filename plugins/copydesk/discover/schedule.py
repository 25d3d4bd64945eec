"""When to ask a feed again: decided from what it has shown and what it wishes. Pure; `now` is an argument.

A feed that brings r items an hour is asked every c / r^0.4 hours. Of all ways to spread a number of requests over many
feeds, c / sqrt(r) finds their items soonest on average (the minimum of the sum of r * t / 2 for a given sum of 1 / t);
0.4 is kinder to quiet feeds: it costs the average little, and the latest twentieth is found much sooner.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from copydesk.discover.document import PollHints

MIN_SECONDS = 60
MAX_SECONDS = 24 * 60 * 60
# A feed of one item an hour is asked every 8 minutes, one of an item a day every 30: see make bench-polling.
SECONDS_AT_ONE_AN_HOUR = 500.0
EXPONENT = 0.4
UNCONDITIONAL_EVERY = timedelta(days=3)
# The pace is read over hours, to follow a day's news, and over days, to survive nights and days off. A lull of some
# hours says little of a feed: it counts as if it stood beside half a day of the days' pace.
FAST_HALF_LIFE_HOURS = 3.0
SLOW_HALF_LIFE_HOURS = 96.0
LULL_HOURS = 12.0
# After silence of s hours a pace above 3 / s is unlikely (5 %): the feed has gone quiet, whatever it was before.
SILENCE_ITEMS = 3.0
# What is assumed of a feed that nothing is known of, as if it had been watched for that long.
PRIOR_ITEMS_AN_HOUR = 0.25
PRIOR_HOURS = 2.0
# One poll makes the interval at most so much longer; a change smaller than the dead band is none.
MAX_GROWTH = 1.5
DEAD_BAND = 0.2
# Wishes are floors, but only so far: content systems state an hour or a day by default, whatever is published.
MAX_TTL_FLOOR_SECONDS = 15 * 60
MAX_CACHE_FLOOR_SECONDS = 30 * 60

HOURS_A_DAY, DAYS_A_WEEK = 24, 7

_MAX_AGE = re.compile(r"(?:^|[\s,])max-age\s*=\s*\"?(\d{1,9})", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Rhythm:
    """What a feed has shown: items and hours of watching, older ones counting less, over hours and over days.

    `silent_hours` is the time since the last item.
    """

    fast_items: float = 0.0
    fast_hours: float = 0.0
    slow_items: float = PRIOR_ITEMS_AN_HOUR * PRIOR_HOURS
    slow_hours: float = PRIOR_HOURS
    silent_hours: float = 0.0

    @property
    def items_an_hour(self) -> float:
        """The pace to expect: that of the last hours as far as they say something, else that of the last days.

        Never more than the time since the last item lets one believe.
        """
        slow = self.slow_items / self.slow_hours
        pace = (self.fast_items + slow * LULL_HOURS) / (self.fast_hours + LULL_HOURS)
        return min(pace, SILENCE_ITEMS / self.silent_hours) if self.silent_hours else pace


@dataclass(frozen=True, slots=True)
class Interval:
    """Seconds until the next poll, and why so many, for people."""

    seconds: int
    why: str


@dataclass(frozen=True, slots=True)
class Watch:
    """What is known of a feed that bears on when it is asked. `wanted_seconds` is an operator's own interval."""

    poll_seconds: int
    wanted_seconds: int | None = None
    last_polled_at: datetime | None = None
    last_read_at: datetime | None = None
    rhythm: Rhythm = Rhythm()
    hints: PollHints = field(default_factory=PollHints)

    def asks_anew(self, now: datetime) -> bool:
        """Whether to ask unconditionally, as is done now and then: some servers answer 304 for ever."""
        return self.last_read_at is None or now - self.last_read_at >= UNCONDITIONAL_EVERY


@dataclass(frozen=True, slots=True)
class Findings:
    """What a poll that went well found. `published` is when the feed's items were, `hints` None if it was not read."""

    new_items: int = 0
    published: tuple[datetime, ...] = ()
    hints: PollHints | None = None
    cache_control: str | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """When a feed is asked next, after which interval and why, and what to remember of it."""

    next_poll_at: datetime
    interval: Interval
    rhythm: Rhythm
    hints: PollHints


def planned(watch: Watch, found: Findings, now: datetime) -> Plan:
    """The plan after a poll: an operator's interval as it is, else what the feed's rhythm and wishes make of it."""
    hints = found.hints or watch.hints
    if watch.last_polled_at is None:
        rhythm = rhythm_of(found.published, now)
    else:
        rhythm = observed(watch.rhythm, found.new_items, (now - watch.last_polled_at).total_seconds())
    if watch.wanted_seconds is not None:
        chosen = Interval(watch.wanted_seconds, "an operator's choice")
        return Plan(now + timedelta(seconds=chosen.seconds), chosen, rhythm, hints)
    chosen = interval(rhythm, watch.poll_seconds, hints, found.cache_control)
    return Plan(next_poll_at(now, chosen.seconds, hints), chosen, rhythm, hints)


def rhythm_of(published: Iterable[datetime], now: datetime) -> Rhythm:
    """The rhythm of a feed that is read for the first time, from when the items that it lists were published."""
    ages = sorted(hours for each in published if (hours := (now - each).total_seconds() / 3600) >= 0)
    if not ages:
        return Rhythm()
    watched = max(ages[-1], 1.0)  # a feed lists its last items only: before the oldest one nothing is known
    fast_items, fast_hours = _seen(ages[:-1], watched, FAST_HALF_LIFE_HOURS)
    slow_items, slow_hours = _seen(ages[:-1], watched, SLOW_HALF_LIFE_HOURS)
    return Rhythm(
        fast_items, fast_hours, slow_items + PRIOR_ITEMS_AN_HOUR * PRIOR_HOURS, slow_hours + PRIOR_HOURS, ages[0]
    )


def _seen(ages: Iterable[float], watched: float, half_life: float) -> tuple[float, float]:
    """Items of these ages and the hours in which they came, older ones counting less, as `observed` would have it."""
    hours = (1 - 0.5 ** (watched / half_life)) * half_life / math.log(2)
    return sum(0.5 ** (age / half_life) for age in ages), hours


def observed(rhythm: Rhythm, new_items: int, seconds: float) -> Rhythm:
    """The rhythm after a poll that found `new_items`, `seconds` after the one before."""
    hours = max(seconds, 0.0) / 3600
    fast, slow = (0.5 ** (hours / half_life) for half_life in (FAST_HALF_LIFE_HOURS, SLOW_HALF_LIFE_HOURS))
    return Rhythm(
        fast_items=rhythm.fast_items * fast + new_items,
        fast_hours=rhythm.fast_hours * fast + hours,
        slow_items=rhythm.slow_items * slow + new_items,
        slow_hours=max(rhythm.slow_hours * slow + hours, 1 / 60),
        silent_hours=0.0 if new_items else rhythm.silent_hours + hours,
    )


def interval(rhythm: Rhythm, current_seconds: float, hints: PollHints, cache_control: str | None = None) -> Interval:
    """How long to wait, given the interval so far; between MIN_SECONDS and MAX_SECONDS."""
    pace = max(rhythm.items_an_hour, 1e-6)
    wanted = SECONDS_AT_ONE_AN_HOUR / pace**EXPONENT
    floor, reason = _floor(hints, cache_control)
    damped = min(wanted, current_seconds * MAX_GROWTH)
    if abs(damped - current_seconds) <= DEAD_BAND * current_seconds:
        damped = current_seconds
    seconds = round(min(max(damped, floor, MIN_SECONDS), MAX_SECONDS))
    return Interval(seconds, reason if seconds == round(floor) else f"{pace:.2g} new items an hour")


def next_poll_at(now: datetime, seconds: float, hints: PollHints) -> datetime:
    """`now` plus `seconds`, moved past the hours and days (of UTC) that the feed says to skip, a day at most.

    A feed that says that it is always silent is not believed.
    """
    when = wanted = now.astimezone(UTC) + timedelta(seconds=seconds)
    latest = wanted + timedelta(hours=24)
    if len(hints.skip_hours) == HOURS_A_DAY or len(hints.skip_days) == DAYS_A_WEEK:
        return wanted
    while when < latest and _is_silent(when, hints):
        when = when.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return min(when, latest)


def _floor(hints: PollHints, cache_control: str | None) -> tuple[float, str]:
    """Below this, asking would get the same copy again, or is what the feed asked not to do."""
    age = _MAX_AGE.search(cache_control or "")
    wishes = [
        (0.0, "no wish"),
        (float(min(hints.ttl_seconds or 0, MAX_TTL_FLOOR_SECONDS)), "the feed's ttl"),
        (float(min(hints.update_seconds or 0, MAX_TTL_FLOOR_SECONDS)), "the feed's sy:updatePeriod"),
        (float(min(int(age.group(1)) if age else 0, MAX_CACHE_FLOOR_SECONDS)), "Cache-Control"),
    ]
    return max(wishes)


def _is_silent(when: datetime, hints: PollHints) -> bool:
    return when.hour in hints.skip_hours or when.weekday() in hints.skip_days
