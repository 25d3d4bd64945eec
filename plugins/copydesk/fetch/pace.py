"""Whose turn it is: at most so many requests at a time to a site, with a pause between them."""

from __future__ import annotations

import asyncio
import math
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from copydesk.clock import utc_now


class HeldError(Exception):
    """A site is to be left alone until an instant, so nobody gets a turn before."""

    def __init__(self, domain: str, until: datetime) -> None:
        super().__init__(f"{domain} is to be left alone until {until:%Y-%m-%d %H:%M:%SZ}")
        self.domain = domain
        self.until = until


@dataclass(frozen=True, slots=True)
class Terms:
    """On what terms a site may be asked: what it wished itself, and what an operator set for it.

    `robots_ignored` and `blocked` are the operator's reasons, None where robots.txt is obeyed and the site is allowed.
    """

    held_until: datetime | None = None
    concurrency: int = 1
    robots_ignored: str | None = None
    blocked: str | None = None


@dataclass(slots=True)
class Turn:
    """The right to make one request. What it says when it ends is what the site is owed then.

    `slowdowns` counts the answers 429 and 503 in a row before this turn; `slowed` says that this one is another.
    """

    pause_seconds: float
    slowdowns: int = 0
    slowed: bool = False
    hold_until: datetime | None = None


class Scoreboard(Protocol):
    """Where requests to a site take turns. One in Postgres is shared by all workers; the local one is a process's."""

    def turn(
        self, domain: str, pause_seconds: float, concurrency: int = 1, *, patience: float = math.inf
    ) -> AbstractAsyncContextManager[Turn]:
        """Wait for the site to be free and its pause to be over.

        Raises HeldError while it is to be left alone, and when its pauses would take more than `patience` seconds.

        With one request at a time the pause is counted from a request's end, with more from its beginning.
        """

    async def terms(self, domain: str) -> Terms:
        """On what terms the site may be asked now."""


@dataclass(slots=True)
class _Site:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    free_at: float = 0.0
    slowdowns: int = 0
    held_until: datetime | None = None


class LocalScoreboard:
    """A scoreboard in memory, one request at a time. `clock` counts seconds, `sleep` waits for some, `now` tells time.

    No operator sets anything here.
    """

    def __init__(
        self,
        clock: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self._clock = clock
        self._sleep = sleep
        self._now = now
        self._sites: dict[str, _Site] = {}

    @asynccontextmanager
    async def turn(
        self,
        domain: str,
        pause_seconds: float,
        concurrency: int = 1,  # noqa: ARG002 - Scoreboard's signature
        *,
        patience: float = math.inf,
    ) -> AsyncIterator[Turn]:
        """See Scoreboard.turn."""
        site = self._site(domain)
        async with site.lock:
            if (wait := site.free_at - self._clock()) > patience:
                raise HeldError(domain, self._now() + timedelta(seconds=wait))
            if wait > 0:
                await self._sleep(wait)
            if site.held_until and site.held_until > self._now():
                raise HeldError(domain, site.held_until)
            turn = Turn(pause_seconds, site.slowdowns)
            try:
                yield turn
            finally:
                site.free_at = self._clock() + turn.pause_seconds
                site.slowdowns = site.slowdowns + 1 if turn.slowed else 0
                site.held_until = turn.hold_until or site.held_until

    async def terms(self, domain: str) -> Terms:
        """See Scoreboard.terms."""
        return Terms(held_until=self._site(domain).held_until)

    def _site(self, domain: str) -> _Site:
        return self._sites.setdefault(domain, _Site())
