"""A feed that fails harms no other, says why, and is healthy again when it recovers."""

from __future__ import annotations

import contextlib
from dataclasses import replace

import pytest
from tests.pipeline.conftest import HOUR, MINUTE, NOW, ONE, TWO, Web, feed, polled, rows, subscribed

from copydesk import feeds, sites
from copydesk.database import Connection, transaction
from copydesk.discover.select import MAX_FEED_ENTRIES
from copydesk.errors import DatabaseError, PermanentPageError, TransientPageError
from copydesk.models import NotModified, Outcome, Page, Reason
from copydesk.settings import Settings


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


def test_a_database_that_is_away_for_the_scoreboard_is_no_failure_of_a_feed(
    settings: Settings, connection: Connection
) -> None:
    subscribed(connection, ONE)
    with pytest.raises(DatabaseError, match="server closed"):
        polled(settings, Web({ONE: DatabaseError("server closed the connection unexpectedly")}))
    assert rows(connection, "SELECT failures, last_status FROM ingest.feeds") == [(0, None)]


def test_a_feed_that_is_removed_while_it_is_asked_harms_no_other(settings: Settings, connection: Connection) -> None:
    subscribed(connection, ONE, TWO)

    class Removing(Web):
        async def fetch(
            self, url: str, *, etag: str | None = None, last_modified: str | None = None
        ) -> Page | NotModified:
            if url == ONE:
                feeds.remove(connection, [ONE])
            return await super().fetch(url, etag=etag, last_modified=last_modified)

    done = polled(settings, Removing({ONE: feed(ONE, "a"), TWO: feed(TWO, "b")}))
    assert (done.failed, done.added.new) == (1, 1)
    assert rows(connection, "SELECT url, state FROM news.feed_health") == [(TWO, "healthy")]


def test_a_document_that_breaks_its_reader_harms_no_other_feed(settings: Settings, connection: Connection) -> None:
    subscribed(connection, ONE, TWO)
    name = f"<urlset><{'a' * 60_000}/></urlset>".encode()  # longer than the parser of XML takes
    done = polled(settings, Web({ONE: replace(feed(ONE), body=name), TWO: feed(TWO, "a")}))
    assert (done.feeds, done.failed, done.added.new) == (2, 1, 1)
    assert "the document broke its reader" in str(rows(connection, "SELECT max(last_error) FROM news.feed_health")[0])


def test_a_flood_of_items_is_bounded_and_what_is_beyond_is_told(settings: Settings, connection: Connection) -> None:
    subscribed(connection, ONE)
    done = polled(settings, Web({ONE: feed(ONE, *map(str, range(MAX_FEED_ENTRIES + 7)))}))
    assert done.added.new == MAX_FEED_ENTRIES
    assert rows(connection, "SELECT state, items, last_error FROM news.feed_health") == [
        ("healthy", MAX_FEED_ENTRIES, "items left out: 7 (beyond the 5,000 newest, which are all that is taken)")
    ]


def test_a_feed_asks_for_so_many_visits_a_day_and_for_the_rest_later(
    settings: Settings, connection: Connection
) -> None:
    few = replace(settings, feed_visits_a_day=3)
    subscribed(connection, ONE, TWO)
    web = Web({ONE: feed(ONE, *"abcde"), TWO: feed(TWO, "a", "b")})
    added = polled(few, web).added
    assert (added.new, added.beyond) == (5, 2)
    health = "SELECT last_error FROM news.feed_health WHERE url LIKE '%one%'"
    assert rows(connection, health) == [("items left for later: 2 (COPYDESK_FEED_VISITS_A_DAY is reached)",)]
    assert polled(few, web, NOW + 20 * HOUR).added.new == 0
    web.asked.clear()
    assert polled(few, web, NOW + 30 * HOUR).added.new == 2
    assert (ONE, None) in web.asked
    assert rows(connection, health) == [(None,)]


def test_an_operator_who_wants_all_items_visited_again_gets_them(settings: Settings, connection: Connection) -> None:
    few = replace(settings, feed_visits_a_day=1)
    subscribed(connection, ONE)
    feeds.make_due(connection, [ONE], revisit=True)
    assert polled(few, Web({ONE: feed(ONE, *"abc")})).added.new == 3


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


def test_a_feed_that_fails_five_times_in_a_row_is_broken(settings: Settings, connection: Connection) -> None:
    subscribed(connection, ONE)
    web = Web({ONE: TransientPageError(ONE, Reason.TIMEOUT, "no answer in 30 s")})
    states = []
    for day in range(5):
        polled(settings, web, NOW + day * 24 * HOUR)
        states.append(feeds.known(connection)[0].state)
    assert states == ["failing"] * 4 + ["broken"]
    assert rows(connection, "SELECT trouble FROM news.feed_health") == [("later",)]


def test_a_feed_that_was_refused_is_asked_at_once_when_an_operator_lets_us(
    settings: Settings, connection: Connection
) -> None:
    subscribed(connection, ONE, TWO)
    web = Web({url: PermanentPageError(url, Outcome.REFUSED, Reason.BLOCKED, "a lawsuit") for url in (ONE, TWO)})
    assert polled(settings, web).failed == 2
    web.answers = {ONE: feed(ONE, "a"), TWO: feed(TWO, "b")}
    for wanted, asked in ((sites.Wanted(blocked_because="a lawsuit", pause_seconds=1), 0), (sites.Wanted(), 1)):
        with transaction(connection):
            sites.put(connection, "one.example", wanted, NOW)
        assert polled(settings, web, NOW + HOUR).feeds == asked
    assert rows(connection, "SELECT url, state FROM news.feed_health ORDER BY url") == [
        (ONE, "healthy"),
        (TWO, "failing"),
    ]
