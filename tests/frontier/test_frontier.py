"""The frontier on a real Postgres: nothing is lost, nothing is taken twice, everything is counted."""

from __future__ import annotations

from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from copydesk.database import Connection, connect, transaction
from copydesk.frontier import (
    Added,
    Batch,
    Ended,
    Release,
    add,
    claim,
    entries_at,
    finish,
    free_sites,
    release,
    renew,
    revisit,
)
from copydesk.models import Entry, Outcome, Reason
from copydesk.settings import LEASE_SECONDS, MAX_ATTEMPTS

FINISHED_ENTRIES = """
WITH added AS (INSERT INTO ingest.sites (domain) SELECT 's' || n || '.example' FROM generate_series(0, 99) AS n)
INSERT INTO ingest.entries (url, canonical_url, domain, source, item_hash, stage, outcome, reason, finished_at)
SELECT 'https://x/' || n, 'https://x/' || n, 's' || n % 100 || '.example', 'feed', '', 'done', 'loaded', 'new', now()
FROM generate_series(1, 20000) AS n
RETURNING entry_id
"""
READS = "SELECT seq_tup_read::int, idx_tup_fetch < 5000 FROM pg_stat_user_tables WHERE relname = 'entries'"
NOW = datetime(2031, 5, 3, 12, 30, tzinfo=UTC)
LATER = NOW + timedelta(seconds=LEASE_SECONDS)
HOUR = timedelta(hours=1)


def entry(number: int, site: str = "a.example", **said: object) -> Entry:
    url = f"https://{site}/{number}"
    return replace(Entry(url=url, canonical_url=url, domain=site, title=f"Item {number}"), **said)  # type: ignore[arg-type]


def added(connection: Connection, *entries: Entry, now: datetime = NOW, before: datetime | None = None) -> Added:
    with transaction(connection):
        return add(connection, entries, now, revisit_before=before)


def claimed(connection: Connection, now: datetime = NOW, limit: int = 100, per_domain: int = 10, **more: str) -> Batch:
    with transaction(connection):
        return claim(connection, now, limit=limit, per_domain=per_domain, **more) or Batch(0, ())


def finished(connection: Connection, entry_id: int, now: datetime = NOW, outcome: Outcome = Outcome.LOADED) -> int:
    reason = {Outcome.LOADED: Reason.NEW, Outcome.FAILED: Reason.TIMEOUT, Outcome.GONE: Reason.NOT_FOUND}[outcome]
    with transaction(connection):
        return finish(connection, [Ended(entry_id, outcome, reason, "load", "detail")], now)


def rows(connection: Connection, text: str) -> list[tuple[object, ...]]:
    with transaction(connection), connection.cursor() as cursor:
        cursor.execute(text)
        return cursor.fetchall()


def ids(batch: Batch) -> list[int]:
    return [one.entry_id or 0 for one in batch.entries]


def finish_all(connection: Connection, now: datetime = NOW) -> None:
    batch = claimed(connection, now, limit=1000, per_domain=1000)
    for entry_id in ids(batch):
        finished(connection, entry_id, now)
    with transaction(connection):
        free_sites(connection, batch.batch_id)


def test_an_item_that_is_listed_again_is_one_visit(connection: Connection) -> None:
    assert added(connection, entry(1), entry(2), entry(1)) == Added(new=2, known=1)
    assert added(connection, entry(1), entry(2)) == Added(known=2)
    finish_all(connection)
    assert added(connection, entry(1), entry(2)) == Added(known=2)


def test_an_item_that_says_something_else_is_visited_again_once_the_first_visit_ended(connection: Connection) -> None:
    added(connection, entry(1))
    changed = entry(1, title="Corrected")
    assert added(connection, changed) == Added(known=1)
    finish_all(connection)
    assert added(connection, changed) == Added(changed=1)
    finish_all(connection)
    assert added(connection, changed) == Added(known=1)


def test_two_feeds_that_word_an_item_differently_do_not_ask_for_visits_for_ever(connection: Connection) -> None:
    feeds = rows(connection, "INSERT INTO ingest.feeds (url) VALUES ('https://f/1'), ('https://f/2') RETURNING feed_id")
    one, two = (entry(1, feed_id=feed, title=f"As feed {feed} says") for (feed,) in feeds)
    assert added(connection, one) == Added(new=1)
    finish_all(connection)
    assert added(connection, two) == Added(changed=1)
    finish_all(connection)
    for item in (one, two, one, two):
        assert added(connection, item) == Added(known=1)


def test_everything_older_than_the_wished_instant_is_visited_again(connection: Connection) -> None:
    added(connection, entry(1))
    finish_all(connection)
    assert added(connection, entry(1), now=NOW + HOUR, before=NOW + HOUR) == Added(revisits=1)
    finish_all(connection, NOW + HOUR)
    assert added(connection, entry(1), now=NOW + HOUR, before=NOW + HOUR) == Added(known=1)


def test_what_an_item_says_is_kept_whole_even_what_postgres_cannot_hold(connection: Connection) -> None:
    item = entry(
        1,
        title="نصّ\0 \ud800",
        authors=("A, B", '"C"\\'),
        categories=("{x}",),
        published_at=NOW,
        content_html="<p>\0</p>",
    )
    added(connection, item)
    [stored] = claimed(connection).entries
    assert replace(stored, entry_id=None, attempts=0) == replace(item, title="نصّ ", content_html="<p></p>")


def test_a_tracking_url_longer_than_the_limit_is_stored_by_its_canonical_one(connection: Connection) -> None:
    added(connection, entry(1, url="https://a.example/1?utm_source=" + "x" * 3000))
    assert [one.url for one in claimed(connection).entries] == ["https://a.example/1"]


def test_adders_at_the_same_time_add_each_url_once(writer_dsn: str, connection: Connection) -> None:
    items = [entry(number, f"site{number % 7}.example") for number in range(200)]

    def adder(seed: int) -> Added:
        with connect(writer_dsn) as own:
            return added(own, *(items[seed * 10 :] + items[: seed * 10]))

    with ThreadPoolExecutor(8) as pool:
        results = list(pool.map(adder, range(8)))
    assert sum(result.new for result in results) == 200
    assert sum(result.known for result in results) == 7 * 200
    assert rows(connection, "SELECT sum(count)::int FROM ingest.outcomes WHERE outcome = 'discovered'") == [(200,)]


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


def test_a_released_entry_waits_and_only_the_sites_fault_counts(connection: Connection) -> None:
    added(connection, entry(1), entry(2))
    batch = claimed(connection)
    one, two = ids(batch)
    with transaction(connection):
        release(
            connection,
            batch.batch_id,
            [Release(one, NOW + HOUR, counts=True, detail="503"), Release(two, NOW, counts=False)],
        )
        free_sites(connection, batch.batch_id)
    assert ids(claimed(connection)) == [two]
    assert rows(connection, "SELECT attempts, detail FROM ingest.entries ORDER BY entry_id") == [(1, "503"), (1, None)]


def test_a_batch_cannot_release_what_another_took_over(connection: Connection) -> None:
    added(connection, entry(1))
    first = claimed(connection)
    second = claimed(connection, LATER)
    with transaction(connection):
        release(connection, first.batch_id, [Release(ids(first)[0], NOW, counts=False)])
        free_sites(connection, first.batch_id)
    assert rows(connection, "SELECT stage, batch_id FROM ingest.entries") == [("claimed", second.batch_id)]
    assert rows(connection, "SELECT batch_id FROM ingest.sites") == [(second.batch_id,)]


def test_an_entry_ends_once_and_is_counted_once(connection: Connection) -> None:
    added(connection, entry(1))
    [entry_id] = ids(claimed(connection))
    assert finished(connection, entry_id) == 1
    assert finished(connection, entry_id, outcome=Outcome.FAILED) == 0
    assert rows(connection, "SELECT hour, stage, outcome, reason, count FROM ingest.outcomes ORDER BY stage") == [
        (NOW.replace(minute=0), "discover", "discovered", "", 1),
        (NOW.replace(minute=0), "load", "loaded", "new", 1),
    ]


def test_ending_at_the_same_time_counts_once(writer_dsn: str, connection: Connection) -> None:
    added(connection, *(entry(number) for number in range(50)))
    batch = claimed(connection, per_domain=50)

    def ender(seed: int) -> int:
        ended = [Ended(one, Outcome.LOADED, Reason.NEW, "load") for one in ids(batch)]
        with connect(writer_dsn) as own, transaction(own):
            return finish(own, ended[seed:] + ended[:seed], NOW)

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(ender, range(6))) == 50
    assert rows(connection, "SELECT count FROM ingest.outcomes WHERE outcome = 'loaded'") == [(50,)]


def test_loaded_pages_are_looked_at_again_and_others_are_not(connection: Connection) -> None:
    added(connection, entry(1), entry(2))
    one, two = ids(claimed(connection))
    finished(connection, one)
    finished(connection, two, outcome=Outcome.GONE)
    with transaction(connection):
        assert revisit(connection, NOW + HOUR - timedelta(seconds=1)) == Added()
        assert revisit(connection, NOW + HOUR) == Added(revisits=1)
        assert revisit(connection, NOW + HOUR) == Added()
    again = claimed(connection, LATER + HOUR)
    assert [one.title for one in again.entries] == ["Item 1"]
    [(first_seen, next_look)] = rows(
        connection, "SELECT first_seen_at, revisit_at FROM ingest.entries WHERE stage = 'claimed'"
    )
    assert (first_seen, next_look) == (NOW, NOW + 6 * HOUR)


def test_a_newer_visit_takes_over_what_the_older_one_had_planned(connection: Connection) -> None:
    added(connection, entry(1))
    finish_all(connection)
    added(connection, entry(1, title="Corrected"))
    finish_all(connection)
    with transaction(connection):
        assert revisit(connection, NOW + HOUR) == Added(revisits=1)


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
