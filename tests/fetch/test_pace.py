from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest

from copydesk.fetch.pace import LocalScoreboard


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


async def test_a_hold_is_remembered() -> None:
    scoreboard, until = LocalScoreboard(), datetime(2026, 1, 1, tzinfo=UTC)
    assert await scoreboard.held_until("example.com") is None
    await scoreboard.hold("example.com", until)
    assert await scoreboard.held_until("example.com") == until
