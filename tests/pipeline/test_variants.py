"""AMP and mobile pages and links of trackers meet their article; a page that lies about its original does not."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from aiohttp import web

from copydesk import feeds
from copydesk.audit import audit
from copydesk.database import Connection, transaction
from copydesk.pipeline import claim_batch, clean_batch, fetch_batch, load_batch, poll, validate_batch
from copydesk.settings import Settings

sys.path.insert(0, str(Path(__file__).parents[1]))
from hostile_feeds import rss
from hostile_server import MISDEEDS, HostileServer, hostile_server_in_thread

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of what Great Expectations imports

TRAM = (
    "The city council approved the new tram line to the harbour on Tuesday, after a debate of more than six hours.",
    "Work on the first section is to begin in the spring, said the mayor, and the first trams to run two years later.",
    "Residents of the old town had asked for a tunnel, which the council declined as it would have doubled the cost.",
)
HARVEST = (
    "Farmers in the north of the country expect the best harvest of the last ten years, an association said on Monday.",
    "The rains came late this year but were heavy in the weeks that mattered most, according to the weather service.",
    "Prices of wheat on the world market have fallen by a fifth since the summer, which worries many smaller farms.",
)


@pytest.fixture
def server() -> Iterator[HostileServer]:
    with hostile_server_in_thread() as server:
        yield server


@pytest.fixture
def site(server: HostileServer, monkeypatch: pytest.MonkeyPatch) -> Site:
    return Site(server, monkeypatch)


class Site:
    """A news site that is made path by path."""

    def __init__(self, server: HostileServer, monkeypatch: pytest.MonkeyPatch) -> None:
        self.url = server.url
        self._monkeypatch = monkeypatch

    def serve(self, path: str, response: dict[str, object]) -> None:
        async def answer(_request: web.Request) -> web.Response:
            return web.Response(**response)  # type: ignore[arg-type]

        self._monkeypatch.setitem(MISDEEDS, path, answer)

    def feed(self, *paths: str) -> str:
        items = "".join(f"<item><title>Story</title><link>{path}</link></item>" for path in paths)
        self.serve("/rss", {"body": rss(items), "content_type": "application/rss+xml"})
        return self.url("/rss")

    def page(self, path: str, title: str, paragraphs: tuple[str, ...], canonical: str | None = None) -> None:
        link = f'<link rel="canonical" href="{canonical}">' if canonical else ""
        text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
        body = f"<html lang=en><head><title>{title}</title>{link}</head><body><article><h1>{title}</h1>{text}</article>"
        self.serve(path, {"text": body, "content_type": "text/html"})

    def redirect(self, path: str, to: str) -> None:
        self.serve(path, {"status": 302, "headers": {"Location": to}})


def ingested(settings: Settings, *, rounds: int) -> None:
    """Poll once, and take up what there is so many times."""
    poll(settings)
    for _ in range(rounds):
        batch = claim_batch(settings, datetime.now(UTC))
        if batch is None:
            return
        fetch_batch(settings, batch)
        clean_batch(settings, batch, workers=1)
        validate_batch(settings, batch, datetime.now(UTC))
        load_batch(settings, batch, datetime.now(UTC))


def articles(connection: Connection, site: Site) -> list[tuple[str, str]]:
    with transaction(connection), connection.cursor() as cursor:
        assert audit(connection, datetime.now(UTC)).clean
        cursor.execute("SELECT url, title FROM news.articles ORDER BY url")
        return [(url.removeprefix(site.url("")), title) for url, title in cursor.fetchall()]


def outcomes(connection: Connection, site: Site) -> dict[str, str]:
    with transaction(connection), connection.cursor() as cursor:
        cursor.execute("SELECT url, outcome FROM ingest.entries")
        return {url.removeprefix(site.url("")): outcome for url, outcome in cursor.fetchall()}


def test_variants_and_their_original_are_one_article_under_the_originals_url(
    site: Site, settings: Settings, connection: Connection
) -> None:
    own, amp, mobile = "/2026/11/tram", "/amp/2026/11/tram", "/m/2026/11/tram"
    site.page(own, "Tram line approved", TRAM)
    site.page(amp, "Tram line approved", TRAM[:2], own)
    site.page(mobile, "Tram line approved", (*TRAM, "Follow us for more."), own)
    feeds.add(connection, [feeds.Wanted(site.feed(amp, mobile))])
    ingested(settings, rounds=2)
    assert articles(connection, site) == [(own, "Tram line approved")]
    assert set(outcomes(connection, site)) == {own, amp, mobile}


def test_a_page_that_claims_another_article_or_the_home_page_stays_an_article_of_its_own(
    site: Site, settings: Settings, connection: Connection
) -> None:
    own, liar, careless = "/2026/11/tram", "/2026/11/harvest", "/2026/11/more"
    site.page(own, "Tram line approved", TRAM)
    site.page(liar, "Best harvest", HARVEST, own)
    site.page(careless, "More of the harvest", (*HARVEST[::-1], TRAM[0]), site.url("/"))
    feeds.add(connection, [feeds.Wanted(site.feed(liar, careless))])
    ingested(settings, rounds=2)
    assert [url for url, _ in articles(connection, site)] == [liar, careless, own]
    assert "/" not in outcomes(connection, site)


def test_a_trackers_link_is_resolved_to_the_article_that_the_feed_of_the_site_lists_too(
    site: Site, settings: Settings, connection: Connection
) -> None:
    own = "/2026/11/tram"
    site.page(own, "Tram line approved", TRAM)
    site.redirect("/click", site.url(own) + "?utm_source=feed")
    tracker = site.url("/click").replace("127.0.0.1", "localhost")
    feeds.add(connection, [feeds.Wanted(site.feed(tracker, own))])
    ingested(settings, rounds=1)
    assert articles(connection, site) == [(own, "Tram line approved")]
    with transaction(connection), connection.cursor() as cursor:
        cursor.execute("SELECT url, leads_to FROM news.off_site_links")
        assert cursor.fetchall() == [(tracker, site.url(own) + "?utm_source=feed")]
