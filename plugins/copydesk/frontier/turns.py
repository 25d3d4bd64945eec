"""The scoreboard that all workers share: a request at a time to a site and its pause after each, wherever they run."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AbstractContextManager, asynccontextmanager
from datetime import UTC, datetime, timedelta
from types import TracebackType
from typing import Self

from copydesk.database import Connection, Row, connect, query, transaction
from copydesk.fetch.pace import LocalScoreboard

TURN = timedelta(seconds=90)  # three times what a request may take: longer means that its maker died
LOOK_AGAIN_SECONDS = 0.2


class SharedScoreboard:
    """A copydesk.fetch.pace.Scoreboard in ingest.sites. Use as `async with`; in one process turns queue locally first.

    An operator's own pause for a site (ingest.sites.pause_seconds) goes before the one that is asked for.
    """

    def __init__(
        self,
        dsn: str,
        clock: Callable[[], datetime] = lambda: datetime.now(UTC),
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._database: AbstractContextManager[Connection] = connect(dsn)
        self._connection: Connection | None = None
        self._asking = asyncio.Lock()
        self._local = LocalScoreboard()
        self._clock = clock
        self._sleep = sleep

    async def __aenter__(self) -> Self:
        self._connection = await asyncio.to_thread(self._database.__enter__)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await asyncio.to_thread(self._database.__exit__, kind, error, trace)

    @asynccontextmanager
    async def turn(self, domain: str, pause_seconds: float) -> AsyncIterator[None]:
        """Wait for the site to be free and its pause to be over; the pause starts again when the block ends."""
        async with self._local.turn(domain, 0.0):
            while not await self._taken(domain):
                await self._sleep(await self._wait(domain))
            try:
                yield
            finally:
                await self.run("end_turn", {"domain": domain, "pause_seconds": pause_seconds})

    async def hold(self, domain: str, until: datetime) -> None:
        """Nobody asks the site before `until`, as it wished by Retry-After."""
        await self.run("hold_sites", {"domains": [domain], "until": [until]})

    async def held_until(self, domain: str) -> datetime | None:
        """The instant of the last `hold`, None if there was none."""
        rows = await self.run("read_turn", {"domain": domain})
        held: datetime | None = rows[0].next_fetch_at if rows else None
        return held

    async def _taken(self, domain: str) -> bool:
        return bool(await self.run("take_turn", {"domain": domain, "turn_until": self._clock() + TURN}))

    async def _wait(self, domain: str) -> float:
        """Seconds until it is worth another try: what is left of a pause, or a little while somebody has the turn."""
        [row] = await self.run("read_turn", {"domain": domain})
        left = (row.next_turn_at - self._clock()).total_seconds() if row.next_turn_at else 0.0
        return max(left, LOOK_AGAIN_SECONDS)

    async def run(self, name: str, parameters: Mapping[str, object]) -> list[Row]:
        """The rows of a named statement in a transaction of its own; `now` is among its parameters."""
        async with self._asking:
            return await asyncio.to_thread(self._run_now, name, {**parameters, "now": self._clock()})

    def _run_now(self, name: str, parameters: Mapping[str, object]) -> list[Row]:
        assert self._connection is not None, "the scoreboard is used inside `async with`"  # noqa: S101 - a bug of ours
        with transaction(self._connection):
            return query(self._connection, name, parameters)
