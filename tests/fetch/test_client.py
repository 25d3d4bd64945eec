"""Every misdeed of a server against the fetcher, each with its outcome and reason, on a real server on loopback."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.fetch.conftest import NOW, fetched

from copydesk.errors import PageError, PermanentPageError, TransientPageError
from copydesk.fetch import Fetcher, Limits
from copydesk.models import NotModified, Outcome, Page, Reason
from copydesk.settings import Settings
from hostile_server import PAGE, HostileServer


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
        ("/challenge?is=403&packed=", Outcome.REFUSED, Reason.BOT_WALL),
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


@pytest.mark.parametrize("path", ["/stalled", "/silent", "/to?to=/stalled"])
async def test_a_stalled_socket_costs_the_seconds_of_one_page(
    open_settings: Settings, server: HostileServer, path: str
) -> None:
    async with Fetcher(open_settings, limits=Limits(seconds=0.2)) as fetcher:
        with pytest.raises(TransientPageError) as caught:
            await fetcher.fetch(server.url(path))
    assert caught.value.reason is Reason.TIMEOUT


async def test_redirects_have_the_seconds_of_one_page_together(open_settings: Settings, server: HostileServer) -> None:
    async with Fetcher(open_settings, limits=Limits(seconds=1.5)) as fetcher:
        with pytest.raises(TransientPageError) as caught:
            await fetcher.fetch(server.url("/hops?left=3&after=0.6"))
    assert caught.value.reason is Reason.TIMEOUT


async def test_five_redirects_are_followed_and_no_more(fetcher: Fetcher, server: HostileServer) -> None:
    assert (await fetched(fetcher, server.url("/hops?left=5"))).final_url == server.url("/hops?left=0")
    with pytest.raises(PermanentPageError) as caught:
        await fetcher.fetch(server.url("/hops?left=6"))
    assert caught.value.reason is Reason.REDIRECTS


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


async def test_an_answer_of_not_modified_says_where_it_came_from(fetcher: Fetcher, server: HostileServer) -> None:
    etag = (await fetched(fetcher, server.url("/tagged"))).headers["etag"]
    again = await fetcher.fetch(server.url("/to?status=301&to=/tagged"), etag=etag)
    assert isinstance(again, NotModified)
    assert (again.final_url, again.moved_to) == (server.url("/tagged"),) * 2


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


async def test_one_bad_page_harms_no_other(fetcher: Fetcher, server: HostileServer) -> None:
    good = await fetched(fetcher, server.url("/page"))
    for path in ("/endless", "/bomb?coding=gzip", "/cut-off", "/lying-gzip"):
        with pytest.raises(PageError):
            await fetcher.fetch(server.url(path))
    assert (await fetched(fetcher, server.url("/page"))).body == good.body
