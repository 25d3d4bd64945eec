from __future__ import annotations

import asyncio
from datetime import UTC, datetime, timedelta

import pytest

from copydesk.fetch.pace import HeldError, LocalScoreboard

NOW = datetime(2026, 1, 1, tzinfo=UTC)


class Time:
    """A clock that only moves when somebody sleeps."""

    def __init__(self) -> None:
        self.now = 0.0

    def clock(self) -> float:
        return self.now

    async def sleep(self, seconds: float) -> None:
        self.now += seconds
        await asyncio.sleep(0)


async def test_turns_of_one_site_follow_each_other_after_its_pause() -> None:
    time, begun = Time(), []
    scoreboard = LocalScoreboard(time.clock, time.sleep)

    async def ask() -> None:
        async with scoreboard.turn("example.com", 2.0):
            begun.append(time.now)
            await time.sleep(0.5)

    await asyncio.gather(ask(), ask(), ask())
    assert begun == [0.0, 2.5, 5.0]


async def test_turns_of_two_sites_do_not_wait_for_each_other() -> None:
    scoreboard = LocalScoreboard()
    async with scoreboard.turn("a.example", 100), scoreboard.turn("b.example", 100):
        pass


async def test_a_failed_turn_is_followed_by_its_pause_too() -> None:
    time = Time()
    scoreboard = LocalScoreboard(time.clock, time.sleep)
    with pytest.raises(ConnectionError):
        async with scoreboard.turn("example.com", 3.0):
            raise ConnectionError
    async with scoreboard.turn("example.com", 3.0):
        assert time.now == 3.0


async def test_the_pause_that_a_turn_ends_with_counts() -> None:
    time = Time()
    scoreboard = LocalScoreboard(time.clock, time.sleep)
    async with scoreboard.turn("example.com", 3.0) as turn:
        turn.pause_seconds = 8.0
    async with scoreboard.turn("example.com", 3.0):
        assert time.now == 8.0


async def test_nobody_gets_a_turn_while_a_site_is_to_be_left_alone() -> None:
    now = [NOW]
    scoreboard, until = LocalScoreboard(now=lambda: now[0]), NOW + timedelta(minutes=1)
    assert (await scoreboard.terms("example.com")).held_until is None
    async with scoreboard.turn("example.com", 0.0) as turn:
        turn.hold_until, turn.slowed = until, True
    assert (await scoreboard.terms("example.com")).held_until == until
    with pytest.raises(HeldError, match=r"example\.com is to be left alone until 2026-01-01 00:01:00Z"):
        async with scoreboard.turn("example.com", 0.0):
            pass
    now[0] = until
    async with scoreboard.turn("example.com", 0.0) as turn:
        assert turn.slowdowns == 1


async def test_who_has_less_patience_than_the_pause_is_told_when_it_is_over() -> None:
    time = Time()
    scoreboard = LocalScoreboard(time.clock, time.sleep, lambda: NOW)
    async with scoreboard.turn("example.com", 90.0):
        pass
    with pytest.raises(HeldError) as held:
        async with scoreboard.turn("example.com", 90.0, patience=60):
            pass
    assert (held.value.until, time.now) == (NOW + timedelta(seconds=90), 0.0)
