from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.politeness import MAX_BACKOFF, next_attempt_at, pause_for, retry_after, site_held_until

NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("general", "crawl_delay", "took", "pause"),
    [
        (1.0, None, 0.0, 1.0),
        (1.0, 10.0, 0.0, 10.0),
        (1.0, 0.1, 0.0, 1.0),
        (1.0, 86400.0, 0.0, 300.0),
        (1.0, None, 0.4, 1.0),
        (1.0, None, 3.0, 6.0),
        (1.0, 10.0, 3.0, 10.0),
        (1.0, None, 29.0, 30.0),
        (0.0, None, 3.0, 0.0),
        (0.0, 10.0, 3.0, 10.0),
    ],
)
def test_the_longest_of_the_pauses_that_operator_robots_and_latency_ask_for(
    general: float, crawl_delay: float | None, took: float, pause: float
) -> None:
    assert pause_for(general, crawl_delay=crawl_delay, took=took) == pause


def test_a_site_is_left_alone_as_it_wishes_or_longer_each_time() -> None:
    assert site_held_until(3, NOW, wish=NOW + timedelta(seconds=5)) == NOW + timedelta(seconds=5)
    waits = [site_held_until(times, NOW) - NOW for times in (1, 2, 3, 50)]
    assert waits == [timedelta(minutes=1), timedelta(minutes=2), timedelta(minutes=4), MAX_BACKOFF]


@pytest.mark.parametrize(
    ("value", "wait"),
    [
        ("120", timedelta(seconds=120)),
        ("0", timedelta(0)),
        ("Mon, 23 Nov 2026 12:05:00 GMT", timedelta(minutes=5)),
        ("Mon, 23 Nov 2026 14:05:00 +0200", timedelta(minutes=5)),
        ("Sun, 22 Nov 2026 12:05:00 GMT", timedelta(0)),
        ("99999999999999999999", timedelta(hours=24)),
        ("Fri, 31 Dec 9999 23:59:59 GMT", timedelta(hours=24)),
    ],
)
def test_both_forms_of_retry_after_are_read(value: str, wait: timedelta) -> None:
    assert retry_after(value, NOW) == NOW + wait


@pytest.mark.parametrize(
    "value",
    [
        *(None, "", "soon", "-5", "١٢", "1e9"),
        "Fri, 01 Jan 99999999999999999999 00:00:00 GMT",
        "Fri, 01 Jan 2027 99999999999999999999:00:00 GMT",
        "Fri, 01 Jan 2027 00:00:00 +99999999999999999999",
    ],
)
def test_a_retry_after_that_makes_no_sense_is_none(value: str | None) -> None:
    assert retry_after(value, NOW) is None


def test_waits_double() -> None:
    waits = [next_attempt_at(attempts, NOW, jitter=1.0) - NOW for attempts in (1, 2, 3, 4)]
    assert waits == [timedelta(minutes=each) for each in (1, 2, 4, 8)]


@given(attempts=st.integers(0, 10**6), jitter=st.floats(0, 1))
def test_no_wait_is_longer_than_the_longest(attempts: int, jitter: float) -> None:
    assert timedelta(0) < next_attempt_at(attempts, NOW, jitter=jitter) - NOW <= MAX_BACKOFF


def test_a_servers_wish_is_never_undercut() -> None:
    wish = NOW + timedelta(hours=20)
    assert next_attempt_at(1, NOW, jitter=0.0, retry_at=wish) == wish
