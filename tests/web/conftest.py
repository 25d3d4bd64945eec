"""The doors without Airflow: the application in this process, on a database of the test's own."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import httpx
import pytest

from copydesk.database import Connection, query, transaction
from copydesk.push import sources
from copydesk.push.signing import sign
from copydesk.settings import Settings
from copydesk.web.door import Door
from copydesk.web.nudge import Nudger
from copydesk.web.push import push_app


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
