"""What an operator set for a site is kept by whoever asks it, on a real server and a real database."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime

import pytest
from aiohttp import web

from copydesk.database import Connection, transaction
from copydesk.errors import PermanentPageError
from copydesk.fetch import Fetcher
from copydesk.frontier.robots import SharedRobotsCache
from copydesk.frontier.turns import SharedScoreboard
from copydesk.models import Outcome, Page, Reason
from copydesk.settings import Settings
from copydesk.sites import Wanted, domain_of, put
from hostile_server import HostileServer, hostile_server

NOW = datetime(2031, 5, 3, 12, tzinfo=UTC)


@pytest.fixture
async def server() -> AsyncIterator[HostileServer]:
    async with hostile_server() as server:
        yield server


@asynccontextmanager
async def fetcher(settings: Settings) -> AsyncIterator[Fetcher]:
    async with (
        SharedScoreboard(settings.database) as board,
        Fetcher(settings, scoreboard=board, robots=SharedRobotsCache(board.run)) as one,
    ):
        yield one


def set_for(connection: Connection, server: HostileServer, wanted: Wanted) -> None:
    with transaction(connection):
        put(connection, domain_of(server.url("/")), wanted, NOW)


async def test_a_blocked_site_is_asked_for_nothing_not_even_behind_redirects(
    settings: Settings, connection: Connection, server: HostileServer
) -> None:
    set_for(connection, server, Wanted(blocked_because="they sued us"))
    async with hostile_server() as other, fetcher(settings) as one:
        for url in (server.url("/page"), other.url(f"/to?to={server.url('/page')}")):
            with pytest.raises(PermanentPageError, match="they sued us") as caught:
                await one.fetch(url)
            assert (caught.value.outcome, caught.value.reason) == (Outcome.REFUSED, Reason.BLOCKED)
    assert server.asked == []


async def test_robots_txt_is_not_asked_for_where_an_operator_says_so_and_only_there(
    settings: Settings, connection: Connection, server: HostileServer
) -> None:
    server.robots = web.Response(text="User-agent: *\nDisallow: /\n")
    async with fetcher(settings) as one:
        with pytest.raises(PermanentPageError) as caught:
            await one.fetch(server.url("/page"))
        assert caught.value.reason is Reason.ROBOTS
        set_for(connection, server, Wanted(robots_ignored_because="a contract"))
        assert isinstance(await one.fetch(server.url("/page")), Page)
        set_for(connection, server, Wanted())
        with pytest.raises(PermanentPageError):
            await one.fetch(server.url("/page"))
    assert [path for path, _ in server.asked] == ["/robots.txt", "/page"]
