"""What every door needs: bodies read within limits, work off the event loop, refusals counted."""

from __future__ import annotations

import asyncio
import logging
import time
from collections import OrderedDict, deque
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

import anyio
import anyio.to_thread
from fastapi import Request

from copydesk.clock import utc_now
from copydesk.database import Connection, connect, transaction
from copydesk.errors import CopydeskError
from copydesk.push import sources
from copydesk.push.ledger import RefusalLedger
from copydesk.push.recent import Recent
from copydesk.push.refusals import PushRefusedError, Refusal
from copydesk.push.sources import Partner
from copydesk.settings import Settings
from copydesk.web.nudge import Nudger, nudger

MAX_HELD_BYTES = 64 * 1024 * 1024
BODY_SECONDS = 30
DATABASE_CONNECTIONS = 4
PARTNERS_SECONDS = 5.0
LEDGER_SECONDS = 1.0
LOOKUPS_PER_SECOND = 20
"""Of callback URLs that were not seen before: so many hubs ask for the first time, beyond it somebody guesses."""
MAX_KNOWN_TOKENS = 10_000

log = logging.getLogger(__name__)
T = TypeVar("T")


@dataclass(slots=True)
class Door:
    """State of one process's doors: bytes being read, the partners as they lately were, refusals not yet written.

    `settings` is asked at the first request and not when Airflow loads its plugins.
    """

    settings: Callable[[], Settings] = Settings.from_environment
    clock: Callable[[], datetime] = utc_now
    partners_seconds: float = PARTNERS_SECONDS
    ledger: RefusalLedger = field(default_factory=RefusalLedger)
    recent: Recent = field(default_factory=Recent)
    nudger: Nudger | None = None
    _held: int = 0
    _looking_up: asyncio.Lock = field(default_factory=asyncio.Lock)
    _tokens: OrderedDict[str, None] = field(default_factory=OrderedDict)
    _lookups: deque[float] = field(default_factory=lambda: deque(maxlen=LOOKUPS_PER_SECOND))
    _partners: dict[str, Partner] = field(default_factory=dict)
    _partners_until: float = 0.0
    _asking: asyncio.Lock = field(default_factory=asyncio.Lock)
    _connections: anyio.CapacityLimiter | None = None
    _writing: asyncio.Task[None] | None = None
    _booking: asyncio.Lock = field(default_factory=asyncio.Lock)

    async def partner(self, name: str) -> Partner:
        """The partner of that name, as it was at most `partners_seconds` ago: a flood of strangers asks no database."""
        async with self._asking:
            if time.monotonic() >= self._partners_until:
                found = await self.work(lambda connection: sources.partners(connection, self.clock()))
                self._partners = {partner.source: partner for partner in found}
                self._partners_until = time.monotonic() + self.partners_seconds
        try:
            return self._partners[name]
        except KeyError:
            raise PushRefusedError(Refusal.UNKNOWN_SOURCE, "there is no push source of this name here") from None

    @asynccontextmanager
    async def looking_up(self, token: str) -> AsyncIterator[None]:
        """Look up a callback URL; one that is not known yet after all others, so that guesses keep no hub waiting.

        Refuses (RATE_LIMITED) unknown ones beyond LOOKUPS_PER_SECOND.
        """
        if token in self._tokens:
            yield
            return
        async with self._looking_up:
            if token not in self._tokens:
                self._take_lookup()
            yield

    def _take_lookup(self) -> None:
        now = time.monotonic()
        if len(self._lookups) == self._lookups.maxlen and now - self._lookups[0] < 1:
            raise PushRefusedError(Refusal.RATE_LIMITED, "too many unknown callback URLs", retry_after_seconds=1)
        self._lookups.append(now)

    def know(self, token: str) -> None:
        """Remember a callback URL that is ours."""
        self._tokens[token] = None
        while len(self._tokens) > MAX_KNOWN_TOKENS:
            self._tokens.popitem(last=False)

    async def work(self, job: Callable[[Connection], T]) -> T:
        """Run `job` in a thread with a database connection; few at a time, so that pushes crowd out nothing else."""
        if self._connections is None:
            self._connections = anyio.CapacityLimiter(DATABASE_CONNECTIONS)
        return await anyio.to_thread.run_sync(self._with_connection, job, limiter=self._connections)

    def _with_connection(self, job: Callable[[Connection], T]) -> T:
        with connect(self.settings().database) as connection:
            return job(connection)

    @asynccontextmanager
    async def body(self, request: Request, most: int) -> AsyncIterator[bytes]:
        """The raw body, at most `most` bytes, read in at most BODY_SECONDS; refuses before all of it is read.

        It counts as held until it is dealt with: who waits for the database waits with it in memory.
        """
        length = request.headers.get("content-length", "")
        if length.isdigit() and int(length) > most:
            raise _too_large(most)
        body = bytearray()
        try:
            await self._read(request, body, most)
            yield bytes(body)
        finally:
            self._held -= len(body)

    async def _read(self, request: Request, body: bytearray, most: int) -> None:
        try:
            async with asyncio.timeout(BODY_SECONDS):
                async for chunk in request.stream():
                    body += chunk
                    self._held += len(chunk)
                    if len(body) > most:
                        raise _too_large(most)
                    if self._held > MAX_HELD_BYTES:
                        raise PushRefusedError(Refusal.BUSY, "too much at once; try again", retry_after_seconds=1)
        except TimeoutError:
            raise PushRefusedError(Refusal.TOO_SLOW, f"the body took more than {BODY_SECONDS} s") from None

    def tells(self) -> bool:
        """Whether Airflow is told here of what comes in; where nobody said as whom, NOTIFY alone does it."""
        if self.nudger is None and (airflow := self.settings().airflow):
            self.nudger = nudger(airflow)
        return self.nudger is not None

    def tell(self, asset: str) -> None:
        """Tell Airflow soon that something waits, if it is told here."""
        if self.nudger is not None:
            self.nudger.tell(asset)

    def count(self, door: str, source: str, refusal: Refusal) -> None:
        """Count a refusal; it is in the books within LEDGER_SECONDS."""
        self.ledger.count(door, source, refusal)
        if self._writing is None or self._writing.done():
            self._writing = asyncio.get_running_loop().create_task(self._write_soon())

    async def write_ledger(self) -> None:
        """Write what was counted until now, and wait for who writes already.

        Raises DatabaseError, and then nothing is forgotten.
        """
        async with self._booking:
            if self.ledger:
                await self.work(self._write)

    async def close(self) -> None:
        """Write what was counted and wait for nothing more."""
        if self._writing is not None:
            self._writing.cancel()
        if self.nudger is not None:
            await self.nudger.close()
        await self.write_ledger()

    async def _write_soon(self) -> None:
        while self.ledger:
            await asyncio.sleep(LEDGER_SECONDS)
            with suppress(CopydeskError):  # kept, and written with the next
                await self.write_ledger()

    def _write(self, connection: Connection) -> None:
        with transaction(connection):
            self.ledger.write(connection, self.clock())


def _too_large(most: int) -> PushRefusedError:
    return PushRefusedError(Refusal.TOO_LARGE, f"the body is larger than {most:,} bytes; push in several requests")
