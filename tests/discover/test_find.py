from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from dataclasses import replace
from ipaddress import ip_network
from pathlib import Path

import pytest
from aiohttp import web

from copydesk.discover.autodiscovery import LinkedFeed, linked_feeds
from copydesk.discover.find import find_feeds
from copydesk.fetch import Fetcher
from copydesk.settings import Settings

sys.path.insert(0, str(Path(__file__).parents[1]))
from hostile_server import HostileServer, hostile_server


@pytest.fixture
async def server() -> AsyncIterator[HostileServer]:
    async with hostile_server() as server:
        yield server


async def found(server: HostileServer, path: str) -> list[tuple[str, str]]:
    loopback = (ip_network("127.0.0.0/8"),)
    settings = replace(Settings.from_environment({}), allowed_networks=loopback, pause_seconds=0)
    async with Fetcher(settings) as fetcher:
        feeds = await find_feeds(server.url(path), fetcher)
    return [(feed.how, feed.check.url.removeprefix(server.url(""))) for feed in feeds]


async def test_a_feed_is_found_to_be_itself(server: HostileServer) -> None:
    assert await found(server, "/feed/good") == [("given", "/feed/good")]


async def test_feeds_that_the_page_links_are_tried_and_told(server: HostileServer) -> None:
    assert await found(server, "/feed/html") == [("link", "/feed/good")]


async def test_news_sitemaps_are_found_through_robots_txt_and_an_index(server: HostileServer) -> None:
    server.robots = web.Response(text=f"Sitemap: {server.url('/feed/sitemap-index')}\n")
    assert await found(server, "/page") == [("sitemap", "/feed/news-sitemap")]


async def test_a_site_without_feeds_has_none(server: HostileServer) -> None:
    assert await found(server, "/page") == []


def test_links_are_read_with_their_titles_against_the_base_each_once() -> None:
    page = b"""<head><base href="/ar/"><link rel="alternate" type="application/rss+xml; charset=utf-8" href="feed">
    <link rel="Alternate home" type="application/atom+xml" title="All" href="//cdn.example/atom">
    <link rel=alternate hreflang=fr href=/fr><link rel=alternate type=application/rss+xml href=feed>
    <link rel=alternate type=application/rss+xml href=javascript:x>"""
    assert linked_feeds(page, "https://news.example/x/") == (
        LinkedFeed("https://news.example/ar/feed", None),
        LinkedFeed("https://cdn.example/atom", "All"),
    )
