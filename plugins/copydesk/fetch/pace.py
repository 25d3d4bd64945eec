"""Whose turn it is: one request at a time and a pause after it for each site."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol


class Scoreboard(Protocol):
    """Where requests to a site take turns. One in Postgres is shared by all workers; the local one is a process's."""

    def turn(self, domain: str, pause_seconds: float) -> AbstractAsyncContextManager[None]:
        """Wait for the site to be free and its pause to be over; the pause starts again when the block ends."""

    async def hold(self, domain: str, until: datetime) -> None:
        """Nobody asks the site before `until`, as it wished by Retry-After."""

    async def held_until(self, domain: str) -> datetime | None:
        """The instant of the last `hold`, None if there was none."""


@dataclass(slots=True)
class _Site:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    free_at: float = 0.0
    held_until: datetime | None = None


class LocalScoreboard:
    """A scoreboard in memory. `clock` counts seconds, `sleep` waits for some."""

    def __init__(
        self, clock: Callable[[], float] = time.monotonic, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    ) -> None:
        self._clock = clock
        self._sleep = sleep
        self._sites: dict[str, _Site] = {}

    @asynccontextmanager
    async def turn(self, domain: str, pause_seconds: float) -> AsyncIterator[None]:
        """See Scoreboard.turn."""
        site = self._site(domain)
        async with site.lock:
            if (wait := site.free_at - self._clock()) > 0:
                await self._sleep(wait)
            try:
                yield
            finally:
                site.free_at = self._clock() + pause_seconds

    async def hold(self, domain: str, until: datetime) -> None:
        """See Scoreboard.hold."""
        self._site(domain).held_until = until

    async def held_until(self, domain: str) -> datetime | None:
        """See Scoreboard.held_until."""
        return self._site(domain).held_until

    def _site(self, domain: str) -> _Site:
        return self._sites.setdefault(domain, _Site())
