"""An index of sitemaps read as one feed, from a real server: nested, packed, large, and only what is new."""

from __future__ import annotations

import gzip
import sys
from collections import Counter
from collections.abc import AsyncIterator, Iterable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from ipaddress import ip_network
from pathlib import Path

import pytest
from aiohttp import web

from copydesk.discover.select import MAX_SITEMAP_ENTRIES
from copydesk.discover.sitemap_tree import MAX_SITEMAPS, Tree, is_index, read_tree
from copydesk.errors import FeedError
from copydesk.fetch import Fetcher
from copydesk.settings import Settings

sys.path.insert(0, str(Path(__file__).parents[1]))
from hostile_server import MISDEEDS, HostileServer, hostile_server

NOW = datetime.now(UTC).replace(microsecond=0)
NAMESPACES = (
    'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
)


def ago(**span: int) -> str:
    return (NOW - timedelta(**span)).isoformat()


def index(*listed: tuple[str, str | None]) -> bytes:
    rows = "".join(
        f"<sitemap><loc>{url}</loc>{f'<lastmod>{date}</lastmod>' if date else ''}</sitemap>" for url, date in listed
    )
    return f"<?xml version='1.0'?><sitemapindex {NAMESPACES}>{rows}</sitemapindex>".encode()


def sitemap(*listed: tuple[str, str]) -> bytes:
    rows = "".join(f"<url><loc>{path}</loc><lastmod>{date}</lastmod></url>" for path, date in listed)
    return f"<?xml version='1.0'?><urlset {NAMESPACES}>{rows}</urlset>".encode()


def news(paths: Iterable[str], date: str) -> bytes:
    rows = "".join(
        f"<url><loc>{path}</loc><news:news><news:publication><news:name>Wire</news:name><news:language>ar</news:language>"
        f"</news:publication><news:publication_date>{date}</news:publication_date><news:title>خبر {path}</news:title>"
        "</news:news></url>"
        for path in paths
    )
    return f"<urlset {NAMESPACES}>{rows}</urlset>".encode()


class Site:
    """A server whose documents are these, each by its path."""

    def __init__(self, server: HostileServer, documents: dict[str, bytes]) -> None:
        self.server = server
        self.documents = documents

    async def answer(self, request: web.Request) -> web.Response:
        packed = request.path.endswith(".gz")
        return web.Response(
            body=self.documents[request.path], content_type="application/gzip" if packed else "application/xml"
        )

    async def read(
        self, path: str, known: dict[str, str] | None = None, newest: datetime | None = None, seconds: float = 60
    ) -> Tree:
        loopback = (ip_network("127.0.0.0/8"),)
        settings = replace(Settings.from_environment({}), allowed_networks=loopback, pause_seconds=0)
        async with Fetcher(settings) as fetcher:
            page = await fetcher.page(self.server.url(path))
            assert is_index(page)
            return await read_tree(page, fetcher.fetch, known or {}, newest, seconds)

    def asked(self) -> list[str]:
        return [path for path, _ in self.server.asked if path != "/robots.txt"]


@pytest.fixture
async def site(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Site]:
    async with hostile_server() as server:
        site = Site(server, {})
        for path in ("/index.xml", "/nested.xml", "/a.xml", "/b.xml", "/news.xml.gz", "/old.xml", "/big.xml.gz"):
            monkeypatch.setitem(MISDEEDS, path, site.answer)
        for number in range(20):
            monkeypatch.setitem(MISDEEDS, f"/part-{number}.xml", site.answer)
        yield site


def paths(tree: Tree) -> list[str]:
    return sorted(entry.url.split("/", 3)[3] for entry in tree.document.entries)


async def test_an_index_in_an_index_is_read_packed_or_not_with_titles_and_dates(site: Site) -> None:
    site.documents = {
        "/index.xml": index(("/nested.xml", ago(hours=1))),
        "/nested.xml": index(("/news.xml.gz", None), ("/a.xml", ago(hours=1))),
        "/news.xml.gz": gzip.compress(news(["/n1"], ago(hours=2))),
        "/a.xml": sitemap(("/a1", ago(hours=1)), ("/a2", ago(days=300))),
    }
    tree = await site.read("/index.xml")
    assert paths(tree) == ["a1", "n1"]
    [told] = [entry for entry in tree.document.entries if entry.title]
    assert (told.title, told.language, told.published_at) == ("خبر /n1", "ar", NOW - timedelta(hours=2))


async def test_50_000_entries_are_read_and_only_the_new_ones_told(site: Site) -> None:
    old = [(f"/old-{number}", ago(days=10)) for number in range(49_990)]
    new = [(f"/new-{number}", ago(hours=number)) for number in range(10)]
    site.documents = {
        "/index.xml": index(("/big.xml.gz", ago(hours=0))),
        "/big.xml.gz": gzip.compress(sitemap(*old, *new)),
    }
    tree = await site.read("/index.xml")
    assert paths(tree) == [f"new-{number}" for number in range(10)]
    assert any("49990" in problem for problem in tree.document.problems)


async def test_many_sitemaps_together_list_no_more_than_one_may(site: Site) -> None:
    parts = {f"/part-{part}.xml": [(f"/{part}-{n}", ago(hours=part)) for n in range(30_000)] for part in (2, 1)}
    site.documents = {path: sitemap(*listed) for path, listed in parts.items()}
    site.documents["/index.xml"] = index(*((path, ago(hours=1)) for path in parts))
    tree = await site.read("/index.xml")
    assert Counter(path.partition("-")[0] for path in paths(tree)) == {"1": 30_000, "2": MAX_SITEMAP_ENTRIES - 30_000}
    assert any(problem.startswith("items left out: 10,000 (beyond") for problem in tree.document.problems)


async def test_a_sitemap_that_breaks_its_reader_sinks_no_other(site: Site) -> None:
    odd = f"<urlset {NAMESPACES}><{'a' * 60_000}/></urlset>".encode()
    site.documents = {
        "/index.xml": index(("/a.xml", None), ("/b.xml", None)),
        "/a.xml": odd,
        "/b.xml": news(["/n1"], ago(hours=2)),
    }
    tree = await site.read("/index.xml")
    assert paths(tree) == ["n1"]
    assert any("broke its reader" in problem for problem in tree.document.problems)


async def test_a_sitemap_that_did_not_change_is_not_asked_for_again(site: Site) -> None:
    site.documents = {
        "/index.xml": index(("/a.xml", ago(hours=1)), ("/b.xml", ago(hours=2)), ("/old.xml", ago(days=400))),
        "/a.xml": sitemap(("/a1", ago(hours=1))),
        "/b.xml": sitemap(("/b1", ago(hours=2))),
    }
    first = await site.read("/index.xml")
    assert site.asked() == ["/index.xml", "/a.xml", "/b.xml"]
    site.server.asked.clear()
    await site.read("/index.xml", first.sitemaps)
    assert site.asked() == ["/index.xml", "/a.xml"]  # the newest is always read: lastmods lag
    site.server.asked.clear()
    site.documents["/index.xml"] = index(("/a.xml", ago(hours=1)), ("/b.xml", ago(minutes=1)))
    await site.read("/index.xml", first.sitemaps)
    assert site.asked() == ["/index.xml", "/b.xml"]


async def test_what_is_much_older_than_the_newest_item_ever_seen_is_no_news(site: Site) -> None:
    site.documents = {"/index.xml": index(("/old.xml", None)), "/old.xml": sitemap(("/o1", ago(days=400)))}
    assert paths(await site.read("/index.xml", newest=NOW - timedelta(days=1))) == []
    assert paths(await site.read("/index.xml")) == ["o1"]


async def test_no_more_than_a_few_sitemaps_are_asked_for_at_a_time_and_the_others_next_time(site: Site) -> None:
    site.documents = {"/index.xml": index(*((f"/part-{number}.xml", None) for number in range(20)))}
    site.documents |= {f"/part-{number}.xml": sitemap((f"/p{number}", ago(hours=1))) for number in range(20)}
    first = await site.read("/index.xml")
    assert len(site.asked()) == 1 + MAX_SITEMAPS
    again = await site.read("/index.xml", first.sitemaps)
    assert {*paths(first), *paths(again)} == {f"p{number}" for number in range(20)}


async def test_sitemaps_of_other_sites_and_circles_are_not_followed(site: Site) -> None:
    elsewhere = site.server.url("/a.xml").replace("127.0.0.1", "localhost")
    site.documents = {"/index.xml": index(("/index.xml", ago(hours=1)), (elsewhere, ago(hours=1)))}
    assert paths(await site.read("/index.xml")) == []
    assert len(site.asked()) <= 2


async def test_an_index_of_which_nothing_can_be_read_is_an_error(site: Site) -> None:
    site.documents = {"/index.xml": index(("/a.xml", None)), "/a.xml": b"<html>no</html>"}
    with pytest.raises(FeedError, match="none can be read"):
        await site.read("/index.xml")


async def test_a_site_of_long_pauses_holds_nobody_up(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    site.documents = {
        "/index.xml": index(("/a.xml", ago(hours=1)), ("/silent", ago(hours=2)), ("/b.xml", ago(hours=3))),
        "/a.xml": sitemap(("/a1", ago(hours=1))),
        "/b.xml": sitemap(("/b1", ago(hours=1))),
    }
    tree = await site.read("/index.xml", seconds=1)
    assert paths(tree) == ["a1"]
    assert any("in 1 s" in problem for problem in tree.document.problems)
    assert [url.rpartition("/")[2] for url in tree.sitemaps] == ["a.xml"]  # the others wait for the next time


async def test_one_bad_sitemap_is_told_and_sinks_no_other(site: Site) -> None:
    site.documents = {
        "/index.xml": index(("/a.xml", None), ("/b.xml", None)),
        "/a.xml": b"<html>no</html>",
        "/b.xml": sitemap(("/b1", ago(hours=1))),
    }
    tree = await site.read("/index.xml")
    assert paths(tree) == ["b1"]
    assert any("/a.xml" in problem for problem in tree.document.problems)
