"""The scoreboard that all workers share: turns at a site and the pauses between them, wherever the workers run."""

from __future__ import annotations

import asyncio
import math
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import AbstractContextManager, asynccontextmanager
from datetime import datetime, timedelta
from types import TracebackType
from typing import Self

from copydesk.clock import utc_now
from copydesk.database import Connection, Row, connect, query, transaction
from copydesk.fetch.pace import HeldError, Terms, Turn

TURN = timedelta(seconds=90)  # three times what a request may take: longer means that its maker died
LOOK_AGAIN_SECONDS = 0.2


class SharedScoreboard:
    """A copydesk.fetch.pace.Scoreboard in ingest.sites. Use as `async with`; in one process turns queue locally first.

    An operator's own pause and concurrency for a site go before those that are asked for. Unless a test gives another,
    the clock is the database's: workers on machines whose clocks differ keep one pace.
    """

    def __init__(
        self,
        dsn: str,
        clock: Callable[[], datetime] | None = None,
        sleep: Callable[[float], Awaitable[None]] = asyncio.sleep,
    ) -> None:
        self._database: AbstractContextManager[Connection] = connect(dsn)
        self._connection: Connection | None = None
        self._asking = asyncio.Lock()
        self._queues: dict[tuple[str, int], asyncio.Semaphore] = {}
        self._given_clock = clock
        self._ahead = timedelta()
        self._sleep = sleep

    async def __aenter__(self) -> Self:
        self._connection = await asyncio.to_thread(self._database.__enter__)
        # half of a turn's processor time and most of its wait; what a crash of Postgres forgets is 0.6 s of turns
        await self.run("no_wait_for_disk", {})
        if self._given_clock is None:
            [row] = await self.run("read_clock", {})
            self._ahead = row.instant - utc_now()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await asyncio.to_thread(self._database.__exit__, kind, error, trace)

    def _clock(self) -> datetime:
        return self._given_clock() if self._given_clock else utc_now() + self._ahead

    @asynccontextmanager
    async def turn(
        self, domain: str, pause_seconds: float, concurrency: int = 1, *, patience: float = math.inf
    ) -> AsyncIterator[Turn]:
        """See Scoreboard.turn."""
        async with self._queues.setdefault((domain, concurrency), asyncio.Semaphore(concurrency)):
            until, turn = await self._taken(domain, pause_seconds, patience)
            try:
                yield turn
            finally:
                ending = {
                    "domain": domain,
                    "turn_until": until,
                    "pause_seconds": turn.pause_seconds,
                    "hold_until": turn.hold_until,
                    "slowed": turn.slowed,
                }
                await self.run("end_turn", ending)

    async def terms(self, domain: str) -> Terms:
        """See Scoreboard.terms."""
        rows = await self.run("read_turn", {"domain": domain})
        if not rows:
            return Terms()
        [row] = rows
        return Terms(row.next_fetch_at, row.concurrency, row.robots_ignored_because, row.blocked_because)

    async def _taken(self, domain: str, pause_seconds: float, patience: float) -> tuple[datetime, Turn]:
        """A turn, and until when it lasts at most. Raises HeldError."""
        left = patience
        while True:
            wanted = {"domain": domain, "longest": TURN, "pause_seconds": pause_seconds}
            if rows := await self.run("take_turn", wanted):
                return rows[0].turn_until, Turn(pause_seconds, rows[0].slowdowns)
            wait = await self._wait(domain)
            if wait > left:
                raise HeldError(domain, self._clock() + timedelta(seconds=wait))
            left -= wait
            await self._sleep(wait)

    async def _wait(self, domain: str) -> float:
        """Seconds until it is worth another try: what is left of a pause, or a little while somebody has the turn."""
        [row] = await self.run("read_turn", {"domain": domain})
        now = self._clock()
        if row.next_fetch_at and row.next_fetch_at > now:
            raise HeldError(domain, row.next_fetch_at)
        left = (row.next_turn_at - now).total_seconds() if row.next_turn_at else 0.0
        return max(left, LOOK_AGAIN_SECONDS if row.busy else 0.0)

    async def run(self, name: str, parameters: Mapping[str, object]) -> list[Row]:
        """The rows of a named statement in a transaction of its own; `now` is among its parameters.

        Who is cancelled meanwhile waits for the statement's end: the next one would find its connection in use.
        """
        running = asyncio.ensure_future(self._run_alone(name, parameters))
        try:
            return await asyncio.shield(running)
        except asyncio.CancelledError:
            await asyncio.wait([running])
            raise

    async def _run_alone(self, name: str, parameters: Mapping[str, object]) -> list[Row]:
        async with self._asking:
            return await asyncio.to_thread(self._run_now, name, parameters)

    def _run_now(self, name: str, parameters: Mapping[str, object]) -> list[Row]:
        assert self._connection is not None, "the scoreboard is used inside `async with`"  # noqa: S101 - a bug of ours
        with transaction(self._connection):
            return query(self._connection, name, {**parameters, "now": self._clock()})
