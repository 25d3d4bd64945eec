"""How often we may ask, decided from what is known; nothing here waits or asks the network."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime

# A crawl-delay of a day would stop a site's news for good; search engines cap it too.
MAX_CRAWL_DELAY_SECONDS = 300.0
MAX_RETRY_AFTER = timedelta(hours=24)
FIRST_BACKOFF = timedelta(minutes=1)
MAX_BACKOFF = timedelta(hours=6)


def pause_for(general: float, *, site: float | None = None, crawl_delay: float | None = None) -> float:
    """Seconds between two requests to one site.

    An operator's own pause for the site decides; else the longer of the general pause and robots.txt's crawl-delay.
    """
    if site is not None:
        return site
    return max(general, min(crawl_delay or 0.0, MAX_CRAWL_DELAY_SECONDS))


def retry_after(value: str | None, now: datetime) -> datetime | None:
    """The instant that a Retry-After header asks for, in seconds or as a date; at most a day from `now`.

    None if there is no such header or it makes no sense; an instant in the past means `now`.
    """
    text = (value or "").strip()
    if not text:
        return None
    wanted = _after_seconds(text, now) if text.isascii() and text.isdigit() else _at_date(text)
    return None if wanted is None else min(max(wanted, now), now + MAX_RETRY_AFTER)


def next_attempt_at(attempts: int, now: datetime, *, jitter: float, retry_at: datetime | None = None) -> datetime:
    """When to try again after `attempts` failed ones (1 or more): doubled each time, never before `retry_at`.

    `jitter` between 0 and 1 spreads those that failed together over the second half of the wait.
    """
    doubled = FIRST_BACKOFF * (1 << min(max(attempts, 1) - 1, 16))
    wait = min(doubled, MAX_BACKOFF) * (0.5 + jitter / 2)
    return max(now + wait, retry_at or now)


def _after_seconds(text: str, now: datetime) -> datetime:
    return now + min(timedelta(seconds=int(text[:9])), MAX_RETRY_AFTER)


def _at_date(text: str) -> datetime | None:
    try:
        date = parsedate_to_datetime(text)
    except ValueError:
        return None
    return date if date.tzinfo else date.replace(tzinfo=UTC)
