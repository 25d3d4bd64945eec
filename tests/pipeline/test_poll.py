"""Feeds that are due become entries; one that fails harms no other and is asked less and less often."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from copydesk import feeds
from copydesk.database import Connection, transaction
from copydesk.errors import PermanentPageError, TransientPageError, UsageError
from copydesk.models import NotModified, Outcome, Page, Reason
from copydesk.pipeline import Polled, poll
from copydesk.settings import Settings

NOW = datetime(2091, 5, 3, 12, tzinfo=UTC)  # later than the database's own now(), at which feeds.add makes them due
MINUTE, HOUR = timedelta(minutes=1), timedelta(hours=1)
ONE, TWO = "https://one.example/feed", "https://two.example/feed"
Answer = Page | NotModified | Exception


def feed(url: str, *titles: str, etag: str = "v1") -> Page:
    items = "".join(f"<item><title>{title}</title><link>{url}/{title}</link></item>" for title in titles)
    body = f'<rss version="2.0"><channel><title>News</title>{items}</channel></rss>'.encode()
    headers = {"content-type": "application/rss+xml", "etag": etag}
    return Page(url, url, 200, headers, body, NOW, hashlib.sha256(body).digest())


class Web:
    def __init__(self, answers: Mapping[str, Answer]) -> None:
        self.answers = dict(answers)
        self.asked: list[tuple[str, str | None]] = []

    async def fetch(self, url: str, *, etag: str | None = None, last_modified: str | None = None) -> Page | NotModified:
        self.asked.append((url, etag))
        answer = self.answers[url]
        if isinstance(answer, Exception):
            raise answer
        return answer


def polled(settings: Settings, web: Web, now: datetime = NOW) -> Polled:
    return poll(settings, fetcher=web, clock=lambda: now)


def subscribed(connection: Connection, *urls: str) -> None:
    feeds.add(connection, [feeds.Wanted(url, poll_seconds=600) for url in urls])


def rows(connection: Connection, text: str) -> list[tuple[object, ...]]:
    with transaction(connection), connection.cursor() as cursor:
        cursor.execute(text)
        return cursor.fetchall()


def test_items_become_entries_of_their_feed(settings: Settings, connection: Connection) -> None:
    subscribed(connection, ONE)
    assert polled(settings, Web({ONE: feed(ONE, "a", "b")})).sentence == "1 feeds asked, 1 with changes, 2 new"
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


def test_a_feed_that_fails_harms_no_other_and_says_why(settings: Settings, connection: Connection) -> None:
    subscribed(connection, ONE, TWO)
    broken = replace(feed(ONE), body=b"<html><p>Sorry</p></html>", headers={"content-type": "text/html"})
    done = polled(settings, Web({ONE: broken, TWO: feed(TWO, "a")}))
    assert (done.feeds, done.failed, done.added.new) == (2, 1, 1)
    states = rows(connection, "SELECT url, state, failures, last_error <> '' FROM news.feed_health ORDER BY url")
    assert states == [(ONE, "failing", 1, True), (TWO, "healthy", 0, None)]


def test_a_feed_that_broke_our_own_code_is_a_failed_feed(settings: Settings, connection: Connection) -> None:
    subscribed(connection, ONE)
    assert polled(settings, Web({ONE: ZeroDivisionError("oops")})).failed == 1
    assert rows(connection, "SELECT last_error FROM news.feed_health") == [
        ("fetching failed: ZeroDivisionError('oops')",)
    ]


def test_a_feed_that_recovers_is_healthy_again(settings: Settings, connection: Connection) -> None:
    subscribed(connection, ONE)
    web = Web({ONE: TransientPageError(ONE, Reason.TIMEOUT, "no answer in 30 s")})
    polled(settings, web)
    web.answers[ONE] = feed(ONE, "a")
    assert polled(settings, web, NOW + 24 * HOUR).added.new == 1
    assert rows(connection, "SELECT state, failures FROM news.feed_health") == [("healthy", 0)]


def test_a_poll_that_died_leaves_its_feeds_due_again_soon(settings: Settings, connection: Connection) -> None:
    subscribed(connection, ONE)

    class Dying(Web):
        async def fetch(
            self, url: str, *, etag: str | None = None, last_modified: str | None = None
        ) -> Page | NotModified:
            raise KeyboardInterrupt

    with contextlib.suppress(KeyboardInterrupt):
        polled(settings, Dying({}))
    web = Web({ONE: feed(ONE, "a")})
    assert polled(settings, web, NOW + MINUTE).feeds == 0
    assert polled(settings, web, NOW + 5 * MINUTE).feeds == 1


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


def test_a_feed_that_moved_for_good_is_asked_where_it_is_now(settings: Settings, connection: Connection) -> None:
    subscribed(connection, ONE)
    polled(settings, Web({ONE: replace(feed(ONE, "a"), final_url=TWO, moved_to=TWO)}))
    web = Web({TWO: feed(TWO, "a")})
    polled(settings, web, NOW + HOUR)
    assert web.asked == [(TWO, "v1")]


def test_a_feed_that_moved_for_good_remembers_its_old_url_and_is_not_added_again_under_it(
    settings: Settings, connection: Connection
) -> None:
    feeds.declare(connection, [feeds.Wanted(ONE)])
    polled(settings, Web({ONE: replace(feed(ONE, "a"), final_url=TWO, moved_to=TWO)}))
    assert feeds.declare(connection, [feeds.Wanted(ONE, "Mine")]) == {TWO: False}
    [known] = feeds.known(connection)
    assert (known.url, known.title, known.declared, known.former_urls) == (TWO, "Mine", True, [ONE])


def test_a_redirect_for_now_moves_nothing(settings: Settings, connection: Connection) -> None:
    subscribed(connection, ONE)
    polled(settings, Web({ONE: replace(feed(ONE, "a"), final_url=TWO)}))
    assert [known.url for known in feeds.known(connection)] == [ONE]


def test_a_feed_that_moved_to_where_another_one_is_leaves_the_polling_to_that_one(
    settings: Settings, connection: Connection
) -> None:
    subscribed(connection, ONE, TWO)
    polled(settings, Web({ONE: replace(feed(ONE, "a"), final_url=TWO, moved_to=TWO), TWO: feed(TWO, "a")}))
    one, two = feeds.known(connection)
    assert (one.state, two.state) == ("paused", "healthy")
    assert one.pause_reason == f"moved for good to {TWO}, which is polled as feed {two.feed_id}"


def gone(url: str) -> PermanentPageError:
    return PermanentPageError(url, Outcome.GONE, Reason.HTTP_GONE, "the server answered 410")


def test_a_feed_that_is_gone_is_paused_with_the_reason_and_a_person_may_resume_it(
    settings: Settings, connection: Connection
) -> None:
    feeds.declare(connection, [feeds.Wanted(ONE)])
    web = Web({ONE: gone(ONE), "https://one.example/": gone("https://one.example/")})
    polled(settings, web)
    assert rows(connection, "SELECT state, trouble, pause_reason FROM news.feed_health") == [
        ("paused", "gone", "gone: the server answered 410")
    ]
    feeds.declare(connection, [feeds.Wanted(ONE)])  # as at every start: what feeds.toml says is no new wish
    assert polled(settings, web, NOW + 48 * HOUR).feeds == 0
    assert feeds.resume(connection, [ONE]) == [ONE]
    web.answers[ONE] = feed(ONE, "a")
    assert polled(settings, web, NOW + 49 * HOUR).added.new == 1
    assert rows(connection, "SELECT state, trouble, pause_reason FROM news.feed_health") == [("healthy", None, None)]


def test_a_feed_that_became_a_page_is_told_with_the_feed_that_the_page_links(
    settings: Settings, connection: Connection
) -> None:
    subscribed(connection, ONE)
    there = b"<html><title>x</title><link rel=alternate type=application/rss+xml href=https://two.example/feed></html>"
    web = Web({ONE: replace(feed(ONE), body=there), TWO: feed(TWO, "a")})
    polled(settings, web)
    [known] = feeds.known(connection)
    assert (known.state, known.suggested_url, known.suggested_why) == (
        "failing",
        TWO,
        "the page that is there now links it",
    )
    assert feeds.move(connection, ONE) == TWO
    assert polled(settings, web, NOW + HOUR).added.new == 1
    [known] = feeds.known(connection)
    assert (known.url, known.state, known.former_urls) == (TWO, "healthy", [ONE])


def test_a_feed_that_is_lost_is_looked_for_at_its_sites_home_page_but_not_at_every_poll(
    settings: Settings, connection: Connection
) -> None:
    subscribed(connection, ONE)
    home, new = "https://one.example/", "https://one.example/new"
    lost = PermanentPageError(ONE, Outcome.GONE, Reason.NOT_FOUND, "the server answered 404")
    page = replace(feed(home), body=b"<html><link rel=alternate type=application/rss+xml href=/dead><title>x</title>")
    web = Web({ONE: lost, home: page, "https://one.example/dead": lost})
    for day in range(3):
        polled(settings, web, NOW + day * 24 * HOUR)
    assert [url for url, _ in web.asked] == [ONE, home, "https://one.example/dead", ONE, ONE]
    web.answers[home] = replace(page, body=page.body.replace(b"/dead", b"/new"))
    web.answers[new] = feed(new, "a")
    polled(settings, web, NOW + 96 * HOUR)
    assert feeds.known(connection)[0].suggested_url == new


def test_a_feed_that_says_that_it_is_elsewhere_is_believed_by_a_person_only(
    settings: Settings, connection: Connection
) -> None:
    subscribed(connection, ONE)
    document = feed(ONE, "a")
    says = f'<itunes:new-feed-url xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd">{TWO}</itunes:new-feed-url>'
    body = document.body.replace(b"<title>News", says.encode() + b"<title>News")
    web = Web({ONE: replace(document, body=body, content_hash=b"other"), TWO: feed(TWO, "a")})
    polled(settings, web)
    [known] = feeds.known(connection)
    assert (known.url, known.state, known.suggested_url) == (ONE, "healthy", TWO)
    web.answers[ONE] = replace(document, body=body.replace(b">a<", b">b<"), content_hash=b"more")
    polled(settings, web, NOW + HOUR)
    assert feeds.known(connection)[0].suggested_url == TWO
    assert [url for url, _ in web.asked] == [ONE, TWO, ONE]


def test_a_feed_that_gives_a_wrong_address_of_itself_suggests_nothing(
    settings: Settings, connection: Connection
) -> None:
    subscribed(connection, ONE)
    document = feed(ONE, "a")
    wrong = f'<atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="self" href="{TWO}"/>'
    body = document.body.replace(b"<title>News", wrong.encode() + b"<title>News")
    web = Web({ONE: replace(document, body=body), TWO: PermanentPageError(TWO, Outcome.GONE, Reason.NOT_FOUND, "404")})
    polled(settings, web)
    assert feeds.known(connection)[0].suggested_url is None


def test_moving_a_feed_to_another_feeds_url_or_nowhere_is_an_error(connection: Connection) -> None:
    subscribed(connection, ONE, TWO)
    with pytest.raises(UsageError, match="nothing suggests"):
        feeds.move(connection, ONE)
    with pytest.raises(UsageError, match="is feed 2 already"):
        feeds.move(connection, ONE, TWO)
    with pytest.raises(UsageError, match="no feed"):
        feeds.move(connection, "https://nobody.example/", TWO)


def test_a_feed_that_fails_five_times_in_a_row_is_broken(settings: Settings, connection: Connection) -> None:
    subscribed(connection, ONE)
    web = Web({ONE: TransientPageError(ONE, Reason.TIMEOUT, "no answer in 30 s")})
    states = []
    for day in range(5):
        polled(settings, web, NOW + day * 24 * HOUR)
        states.append(feeds.known(connection)[0].state)
    assert states == ["failing"] * 4 + ["broken"]
    assert rows(connection, "SELECT trouble FROM news.feed_health") == [("later",)]


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
