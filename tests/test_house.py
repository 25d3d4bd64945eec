"""What keeps the database in order: ahead of time, and twice is once."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from copydesk.database import Connection, query, transaction
from copydesk.fetch.robots import KEPT_FOR
from copydesk.house import KEEP_BATCHES, KEEP_ROBOTS, keep_house

NOW = datetime(2031, 1, 28, 12, tzinfo=UTC)


def rows(connection: Connection, text: str) -> list[tuple[object, ...]]:
    with transaction(connection), connection.cursor() as cursor:
        cursor.execute(text)
        return cursor.fetchall()


def test_partitions_are_there_before_their_month_begins(writer_dsn: str, connection: Connection) -> None:
    for _ in range(2):
        keep_house(writer_dsn, NOW)
    made = "SELECT relname::text FROM pg_class WHERE relname ~ '^pages_2031..$' ORDER BY relname"
    assert rows(connection, made) == [("pages_203101",), ("pages_203102",)]


def test_batches_that_ended_long_ago_are_forgotten(writer_dsn: str, connection: Connection) -> None:
    with transaction(connection):
        for holder, age in (("old", KEEP_BATCHES + timedelta(hours=1)), ("new", timedelta())):
            query(connection, "open_batch", {"holder": holder, "now": NOW - age})
    assert [keep_house(writer_dsn, NOW).batches_forgotten for _ in range(2)] == [1, 0]
    assert rows(connection, "SELECT holder FROM ingest.batches") == [("new",)]


def test_robots_files_of_hosts_that_nobody_asks_any_more_are_forgotten(writer_dsn: str, connection: Connection) -> None:
    said = {"standing": "free", "text": "", "detail": "", "reason": "server-error"}
    with transaction(connection):
        for origin, age in (("old", KEPT_FOR + KEEP_ROBOTS + timedelta(hours=1)), ("lately", timedelta(days=2))):
            kept = {"origin": f"https://{origin}.example:443", "now": NOW - age, "expires_at": NOW - age + KEPT_FOR}
            query(connection, "store_robots", said | kept)
    keep_house(writer_dsn, NOW)
    assert rows(connection, "SELECT origin FROM ingest.robots") == [("https://lately.example:443",)]
