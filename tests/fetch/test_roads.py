"""Every road to an address that is not public ends before a connection is made.

The open server is on an address that settings allow, the secret one listens on another: nothing may ever ask it.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from ipaddress import ip_network

import pytest
from aiohttp import web
from tests.fetch.conftest import Names

from copydesk.database import Connection, transaction
from copydesk.discover.find import find_feeds
from copydesk.errors import PermanentPageError, UsageError
from copydesk.feeds import Wanted, add
from copydesk.fetch import Fetcher
from copydesk.frontier import add as add_entries
from copydesk.models import Entry, Outcome, Page, Reason
from copydesk.pipeline import claim_batch, fetch_batch, poll
from copydesk.push.hubs import Hubs
from copydesk.push.intent import State, Subscription
from copydesk.push.subscriber import callback_base
from copydesk.settings import Settings
from hostile_server import HostileServer, hostile_server

SECRET = "127.0.0.2"
PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy")


@dataclass(frozen=True, slots=True)
class Two:
    """The open server and the secret one."""

    open: HostileServer
    secret: HostileServer

    def hidden(self, path: str = "/page", host: str = SECRET) -> str:
        return self.secret.url(path, host)


@pytest.fixture
async def servers() -> AsyncIterator[Two]:
    async with hostile_server() as one, hostile_server(SECRET) as secret:
        yield Two(one, secret)
        assert secret.asked == []


@pytest.fixture
def wary(settings: Settings) -> Settings:
    """Settings that allow the open server's address and no other."""
    return replace(settings, allowed_networks=(ip_network("127.0.0.1/32"),))


async def refusal(fetcher: Fetcher, url: str) -> Reason:
    with pytest.raises(PermanentPageError) as caught:
        await fetcher.fetch(url)
    assert caught.value.outcome is Outcome.REFUSED
    return caught.value.reason


@pytest.mark.parametrize(
    "host",
    [
        SECRET,
        "127.0.0.2.",
        "127.2",
        "2130706434",
        "0x7f000002",
        "0x7f.0.0.2",
        "0177.0.0.02",
        "017700000002",
        "127。0。0。2",
        "①②⑦.⓪.⓪.②",
        "[::ffff:127.0.0.2]",
        "[::ffff:7f00:2]",
        "[0:0:0:0:0:ffff:7f00:0002]",
        "[::127.0.0.2]",
        "[::ffff:0:127.0.0.2]",
        "[64:ff9b::7f00:2]",
        "[64:ff9b:1::7f00:2]",
        "[2002:7f00:2::]",
        "[2001:0:7f00:2::1]",
        "[fe80::1%25lo]",
    ],
)
@pytest.mark.parametrize("road", ["asked for", "redirected to"])
async def test_no_spelling_of_an_address_gets_through(wary: Settings, servers: Two, host: str, road: str) -> None:
    url = servers.hidden(host=host)
    async with Fetcher(wary) as fetcher:
        assert await refusal(fetcher, url if road == "asked for" else servers.open.url(f"/to?to={url}")) in (
            Reason.PRIVATE_ADDRESS,
            Reason.BAD_URL,
        )


async def test_a_name_that_leads_elsewhere_at_the_next_look_up_is_refused_then(wary: Settings, servers: Two) -> None:
    names, url = Names(["127.0.0.1"], [SECRET]), servers.open.url("/page", "news.example")
    async with Fetcher(wary, resolver=names) as fetcher:
        assert isinstance(await fetcher.fetch(url), Page)
    async with Fetcher(wary, resolver=names) as fetcher:
        assert await refusal(fetcher, servers.hidden(host="news.example")) is Reason.PRIVATE_ADDRESS


async def test_a_name_with_a_public_and_a_private_address_is_refused(wary: Settings, servers: Two) -> None:
    async with Fetcher(wary, resolver=Names(["127.0.0.1", SECRET])) as fetcher:
        assert await refusal(fetcher, servers.hidden(host="news.example")) is Reason.PRIVATE_ADDRESS


@pytest.mark.parametrize("variable", PROXIES)
async def test_no_proxy_variable_is_a_way_around(
    wary: Settings, servers: Two, monkeypatch: pytest.MonkeyPatch, variable: str
) -> None:
    for name in PROXIES:
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv(variable, servers.hidden("/proxy"))
    async with Fetcher(wary) as fetcher:
        assert isinstance(await fetcher.fetch(servers.open.url("/page")), Page)
        assert await refusal(fetcher, servers.hidden()) is Reason.PRIVATE_ADDRESS


async def test_a_robots_txt_that_is_elsewhere_is_not_looked_for_there(wary: Settings, servers: Two) -> None:
    servers.open.robots = web.Response(status=302, headers={"Location": servers.hidden("/robots.txt")})
    async with Fetcher(wary) as fetcher:
        assert isinstance(await fetcher.fetch(servers.open.url("/page")), Page)


async def test_sitemaps_that_robots_txt_names_and_feeds_that_a_page_links_are_refused(
    wary: Settings, servers: Two
) -> None:
    servers.open.robots = web.Response(text=f"Sitemap: {servers.hidden('/feed/news-sitemap')}\n")
    async with Fetcher(wary) as fetcher:
        assert await fetcher.sitemaps(servers.open.url("/")) == (servers.hidden("/feed/news-sitemap"),)
        found = await find_feeds(servers.open.url("/page"), fetcher)
    assert [each for each in found if SECRET in each.check.url] == []


async def test_a_feed_is_refused_by_its_own_url_and_by_where_it_moved(
    wary: Settings, connection: Connection, servers: Two
) -> None:
    urls = [servers.hidden("/feed/good"), servers.open.url(f"/to?status=301&to={servers.hidden('/feed/good')}")]
    add(connection, [Wanted(url) for url in urls])
    polled = await asyncio.to_thread(poll, wary)
    assert (polled.feeds, polled.failed) == (2, 2)
    with transaction(connection), connection.cursor() as cursor:
        cursor.execute("SELECT last_error FROM ingest.feeds")
        errors = [error for (error,) in cursor.fetchall()]
    assert len(errors) == 2
    assert all("not a public address" in error for error in errors)


async def test_an_items_link_ends_as_refused_for_its_address(
    wary: Settings, connection: Connection, servers: Two
) -> None:
    now = datetime.now(UTC)
    urls = [servers.hidden(), servers.open.url(f"/to?to={servers.hidden()}")]
    with transaction(connection):
        add_entries(connection, [Entry(url, url, "a.example") for url in urls], now)
    batch_id = await asyncio.to_thread(claim_batch, wary, now)
    assert batch_id is not None
    done = await asyncio.to_thread(fetch_batch, wary, batch_id)
    assert done.ended == {"refused: private-address": 2}


async def test_a_hub_is_not_asked_at_such_an_address_nor_behind_its_redirects(wary: Settings, servers: Two) -> None:
    def at(hub: str) -> Subscription:
        return Subscription(
            1, 2, hub, "https://a.example/feed", "token", "https://me.example/", "secret", State.PENDING
        )

    async with Hubs(wary) as hubs:
        asked = await hubs.subscribe(at(servers.hidden("/hub")))
        assert not asked.accepted
        assert "not a public address" in (asked.detail or "")
        moved = await hubs.subscribe(at(servers.open.url(f"/to?status=307&to={servers.hidden('/hub')}")))
        assert "not a public address" in (moved.detail or "")
        assert not (await hubs.unsubscribe(at(servers.hidden("/hub")))).accepted


@pytest.mark.parametrize("host", [SECRET, "0x7f.2", "[::ffff:127.0.0.2]", "localhost", "10.0.0.1"])
async def test_no_hub_is_told_to_call_back_at_such_an_address(wary: Settings, host: str) -> None:
    with pytest.raises(UsageError, match="not a public address"):
        await callback_base(replace(wary, allowed_networks=(), public_url=f"http://{host}:8080"))
