"""Pages at rest on a real Postgres: whole, once, and read again in portions."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256

from copydesk.database import Connection, query, transaction
from copydesk.models import Page
from copydesk.pages import PORTION_BYTES, pages_of_entries, portions, store_pages

NOW = datetime(2031, 5, 3, 12, tzinfo=UTC)


def page(number: int, body: bytes, fetched_at: datetime = NOW) -> Page:
    url = f"https://a.example/{number}"
    return Page(url, url, 200, {"x-\0what": "a\ud800b"}, body, fetched_at, sha256(body).digest())


def visits(connection: Connection, *pages: Page) -> list[int]:
    """Ids of entries whose visits brought these pages."""
    with transaction(connection), connection.cursor() as cursor:
        store_pages(connection, pages)
        query(connection, "add_sites", {"domains": ["a.example"], "now": NOW})
        cursor.execute(
            "INSERT INTO ingest.entries (url, canonical_url, domain, source, page_hash, discovered_at, first_seen_at,"
            " not_before, item_hash) SELECT u, u, 'a.example', 'feed', h, now(), now(), now(), ''"
            " FROM unnest(%s::text[], %s::bytea[]) AS p (u, h) RETURNING entry_id",
            ([one.url for one in pages], [one.content_hash for one in pages]),
        )
        return [entry_id for (entry_id,) in cursor.fetchall()]


def stored(connection: Connection) -> list[tuple[object, ...]]:
    with transaction(connection), connection.cursor() as cursor:
        cursor.execute("SELECT stored_on::text, body_bytes FROM ingest.pages ORDER BY stored_on, body_bytes")
        return cursor.fetchall()


def test_pages_come_back_byte_for_byte_by_entry(connection: Connection) -> None:
    bodies = [bytes(range(256)), "موسم".encode("windows-1256"), b"<p>x</p>" * 40_000]
    ids = visits(connection, *(page(number, body) for number, body in enumerate(bodies)))
    assert {entry_id: one.body for entry_id, one in pages_of_entries(connection, ids)} == dict(
        zip(ids, bodies, strict=True)
    )


def test_headers_are_kept_without_what_postgres_cannot_hold(connection: Connection) -> None:
    ids = visits(connection, page(1, b"x"))
    assert [one.headers for _, one in pages_of_entries(connection, ids)] == [{"x-what": "ab"}]


def test_the_same_bytes_are_stored_once_in_one_call_and_in_whatever_month_they_come_again(
    connection: Connection,
) -> None:
    later = replace(page(3, b"same"), fetched_at=NOW.replace(month=6))
    visits(connection, page(1, b"same"), page(2, b"same"))
    visits(connection, later, page(4, b"other"))
    assert stored(connection) == [("2031-05-01", 4), ("2031-05-01", 5)]


def test_each_page_lies_in_the_partition_of_its_own_month(connection: Connection) -> None:
    visits(connection, page(1, b"a"), page(2, b"bc", NOW.replace(month=6)))
    assert stored(connection) == [("2031-05-01", 1), ("2031-06-01", 2)]


def test_a_page_that_is_not_stored_is_left_out(connection: Connection) -> None:
    [kept] = visits(connection, page(1, b"a"))
    assert [entry_id for entry_id, _ in pages_of_entries(connection, [kept, kept + 1000])] == [kept]


def test_large_pages_are_read_one_by_one(connection: Connection) -> None:
    ids = visits(connection, *(page(number, b"%d" % number * PORTION_BYTES) for number in range(3)))
    read = pages_of_entries(connection, ids)
    assert next(read)[1].body[:1] == b"0"
    with transaction(connection), connection.cursor() as cursor:
        cursor.execute("DELETE FROM ingest.pages")
    assert list(read) == []


def test_portions_keep_the_order_and_are_no_larger_than_they_may_be() -> None:
    assert list(portions([3, 4, 5, 20, 1, 1], lambda size: size, 8)) == [[3, 4], [5], [20], [1, 1]]
    assert list(portions([], len, 8)) == []
