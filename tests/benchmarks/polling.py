"""A simulated week of 2,000 feeds of which 5 % change an hour: adaptive polling against every 15 minutes.

Prints for both, from the same articles: requests, requests per article found, delay to discovery (p50, p95). Exits
with 1 unless adaptive polling needs fewer than half of the requests at no later p50. No network and no real clock.

How news is spread over feeds decides what can be won: nothing where all feeds are alike. The spread here is log-normal
(a tenth of the feeds brings most of the articles), with a day and a night for each feed; --spread says how uneven.
"""

from __future__ import annotations

import argparse
import heapq
import math
import random
import sys
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from statistics import quantiles

import click

from copydesk.discover.document import PollHints
from copydesk.discover.schedule import Rhythm, interval, next_poll_at, observed

START = datetime(2026, 11, 2, tzinfo=UTC)
WEEK = 7 * 24 * 3600.0
FIXED_SECONDS = 15 * 60
NO_HINTS = PollHints()


@dataclass(frozen=True)
class Result:
    """What a way of polling cost and gave. Delays are in seconds, one an article found."""

    name: str
    requests: int
    delays: Sequence[float]

    @property
    def percentiles(self) -> tuple[float, float]:
        cuts = quantiles(self.delays, n=100)
        return cuts[49], cuts[94]

    def line(self) -> str:
        p50, p95 = (seconds / 60 for seconds in self.percentiles)
        found = len(self.delays)
        return (
            f"{self.name:10} {self.requests:9,} requests  {found:7,} articles  {self.requests / found:6.2f} requests"
            f" an article  delay p50 {p50:5.1f} min  p95 {p95:6.1f} min"
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
    """Seconds at which a feed publishes in the week: at random, three times as much by day as by night."""
    dawn, found, instant = dice.uniform(0, 24), [], 0.0
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
        delays += [(first - instant) % FIXED_SECONDS for instant in of_feed]
    return Result("15 minutes", int(len(published) * WEEK / FIXED_SECONDS), delays)


def adaptive(published: Sequence[Sequence[float]], dice: random.Random) -> Result:
    """Every feed when copydesk.discover.schedule says so; what its last poll missed is found at the end."""
    due = [(dice.uniform(0, FIXED_SECONDS), number) for number in range(len(published))]
    heapq.heapify(due)
    rhythms = [Rhythm() for _ in published]
    intervals, asked = [float(FIXED_SECONDS)] * len(published), [0.0] * len(published)
    requests, delays = 0, []
    while due and due[0][0] < WEEK:
        now, number = heapq.heappop(due)
        requests += 1
        seen, there = bisect_right(published[number], asked[number]), bisect_right(published[number], now)
        delays += [now - instant for instant in published[number][seen:there]]
        rhythms[number] = observed(rhythms[number], there - seen, now - asked[number])
        asked[number] = now
        intervals[number] = interval(rhythms[number], intervals[number], NO_HINTS).seconds
        following = next_poll_at(START + timedelta(seconds=now), intervals[number], NO_HINTS)
        heapq.heappush(due, ((following - START).total_seconds(), number))
    for of_feed, last in zip(published, asked, strict=True):
        delays += [WEEK - instant for instant in of_feed if instant > last]
    return Result("adaptive", requests, delays)


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
