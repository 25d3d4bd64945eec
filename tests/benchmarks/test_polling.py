from __future__ import annotations

import random
import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))
import polling


def test_the_simulated_feeds_change_as_often_as_they_should() -> None:
    dice = random.Random(7)
    published = [polling.articles(rate, dice) for rate in polling.rates(400, 0.05, 1.0, dice)]
    hours = [{int(instant // 3600) for instant in of_feed if instant >= 0} for of_feed in published]
    assert sum(map(len, hours)) / (400 * 168) == pytest.approx(0.05, abs=0.01)


def test_adaptive_polling_finds_every_article_of_the_week_sooner_with_half_of_the_requests() -> None:
    dice = random.Random(7)
    published = [polling.articles(rate, dice) for rate in polling.rates(200, 0.05, 2.0, dice)]
    before, after = polling.fixed(published, dice), polling.adaptive(published, dice)
    of_the_week = sum(instant >= 0 for of_feed in published for instant in of_feed)
    assert len(before.delays) == len(after.delays) == of_the_week
    assert after.requests < before.requests / 2
    assert after.percentiles[0] <= before.percentiles[0]


def test_the_latest_articles_are_found_within_twice_the_time_of_fixed_polling() -> None:
    dice = random.Random(7)
    published = [polling.articles(rate, dice) for rate in polling.rates(200, 0.05, 2.0, dice)]
    assert polling.adaptive(published, dice).percentiles[1] <= 2 * polling.fixed(published, dice).percentiles[1]
