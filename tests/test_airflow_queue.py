"""The queue's trigger against a real Redis, and against the Kafka cluster that librdkafka brings for tests."""

from __future__ import annotations

import asyncio
import json
import shutil
import socket
import subprocess
from collections.abc import AsyncGenerator, Callable, Iterator
from contextlib import aclosing, asynccontextmanager
from pathlib import Path

import pytest
import redis
from confluent_kafka import Consumer, Producer, TopicPartition

from copydesk import frontier
from copydesk.clock import utc_now
from copydesk.database import Connection, transaction
from copydesk.frontier import Ended
from copydesk.models import Outcome, Reason

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


def urls(connection: Connection) -> list[str]:
    with transaction(connection), connection.cursor() as cursor:
        cursor.execute("SELECT canonical_url FROM ingest.entries WHERE source = 'queue' ORDER BY entry_id")
        return [url for (url,) in cursor.fetchall()]


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE_SECONDS):
        while not condition():  # noqa: ASYNC110 - nobody sets an event
            await asyncio.sleep(0.05)


@asynccontextmanager
async def triggerer(address: str) -> AsyncGenerator[None]:
    """Run the queue's trigger, as the triggerer does, until the end; then it is cancelled, as the triggerer does."""
    from copydesk.airflow_queue import queue_watcher  # noqa: PLC0415 - Airflow, seconds to import

    trigger = queue_watcher(address).trigger

    async def drain() -> None:
        async with aclosing(trigger.run()) as events:
            async for _ in events:
                pass

    running = asyncio.create_task(drain())
    try:
        yield
    finally:
        running.cancel()
        await asyncio.gather(running, return_exceptions=True)


@pytest.fixture
def stream(client: redis.Redis, redis_port: int, monkeypatch: pytest.MonkeyPatch, writer_dsn: str) -> Iterator[str]:
    """The address of a stream of this test's own."""
    monkeypatch.setenv("AIRFLOW_CONN_REDIS_NEWS", f"redis://127.0.0.1:{redis_port}")
    monkeypatch.setenv("COPYDESK_DATABASE", writer_dsn)
    client.delete("wire")
    yield "redis+stream:?stream=wire&redis_conn_id=redis_news"
    client.delete("wire")


def waiting(client: redis.Redis) -> int:
    """Messages of the stream that were read and are not acknowledged, and those that nobody read."""
    [group] = client.xinfo_groups("wire")
    return int(group["pending"]) + int(group["lag"] or 0)


async def test_stream_loses_nothing_while_the_triggerer_is_away(
    client: redis.Redis, stream: str, connection: Connection
) -> None:
    client.xadd("wire", {"data": "https://example.org/before"})
    async with triggerer(stream):
        await until(lambda: len(urls(connection)) == 1)
    client.xadd("wire", {"data": json.dumps({"urls": ["https://example.org/meanwhile"]})})
    client.xadd("wire", {"nothing": "that anybody knows"})
    async with triggerer(stream):
        client.xadd("wire", {"data": "https://example.org/after"})
        await until(lambda: len(urls(connection)) == 3)
        await until(lambda: waiting(client) == 0)
    assert urls(connection) == [f"https://example.org/{when}" for when in ("before", "meanwhile", "after")]


async def test_message_of_a_stream_that_was_read_and_not_committed_is_read_again(
    client: redis.Redis, stream: str, connection: Connection, monkeypatch: pytest.MonkeyPatch, writer_dsn: str
) -> None:
    client.xadd("wire", {"data": "https://example.org/a"})
    monkeypatch.setenv("COPYDESK_DATABASE", "host=/nonexistent")
    async with triggerer(stream):
        await until(lambda: bool(client.exists("wire") and client.xinfo_groups("wire")))
        await until(lambda: client.xinfo_groups("wire")[0]["pending"] == 1)
    monkeypatch.setenv("COPYDESK_DATABASE", writer_dsn)
    assert urls(connection) == []
    async with triggerer(stream):
        await until(lambda: urls(connection) == ["https://example.org/a"])
        await until(lambda: waiting(client) == 0)


async def test_article_is_kept_as_long_as_its_url_is_being_worked_on(
    client: redis.Redis, stream: str, connection: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    from copydesk import airflow_queue  # noqa: PLC0415 - Airflow, seconds to import

    monkeypatch.setattr(airflow_queue, "BUSY_SECONDS", 0.05)
    article = {"url": "https://example.org/a", "title": "T"}
    for text in ("One.", "Two."):
        client.xadd("wire", {"data": json.dumps({"articles": [article | {"text": text}]})})
    async with triggerer(stream):
        await until(lambda: len(urls(connection)) == 1)
        await asyncio.sleep(1)
        assert (len(urls(connection)), waiting(client)) == (1, 1)
        await until(lambda: is_worked_off(connection))
        await until(lambda: len(urls(connection)) == 2 and waiting(client) == 0)


def is_worked_off(connection: Connection) -> bool:
    """Claim and end the one entry, unless the trigger's next try holds its row just now: a claim passes that by."""
    with transaction(connection):
        batch = frontier.claim(connection, utc_now(), limit=1, per_domain=1)
        for entry in batch.entries if batch else ():
            frontier.finish(connection, [Ended(entry.entry_id or 0, Outcome.LOADED, Reason.NEW, "load")], utc_now())
    return batch is not None


@pytest.fixture(scope="module")
def kafka() -> Iterator[Producer]:
    """A producer that carries a cluster of one broker inside itself."""
    producer = Producer({"test.mock.num.brokers": 1, "bootstrap.servers": "replaced"})
    yield producer
    producer.flush(PATIENCE_SECONDS)


def kafka_connection(producer: Producer, group: str, **more: object) -> str:
    [broker] = producer.list_topics(timeout=PATIENCE_SECONDS).brokers.values()
    extra = {
        "bootstrap.servers": f"{broker.host}:{broker.port}",
        "group.id": group,
        "auto.offset.reset": "earliest",
        "enable.auto.commit": False,
        **more,
    }
    return json.dumps({"conn_type": "kafka", "extra": extra})


def produce(producer: Producer, topic: str, *messages: str) -> None:
    for message in messages:
        producer.produce(topic, message.encode())
    assert producer.flush(PATIENCE_SECONDS) == 0


def committed(producer: Producer, group: str) -> int:
    """How many messages of the topic that is named as the group would not be read again."""
    partitions = producer.list_topics(group, timeout=PATIENCE_SECONDS).topics[group].partitions
    consumer = Consumer(json.loads(kafka_connection(producer, group))["extra"])
    offsets = consumer.committed([TopicPartition(group, number) for number in partitions], timeout=PATIENCE_SECONDS)
    consumer.close()
    return sum(max(0, one.offset) for one in offsets)


async def test_messages_of_kafka_are_taken_in_and_their_offsets_committed(
    kafka: Producer, connection: Connection, writer_dsn: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AIRFLOW_CONN_KAFKA_NEWS", kafka_connection(kafka, "news"))
    monkeypatch.setenv("COPYDESK_DATABASE", writer_dsn)
    produce(kafka, "news", "https://example.org/1 https://example.org/2", "no push at all")
    async with triggerer("kafka:?topics=news&kafka_config_id=kafka_news"):
        await until(lambda: len(urls(connection)) == 2)
        produce(kafka, "news", json.dumps({"urls": ["https://example.org/3"]}))
        await until(lambda: len(urls(connection)) == 3)
        await until(lambda: committed(kafka, "news") == 3)
    assert sorted(urls(connection)) == [f"https://example.org/{number}" for number in (1, 2, 3)]


async def test_offset_of_kafka_stays_where_it_is_while_the_database_is_away(
    kafka: Producer, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("AIRFLOW_CONN_KAFKA_NEWS", kafka_connection(kafka, "held"))
    monkeypatch.setenv("COPYDESK_DATABASE", "host=/nonexistent")
    produce(kafka, "held", "https://example.org/1")
    async with triggerer("kafka:?topics=held&kafka_config_id=kafka_news"):
        await until(lambda: "message kept, database away" in capsys.readouterr().out)
    assert committed(kafka, "held") == 0


async def test_kafka_that_commits_offsets_by_time_is_refused(kafka: Producer, monkeypatch: pytest.MonkeyPatch) -> None:
    from copydesk.airflow_brokers import BrokerError, messages  # noqa: PLC0415

    monkeypatch.setenv("AIRFLOW_CONN_KAFKA_TIMED", kafka_connection(kafka, "timed", **{"enable.auto.commit": True}))
    with pytest.raises(BrokerError, match=r"enable\.auto\.commit"):
        await anext(messages("kafka", {"topics": "news", "kafka_config_id": "kafka_timed"}))


def test_queue_without_its_provider_is_logged_and_not_raised() -> None:
    from copydesk.airflow_queue import QueueTrigger  # noqa: PLC0415

    async def first_payload() -> object:
        async with aclosing(QueueTrigger("no-such-scheme", {})._messages_taken()) as taken:
            return await asyncio.wait_for(anext(taken), 2)

    with pytest.raises(TimeoutError):
        asyncio.run(first_payload())
