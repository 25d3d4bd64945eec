"""Turns at a site are shared by all workers: one request at a time, and a pause after each."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest

from copydesk.database import Connection, transaction
from copydesk.fetch.pace import HeldError, Terms
from copydesk.frontier.turns import LOOK_AGAIN_SECONDS, TURN, SharedScoreboard
from granted import granted, log_turns

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

    async def passed(self, instant: datetime) -> None:
        while self.now < instant:  # noqa: ASYNC110 - time is what others make of it
            await asyncio.sleep(0.005)


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


async def test_a_wish_to_be_left_alone_is_known_to_all_workers_with_the_turn_it_came_in(writer_dsn: str) -> None:
    time, until = Time(), NOW + timedelta(hours=1)
    async with worker(writer_dsn, time) as one, worker(writer_dsn, time) as two:
        assert (await one.terms(SITE)).held_until is None
        async with one.turn(SITE, 0.0) as turn:
            waiting = asyncio.ensure_future(taken(two))
            await asyncio.sleep(0.05)
            turn.hold_until, turn.slowed = until, True
        with pytest.raises(HeldError):
            await waiting
        assert (await two.terms(SITE)).held_until == until
        time.now = until
        async with two.turn(SITE, 0.0) as turn:
            assert turn.slowdowns == 1


async def taken(scoreboard: SharedScoreboard) -> None:
    async with scoreboard.turn(SITE, 0.0):
        pass


async def test_an_operators_concurrency_for_a_site_is_kept_across_workers_with_the_pause_between_beginnings(
    dsn: str, writer_dsn: str, connection: Connection
) -> None:
    time, busy, most = Time(), 0, 0
    log_turns(dsn)
    with transaction(connection), connection.cursor() as cursor:
        cursor.execute("INSERT INTO ingest.sites (domain, concurrency) VALUES (%s, 3)", (SITE,))

    async def ask(scoreboard: SharedScoreboard) -> None:
        nonlocal busy, most
        terms = await scoreboard.terms(SITE)
        async with scoreboard.turn(SITE, 2.0, terms.concurrency):
            busy += 1
            most = max(most, busy)
            await time.passed(time.now + timedelta(seconds=9))
            busy -= 1

    async def pass_time() -> None:
        for _ in range(400):
            await asyncio.sleep(0.005)
            time.now += timedelta(seconds=0.2)

    async with worker(writer_dsn, time) as one, worker(writer_dsn, time) as two:
        await asyncio.gather(pass_time(), *(ask(scoreboard) for scoreboard in (one, two) * 4))
    gaps = [later - earlier for earlier, later in pairwise(granted(dsn)[SITE])]
    assert (len(gaps), most) == (7, 3)
    assert min(gaps) >= timedelta(seconds=2)


async def test_what_an_operator_set_is_known_with_its_reasons(writer_dsn: str, connection: Connection) -> None:
    with transaction(connection), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO ingest.sites (domain, concurrency, robots_ignored_because, blocked_because)"
            " VALUES (%s, 4, 'a contract', 'a lawsuit')",
            (SITE,),
        )
    async with worker(writer_dsn, Time()) as scoreboard:
        assert await scoreboard.terms(SITE) == Terms(None, 4, "a contract", "a lawsuit")
        assert await scoreboard.terms("unknown.example") == Terms()


async def test_workers_go_by_the_databases_clock(writer_dsn: str) -> None:
    async with SharedScoreboard(writer_dsn) as scoreboard:
        [row] = await scoreboard.run("read_clock", {})
        assert abs(row.instant - scoreboard._clock()) < timedelta(seconds=5)


async def test_an_error_in_a_turn_gives_it_back(writer_dsn: str) -> None:
    time = Time()
    async with worker(writer_dsn, time) as scoreboard:
        with pytest.raises(InterruptedError):
            async with scoreboard.turn(SITE, 5.0):
                raise InterruptedError
        async with scoreboard.turn(SITE, 5.0):
            assert time.now - NOW == timedelta(seconds=5)


async def test_who_stops_waiting_for_the_scoreboard_disturbs_nobody_else(
    writer_dsn: str, connection: Connection
) -> None:
    """What reads several things of a site in bounded time is cancelled in the middle of a statement."""
    async with worker(writer_dsn, Time()) as scoreboard:
        async with scoreboard.turn(SITE, 0.0):
            pass
        with transaction(connection), connection.cursor() as cursor:
            cursor.execute("SELECT FROM ingest.sites WHERE domain = %s FOR UPDATE", (SITE,))
            waiting = asyncio.ensure_future(taken(scoreboard))
            await asyncio.sleep(0.2)
            waiting.cancel()
            other = asyncio.ensure_future(scoreboard.terms("b.example"))
            await asyncio.sleep(0.2)
        assert await other == Terms()
        with pytest.raises(asyncio.CancelledError):
            await waiting


async def test_who_has_less_patience_than_the_pause_is_told_when_it_is_over(
    writer_dsn: str, connection: Connection
) -> None:
    time = Time()
    with transaction(connection), connection.cursor() as cursor:
        cursor.execute("INSERT INTO ingest.sites (domain, pause_seconds) VALUES (%s, 3600)", (SITE,))
    async with worker(writer_dsn, time) as scoreboard:
        async with scoreboard.turn(SITE, 1.0, patience=300):
            pass
        with pytest.raises(HeldError) as held:
            async with scoreboard.turn(SITE, 1.0, patience=300):
                pass
    assert (held.value.until, time.now) == (NOW + timedelta(hours=1), NOW)
