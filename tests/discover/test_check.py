from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from dataclasses import replace
from ipaddress import ip_network
from pathlib import Path

import pytest

from copydesk.discover import check_feeds
from copydesk.fetch import Fetcher
from copydesk.settings import Settings

sys.path.insert(0, str(Path(__file__).parents[1]))
from hostile_server import HostileServer, hostile_server


@pytest.fixture
async def server() -> AsyncIterator[HostileServer]:
    async with hostile_server() as server:
        yield server


async def test_each_feed_is_told_for_itself(server: HostileServer) -> None:
    settings = replace(Settings.from_environment({}), allowed_networks=(ip_network("127.0.0.0/8"),), pause_seconds=0)
    paths = ["/feed/good", "/feed/html", "/status?is=410", "/to?status=301&to=/feed/long", "/empty", "/feed/laughs"]
    paths.append("/feed/long-name")
    async with Fetcher(settings) as fetcher:
        good, html, gone, moved, empty, laughs, odd = await check_feeds([server.url(path) for path in paths], fetcher)
    assert good.document is not None
    assert len(good.document.entries) == 3
    assert "HTML page" in (html.error or "")
    assert "410" in (gone.error or "")
    assert moved.moved_to == server.url("/feed/long")
    assert "no body" in (empty.error or "")
    assert "entities" in (laughs.error or "")
    assert "broke its reader" in (odd.error or "")
