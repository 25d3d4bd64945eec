"""Turns at a site are shared by all workers: one request at a time, and a pause after each."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from copydesk.database import Connection, transaction
from copydesk.frontier.turns import LOOK_AGAIN_SECONDS, TURN, SharedScoreboard

NOW = datetime(2031, 5, 3, 12, tzinfo=UTC)
SITE = "a.example"


class Time:
    """A clock that moves only when somebody sleeps."""

    def __init__(self) -> None:
        self.now = NOW

    def clock(self) -> datetime:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)
        await asyncio.sleep(0)


def worker(dsn: str, time: Time) -> SharedScoreboard:
    return SharedScoreboard(dsn, time.clock, time.sleep)


async def test_two_workers_never_ask_a_site_at_the_same_time_or_within_its_pause(writer_dsn: str) -> None:
    time, begun, busy = Time(), [], 0

    async def ask(scoreboard: SharedScoreboard) -> None:
        nonlocal busy
        async with scoreboard.turn(SITE, 5.0):
            busy += 1
            assert busy == 1
            begun.append(time.now)
            await asyncio.sleep(0.01)
            busy -= 1

    async with worker(writer_dsn, time) as one, worker(writer_dsn, time) as two:
        await asyncio.gather(*(ask(scoreboard) for scoreboard in (one, two, one, two)))
    gaps = [(later - earlier).total_seconds() for earlier, later in pairwise(begun)]
    assert len(gaps) == 3
    assert min(gaps) >= 5.0


async def test_two_sites_do_not_wait_for_each_other(writer_dsn: str) -> None:
    time = Time()
    async with (
        worker(writer_dsn, time) as scoreboard,
        scoreboard.turn(SITE, 100),
        scoreboard.turn("b.example", 100),
    ):
        assert time.now == NOW


async def test_the_turn_of_a_worker_that_died_ends_by_itself(writer_dsn: str) -> None:
    time = Time()
    async with worker(writer_dsn, time) as dead:
        turn = dead.turn(SITE, 5.0)
        await turn.__aenter__()
        async with worker(writer_dsn, time) as living, living.turn(SITE, 5.0):
            assert TURN <= time.now - NOW <= TURN + timedelta(seconds=LOOK_AGAIN_SECONDS)


async def test_an_operators_own_pause_for_a_site_goes_first(writer_dsn: str, connection: Connection) -> None:
    time = Time()
    with transaction(connection), connection.cursor() as cursor:
        cursor.execute("INSERT INTO ingest.sites (domain, pause_seconds) VALUES (%s, 30)", (SITE,))
    async with worker(writer_dsn, time) as scoreboard:
        for _ in range(2):
            async with scoreboard.turn(SITE, 1.0):
                pass
    assert time.now - NOW == timedelta(seconds=30)


async def test_a_wish_to_be_left_alone_is_known_to_all_workers(writer_dsn: str) -> None:
    time, until = Time(), NOW + timedelta(hours=1)
    async with worker(writer_dsn, time) as one, worker(writer_dsn, time) as two:
        assert await one.held_until(SITE) is None
        await one.hold(SITE, until)
        assert await two.held_until(SITE) == until


async def test_an_error_in_a_turn_gives_it_back(writer_dsn: str) -> None:
    time = Time()
    async with worker(writer_dsn, time) as scoreboard:
        with pytest.raises(InterruptedError):
            async with scoreboard.turn(SITE, 5.0):
                raise InterruptedError
        async with scoreboard.turn(SITE, 5.0):
            assert time.now - NOW == timedelta(seconds=5)
