"""How long the fetcher leaves a site alone: between two pages, and when the site asks to."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import pairwise

import pytest
from tests.fetch.conftest import NOW, Names, fetched

from copydesk.errors import HeldPageError, TransientPageError
from copydesk.fetch import Fetcher, Limits
from copydesk.models import Reason
from copydesk.settings import Settings
from hostile_server import HostileServer


@pytest.mark.parametrize("status", [429, 503])
async def test_a_site_that_asks_to_slow_down_is_left_alone_twice_as_long_each_time(
    open_settings: Settings, server: HostileServer, status: int
) -> None:
    now, waits = [NOW], []
    async with Fetcher(open_settings, clock=lambda: now[0]) as fetcher:
        for path in (f"/status?is={status}",) * 3 + ("/page", f"/status?is={status}"):
            if path == "/page":
                await fetcher.fetch(server.url(path))
                continue
            until = await refused_until(fetcher, server.url(path))
            asked = len(server.asked)
            assert await refused_until(fetcher, server.url("/page")) == until
            assert len(server.asked) == asked
            waits.append((until - now[0]).total_seconds())
            now[0] = until
    assert waits == [60, 120, 240, 60]


async def refused_until(fetcher: Fetcher, url: str) -> datetime:
    with pytest.raises(TransientPageError) as caught:
        await fetcher.fetch(url)
    assert caught.value.retry_at is not None
    return caught.value.retry_at


@pytest.mark.parametrize(
    ("wish", "instant"),
    [("120", NOW + timedelta(seconds=120)), ("Mon, 23 Nov 2026 13:00:00 GMT", NOW + timedelta(hours=1))],
)
async def test_retry_after_is_kept_and_the_site_left_alone_until_then(
    fetcher: Fetcher, server: HostileServer, wish: str, instant: datetime
) -> None:
    with pytest.raises(TransientPageError) as caught:
        await fetcher.fetch(server.url(f"/status?is=429&retry={wish}"))
    assert caught.value.retry_at == instant
    asked = len(server.asked)
    with pytest.raises(TransientPageError) as caught:
        await fetcher.fetch(server.url("/page"))
    assert (caught.value.reason, caught.value.retry_at) == (Reason.RATE_LIMITED, instant)
    assert len(server.asked) == asked


async def test_one_site_is_asked_one_at_a_time_with_a_pause(open_settings: Settings, server: HostileServer) -> None:
    async with Fetcher(replace(open_settings, pause_seconds=0.05)) as fetcher:
        await asyncio.gather(*(fetched(fetcher, server.url(f"/page?{number}")) for number in range(4)))
    times = [instant for _, instant in server.asked]
    assert len(times) == 5
    assert all(later - earlier >= 0.05 for earlier, later in pairwise(times))


async def test_redirects_wait_for_their_turns_no_longer_than_one_page_may(
    open_settings: Settings, server: HostileServer
) -> None:
    async with Fetcher(replace(open_settings, pause_seconds=2), patience=3.0) as fetcher:
        with pytest.raises(HeldPageError) as held:
            await fetcher.fetch(server.url("/to?to=/page"))
    assert held.value.retry_at is not None
    assert [path for path in server.asked if path == "/page"] == []


async def test_who_waits_long_for_slow_servers_of_others_goes_back_without_having_asked(
    open_settings: Settings, server: HostileServer
) -> None:
    limits = Limits(seconds=5, concurrency=1, slot_seconds=0.1)
    async with Fetcher(open_settings, limits=limits, resolver=Names(["127.0.0.1"])) as fetcher:
        await fetcher.fetch(server.url("/page", "quick.example"))  # its robots.txt is known
        slow = asyncio.create_task(fetcher.fetch(server.url("/stalled", "slow.example")))
        while "/stalled" not in [path for path, _ in server.asked]:  # noqa: ASYNC110 - the server tells nobody
            await asyncio.sleep(0.01)
        asked = len(server.asked)
        for host in ("quick.example", "unknown.example"):  # held up before the page, and before robots.txt
            with pytest.raises(HeldPageError, match="too many requests to slow servers"):
                await fetcher.fetch(server.url("/page", host))
        assert len(server.asked) == asked
        slow.cancel()
        await asyncio.gather(slow, return_exceptions=True)
        await fetcher.fetch(server.url("/page", "unknown.example"))
