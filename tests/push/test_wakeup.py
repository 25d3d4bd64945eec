"""The wake-up: heard at once, bursts folded, connections made anew."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator
from contextlib import aclosing
from datetime import UTC, datetime

import psycopg2

from copydesk import frontier
from copydesk.database import Connection, transaction
from copydesk.models import Entry
from copydesk.push.telling import told
from copydesk.push.wakeup import folded, notices

NOW = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
PATIENCE_SECONDS = 20
ENTRIES, FEEDS = "copydesk_entries", "copydesk_feeds"


def entry(name: str, site: str = "example.org") -> Entry:
    return Entry(url=f"https://{site}/{name}", canonical_url=f"https://{site}/{name}", domain=site)


def add(connection: Connection, *names: str) -> None:
    with transaction(connection):
        frontier.add(connection, [entry(name) for name in names], NOW)


async def expect(generator: AsyncGenerator[object]) -> object:
    return await asyncio.wait_for(anext(generator), PATIENCE_SECONDS)


async def hold_on(_seconds: float) -> None:
    await asyncio.sleep(0)


async def listening(dsn: str) -> None:
    """Wait until somebody listens on the database."""
    observer = psycopg2.connect(dsn)
    observer.autocommit = True
    with observer.cursor() as cursor:
        for _ in range(200):
            cursor.execute(
                "SELECT count(*) FROM pg_stat_activity WHERE application_name = 'copydesk-wakeup' AND query ~ 'SELECT'"
            )
            if cursor.fetchone()[0]:
                break
            await asyncio.sleep(0.05)
    observer.close()


async def test_entries_that_wait_already_are_announced_when_listening_begins(
    connection: Connection, writer_dsn: str
) -> None:
    add(connection, "a")
    async with aclosing(notices(lambda: writer_dsn, ENTRIES)) as heard:
        await expect(heard)


async def test_entries_are_announced_when_committed_and_known_ones_are_not(
    connection: Connection, writer_dsn: str
) -> None:
    async with aclosing(notices(lambda: writer_dsn, ENTRIES)) as heard:
        first = asyncio.ensure_future(anext(heard))
        await listening(writer_dsn)
        add(connection, "a", "b")
        await asyncio.wait_for(first, PATIENCE_SECONDS)
        add(connection, "a", "b")
        second = asyncio.ensure_future(anext(heard))
        add(connection, "c")
        await asyncio.wait_for(second, PATIENCE_SECONDS)
        third = asyncio.ensure_future(anext(heard))
        await asyncio.sleep(0.2)
        assert not third.done()
        third.cancel()
        await asyncio.gather(third, return_exceptions=True)


async def test_what_airflow_is_told_of_is_announced_only_if_it_still_waits_later(
    connection: Connection, writer_dsn: str
) -> None:
    now = datetime.now(UTC)  # Postgres' clock says whose lease has ended
    async with aclosing(notices(lambda: writer_dsn, ENTRIES, grace_seconds=0.3)) as heard:
        first = asyncio.ensure_future(anext(heard))
        await listening(writer_dsn)
        with transaction(connection):
            told(connection)
            frontier.add(connection, [entry("begun")], now)
            assert frontier.claim(connection, now, limit=10, per_domain=10)
        await asyncio.sleep(1)
        assert not first.done()
        with transaction(connection):
            told(connection)
            frontier.add(connection, [entry("forgotten", "example.com")], now)
        await asyncio.wait_for(first, PATIENCE_SECONDS)


async def test_telling_holds_for_its_transaction_only(connection: Connection, writer_dsn: str) -> None:
    with transaction(connection):
        told(connection)
    async with aclosing(notices(lambda: writer_dsn, ENTRIES, grace_seconds=3600)) as heard:
        first = asyncio.ensure_future(anext(heard))
        await listening(writer_dsn)
        add(connection, "a")
        await asyncio.wait_for(first, PATIENCE_SECONDS)


async def test_feeds_are_announced_when_they_are_due_now_and_not_when_they_are_put_off(
    connection: Connection, writer_dsn: str
) -> None:
    def note(statement: str) -> None:
        with transaction(connection), connection.cursor() as cursor:
            cursor.execute(statement)

    note("INSERT INTO ingest.feeds (url, next_poll_at) VALUES ('https://example.org/f', now() + interval '1 h')")
    async with aclosing(notices(lambda: writer_dsn, FEEDS)) as heard:
        first = asyncio.ensure_future(anext(heard))
        await listening(writer_dsn)
        note("UPDATE ingest.feeds SET next_poll_at = now() + interval '2 h', title = 'put off'")
        note("UPDATE ingest.feeds SET next_poll_at = now(), paused = true")
        await asyncio.sleep(0.2)
        assert not first.done()
        note("UPDATE ingest.feeds SET next_poll_at = now(), paused = false")
        await asyncio.wait_for(first, PATIENCE_SECONDS)


async def test_feeds_that_are_due_already_are_announced_when_listening_begins(
    connection: Connection, writer_dsn: str
) -> None:
    with transaction(connection), connection.cursor() as cursor:
        cursor.execute("INSERT INTO ingest.feeds (url) VALUES ('https://example.org/f')")
    async with aclosing(notices(lambda: writer_dsn, FEEDS)) as heard:
        await expect(heard)


async def test_listener_outlives_its_connection(connection: Connection, dsn: str, writer_dsn: str) -> None:
    async with aclosing(notices(lambda: writer_dsn, ENTRIES, sleep=hold_on)) as heard:
        first = asyncio.ensure_future(anext(heard))
        await listening(writer_dsn)
        with psycopg2.connect(dsn) as owner, owner.cursor() as cursor:
            cursor.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'copydesk-wakeup'"
            )
        owner.close()
        add(connection, "a")
        await asyncio.wait_for(first, PATIENCE_SECONDS)


async def test_listener_waits_for_a_database_that_is_not_there_yet(connection: Connection, writer_dsn: str) -> None:
    dsns = iter(["host=/nonexistent", "no dsn at all", ""])
    add(connection, "a")
    async with aclosing(notices(lambda: next(dsns, writer_dsn), ENTRIES, sleep=hold_on)) as heard:
        await expect(heard)


async def test_burst_folds_into_the_first_and_one_more() -> None:
    more, gap_over = asyncio.Event(), asyncio.Event()

    async def source() -> AsyncGenerator[None]:
        yield
        await more.wait()
        for _ in range(999):
            yield
        await asyncio.Event().wait()

    async def gap(_seconds: float) -> None:
        await gap_over.wait()

    async with aclosing(folded(source(), 2.0, sleep=gap)) as events:
        assert await expect(events) == 1
        more.set()
        rest = asyncio.ensure_future(anext(events))
        await asyncio.sleep(0.05)
        assert not rest.done()
        gap_over.set()
        assert await asyncio.wait_for(rest, PATIENCE_SECONDS) == 999
        nothing = asyncio.ensure_future(anext(events))
        await asyncio.sleep(0.05)
        assert not nothing.done()
        nothing.cancel()
        await asyncio.gather(nothing, return_exceptions=True)
