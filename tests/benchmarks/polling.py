"""A simulated week of 2,000 feeds of which 5 % change an hour: adaptive polling against every 15 minutes.

Prints for both, from the same articles: requests, requests per article found, delay to discovery (p50, p95, p99). Exits
with 1 unless adaptive polling needs fewer than half of the requests at no later p50. No network and no real clock. When
the week begins, nothing is known of a feed but the last items that it lists, as with a feed that was just added.

How news is spread over feeds decides what can be won: nothing where all feeds are alike. The spread here is log-normal
(a tenth of the feeds brings most of the articles), with a day and a night for each feed; --spread says how uneven.
"""

from __future__ import annotations

import argparse
import math
import random
import sys
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from statistics import quantiles

import click

from copydesk.discover.schedule import Findings, Watch, planned

START = datetime(2026, 11, 2, tzinfo=UTC)
WEEK = 7 * 24 * 3600.0
FIXED_SECONDS = 15 * 60
LISTED = 20  # so many of its last items a feed lists
HISTORY = 2 * WEEK  # before the week that is measured


@dataclass(frozen=True)
class Result:
    """What a way of polling cost and gave. Delays are in seconds, one an article found."""

    name: str
    requests: int
    delays: Sequence[float]

    @property
    def percentiles(self) -> tuple[float, float, float]:
        cuts = quantiles(self.delays, n=100)
        return cuts[49], cuts[94], cuts[98]

    def line(self) -> str:
        p50, p95, p99 = (seconds / 60 for seconds in self.percentiles)
        found = len(self.delays)
        return (
            f"{self.name:10} {self.requests:9,} requests  {found:7,} articles  {self.requests / found:6.2f} requests"
            f" an article  delay p50 {p50:5.1f} min  p95 {p95:5.1f}  p99 {p99:5.1f}"
        )


def rates(feeds: int, changing: float, spread: float, dice: random.Random) -> list[float]:
    """Articles an hour of each feed, such that on average the share `changing` of the feeds brings one in an hour."""
    weights = [math.exp(dice.gauss(0, spread)) for _ in range(feeds)]
    low, high = 0.0, 1000.0
    while high - low > 1e-9 * high:
        scale = (low + high) / 2
        share = sum(1 - math.exp(-scale * weight) for weight in weights) / feeds
        low, high = (scale, high) if share < changing else (low, scale)
    return [low * weight for weight in weights]


def articles(rate: float, dice: random.Random) -> list[float]:
    """Seconds at which a feed publishes in the week and before it (below 0): by day three times the night."""
    dawn, found, instant = dice.uniform(0, 24), [], -HISTORY
    peak = rate * 1.5
    while (instant := instant + dice.expovariate(peak) * 3600) < WEEK:
        by_day = math.sin((instant / 3600 - dawn) / 24 * 2 * math.pi) > 0
        if dice.random() < (1.0 if by_day else 1 / 3):
            found.append(instant)
    return found


def fixed(published: Sequence[Sequence[float]], dice: random.Random) -> Result:
    """Every feed every 15 minutes."""
    delays = []
    for of_feed in published:
        first = dice.uniform(0, FIXED_SECONDS)
        delays += [(first - instant) % FIXED_SECONDS for instant in of_feed if instant >= 0]
    return Result("15 minutes", int(len(published) * WEEK / FIXED_SECONDS), delays)


def adaptive(published: Sequence[Sequence[float]], dice: random.Random) -> Result:
    """Every feed when copydesk.discover.schedule says so; what its last poll missed is found at the end."""
    requests, delays = 0, []
    for of_feed in published:
        polls = asked(of_feed, dice.uniform(0, FIXED_SECONDS))
        requests += len(polls)
        delays += [found_at(instant, polls) - instant for instant in of_feed if instant >= 0]
    return Result("adaptive", requests, delays)


def asked(published: Sequence[float], first: float) -> list[float]:
    """Seconds at which a feed is asked in the week; the first poll finds the items that the feed lists."""
    polls, now, seen = [], first, 0
    watch = Watch(FIXED_SECONDS)
    while now < WEEK:
        there = bisect_right(published, now)
        listed = tuple(START + timedelta(seconds=instant) for instant in published[max(there - LISTED, 0) : there])
        at = START + timedelta(seconds=now)
        plan = planned(watch, Findings(there - seen, listed), at)
        watch = Watch(plan.interval.seconds, last_polled_at=at, rhythm=plan.rhythm)
        polls.append(now)
        seen, now = there, (plan.next_poll_at - START).total_seconds()
    return polls


def found_at(instant: float, polls: Sequence[float]) -> float:
    """When an article that was published at `instant` was found: at the next poll, or when the week is over."""
    following = bisect_right(polls, instant)
    return polls[following] if following < len(polls) else WEEK


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--feeds", type=int, default=2000)
    parser.add_argument("--changing", type=float, default=0.05, help="share of the feeds that change in an hour")
    parser.add_argument("--spread", type=float, default=2.0, help="standard deviation of the logarithm of feeds' paces")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    dice = random.Random(given.seed)
    published = [articles(rate, dice) for rate in rates(given.feeds, given.changing, given.spread, dice)]
    before, after = fixed(published, dice), adaptive(published, dice)
    click.echo(f"{before.line()}\n{after.line()}")
    share = after.requests / before.requests
    sooner = after.percentiles[0] <= before.percentiles[0]
    click.echo(f"adaptive needs {share:.0%} of the requests; its p50 is {'no later' if sooner else 'later'}")
    return 0 if share < 0.5 and sooner else 1


if __name__ == "__main__":
    sys.exit(main())
