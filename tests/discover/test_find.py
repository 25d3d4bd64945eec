from __future__ import annotations

import sys
from collections.abc import AsyncIterator
from dataclasses import replace
from ipaddress import ip_network
from pathlib import Path

import pytest
from aiohttp import web

from copydesk.discover.autodiscovery import MAX_FEEDS, LinkedFeed, linked_feeds
from copydesk.discover.find import USUAL_PLACES, USUAL_SITEMAPS, find_feeds
from copydesk.fetch import Fetcher
from copydesk.settings import Settings

sys.path.insert(0, str(Path(__file__).parents[1]))
from hostile_feeds import FEEDS, SITEMAP
from hostile_server import MISDEEDS, HostileServer, hostile_server


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


def serving(monkeypatch: pytest.MonkeyPatch, documents: dict[str, tuple[str, dict[str, str]]]) -> None:
    """Serve documents (text and headers) by their paths; all other paths are not found."""

    async def answer(request: web.Request) -> web.Response:
        if request.path not in documents:
            return web.Response(status=404)
        text, headers = documents[request.path]
        return web.Response(text=text, headers={"Content-Type": "text/html", **headers})

    for path in (*documents, "/", *USUAL_PLACES, *USUAL_SITEMAPS):
        monkeypatch.setitem(MISDEEDS, path, answer)


HOME = "<html lang=en><title>News</title><a href=/world>World</a>"
RSS = FEEDS["good"].decode()
XML = {"Content-Type": "application/xml"}


@pytest.mark.parametrize("place", [place for place in USUAL_PLACES if "wp-json" not in place])
async def test_a_feed_at_a_usual_place_is_found_without_any_link(
    server: HostileServer, monkeypatch: pytest.MonkeyPatch, place: str
) -> None:
    serving(monkeypatch, {"/": (HOME, {}), place: (RSS, XML)})
    assert await found(server, "/") == [("usual place", place)]


async def test_wordpress_is_found_by_the_rest_api_that_its_header_or_page_names(
    server: HostileServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    posts = f'[{{"link": "{server.url("/2026/11/a")}", "title": {{"rendered": "A"}}}}]'
    as_json = {"Content-Type": "application/json"}
    header = {"Link": f'<{server.url("/blog/wp-json/")}>; rel="https://api.w.org/"'}
    documents = {"/": (HOME, header), "/blog/wp-json/wp/v2/posts": (posts, as_json)}
    serving(monkeypatch, documents)
    assert await found(server, "/") == [("usual place", "/blog/wp-json/wp/v2/posts")]
    element = '<link rel="https://api.w.org/" href="/blog/wp-json/" />'
    serving(monkeypatch, {**documents, "/": (HOME.replace("<a", f"{element}<a"), {})})
    assert await found(server, "/") == [("usual place", "/blog/wp-json/wp/v2/posts")]


async def test_an_index_of_sitemaps_is_told_itself_where_none_of_them_is_of_news(
    server: HostileServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    index = f"<sitemapindex {SITEMAP}><sitemap><loc>/part.xml</loc></sitemap></sitemapindex>"
    part = f"<urlset {SITEMAP}><url><loc>/2026/11/a</loc><lastmod>2026-11-02</lastmod></url></urlset>"
    serving(monkeypatch, {"/": (HOME, {}), "/sitemap_index.xml": (index, XML), "/part.xml": (part, XML)})
    assert await found(server, "/") == [("sitemap", "/sitemap_index.xml")]


async def test_a_page_that_lists_articles_is_the_last_resort(
    server: HostileServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    links = "".join(f"<h2><a href=/2026/11/{n}-story>The story number {n} of today</a></h2>" for n in range(10, 15))
    serving(monkeypatch, {"/": (HOME + links, {})})
    assert await found(server, "/") == [("section page", "/")]
    serving(monkeypatch, {"/": (HOME + links, {}), "/feed/": (RSS, XML)})
    assert await found(server, "/") == [("usual place", "/feed/")]


async def test_a_feed_of_comments_is_none_of_articles(server: HostileServer, monkeypatch: pytest.MonkeyPatch) -> None:
    comments = RSS.replace("/story/", "/2026/11/a#comment-")
    links = "".join(f"<link rel=alternate type=application/rss+xml href=/{name}>" for name in ("talk", "feed/"))
    serving(monkeypatch, {"/": (f"<html>{links}</html>", {}), "/talk": (comments, XML), "/feed/": (RSS, XML)})
    assert await found(server, "/") == [("link", "/feed/")]


@pytest.mark.parametrize("base", ["http://[", "javascript:x", f"https://b.example/{'a' * 2_048}/"])
def test_a_base_that_makes_no_sense_is_none(base: str) -> None:
    page = f'<head><base href="{base}"><link rel="alternate" type="application/rss+xml" href="feed">'
    assert [feed.url for feed in linked_feeds(page.encode(), "https://a.example/x/")] == ["https://a.example/x/feed"]


def test_a_page_that_links_thousands_of_feeds_is_believed_in_some() -> None:
    links = "".join(f'<link rel="alternate" type="application/rss+xml" href="{n}">' for n in range(5000))
    assert len(linked_feeds(f"<head>{links}".encode(), "https://a.example/")) == MAX_FEEDS


def test_links_are_read_with_their_titles_against_the_base_each_once() -> None:
    page = b"""<head><base href="/ar/"><link rel="alternate" type="application/rss+xml; charset=utf-8" href="feed">
    <link rel="Alternate home" type="application/atom+xml" title="All" href="//cdn.example/atom">
    <link rel=alternate hreflang=fr href=/fr><link rel=alternate type=application/rss+xml href=feed>
    <link rel=alternate type=application/rss+xml href=javascript:x>"""
    assert linked_feeds(page, "https://news.example/x/") == (
        LinkedFeed("https://news.example/ar/feed", None),
        LinkedFeed("https://cdn.example/atom", "All"),
    )
