"""robots.txt by RFC 9309: what it allows us, for how long that is known, and where it is kept meanwhile."""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import lru_cache
from http import HTTPStatus
from typing import Protocol

from protego import Protego

from copydesk.models import Reason

MAX_ROBOTS_BYTES = 500 * 1024
KEPT_FOR = timedelta(hours=24)
# An unreachable robots.txt means "not now": soon enough asked again, and not for every page of a batch.
UNREACHABLE_FOR = timedelta(minutes=5)
MAX_KEPT_FILES = 4096


class Standing(StrEnum):
    """What is known of an origin's robots.txt: it has rules, there is none, or it could not be had for now."""

    RULES = "rules"
    FREE = "free"
    UNREACHABLE = "unreachable"


@dataclass(frozen=True, slots=True)
class RobotsFile:
    """The robots.txt of one origin (scheme, host, port) and until when we go by it.

    `text` is what it says if it has RULES; `detail` and `reason` say why it is UNREACHABLE.
    """

    standing: Standing
    expires_at: datetime
    text: str = ""
    detail: str = ""
    reason: Reason = Reason.SERVER_ERROR


@dataclass(frozen=True, slots=True)
class Permission:
    """What a robots.txt says of one URL; the crawl-delay is in seconds, None without one."""

    allowed: bool
    crawl_delay: float | None = None


class RobotsCache(Protocol):
    """Where the robots.txt of origins are kept. One in Postgres is shared by all workers."""

    async def get(self, origin: str) -> RobotsFile | None:
        """What is kept for an origin, expired or not; None if nothing is."""

    async def put(self, origin: str, file: RobotsFile) -> None:
        """Keep a file for an origin instead of what was kept."""


class LocalRobotsCache:
    """A cache in memory of the MAX_KEPT_FILES used last."""

    def __init__(self) -> None:
        self._files: OrderedDict[str, RobotsFile] = OrderedDict()

    async def get(self, origin: str) -> RobotsFile | None:
        """See RobotsCache.get."""
        if origin in self._files:
            self._files.move_to_end(origin)
        return self._files.get(origin)

    async def put(self, origin: str, file: RobotsFile) -> None:
        """See RobotsCache.put."""
        self._files[origin] = file
        self._files.move_to_end(origin)
        while len(self._files) > MAX_KEPT_FILES:
            self._files.popitem(last=False)


def file_of_answer(status: int, body: bytes, now: datetime, held_until: datetime | None = None) -> RobotsFile:
    """What an answer for robots.txt means: 2xx rules, 5xx and 429 not now, all else free (RFC 9309, 2.3.1).

    `held_until` is until when its site is left alone after this answer.
    """
    if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        text = body[:MAX_ROBOTS_BYTES].decode("utf-8-sig", "replace")
        return RobotsFile(Standing.RULES, now + KEPT_FOR, text)
    if status == HTTPStatus.TOO_MANY_REQUESTS or status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        reason = Reason.RATE_LIMITED if status == HTTPStatus.TOO_MANY_REQUESTS else Reason.SERVER_ERROR
        return unreachable(f"robots.txt answered {status}", reason, now, held_until)
    return RobotsFile(Standing.FREE, now + KEPT_FOR)


def unreachable(detail: str, reason: Reason, now: datetime, held_until: datetime | None = None) -> RobotsFile:
    """An origin whose robots.txt cannot be had: nothing may be fetched for now."""
    until = max(now + UNREACHABLE_FOR, held_until or now)
    return RobotsFile(Standing.UNREACHABLE, until, detail=detail, reason=reason)


def permission(file: RobotsFile, url: str, user_agent: str) -> Permission:
    """Whether a file that is not UNREACHABLE lets `user_agent` (by its product token) fetch `url`."""
    if file.standing is Standing.FREE:
        return Permission(allowed=True)
    rules = _rules(file.text)
    token = product_token(user_agent)
    delay = rules.crawl_delay(token)
    return Permission(rules.can_fetch(url, token), None if delay is None else float(delay))


def named_sitemaps(file: RobotsFile) -> tuple[str, ...]:
    """The sitemaps that a robots.txt names, as it names them."""
    return tuple(dict.fromkeys(_rules(file.text).sitemaps))


@lru_cache(maxsize=64)
def _rules(text: str) -> Protego:
    return Protego.parse(text)


def product_token(user_agent: str) -> str:
    """The name by which a robots.txt speaks of us: `copydesk` of `copydesk/0.1 (…)`."""
    return user_agent.partition("/")[0].partition(" ")[0] or "copydesk"
