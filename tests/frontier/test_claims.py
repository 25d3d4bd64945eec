"""What a batch claims nobody else has: fair to all sites, under a lease, and without reading what is done."""

from __future__ import annotations

import json
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from psycopg2.extensions import make_dsn
from tests.frontier.conftest import HOUR, LATER, NOW, added, claimed, entry, finished, ids, rows

from copydesk.database import Connection, connect, query, transaction
from copydesk.discover import read_feed
from copydesk.frontier import Release, advance, claim, entries_at, free_sites, release, renew
from copydesk.settings import LEASE_SECONDS, MAX_ATTEMPTS

FINISHED_ENTRIES = """
WITH added AS (INSERT INTO ingest.sites (domain) SELECT 's' || n || '.example' FROM generate_series(0, 99) AS n)
INSERT INTO ingest.entries (url, canonical_url, domain, source, item_hash, stage, outcome, reason, finished_at)
SELECT 'https://x/' || n, 'https://x/' || n, 's' || n % 100 || '.example', 'feed', '', 'done', 'loaded', 'new', now()
FROM generate_series(1, 20000) AS n
RETURNING entry_id
"""
READS = "SELECT seq_tup_read::int, idx_tup_fetch < 5000 FROM pg_stat_user_tables WHERE relname = 'entries'"


def test_claimers_at_the_same_time_share_neither_entry_nor_domain(writer_dsn: str, connection: Connection) -> None:
    added(connection, *(entry(number, f"site{number % 20}.example") for number in range(200)))
    leased: set[str] = set()
    shared: list[str] = []

    def claimer(_: int) -> list[int]:
        taken: list[int] = []
        with connect(writer_dsn) as own:
            while (batch := claimed(own, limit=10, per_domain=5)).entries:
                domains = {one.domain for one in batch.entries}
                shared.extend(leased & domains)
                leased.update(domains)
                taken += ids(batch)
                leased.difference_update(domains)
                with transaction(own):
                    free_sites(own, batch.batch_id)
        return taken

    with ThreadPoolExecutor(8) as pool:
        taken = [entry_id for ids_ in pool.map(claimer, range(8)) for entry_id in ids_]
    taken += claimer(0)  # a claimer stops when others hold all that is left
    assert shared == []
    assert sorted(taken) == sorted(set(taken))
    assert len(taken) == 200


@pytest.mark.parametrize("zone", ["America/New_York", "Asia/Beirut"])
@pytest.mark.parametrize("date", ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z"])
def test_no_date_in_a_feed_keeps_others_from_being_claimed(writer_dsn: str, zone: str, date: str) -> None:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "items": [{"url": "https://a.example/1", "date_published": date, "date_modified": date}],
    }
    document = read_feed(json.dumps(feed).encode(), "https://a.example/feed", {})
    with connect(make_dsn(writer_dsn, options=f"-c timezone={zone}")) as elsewhere:
        added(elsewhere, *document.entries, entry(2, "b.example"))
        assert len(claimed(elsewhere).entries) == 2


def test_a_big_site_does_not_hold_up_small_ones(connection: Connection) -> None:
    added(connection, *(entry(number, "big.example") for number in range(50)))
    added(connection, entry(1, "small.example"), entry(2, "small.example"), now=NOW + HOUR)
    batch = claimed(connection, NOW + HOUR, limit=4, per_domain=50)
    assert Counter(one.domain for one in batch.entries) == {"big.example": 2, "small.example": 2}


def test_the_site_that_waited_longest_comes_first(connection: Connection) -> None:
    added(connection, *(entry(number, f"{site}.example") for site in "ab" for number in range(3)))
    order = []
    for minute in range(4):
        batch = claimed(connection, NOW + timedelta(minutes=minute), limit=1)
        order.append(batch.entries[0].domain)
        with transaction(connection):
            free_sites(connection, batch.batch_id)
    assert order == ["a.example", "b.example", "a.example", "b.example"]


def test_the_newest_article_of_one_poll_is_fetched_first(connection: Connection) -> None:
    added(connection, *(entry(number, published_at=NOW - number * HOUR) for number in (3, 1, 2)))
    assert claimed(connection, per_domain=1).entries[0].title == "Item 1"


def test_a_site_that_asked_for_quiet_is_not_claimed(connection: Connection) -> None:
    added(connection, entry(1))
    with transaction(connection), connection.cursor() as cursor:
        cursor.execute("UPDATE ingest.sites SET next_fetch_at = %s", (NOW + HOUR,))
    assert not claimed(connection, NOW).entries
    assert len(claimed(connection, NOW + HOUR).entries) == 1


def test_of_a_site_with_a_long_pause_no_more_is_claimed_than_a_step_has_time_for(connection: Connection) -> None:
    added(connection, *(entry(number, f"{site}.example") for site in ("own", "slow", "usual") for number in range(9)))
    with transaction(connection), connection.cursor() as cursor:
        cursor.execute("UPDATE ingest.sites SET pause_seconds = 100 WHERE domain = 'own.example'")
        cursor.execute("UPDATE ingest.sites SET pause_seconds = 3600 WHERE domain = 'slow.example'")
        batch = claim(connection, NOW, limit=100, per_domain=9, pause_seconds=40.0)
    assert batch is not None
    assert Counter(one.domain for one in batch.entries) == {"own.example": 2, "slow.example": 1, "usual.example": 6}


def test_a_site_in_a_long_pause_is_not_claimed(connection: Connection) -> None:
    added(connection, entry(1))
    with transaction(connection), connection.cursor() as cursor:
        cursor.execute("UPDATE ingest.sites SET next_turn_at = %s", (NOW + HOUR,))
    assert not claimed(connection, NOW).entries
    assert len(claimed(connection, NOW + HOUR).entries) == 1


def test_a_lease_that_ran_out_lets_another_batch_go_on_from_the_stage(connection: Connection) -> None:
    added(connection, entry(1), entry(2))
    first = claimed(connection)
    with transaction(connection), connection.cursor() as cursor:
        cursor.execute("UPDATE ingest.entries SET stage = 'fetched' WHERE entry_id = %s", (ids(first)[0],))
    assert not claimed(connection, LATER - timedelta(seconds=1)).entries
    second = claimed(connection, LATER)
    assert ids(second) == ids(first)
    assert [one.attempts for one in second.entries] == [2, 2]
    with transaction(connection):
        assert [one.entry_id for one in entries_at(connection, second.batch_id, "fetched")] == ids(first)[:1]
        assert [one.entry_id for one in entries_at(connection, second.batch_id, "claimed")] == ids(first)[1:]
        assert entries_at(connection, first.batch_id, "claimed") == ()


def test_a_renewed_lease_holds(connection: Connection) -> None:
    added(connection, entry(1))
    batch = claimed(connection)
    with transaction(connection):
        renew(connection, batch.batch_id, NOW + timedelta(minutes=10))
    assert not claimed(connection, LATER).entries


def test_a_retried_task_gets_its_own_batch_again_at_once(connection: Connection) -> None:
    added(connection, entry(1), entry(2), entry(3, "b.example"))
    first = claimed(connection, limit=2, holder="run 1")
    assert claimed(connection, holder="run 2").batch_id != first.batch_id
    finished(connection, ids(first)[0])
    again = claimed(connection, holder="run 1")
    assert again.batch_id == first.batch_id
    assert ids(again) == ids(first)[1:]


def test_a_holder_that_found_nothing_may_ask_again(connection: Connection) -> None:
    assert claimed(connection, holder="run 1").batch_id == 0
    added(connection, entry(1))
    assert len(claimed(connection, holder="run 1").entries) == 1


def test_an_entry_that_kills_its_workers_ends_as_crashed(connection: Connection) -> None:
    added(connection, entry(1))
    for number in range(MAX_ATTEMPTS):
        assert len(claimed(connection, NOW + number * timedelta(seconds=LEASE_SECONDS)).entries) == 1
    assert not claimed(connection, NOW + MAX_ATTEMPTS * timedelta(seconds=LEASE_SECONDS)).entries
    assert rows(connection, "SELECT outcome, reason, detail FROM ingest.entries") == [
        ("failed", "crashed", "5 workers died over it, the last one at stage claimed")
    ]


def test_claiming_reads_no_finished_entry(dsn: str, connection: Connection) -> None:
    with connect(dsn) as owner:
        rows(owner, FINISHED_ENTRIES)
        owner.autocommit = True
        with owner.cursor() as cursor:
            cursor.execute("VACUUM ANALYZE ingest.entries")
            cursor.execute("VACUUM ANALYZE ingest.sites")
            cursor.execute("SELECT pg_stat_reset_single_table_counters('ingest.entries'::regclass)")
    added(connection, *(entry(number, f"s{number}.example") for number in range(100)))
    assert len(claimed(connection, limit=10).entries) == 10
    rows(connection, "SELECT pg_stat_force_next_flush()")
    assert rows(connection, READS) == [(0, True)]


def test_an_entry_that_went_on_is_not_put_back_by_who_is_late(connection: Connection) -> None:
    """As a task that was taken for dead would, when the one after it has fetched the page."""
    added(connection, entry(1))
    batch = claimed(connection)
    late = [Release(one, NOW, counts=False) for one in ids(batch)]
    with transaction(connection):
        advance(connection, batch.batch_id, ids(batch), "fetched")
        release(connection, batch.batch_id, late)
    assert rows(connection, "SELECT stage, batch_id FROM ingest.entries") == [("fetched", batch.batch_id)]


def test_what_another_batch_took_over_is_left_to_it(connection: Connection) -> None:
    added(connection, entry(1))
    first, second = claimed(connection), claimed(connection, LATER)
    note = {"entry_ids": ids(first), "page_hashes": ["00"], "fetched_at": [NOW], "statuses": [200], "moved": [False]}
    nothing = {name: [None] for name in ("final_urls", "etags", "last_modified")}
    with transaction(connection):
        assert advance(connection, first.batch_id, ids(first), "fetched") == ()
        query(connection, "note_visits", {"batch_id": first.batch_id, **note, **nothing})
        release(connection, first.batch_id, [Release(one, NOW, counts=True) for one in ids(first)])
    found = rows(connection, "SELECT stage, batch_id, page_hash FROM ingest.entries")
    assert found == [("claimed", second.batch_id, None)]
