"""Every misdeed of a server against the fetcher, each with its outcome and reason, on a real server on loopback."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from ipaddress import ip_network
from itertools import pairwise
from pathlib import Path

import pytest
from aiohttp import web

from copydesk.errors import PageError, PermanentPageError, TransientPageError
from copydesk.fetch import Fetcher, Limits
from copydesk.models import NotModified, Outcome, Page, Reason
from copydesk.settings import Settings

sys.path.insert(0, str(Path(__file__).parents[1]))
from hostile_server import PAGE, HostileServer, hostile_server

LOOPBACK = (ip_network("127.0.0.0/8"),)
NOW = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)


@pytest.fixture
async def server() -> AsyncIterator[HostileServer]:
    async with hostile_server() as server:
        yield server


@pytest.fixture
def open_settings() -> Settings:
    return replace(Settings.from_environment({}), allowed_networks=LOOPBACK, pause_seconds=0)


@pytest.fixture
async def fetcher(open_settings: Settings) -> AsyncIterator[Fetcher]:
    async with Fetcher(open_settings, clock=lambda: NOW) as fetcher:
        yield fetcher


async def fetched(fetcher: Fetcher, url: str) -> Page:
    page = await fetcher.fetch(url)
    assert isinstance(page, Page)
    return page


async def test_a_page_is_what_the_server_said(fetcher: Fetcher, server: HostileServer) -> None:
    page = await fetched(fetcher, server.url("/page"))
    assert (page.status, page.body, page.url, page.final_url) == (200, PAGE.encode(), *[server.url("/page")] * 2)
    assert page.headers["content-type"].startswith("text/html")
    assert (page.fetched_at, page.moved_to, len(page.content_hash)) == (NOW, None, 32)
    assert "copydesk" in server.headers[-1]["User-Agent"]


@pytest.mark.parametrize(
    ("path", "outcome", "reason"),
    [
        ("/empty", Outcome.REFUSED, Reason.EMPTY),
        ("/endless", Outcome.REFUSED, Reason.TOO_LARGE),
        ("/announced", Outcome.REFUSED, Reason.TOO_LARGE),
        ("/bomb?coding=gzip", Outcome.REFUSED, Reason.BOMB),
        ("/bomb?coding=deflate", Outcome.REFUSED, Reason.BOMB),
        ("/bomb?coding=br", Outcome.REFUSED, Reason.BOMB),
        ("/bomb?coding=zstd", Outcome.REFUSED, Reason.BOMB),
        ("/nested-bomb", Outcome.REFUSED, Reason.BOMB),
        ("/pdf", Outcome.REFUSED, Reason.WRONG_TYPE),
        ("/pdf?type=text/html", Outcome.REFUSED, Reason.WRONG_TYPE),
        ("/plain?text=hello", Outcome.REFUSED, Reason.WRONG_TYPE),
        ("/loop", Outcome.REFUSED, Reason.REDIRECTS),
        ("/deeper", Outcome.REFUSED, Reason.REDIRECTS),
        ("/to?to=http://169.254.169.254/latest/meta-data/", Outcome.REFUSED, Reason.PRIVATE_ADDRESS),
        ("/to?to=http://[::ffff:169.254.169.254]/", Outcome.REFUSED, Reason.PRIVATE_ADDRESS),
        ("/to?to=//10.0.0.1/", Outcome.REFUSED, Reason.PRIVATE_ADDRESS),
        ("/to?to=file:///etc/passwd", Outcome.REFUSED, Reason.BAD_URL),
        ("/to?to=http://exa%2520mple.com/", Outcome.REFUSED, Reason.BAD_URL),
        ("/status?is=404", Outcome.GONE, Reason.NOT_FOUND),
        ("/status?is=410", Outcome.GONE, Reason.HTTP_GONE),
        ("/status?is=403", Outcome.FAILED, Reason.CLIENT_ERROR),
        ("/status?is=418", Outcome.FAILED, Reason.CLIENT_ERROR),
        ("/status?is=401", Outcome.REFUSED, Reason.LOGIN),
        ("/status?is=451", Outcome.REFUSED, Reason.GEO_BLOCK),
        ("/to?to=/login", Outcome.REFUSED, Reason.LOGIN),
        ("/challenge?is=403", Outcome.REFUSED, Reason.BOT_WALL),
        ("/challenge?is=503", Outcome.REFUSED, Reason.BOT_WALL),
        ("/challenge?is=404", Outcome.GONE, Reason.NOT_FOUND),
        ("/to?to=/", Outcome.GONE, Reason.SOFT_NOT_FOUND),
    ],
)
async def test_what_will_not_get_better_is_permanent(
    fetcher: Fetcher, server: HostileServer, path: str, outcome: Outcome, reason: Reason
) -> None:
    with pytest.raises(PermanentPageError) as caught:
        await fetcher.fetch(server.url(path))
    assert (caught.value.outcome, caught.value.reason, caught.value.url) == (outcome, reason, server.url(path))


@pytest.mark.parametrize(
    ("path", "reason"),
    [
        ("/status?is=500", Reason.SERVER_ERROR),
        ("/status?is=304", Reason.BAD_RESPONSE),
        ("/status?is=302", Reason.BAD_RESPONSE),
        ("/cut-gzip", Reason.BAD_RESPONSE),
        ("/lying-gzip", Reason.BAD_RESPONSE),
        ("/cut-off", Reason.BAD_RESPONSE),
    ],
)
async def test_what_may_get_better_is_transient(
    fetcher: Fetcher, server: HostileServer, path: str, reason: Reason
) -> None:
    with pytest.raises(TransientPageError) as caught:
        await fetcher.fetch(server.url(path))
    assert (caught.value.outcome, caught.value.reason, caught.value.retry_at) == (Outcome.FAILED, reason, None)


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


@pytest.mark.parametrize("path", ["/stalled", "/silent", "/to?to=/stalled"])
async def test_a_stalled_socket_costs_the_seconds_of_one_page(
    open_settings: Settings, server: HostileServer, path: str
) -> None:
    async with Fetcher(open_settings, limits=Limits(seconds=0.2)) as fetcher:
        with pytest.raises(TransientPageError) as caught:
            await fetcher.fetch(server.url(path))
    assert caught.value.reason is Reason.TIMEOUT


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


async def test_a_conditional_request_for_what_is_the_same_is_not_modified(
    fetcher: Fetcher, server: HostileServer
) -> None:
    page = await fetched(fetcher, server.url("/tagged"))
    again = await fetcher.fetch(server.url("/tagged"), etag=page.headers["etag"])
    assert isinstance(again, NotModified)
    assert isinstance(await fetcher.fetch(server.url("/tagged"), etag='"other"'), Page)


@pytest.mark.parametrize(("status", "moved"), [(301, True), (308, True), (302, False), (307, False)])
async def test_only_permanent_redirects_move_a_page_for_good(
    fetcher: Fetcher, server: HostileServer, status: int, moved: bool
) -> None:
    page = await fetched(fetcher, server.url(f"/to?status={status}&to=/page"))
    assert page.final_url == server.url("/page")
    assert page.moved_to == (server.url("/page") if moved else None)


@pytest.mark.parametrize("path", ["/untyped", "/plain?text=<rss", '/plain?text={"a":1}', "/sitemap.xml.gz", "/arabic"])
async def test_a_mild_lie_about_the_type_is_seen_through(fetcher: Fetcher, server: HostileServer, path: str) -> None:
    assert (await fetched(fetcher, server.url(path))).body


async def test_the_bytes_of_a_wrong_charset_are_kept_as_they_came(fetcher: Fetcher, server: HostileServer) -> None:
    page = await fetched(fetcher, server.url("/arabic"))
    assert "نص الخبر" in page.body.decode("windows-1256")


async def test_a_feed_of_200_megabytes_is_refused(fetcher: Fetcher, server: HostileServer) -> None:
    with pytest.raises(PermanentPageError) as caught:
        await fetcher.fetch(server.url("/endless?type=application/rss%2Bxml"))
    assert caught.value.reason is Reason.TOO_LARGE


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "localhost",
        "2130706433",
        "0x7f000001",
        "0177.0.0.1",
        "127.1",
        "0.0.0.0",  # noqa: S104 - an address to refuse, not to listen on
        "[::1]",
        "[::]",
        "[::ffff:127.0.0.1]",
        "[::ffff:7f00:1]",
        "[64:ff9b::7f00:1]",
        "[2002:7f00:1::]",
        "10.0.0.1",
        "172.16.0.1",
        "192.168.0.1",
        "100.64.0.1",
        "169.254.169.254",
        "224.0.0.1",
        "255.255.255.255",
        "[fe80::1]",
        "[fc00::1]",
        "[ff02::1]",
    ],
)
async def test_no_spelling_of_a_private_address_is_connected_to(server: HostileServer, host: str) -> None:
    async with Fetcher(replace(Settings.from_environment({}), pause_seconds=0)) as fetcher:
        with pytest.raises(PermanentPageError) as caught:
            await fetcher.fetch(server.url("/page", host))
    assert caught.value.reason is Reason.PRIVATE_ADDRESS
    assert server.asked == []


async def test_proxy_variables_are_not_trusted(
    fetcher: Fetcher, server: HostileServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HTTP_PROXY", server.url("/proxy"))
    async with Fetcher(replace(Settings.from_environment({}), pause_seconds=0)) as closed:
        with pytest.raises(PermanentPageError):
            await closed.fetch(server.url("/page"))
    assert server.asked == []


async def test_what_cannot_be_connected_to_or_found_is_transient(fetcher: Fetcher) -> None:
    for url in ("http://127.0.0.1:1/", "http://nowhere.invalid/"):
        with pytest.raises(TransientPageError) as caught:
            await fetcher.fetch(url)
        assert caught.value.reason is Reason.CONNECTION


@pytest.mark.parametrize("url", ["", "ftp://example.com/", "http://a..b/", "http://127.0.0.1:99999/", "http://[::1/"])
async def test_what_is_no_url_is_refused(fetcher: Fetcher, url: str) -> None:
    with pytest.raises(PermanentPageError) as caught:
        await fetcher.fetch(url)
    assert caught.value.reason is Reason.BAD_URL


async def test_a_server_that_drops_the_connection_is_not_asked_again_at_once(
    fetcher: Fetcher, server: HostileServer
) -> None:
    for before in (0, 1):  # on a new connection, and on one that is kept alive
        with pytest.raises(TransientPageError) as caught:
            await fetcher.fetch(server.url("/dropped"))
        assert (caught.value.reason, server.count("/dropped")) == (Reason.CONNECTION, before + 1)
        await fetched(fetcher, server.url("/page"))


async def test_robots_txt_is_asked_once_and_obeyed(fetcher: Fetcher, server: HostileServer) -> None:
    server.robots = web.Response(text="User-agent: *\nDisallow: /private/\n")
    with pytest.raises(PermanentPageError) as caught:
        await fetcher.fetch(server.url("/private/page"))
    assert (caught.value.outcome, caught.value.reason) == (Outcome.REFUSED, Reason.ROBOTS)
    await fetched(fetcher, server.url("/page"))
    assert [path for path, _ in server.asked] == ["/robots.txt", "/page"]


async def test_robots_txt_is_asked_for_behind_a_redirect_too(fetcher: Fetcher, server: HostileServer) -> None:
    server.robots = web.Response(text="User-agent: *\nDisallow: /private/\n")
    with pytest.raises(PermanentPageError) as caught:
        await fetcher.fetch(server.url("/to?to=/private/page"))
    assert caught.value.reason is Reason.ROBOTS


async def test_a_robots_txt_that_asks_to_wait_is_obeyed_like_a_page_that_does(
    fetcher: Fetcher, server: HostileServer
) -> None:
    server.robots = web.Response(status=503, headers={"Retry-After": "7200"})
    with pytest.raises(TransientPageError) as caught:
        await fetcher.fetch(server.url("/page"))
    assert caught.value.retry_at == NOW + timedelta(hours=2)


async def test_without_a_robots_txt_all_is_allowed(fetcher: Fetcher, server: HostileServer) -> None:
    server.robots = web.Response(status=403)
    await fetched(fetcher, server.url("/private/page"))


async def test_a_broken_robots_txt_means_wait(fetcher: Fetcher, server: HostileServer) -> None:
    server.robots = web.Response(status=503)
    for _ in range(2):
        with pytest.raises(TransientPageError) as caught:
            await fetcher.fetch(server.url("/page"))
        assert caught.value.reason is Reason.SERVER_ERROR
        assert caught.value.retry_at is not None
    assert [path for path, _ in server.asked] == ["/robots.txt"]


async def test_a_robots_txt_of_any_length_is_read_for_500_kibibytes(fetcher: Fetcher, server: HostileServer) -> None:
    rules = b"User-agent: *\nDisallow: /private/\n"
    server.robots = web.Response(body=rules + b"# padding\n" * 2_000_000 + b"Disallow: /page\n")
    await fetched(fetcher, server.url("/page"))
    with pytest.raises(PermanentPageError):
        await fetcher.fetch(server.url("/private/page"))


async def test_one_site_is_asked_one_at_a_time_with_a_pause(open_settings: Settings, server: HostileServer) -> None:
    async with Fetcher(replace(open_settings, pause_seconds=0.05)) as fetcher:
        await asyncio.gather(*(fetched(fetcher, server.url(f"/page?{number}")) for number in range(4)))
    times = [instant for _, instant in server.asked]
    assert len(times) == 5
    assert all(later - earlier >= 0.05 for earlier, later in pairwise(times))


async def test_one_bad_page_harms_no_other(fetcher: Fetcher, server: HostileServer) -> None:
    good = await fetched(fetcher, server.url("/page"))
    for path in ("/endless", "/bomb?coding=gzip", "/cut-off", "/lying-gzip"):
        with pytest.raises(PageError):
            await fetcher.fetch(server.url(path))
    assert (await fetched(fetcher, server.url("/page"))).body == good.body
