"""The doors without Airflow: the application in this process, on a database of the test's own."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import httpx
import pytest
import uvicorn
from aiohttp import web
from starlette.applications import Starlette
from starlette.routing import Mount
from tests.web.hub import Hub, rss

from copydesk.database import Connection, query, transaction
from copydesk.push import sources, subscriber, subscriptions
from copydesk.push.hubs import Hubs
from copydesk.push.intent import State, Subscription
from copydesk.push.signing import sign
from copydesk.push.subscriber import Feed
from copydesk.settings import Settings
from copydesk.web.door import Door
from copydesk.web.nudge import Nudger
from copydesk.web.push import URL_PREFIX, push_app


@dataclass
class Clock:
    """A clock that stands until a test moves it."""

    now: datetime = field(default_factory=lambda: datetime(2026, 5, 4, 12, 0, tzinfo=UTC))

    def __call__(self) -> datetime:
        return self.now

    def move(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@dataclass
class Partner:
    """A partner with its secret, and a way to knock."""

    name: str
    secret: str
    client: httpx.AsyncClient
    clock: Clock

    async def push(self, message: object, **headers: str) -> httpx.Response:
        body = message if isinstance(message, bytes) else json.dumps(message).encode()
        signed = self.headers(body) | {name.replace("_", "-"): value for name, value in headers.items()}
        return await self.client.post(f"/{self.name}", content=body, headers=signed)

    async def receipt(self, receipt_id: str) -> httpx.Response:
        return await self.client.get(f"/{self.name}/receipts/{receipt_id}", headers=self.headers(receipt_id.encode()))

    def headers(self, signed: bytes) -> dict[str, str]:
        stamp = int(self.clock.now.timestamp())
        return {
            "content-type": "application/json",
            "x-copydesk-timestamp": str(stamp),
            "x-copydesk-signature": sign(self.secret, stamp, signed),
        }


@dataclass
class Books:
    """What is in the database, without what is not asked for."""

    connection: Connection
    door: Door

    def entries(self) -> list[tuple[str, str]]:
        with transaction(self.connection), self.connection.cursor() as cursor:
            cursor.execute("SELECT canonical_url, source FROM ingest.entries ORDER BY entry_id")
            return cursor.fetchall()

    async def refusals(self) -> dict[tuple[str, str, str], int]:
        await self.door.write_ledger()
        with transaction(self.connection), self.connection.cursor() as cursor:
            cursor.execute("SELECT door, source, reason, sum(count)::integer FROM news.push_refusals GROUP BY 1, 2, 3")
            return {(door, source, reason): count for door, source, reason, count in cursor.fetchall()}

    def rows(self, name: str, **parameters: object) -> list[object]:
        with transaction(self.connection):
            return query(self.connection, name, parameters)


class Told(Nudger):
    """Writes down what Airflow would be told."""

    def __init__(self) -> None:
        self.assets: list[str] = []

    def tell(self, asset: str) -> None:
        self.assets.append(asset)

    async def close(self) -> None:
        pass


@pytest.fixture
def told(door: Door) -> Told:
    """For tests of a door that tells Airflow itself; without this it does not."""
    door.nudger = Told()
    return door.nudger


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def door(settings: Settings, clock: Clock) -> Door:
    return Door(settings=lambda: settings, clock=clock, partners_seconds=0)


@pytest.fixture
def books(connection: Connection, door: Door) -> Books:
    return Books(connection, door)


@pytest.fixture
async def client(door: Door) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(app=push_app(door))
    async with httpx.AsyncClient(transport=transport, base_url="http://copydesk.test") as client:
        yield client
    await door.close()


@pytest.fixture
def partner(connection: Connection, client: httpx.AsyncClient, clock: Clock) -> Partner:
    with transaction(connection):
        secret = sources.add(connection, "wire", ["example.org", "example.com"], clock.now)
    return Partner("wire", secret, client, clock)


@pytest.fixture
async def hub() -> AsyncIterator[Hub]:
    hub = Hub()
    runner = web.AppRunner(hub.app())
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    hub.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    hub.feed_body = rss(hub.url, "one")
    yield hub
    await hub.settle()
    await runner.cleanup()


@pytest.fixture
async def public_url(door: Door) -> AsyncIterator[str]:
    """Where hubs reach the doors: a real server, mounted as Airflow does it."""
    app = Starlette(routes=[Mount(URL_PREFIX, push_app(door))])
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="warning", lifespan="off"))
    running = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 - uvicorn has no event for it
        await asyncio.sleep(0.01)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    await running
    await door.close()


@dataclass
class Desk:
    """Our side: a feed in the books, and what people and keep_house do about it."""

    connection: Connection
    settings: Settings
    clock: Clock
    feed: Feed

    async def on(self) -> Subscription:
        base = await subscriber.callback_base(self.settings)
        async with Hubs(self.settings) as hubs:
            return await subscriber.subscribe(self.connection, hubs, self.feed, base, self.clock.now)

    async def off(self) -> int:
        async with Hubs(self.settings) as hubs:
            return await subscriber.leave(self.connection, hubs, self.feed, self.clock.now)

    async def keep(self) -> subscriber.Kept:
        return await asyncio.to_thread(subscriber.keep, self.settings, self.clock.now)

    def all(self) -> list[Subscription]:
        """Of the feed, not over, the newest first."""
        with transaction(self.connection):
            return list(subscriptions.of_feed(self.connection, self.feed.feed_id))

    def health(self) -> object:
        with transaction(self.connection):
            [row] = query(self.connection, "push_health", {"feed_id": self.feed.feed_id})
            return row

    def poll_is_due(self) -> bool:
        with transaction(self.connection), self.connection.cursor() as cursor:
            cursor.execute("SELECT next_poll_at <= %s FROM ingest.feeds", (self.clock.now,))
            return bool(cursor.fetchone()[0])


@pytest.fixture
def desk(connection: Connection, settings: Settings, clock: Clock, hub: Hub, public_url: str) -> Desk:
    url = f"{hub.url}/feed"
    with transaction(connection), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO ingest.feeds (url, next_poll_at) VALUES (%s, %s) RETURNING feed_id",
            (url, clock.now + timedelta(days=1)),
        )
        feed_id = cursor.fetchone()[0]
    return Desk(connection, replace(settings, public_url=public_url), clock, Feed(feed_id, url))


async def subscribed(desk: Desk, hub: Hub) -> Subscription:
    await desk.on()
    await hub.settle()
    [subscription] = desk.all()
    assert subscription.state is State.ACTIVE
    return subscription
