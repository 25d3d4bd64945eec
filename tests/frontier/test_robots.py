"""One robots.txt for all workers, on a real database and a real server."""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from aiohttp import web

from copydesk.errors import PermanentPageError
from copydesk.fetch import Fetcher
from copydesk.fetch.robots import RobotsFile, Standing
from copydesk.frontier.robots import SharedRobotsCache
from copydesk.frontier.turns import SharedScoreboard
from copydesk.models import Reason
from copydesk.settings import Settings

sys.path.insert(0, str(Path(__file__).parents[1]))
from hostile_server import HostileServer, hostile_server

ORIGIN = "https://news.example:443"
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.fixture
async def server() -> AsyncIterator[HostileServer]:
    async with hostile_server() as server:
        yield server


async def test_what_one_worker_keeps_another_finds_until_it_expires(writer_dsn: str) -> None:
    time = [NOW]
    file = RobotsFile(Standing.UNREACHABLE, NOW + timedelta(hours=1), "", "robots.txt answered 503", Reason.TIMEOUT)
    newer = RobotsFile(Standing.RULES, NOW + timedelta(hours=2), "User-agent: *\nDisallow: /خاص\x00")
    async with SharedScoreboard(writer_dsn, clock=lambda: time[0]) as board:
        one, two = (SharedRobotsCache(board.run, lambda: time[0]) for _ in range(2))
        assert await one.get(ORIGIN) is None
        await one.put(ORIGIN, file)
        assert await two.get(ORIGIN) == file
        time[0] = file.expires_at
        assert await two.get(ORIGIN) is None
        await two.put(ORIGIN, newer)
        kept = await one.get(ORIGIN)
        assert kept is not None
        assert (kept.standing, kept.expires_at) == (newer.standing, newer.expires_at)
        assert "Disallow: /خاص" in kept.text


async def test_a_second_run_does_not_ask_for_robots_txt_again(settings: Settings, server: HostileServer) -> None:
    server.robots = web.Response(text="User-agent: *\nDisallow: /private/\n")
    for _ in range(2):
        async with (
            SharedScoreboard(settings.database) as board,
            Fetcher(settings, scoreboard=board, robots=SharedRobotsCache(board.run)) as fetcher,
        ):
            await fetcher.fetch(server.url("/page"))
            with pytest.raises(PermanentPageError) as caught:
                await fetcher.fetch(server.url("/private/page"))
            assert caught.value.reason is Reason.ROBOTS
    assert [path for path, _ in server.asked] == ["/robots.txt", "/page", "/page"]
