"""Messages of queues: what they may be, and that none is lost on the way into the frontier."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import pytest

from copydesk import frontier
from copydesk.database import Connection, transaction
from copydesk.errors import UsageError
from copydesk.frontier import Ended
from copydesk.models import Outcome, Reason
from copydesk.push.queue import QueueAddress, Taken, bodies, read_address, read_message, take
from copydesk.push.refusals import PushRefusedError, Refusal

NOW = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
ARTICLE = {"url": "https://example.org/a", "title": "T", "text": "One."}


def now() -> datetime:
    return NOW


def count_entries(connection: Connection) -> int:
    with transaction(connection), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM ingest.entries WHERE source = 'queue'")
        count: int = cursor.fetchone()[0]
        return count


def test_address_names_scheme_and_options() -> None:
    assert read_address("redis+pubsub:?channels=news&channels=more&redis_conn_id=r&poll_interval=0.5") == QueueAddress(
        "redis+pubsub", {"channels": ["news", "more"], "redis_conn_id": "r", "poll_interval": 0.5}
    )
    assert read_address("kafka:?topics=null") == QueueAddress("kafka", {"topics": "null"})


@pytest.mark.parametrize("text", ["news", "redis://host:6379/0", "kafka:news", "://"])
def test_address_of_another_form_is_an_error_that_shows_the_right_one(text: str) -> None:
    with pytest.raises(UsageError, match="redis\\+stream:\\?stream=news"):
        read_address(text)


@pytest.mark.parametrize(
    "payload",
    [
        "https://example.org/a",
        b"https://example.org/a",
        {"type": "message", "channel": "news", "data": "https://example.org/a"},
        {"message_batch": [{"Body": "https://example.org/a"}]},
        {"key": None, "value": b"https://example.org/a"},
        ["https://example.org/a"],
    ],
)
def test_message_is_found_in_what_each_provider_hands_over(payload: object) -> None:
    assert list(bodies(payload)) == [b"https://example.org/a"]


def test_payload_that_is_itself_the_push_is_taken_as_json() -> None:
    [body] = bodies({"urls": ["https://example.org/a"]})
    assert read_message(body).urls == ["https://example.org/a"]


def test_message_is_json_or_plain_urls() -> None:
    assert read_message(b" https://example.org/a\nhttps://example.org/b ").urls == [
        "https://example.org/a",
        "https://example.org/b",
    ]
    assert read_message(json.dumps({"articles": [ARTICLE]}).encode()).articles[0].title == "T"


@pytest.mark.parametrize(
    "body", [b"", b"hello", b"{", b'{"urls": []}', b"\xff\xfe", b"https://example.org/a " * 200_000]
)
def test_message_that_is_no_push_is_refused(body: bytes) -> None:
    with pytest.raises(PushRefusedError):
        read_message(body)


def test_taken_message_is_committed_and_a_refused_one_counted(connection: Connection, writer_dsn: str) -> None:
    assert take(writer_dsn, b"https://example.org/a", now) == Taken(entries=1)
    assert take(writer_dsn, b"https://example.org/a", now) == Taken(entries=1)
    refused = take(writer_dsn, b"nonsense", now)
    assert (refused.entries, refused.refusal) == (0, Refusal.BAD_BODY)
    assert count_entries(connection) == 1
    with transaction(connection), connection.cursor() as cursor:
        cursor.execute("SELECT door, source, reason, count FROM news.push_refusals")
        assert cursor.fetchall() == [("queue", "", "bad-body", 1)]


def test_article_whose_url_is_being_worked_on_is_kept_and_taken_afterwards(
    connection: Connection, writer_dsn: str
) -> None:
    take(writer_dsn, json.dumps({"articles": [ARTICLE]}).encode(), now)
    with transaction(connection):
        batch = frontier.claim(connection, NOW, limit=1, per_domain=1)
    assert batch is not None
    changed = json.dumps({"articles": [ARTICLE | {"text": "Two."}]}).encode()
    assert take(writer_dsn, changed, now).refusal is Refusal.UNDER_WAY
    with transaction(connection), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM news.push_refusals")
        assert cursor.fetchone() == (0,)
        ended = [Ended(entry.entry_id or 0, Outcome.LOADED, Reason.NEW, "load") for entry in batch.entries]
        frontier.finish(connection, ended, NOW)
    assert take(writer_dsn, changed, now) == Taken(entries=1)
    assert count_entries(connection) == 2


def test_article_whose_url_is_done_with_while_it_is_taken_is_not_lost(connection: Connection, writer_dsn: str) -> None:
    take(writer_dsn, json.dumps({"articles": [ARTICLE]}).encode(), now)
    again = json.dumps({"articles": [ARTICLE | {"text": "Two."}]}).encode()
    with transaction(connection), connection.cursor() as cursor:
        [entry] = (frontier.claim(connection, NOW, limit=1, per_domain=1) or pytest.fail("none")).entries
        frontier.finish(connection, [Ended(entry.entry_id or 0, Outcome.LOADED, Reason.NEW, "load")], NOW)
        cursor.execute("LOCK TABLE ingest.pages IN EXCLUSIVE MODE")  # the push waits here at the latest
        with ThreadPoolExecutor(1) as pool:
            taken = pool.submit(take, writer_dsn, again, now)
            with pytest.raises(TimeoutError):
                taken.result(timeout=1)
            connection.commit()
            assert taken.result(timeout=30) == Taken(entries=1)
    assert count_entries(connection) == 2


def test_text_that_is_no_unicode_is_no_trouble() -> None:
    assert list(bodies("\udcff")) == [b"?"]
