"""What a failed poll means for the feed: how bad it is, and when to ask again. Pure; `now` is an argument."""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum

from copydesk.errors import FeedError, PageError, TransientPageError
from copydesk.models import Outcome, Reason

MAX_WAIT = timedelta(hours=24)
# Looking for another address costs requests: at the first failure, and once more when the feed stays lost.
REDISCOVER_AT = frozenset({1, 4})


class Trouble(StrEnum):
    """Kinds of failure, by what can be hoped for."""

    LATER = "later"  # the server or the way to it: may pass by itself
    WRONG = "wrong"  # it answers, but there is no feed: the feed may be elsewhere
    REFUSED = "refused"  # robots.txt, a login, a wall: a person has to do something
    GONE = "gone"  # the server says that it is gone for good


# The least wait after a failure: what will not pass by itself is asked seldom from the start.
LEAST_WAIT = {
    Trouble.LATER: timedelta(0),
    Trouble.WRONG: timedelta(hours=1),
    Trouble.REFUSED: timedelta(hours=6),
    Trouble.GONE: MAX_WAIT,
}


def trouble_of(error: PageError | FeedError) -> Trouble:
    """What kind of failure an error is for the feed that it is about."""
    if isinstance(error, TransientPageError):
        return Trouble.LATER
    if isinstance(error, FeedError):
        return Trouble.WRONG
    if error.reason is Reason.HTTP_GONE:
        return Trouble.GONE
    return Trouble.REFUSED if error.outcome is Outcome.REFUSED and error.reason is not Reason.EMPTY else Trouble.WRONG


def next_poll_after_failure(
    trouble: Trouble, poll_seconds: int, failures: int, now: datetime, retry_at: datetime | None = None
) -> datetime:
    """When to ask a feed again after `failures` failed polls before this one: the wait doubles, up to a day.

    Never before `retry_at`, which is the server's own wish.
    """
    first = max(timedelta(seconds=poll_seconds), LEAST_WAIT[trouble])
    return max(now + min(first * (1 << min(failures, 20)), MAX_WAIT), retry_at or now)


def is_lost(trouble: Trouble, failures: int) -> bool:
    """Whether to look where the feed may be now, after `failures` failed polls in a row, this one counted.

    One that is gone is looked for whenever that is said: it is not asked again.
    """
    return trouble is Trouble.GONE or (trouble is Trouble.WRONG and failures in REDISCOVER_AT)
