"""A web that answers from a table, and polls of it at instants that a test names."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta

import pytest

from copydesk import feeds
from copydesk.database import Connection, transaction
from copydesk.models import NotModified, Page
from copydesk.pipeline import Polled, poll
from copydesk.settings import Settings
from hostile_server import HostileServer, hostile_server_in_thread
from made_site import Site

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


@pytest.fixture
def server() -> Iterator[HostileServer]:
    with hostile_server_in_thread() as server:
        yield server


@pytest.fixture
def site(server: HostileServer, monkeypatch: pytest.MonkeyPatch) -> Site:
    return Site(server, monkeypatch)
