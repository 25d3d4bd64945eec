"""Feeds that are due become entries; one that fails harms no other and is asked less and less often."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from copydesk import feeds
from copydesk.database import Connection, transaction
from copydesk.errors import TransientPageError
from copydesk.models import NotModified, Page, Reason
from copydesk.pipeline import Polled, poll
from copydesk.pipeline.poll import next_poll_after_failure
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


def test_the_wait_after_failures_doubles_up_to_a_day_and_heeds_the_server() -> None:
    waits = [next_poll_after_failure(600, failures, NOW) - NOW for failures in (0, 1, 2, 30)]
    assert waits == [10 * MINUTE, 20 * MINUTE, 40 * MINUTE, 24 * HOUR]
    assert next_poll_after_failure(600, 0, NOW, NOW + 2 * HOUR) == NOW + 2 * HOUR


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


def test_a_declared_or_known_feed_that_moved_stays_and_says_so(settings: Settings, connection: Connection) -> None:
    feeds.declare(connection, [feeds.Wanted(ONE)])
    polled(settings, Web({ONE: replace(feed(ONE, "a"), final_url=TWO, moved_to=TWO)}))
    assert rows(connection, "SELECT url, last_error FROM ingest.feeds") == [(ONE, f"moved for good to {TWO}")]
