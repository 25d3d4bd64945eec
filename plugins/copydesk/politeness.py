"""How often we may ask, decided from what is known; nothing here waits or asks the network."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

# A crawl-delay of a day would stop a site's news for good; search engines cap it too.
MAX_CRAWL_DELAY_SECONDS = 300.0
MAX_RETRY_AFTER = timedelta(hours=24)
FIRST_BACKOFF = timedelta(minutes=1)
MAX_BACKOFF = timedelta(hours=6)
# A server that takes long is busy: we leave it twice as long to itself as it worked for us.
LATENCY_FACTOR = 2.0
MAX_LATENCY_PAUSE_SECONDS = 30.0


def pause_for(general: float, *, crawl_delay: float | None = None, took: float = 0.0) -> float:
    """Seconds between two requests to one site for which no operator set a pause.

    The longest of the general pause, robots.txt's crawl-delay, and what the site's latency asks for: `took` are the
    seconds of the last request. Who sets a general pause of 0 says that latency does not matter either.
    """
    latency = min(LATENCY_FACTOR * took, MAX_LATENCY_PAUSE_SECONDS) if general else 0.0
    return max(general, latency, min(crawl_delay or 0.0, MAX_CRAWL_DELAY_SECONDS))


def site_held_until(slowdowns: int, now: datetime, *, wish: datetime | None = None) -> datetime:
    """Until when to leave a site alone that answered 429 or 503 for the `slowdowns`th time in a row (1 or more).

    As it wishes by Retry-After, else from a minute on, doubled each time.
    """
    return wish or now + _doubled(slowdowns)


def retry_after(value: str | None, now: datetime) -> datetime | None:
    """The instant that a Retry-After header asks for, in seconds or as a date; at most a day from `now`.

    None if there is no such header or it makes no sense; an instant in the past means `now`.
    """
    text = (value or "").strip()
    if not text:
        return None
    wanted = _after_seconds(text, now) if text.isascii() and text.isdigit() else http_date(text)
    return None if wanted is None else min(max(wanted, now), now + MAX_RETRY_AFTER)


def next_attempt_at(attempts: int, now: datetime, *, jitter: float, retry_at: datetime | None = None) -> datetime:
    """When to try again after `attempts` failed ones (1 or more): doubled each time, never before `retry_at`.

    `jitter` between 0 and 1 spreads those that failed together over the second half of the wait.
    """
    return max(now + _doubled(attempts) * (0.5 + jitter / 2), retry_at or now)


def _doubled(times: int) -> timedelta:
    return min(FIRST_BACKOFF * (1 << min(max(times, 1) - 1, 16)), MAX_BACKOFF)


def _after_seconds(text: str, now: datetime) -> datetime:
    return now + min(timedelta(seconds=int(text[:9])), MAX_RETRY_AFTER)


def http_date(text: str) -> datetime | None:
    """The instant of a date as headers have it, UTC where it names no zone; None if it is none."""
    try:
        date = parsedate_to_datetime(text)
    except (ValueError, OverflowError):
        return None
    return date if date.tzinfo else date.replace(tzinfo=UTC)
