"""Hearing of new work the moment it is committed: LISTEN on the database's channels, bursts folded.

Who tells Airflow himself (the doors, the queue's trigger) says so (push.telling); then a listener only looks, a little
later, whether that went wrong. psycopg 3 and not psycopg2, since it waits for notifications without blocking an event
loop.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from contextlib import aclosing

import psycopg
from psycopg import sql

from copydesk.database import statement, unreadable_dsn
from copydesk.push.telling import TOLD

WAITS = {"copydesk_entries": "push_entries_wait", "copydesk_feeds": "push_feeds_wait"}
"""For each channel, the statement that says whether something waits already."""
RECONNECT_SECONDS = 2.0
PROBE_SECONDS = 60.0
GRACE_SECONDS = 4.0
"""After this, what Airflow was told of has been begun, unless the telling failed."""

log = logging.getLogger(__name__)
Sleep = Callable[[float], Awaitable[None]]


async def notices(
    dsn: Callable[[], str], channel: str, *, sleep: Sleep = asyncio.sleep, grace_seconds: float = GRACE_SECONDS
) -> AsyncGenerator[None]:
    """One item for each notification on a channel, for ever: a lost connection is made anew.

    Notifications are lost while there is no connection, so each new one begins with an item if anything waits. For what
    Airflow was told of already there is an item only if something still waits `grace_seconds` later.
    """
    while True:
        try:
            async with aclosing(_heard(dsn(), channel, grace_seconds)) as heard:
                async for _ in heard:
                    yield
        except Exception:  # whatever it is (no database yet, a bad DSN): whoever listens must not die of it
            log.exception("listening on %s: connection lost, trying again", channel)
        await sleep(RECONNECT_SECONDS)


async def folded(source: AsyncIterator[None], gap: float, *, sleep: Sleep = asyncio.sleep) -> AsyncGenerator[int]:
    """The first item at once; what comes within `gap` seconds after it as one item behind the gap. Yields how many."""
    arrived = asyncio.Event()
    count = 0

    async def gather() -> None:
        nonlocal count
        async for _ in source:
            count += 1
            arrived.set()

    gathering = asyncio.create_task(gather())
    try:
        while True:
            await arrived.wait()
            arrived.clear()
            taken, count = count, 0
            yield taken
            await sleep(gap)
    finally:
        gathering.cancel()
        await asyncio.gather(gathering, return_exceptions=True)


async def _heard(dsn: str, channel: str, grace_seconds: float) -> AsyncGenerator[None]:
    async with await _connected(dsn) as listener:
        await listener.execute(sql.SQL("LISTEN {}").format(sql.Identifier(channel)))
        if await _anything_waits(listener, channel):
            yield
        look_at: float | None = None
        while True:
            patience = PROBE_SECONDS if look_at is None else max(0.0, look_at - time.monotonic())
            async with aclosing(listener.notifies(timeout=patience, stop_after=1)) as heard:
                async for notice in heard:
                    if notice.payload != TOLD:
                        yield
                    elif look_at is None:
                        look_at = time.monotonic() + grace_seconds
            if look_at is None:
                await listener.execute("SELECT 1")  # a connection that died without a word fails here
            elif time.monotonic() >= look_at:
                look_at = None
                if await _anything_waits(listener, channel):
                    yield


async def _connected(dsn: str) -> psycopg.AsyncConnection:
    try:
        return await psycopg.AsyncConnection.connect(dsn, autocommit=True, application_name="copydesk-wakeup")
    except psycopg.ProgrammingError:
        raise unreadable_dsn() from None


async def _anything_waits(listener: psycopg.AsyncConnection, channel: str) -> bool:
    row = await (await listener.execute(statement(WAITS[channel]).encode())).fetchone()
    return bool(row and row[0])
