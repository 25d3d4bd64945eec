"""Feeds that are due become entries, and each is asked as often as it is worth."""

from __future__ import annotations

import asyncio
import hashlib
from dataclasses import replace
from datetime import datetime

from tests.pipeline.conftest import HOUR, MINUTE, NOW, ONE, TWO, Web, feed, polled, rows, subscribed

from copydesk import feeds
from copydesk.database import Connection, transaction
from copydesk.errors import HeldPageError, TransientPageError
from copydesk.models import NotModified, Page, Reason
from copydesk.pipeline import poll
from copydesk.pipeline.poll import SITES_AT_ONCE
from copydesk.settings import Settings


def test_items_become_entries_of_their_feed(settings: Settings, connection: Connection) -> None:
    subscribed(connection, ONE)
    assert polled(settings, Web({ONE: feed(ONE, "a", "b")})).sentence == "1 feed asked, 1 with changes, 2 new"
    assert rows(connection, "SELECT title, feed_id, source FROM ingest.entries ORDER BY title") == [
        ("a", 1, "feed"),
        ("b", 1, "feed"),
    ]
    assert rows(connection, "SELECT title, state, last_error FROM news.feed_health") == [("News", "healthy", None)]


def test_a_feed_that_is_not_due_is_not_asked(settings: Settings, connection: Connection) -> None:
    subscribed(connection, ONE)
    web = Web({ONE: feed(ONE, "a")})
    polled(settings, web)
    assert polled(settings, web, NOW + 9 * MINUTE).feeds == 0
    assert polled(settings, web, NOW + 24 * HOUR).feeds == 1


def test_an_unchanged_document_is_not_read_again(settings: Settings, connection: Connection) -> None:
    subscribed(connection, ONE)
    web = Web({ONE: feed(ONE, "a")})
    polled(settings, web)
    assert polled(settings, web, NOW + 24 * HOUR).changed == 0
    web.answers[ONE] = NotModified(ONE, {}, NOW)
    assert polled(settings, web, NOW + 48 * HOUR).changed == 0
    assert web.asked == [(ONE, None), (ONE, "v1"), (ONE, "v1")]


def test_a_wish_for_new_visits_reads_even_an_unchanged_document_and_is_met_once(
    settings: Settings, connection: Connection
) -> None:
    subscribed(connection, ONE)
    web = Web({ONE: feed(ONE, "a")})
    polled(settings, web)
    with transaction(connection), connection.cursor() as cursor:
        cursor.execute(
            "UPDATE ingest.entries SET stage = 'done', outcome = 'gone', reason = 'not-found', finished_at = %s", (NOW,)
        )
        cursor.execute("UPDATE ingest.feeds SET next_poll_at = %s, revisit_before = %s", (NOW + MINUTE, NOW + MINUTE))
    assert polled(settings, web, NOW + MINUTE).added.revisits == 1
    assert web.asked[-1] == (ONE, None)
    assert rows(connection, "SELECT revisit_before FROM ingest.feeds") == [(None,)]


def test_a_busy_feed_is_asked_sooner_than_a_quiet_one_and_says_why(settings: Settings, connection: Connection) -> None:
    feeds.add(connection, [feeds.Wanted(ONE), feeds.Wanted(TWO)])
    for hour in range(8):
        busy = feed(ONE, *(f"{hour}-{number}" for number in range(10)))
        with transaction(connection), connection.cursor() as cursor:
            cursor.execute("UPDATE ingest.feeds SET next_poll_at = %s", (NOW + hour * HOUR,))
        polled(settings, Web({ONE: busy, TWO: feed(TWO, "a")}), NOW + hour * HOUR)
    found = rows(connection, "SELECT poll_seconds, poll_why FROM news.feed_health ORDER BY url")
    (busy_seconds, busy_why), (quiet_seconds, _) = found
    assert 60 <= busy_seconds < quiet_seconds
    assert "items an hour" in str(busy_why)


def test_an_operators_interval_is_kept(settings: Settings, connection: Connection) -> None:
    subscribed(connection, ONE)
    polled(settings, Web({ONE: feed(ONE, *map(str, range(50)))}))
    assert rows(connection, "SELECT poll_seconds, next_poll_at FROM ingest.feeds") == [(600, NOW + 10 * MINUTE)]


def test_a_feed_is_asked_unconditionally_now_and_then(settings: Settings, connection: Connection) -> None:
    subscribed(connection, ONE)
    web = Web({ONE: feed(ONE, "a")})
    polled(settings, web)
    web.answers[ONE] = NotModified(ONE, {}, NOW)
    for days in (1, 2, 4):
        polled(settings, web, NOW + days * 24 * HOUR)
    assert [etag for _, etag in web.asked] == [None, "v1", "v1", None]


def test_links_off_the_feeds_site_are_kept_flagged_and_counted(settings: Settings, connection: Connection) -> None:
    subscribed(connection, ONE)
    document = feed(ONE, "a")
    item = b"<item><title>b</title><link>//tracker.example/click?to=1</link></item></channel>"
    polled(settings, Web({ONE: replace(document, body=document.body.replace(b"</channel>", item))}))
    assert rows(connection, "SELECT feed_url, url, domain FROM news.off_site_links") == [
        (ONE, "https://tracker.example/click?to=1", "tracker.example")
    ]
    assert rows(connection, "SELECT items, off_site_items FROM news.feed_health") == [(2, 1)]


def test_freshness_is_when_the_newest_item_was_published_and_when_something_new_was_found(
    settings: Settings, connection: Connection
) -> None:
    subscribed(connection, ONE)
    dated = feed(ONE, "a").body.replace(b"</item>", b"<pubDate>Thu, 03 May 2091 08:00:00 GMT</pubDate></item>")
    web = Web({ONE: replace(feed(ONE, "a"), body=dated)})
    polled(settings, web)
    polled(settings, web, NOW + 24 * HOUR)
    assert rows(connection, "SELECT newest_item_at, last_new_at, last_read_at FROM news.feed_health") == [
        (NOW - 4 * HOUR, NOW, NOW + 24 * HOUR)
    ]


def test_a_page_of_links_is_polled_as_a_feed(settings: Settings, connection: Connection) -> None:
    feeds.add(connection, [feeds.Wanted(ONE, kind="page")])

    def page(*numbers: int) -> Page:
        links = "".join(f"<h2><a href=/news/2091/05/story-{n}>Story number {n} of today</a></h2>" for n in numbers)
        return replace(feed(ONE), body=f"<html><title>News</title>{links}".encode(), content_hash=str(numbers).encode())

    assert polled(settings, Web({ONE: page(1, 2, 3)})).added.new == 3
    assert polled(settings, Web({ONE: page(4, 1, 2, 3)}), NOW + 24 * HOUR).added.new == 1
    assert rows(connection, "SELECT DISTINCT source FROM ingest.entries") == [("page",)]


def test_an_index_of_sitemaps_is_polled_as_one_feed(settings: Settings, connection: Connection) -> None:
    subscribed(connection, ONE)
    first, second = "https://one.example/first.xml", "https://one.example/second.xml"

    def document(url: str, name: str, rows: str) -> Page:
        body = f'<{name} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{rows}</{name}>'.encode()
        return Page(url, url, 200, {"etag": "v1"}, body, NOW, hashlib.sha256(body).digest())

    def index(*dated: tuple[str, datetime]) -> Page:
        rows = (f"<sitemap><loc>{url}</loc><lastmod>{date.isoformat()}</lastmod></sitemap>" for url, date in dated)
        return document(ONE, "sitemapindex", "".join(rows))

    def sitemap(url: str, *dated: tuple[str, datetime]) -> Page:
        rows = (f"<url><loc>/{path}</loc><lastmod>{date.isoformat()}</lastmod></url>" for path, date in dated)
        return document(url, "urlset", "".join(rows))

    web = Web({ONE: index((first, NOW - HOUR), (second, NOW - 2 * HOUR))})
    web.answers |= {first: sitemap(first, ("a", NOW - HOUR)), second: sitemap(second, ("b", NOW - 2 * HOUR))}
    assert polled(settings, web).added.new == 2
    later = NOW + 24 * HOUR
    web.answers[ONE] = index((first, NOW - HOUR), (second, later))
    web.answers[second] = sitemap(second, ("c", later), ("b", NOW - 2 * HOUR))
    web.asked.clear()
    assert polled(settings, web, later).added.new == 1
    assert web.asked == [(ONE, None), (second, None)]
    assert rows(connection, "SELECT items, newest_item_at FROM news.feed_health") == [(2, later)]


class SlowSite(Web):
    """Feeds of one site that answer only when the other one's has been asked."""

    def __init__(self, answers: dict[str, Page]) -> None:
        super().__init__(answers)
        self.other = asyncio.Event()

    async def fetch(self, url: str, *, etag: str | None = None, last_modified: str | None = None) -> Page | NotModified:
        if url == TWO:
            self.other.set()
        await asyncio.wait_for(self.other.wait(), 10)
        return await super().fetch(url, etag=etag, last_modified=last_modified)


def test_the_many_feeds_of_a_slow_site_hold_up_no_others(settings: Settings, connection: Connection) -> None:
    slow = [f"https://slow.example/{number}" for number in range(30)]
    subscribed(connection, *slow)
    subscribed(connection, TWO)
    with transaction(connection), connection.cursor() as cursor:
        cursor.execute("UPDATE ingest.feeds SET next_poll_at = next_poll_at + feed_id * interval '1 second'")
    found = polled(settings, SlowSite({url: feed(url, "a") for url in (*slow, TWO)}))
    assert (found.feeds, found.failed) == (31, 0)


def test_what_a_poll_had_no_time_for_is_due_at_once(settings: Settings, connection: Connection) -> None:
    urls = [f"https://one.example/{number}" for number in range(3)]
    subscribed(connection, *urls)
    web = Web({url: feed(url, "a") for url in urls})
    for feeds_so_far in (1, 2, 3):
        assert poll(settings, fetcher=web, clock=lambda: NOW, seconds=0.0).feeds == 1
        assert len(web.asked) == feeds_so_far


def test_of_more_sites_than_are_asked_at_once_those_that_time_does_not_reach_are_due_at_once(
    settings: Settings, connection: Connection
) -> None:
    urls = [f"https://site{number}.example/feed" for number in range(SITES_AT_ONCE + 5)]
    subscribed(connection, *urls)
    web = Web({url: feed(url, "a") for url in urls})
    assert poll(settings, fetcher=web, clock=lambda: NOW, seconds=0.0).feeds == SITES_AT_ONCE
    assert poll(settings, fetcher=web, clock=lambda: NOW, seconds=0.0).feeds == 5


def test_a_feed_whose_site_is_to_be_left_alone_is_put_off_and_has_not_failed(
    settings: Settings, connection: Connection
) -> None:
    subscribed(connection, ONE)
    web = Web({ONE: HeldPageError(ONE, Reason.RATE_LIMITED, "left alone", retry_at=NOW + HOUR, site="one.example")})
    assert polled(settings, web).feeds == 0
    state = "SELECT next_poll_at, failures, last_status, last_error FROM ingest.feeds"
    assert rows(connection, state) == [(NOW + HOUR, 0, "held", "left alone")]
    web.answers[ONE] = feed(ONE, "a")
    assert polled(settings, web, NOW + HOUR).added.new == 1
    assert rows(connection, "SELECT last_error FROM ingest.feeds") == [(None,)]


def test_a_failure_that_passed_is_not_told_any_more(settings: Settings, connection: Connection) -> None:
    subscribed(connection, ONE)
    web = Web({ONE: feed(ONE, "a")})
    polled(settings, web)
    web.answers[ONE] = TransientPageError(ONE, Reason.TIMEOUT, "no answer")
    polled(settings, web, NOW + 24 * HOUR)
    web.answers[ONE] = NotModified(ONE, {}, NOW)
    polled(settings, web, NOW + 72 * HOUR)
    assert rows(connection, "SELECT state, last_error FROM news.feed_health") == [("healthy", None)]
