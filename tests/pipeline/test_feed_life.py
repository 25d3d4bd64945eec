"""The life of one feed, on a real server and by an injected clock: busy, quiet, in trouble, moved, gone, resumed."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import pytest
from aiohttp import web

from copydesk import feeds
from copydesk.database import Connection, transaction
from copydesk.fetch import Fetcher
from copydesk.models import NotModified, Page
from copydesk.pipeline import Polled, poll
from copydesk.settings import Settings

sys.path.insert(0, str(Path(__file__).parents[1]))
from hostile_server import MISDEEDS, HostileServer, hostile_server_in_thread

START = datetime(2091, 5, 7, tzinfo=UTC)  # a Monday later than the database's own now(), at which feeds.add makes due
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SY = 'xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"'


class Publisher:
    """A feed with a memory of its items, and what its server answers instead of it."""

    def __init__(self) -> None:
        self.now = START
        self.items: list[tuple[int, datetime]] = []
        self.channel = ""
        self.headers: dict[str, str] = {}
        self.instead: web.Response | None = None
        self.lies_304 = False
        self.asked: list[bool] = []  # was the request conditional?

    def publish(self, count: int) -> None:
        self.items += [(len(self.items) + number, self.now) for number in range(count)]

    def document(self) -> str:
        items = "".join(
            f"<item><title>Story {number}</title><link>/story/{number}</link>"
            f"<pubDate>{format_datetime(at)}</pubDate></item>"
            for number, at in self.items[-20:]
        )
        return f'<rss version="2.0"><channel><title>The Wire</title>{self.channel}{items}</channel></rss>'

    async def answer(self, request: web.Request) -> web.Response:
        self.asked.append("If-None-Match" in request.headers)
        if self.instead is not None:
            return web.Response(status=self.instead.status, body=self.instead.body, headers=self.instead.headers)
        if self.lies_304 and "If-None-Match" in request.headers:
            return web.Response(status=304)
        headers = {"ETag": f'"{len(self.items)}"', "Content-Type": "application/rss+xml", **self.headers}
        if request.headers.get("If-None-Match") == headers["ETag"]:
            return web.Response(status=304, headers=headers)
        return web.Response(text=self.document(), headers=headers)


class Life:
    """The feed as the database knows it, polled when it is due."""

    def __init__(self, settings: Settings, connection: Connection, publisher: Publisher) -> None:
        self.settings = settings
        self.connection = connection
        self.publisher = publisher

    async def fetch(self, url: str, *, etag: str | None = None, last_modified: str | None = None) -> Page | NotModified:
        async with Fetcher(self.settings, clock=lambda: self.publisher.now) as fetcher:
            return await fetcher.fetch(url, etag=etag, last_modified=last_modified)

    def poll(self) -> Polled:
        return poll(self.settings, fetcher=self, clock=lambda: self.publisher.now)

    def poll_when_due(self) -> Polled:
        """Let time pass until the feed is due, and ask it; not a second before."""
        due = self.health("next_poll_at")
        self.publisher.now = max(self.publisher.now, due - timedelta(seconds=1))
        if self.publisher.now < due:
            assert self.poll().feeds == 0
            self.publisher.now = due
        return self.poll()

    def live(self, days: float, items_an_hour: float) -> int:
        """So many days, publishing evenly; how many new items were found."""
        until, found, owed = self.publisher.now + days * DAY, 0, 0.0
        while (due := self.health("next_poll_at")) < until:
            owed += (due - self.publisher.now) / HOUR * items_an_hour
            self.publisher.now = due
            self.publisher.publish(int(owed))
            owed -= int(owed)
            found += self.poll().added.new
        return found

    def health(self, *columns: str) -> Any:  # noqa: ANN401 - a value or several, as the columns are
        with transaction(self.connection), self.connection.cursor() as cursor:
            cursor.execute(f"SELECT {', '.join(columns)} FROM news.feed_health")  # noqa: S608 - the test's own words
            row = cursor.fetchone()
        assert row is not None
        return row if len(columns) > 1 else row[0]


@pytest.fixture
def server() -> Iterator[HostileServer]:
    with hostile_server_in_thread() as server:
        yield server


@pytest.fixture
def publisher(monkeypatch: pytest.MonkeyPatch) -> Publisher:
    publisher = Publisher()
    for path in ("/wire", "/new-wire"):
        monkeypatch.setitem(MISDEEDS, path, publisher.answer)
    return publisher


@pytest.fixture
def life(settings: Settings, connection: Connection, server: HostileServer, publisher: Publisher) -> Life:
    feeds.add(connection, [feeds.Wanted(server.url("/wire"))])
    return Life(settings, connection, publisher)


def test_a_feed_is_asked_as_often_as_it_is_worth_and_says_why(life: Life) -> None:
    assert life.health("state") == "new"
    life.publisher.publish(3)
    assert life.poll().added.new == 3
    assert life.health("state", "newest_item_at", "last_new_at") == ("healthy", START, START)

    assert life.live(days=0.3, items_an_hour=6) > 30
    busy = life.health("poll_seconds")
    assert 60 <= busy <= 600
    assert "new items an hour" in life.health("poll_why")

    life.live(days=4, items_an_hour=0)
    asleep = life.health("poll_seconds")
    assert 3 * busy < asleep <= 24 * 3600
    assert life.publisher.now - life.health("last_new_at") > 3.5 * DAY  # freshness tells the silence

    life.publisher.publish(5)
    life.poll_when_due()
    assert life.health("poll_seconds") < asleep / 2


def test_the_contents_hash_is_the_truth_and_304_a_hint(life: Life) -> None:
    life.publisher.publish(1)
    life.poll()
    life.publisher.lies_304 = True
    life.publisher.publish(2)
    found = 0
    while not found and life.publisher.now < START + 5 * DAY:
        found = life.poll_when_due().added.new
    assert found == 2  # a server that says 304 for ever is asked unconditionally now and then
    assert life.publisher.now - START < 4 * DAY
    assert life.publisher.asked.count(False) == 2


@pytest.mark.parametrize(
    ("channel", "headers", "why"),
    [
        ("<ttl>10</ttl>", {}, "ttl"),
        (
            f"<sy:updatePeriod {SY}>hourly</sy:updatePeriod><sy:updateFrequency {SY}>6</sy:updateFrequency>",
            {},
            "sy:updatePeriod",
        ),
        ("", {"Cache-Control": "public, max-age=600"}, "Cache-Control"),
    ],
    ids=["ttl", "sy", "cache-control"],
)
def test_a_feeds_wishes_are_obeyed_and_told(life: Life, channel: str, headers: dict[str, str], why: str) -> None:
    life.publisher.channel, life.publisher.headers = channel, headers
    life.publisher.publish(20)
    life.poll()
    life.live(days=0.5, items_an_hour=60)
    seconds, told = life.health("poll_seconds", "poll_why")
    assert (seconds, why in told) == (600, True)


HOURS = "".join(f"<hour>{hour}</hour>" for hour in range(18))


@pytest.mark.parametrize(
    ("channel", "days", "hours"),
    [
        (f"<skipHours>{HOURS}</skipHours>", {0, 1, 2, 3}, set(range(18, 24))),
        ("<skipDays><day>Wednesday</day></skipDays>", {0, 1, 3}, set(range(24))),
    ],
    ids=["hours", "days"],
)
def test_hours_and_days_that_a_feed_wants_skipped_are_skipped(
    life: Life, channel: str, days: set[int], hours: set[int]
) -> None:
    life.publisher.channel = channel
    life.publisher.now = START + 18 * HOUR
    life.publisher.publish(1)
    life.poll()
    polls = []
    while life.publisher.now < START + 3 * DAY + 23 * HOUR:
        life.poll_when_due()
        polls.append(life.publisher.now)
    assert {polled.weekday() for polled in polls[:-1]} == days
    assert {polled.hour for polled in polls} <= hours


@pytest.mark.parametrize("form", ["seconds", "date"])
def test_retry_after_is_obeyed_in_both_forms(life: Life, form: str) -> None:
    life.publisher.publish(1)
    life.poll()
    wish = "7200" if form == "seconds" else format_datetime(life.publisher.now + 2 * HOUR, usegmt=True)
    life.publisher.instead = web.Response(status=503, headers={"Retry-After": wish})
    life.publisher.now = life.health("next_poll_at")
    asked_at = life.publisher.now
    if form == "date":
        wish = format_datetime(asked_at + 2 * HOUR, usegmt=True)
        life.publisher.instead = web.Response(status=503, headers={"Retry-After": wish})
    life.poll()
    state, trouble, following = life.health("state", "trouble", "next_poll_at")
    assert (state, trouble, following) == ("failing", "later", asked_at + 2 * HOUR)


def test_troubles_are_graded_told_and_forgotten_when_they_pass(life: Life, server: HostileServer) -> None:
    life.publisher.publish(1)
    life.poll()
    life.publisher.instead = web.Response(status=500)
    seen = []
    for _ in range(5):
        life.poll_when_due()
        seen.append(life.health("state", "trouble", "failures"))
    assert seen[0] == ("failing", "later", 1)
    assert seen[-1] == ("broken", "later", 5)
    assert life.health("next_poll_at") - life.publisher.now <= DAY

    life.publisher.instead = web.Response(text="<html><title>Moved on</title></html>", content_type="text/html")
    life.poll_when_due()
    assert life.health("trouble", "last_error") == ("wrong", "is an HTML page, not a feed")

    life.publisher.instead = None
    life.publisher.publish(1)
    assert life.poll_when_due().added.new == 1
    assert life.health("state", "trouble", "failures", "last_error") == ("healthy", None, 0, None)


def test_a_feed_is_followed_where_it_moves_and_paused_when_it_is_gone(life: Life, server: HostileServer) -> None:
    life.publisher.publish(1)
    life.poll()
    old, new = server.url("/wire"), server.url("/new-wire")
    [known] = feeds.known(life.connection)

    async def moved(_request: web.Request) -> web.Response:
        return web.Response(status=301, headers={"Location": "/new-wire"})

    MISDEEDS["/wire"] = moved
    life.publisher.publish(1)
    assert life.poll_when_due().added.new == 1
    assert life.health("feed_id", "url", "former_urls") == (known.feed_id, new, [old])

    life.publisher.instead = web.Response(status=410)
    life.poll_when_due()
    assert life.health("state", "trouble", "pause_reason") == ("paused", "gone", "gone: the server answered 410")
    life.publisher.now += 30 * DAY
    assert life.poll().feeds == 0

    life.publisher.instead = None
    life.publisher.publish(1)
    feeds.resume(life.connection, [new])
    assert life.poll().added.new == 1
    assert life.health("state", "pause_reason") == ("healthy", None)
