"""The queue's trigger against a real Redis."""

from __future__ import annotations

import asyncio
import shutil
import socket
import subprocess
from collections.abc import Iterator
from contextlib import aclosing
from pathlib import Path

import pytest
import redis

from copydesk.database import Connection, transaction

pytestmark = pytest.mark.airflow
PATIENCE_SECONDS = 30


@pytest.fixture(scope="module")
def redis_port(tmp_path_factory: pytest.TempPathFactory) -> Iterator[int]:
    program = shutil.which("redis-server")
    if program is None:
        pytest.skip("redis-server is not installed; Debian's package redis-server has it")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    folder: Path = tmp_path_factory.mktemp("redis")
    command = [program, "--port", str(port), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)]
    server = subprocess.Popen(command, stdout=subprocess.DEVNULL)
    yield port
    server.terminate()
    server.wait(10)


@pytest.fixture
def client(redis_port: int) -> Iterator[redis.Redis]:
    from redis.backoff import ConstantBackoff  # noqa: PLC0415
    from redis.retry import Retry  # noqa: PLC0415

    retry = Retry(ConstantBackoff(0.1), 100)
    with redis.Redis(port=redis_port, host="127.0.0.1", retry=retry, retry_on_error=[ConnectionError]) as client:
        client.ping()
        yield client


async def subscribers(client: redis.Redis, channel: str) -> None:
    for _ in range(PATIENCE_SECONDS * 20):
        if dict(client.pubsub_numsub(channel)).get(channel.encode()):
            return
        await asyncio.sleep(0.05)
    raise AssertionError(f"nobody subscribed to {channel}")


async def test_every_message_of_a_burst_is_in_the_frontier(
    client: redis.Redis, redis_port: int, connection: Connection, writer_dsn: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from copydesk.airflow_queue import queue_watcher  # noqa: PLC0415 - Airflow, seconds to import

    monkeypatch.setenv("AIRFLOW_CONN_REDIS_NEWS", f"redis://127.0.0.1:{redis_port}")
    monkeypatch.setenv("COPYDESK_DATABASE", writer_dsn)
    trigger = queue_watcher("redis+pubsub:?channels=news&redis_conn_id=redis_news").trigger
    path, arguments = trigger.serialize()
    assert path == f"{type(trigger).__module__}.{type(trigger).__name__}"
    messages = 0
    async with aclosing(type(trigger)(**arguments).run()) as events:
        first = asyncio.ensure_future(anext(events))
        await subscribers(client, "news")
        for number in range(50):
            client.publish("news", f"https://example.org/{number}")
        client.publish("news", "no push at all")
        client.publish("news", '{"urls": ["https://example.org/last"]}')
        async with asyncio.timeout(PATIENCE_SECONDS):
            messages += (await first).payload["messages"]
            while messages < 51:
                messages += (await anext(events)).payload["messages"]
    with transaction(connection), connection.cursor() as cursor:
        cursor.execute("SELECT count(*), count(DISTINCT canonical_url) FROM ingest.entries WHERE source = 'queue'")
        assert cursor.fetchone() == (51, 51)
        cursor.execute("SELECT reason, count FROM news.push_refusals WHERE door = 'queue'")
        assert cursor.fetchall() == [("bad-body", 1)]


def test_queue_without_its_provider_is_logged_and_not_raised() -> None:
    from copydesk.airflow_queue import QueueTrigger  # noqa: PLC0415

    async def first_payload() -> object:
        async with aclosing(QueueTrigger("no-such-scheme", {})._messages_taken()) as taken:
            return await asyncio.wait_for(anext(taken), 2)

    with pytest.raises(TimeoutError):
        asyncio.run(first_payload())
