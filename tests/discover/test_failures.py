"""What a failed poll means: how bad it is, and when to ask again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.discover.failures import MAX_WAIT, Trouble, is_lost, next_poll_after_failure, trouble_of
from copydesk.errors import FeedError, PageError, PermanentPageError, TransientPageError
from copydesk.models import Outcome, Reason

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
URL = "https://one.example/feed"


@pytest.mark.parametrize(
    ("error", "trouble"),
    [
        (TransientPageError(URL, Reason.SERVER_ERROR, "503"), Trouble.LATER),
        (TransientPageError(URL, Reason.RATE_LIMITED, "429"), Trouble.LATER),
        (FeedError(URL, "is an HTML page, not a feed"), Trouble.WRONG),
        (PermanentPageError(URL, Outcome.GONE, Reason.NOT_FOUND, "404"), Trouble.WRONG),
        (PermanentPageError(URL, Outcome.REFUSED, Reason.EMPTY, "no body"), Trouble.WRONG),
        (PermanentPageError(URL, Outcome.FAILED, Reason.CRASHED, "oops"), Trouble.WRONG),
        (PermanentPageError(URL, Outcome.REFUSED, Reason.ROBOTS, "robots.txt"), Trouble.REFUSED),
        (PermanentPageError(URL, Outcome.REFUSED, Reason.LOGIN, "401"), Trouble.REFUSED),
        (PermanentPageError(URL, Outcome.GONE, Reason.HTTP_GONE, "410"), Trouble.GONE),
    ],
)
def test_failures_are_graded_by_what_can_be_hoped_for(error: PageError | FeedError, trouble: Trouble) -> None:
    assert trouble_of(error) is trouble


def test_the_wait_after_failures_doubles_up_to_a_day_and_heeds_the_server() -> None:
    waits = [next_poll_after_failure(Trouble.LATER, 600, failures, NOW) - NOW for failures in (0, 1, 2, 30)]
    assert waits == [10 * MINUTE, 20 * MINUTE, 40 * MINUTE, 24 * HOUR]
    assert next_poll_after_failure(Trouble.LATER, 600, 0, NOW, NOW + 2 * HOUR) == NOW + 2 * HOUR


def test_what_will_not_pass_by_itself_is_asked_seldom_from_the_start() -> None:
    waits = [next_poll_after_failure(trouble, 60, 0, NOW) - NOW for trouble in Trouble]
    assert waits == [MINUTE, HOUR, 6 * HOUR, 24 * HOUR]


@given(st.sampled_from(Trouble), st.integers(60, 86400), st.integers(0, 10_000))
def test_no_failure_is_for_ever(trouble: Trouble, poll_seconds: int, failures: int) -> None:
    assert next_poll_after_failure(trouble, poll_seconds, failures, NOW) - NOW <= MAX_WAIT


def test_a_feed_is_looked_for_elsewhere_twice_and_only_when_its_own_place_is_wrong() -> None:
    assert [failures for failures in range(1, 50) if is_lost(Trouble.WRONG, failures)] == [1, 4]
    assert is_lost(Trouble.GONE, 3)
    assert not any(is_lost(trouble, 1) for trouble in (Trouble.LATER, Trouble.REFUSED))
