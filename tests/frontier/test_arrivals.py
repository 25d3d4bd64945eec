"""What feeds list arrives at the frontier once, whole, and again when it is worth another visit."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from tests.frontier.conftest import HOUR, LATER, NOW, added, claimed, entry, finish_all, finished, ids, rows

from copydesk.database import Connection, connect, transaction
from copydesk.frontier import Added, Ended, add, finish, revisit, room
from copydesk.models import Outcome, Reason


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
    assert replace(stored, entry_id=None, attempts=0, first_seen_at=None) == replace(
        item, title="نصّ ", content_html="<p></p>"
    )


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


@pytest.mark.parametrize(
    ("outcome", "reason", "again"),
    [
        (Outcome.FAILED, Reason.CONNECTION, 1),
        (Outcome.FAILED, Reason.SERVER_ERROR, 1),
        (Outcome.QUARANTINED, Reason.EXPECTATION, 1),
        (Outcome.FAILED, Reason.CRASHED, 0),
        (Outcome.FAILED, Reason.CLIENT_ERROR, 0),
        (Outcome.REFUSED, Reason.ROBOTS, 0),
    ],
)
def test_what_may_be_better_later_is_looked_at_again(
    connection: Connection, outcome: Outcome, reason: Reason, again: int
) -> None:
    added(connection, entry(1))
    [one] = ids(claimed(connection))
    with transaction(connection):
        finish(connection, [Ended(one, outcome, reason, "fetch")], NOW)
        assert revisit(connection, NOW + HOUR).revisits == again


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


def test_of_more_visits_than_there_is_room_for_the_newest_are_added_and_known_items_take_none(
    connection: Connection,
) -> None:
    with transaction(connection):
        assert add(connection, [entry(0)], NOW, most=1) == Added(new=1)
        dated = [entry(number, published_at=NOW + number * HOUR) for number in range(1, 4)]
        assert add(connection, [entry(0), entry(9), *dated], NOW, most=2) == Added(new=2, known=1, beyond=2)
    assert rows(connection, "SELECT title FROM ingest.entries ORDER BY title") == [
        ("Item 0",),
        ("Item 2",),
        ("Item 3",),
    ]


def test_room_is_what_a_feed_did_not_ask_for_in_24_hours(connection: Connection) -> None:
    with transaction(connection), connection.cursor() as cursor:
        cursor.execute("INSERT INTO ingest.feeds (url) VALUES ('https://a.example/feed') RETURNING feed_id")
        [(feed_id,)] = cursor.fetchall()
        add(connection, [entry(number, feed_id=feed_id) for number in range(4)], NOW)
        add(connection, [entry(9)], NOW)
        assert room(connection, feed_id, 10, NOW) == 6
        assert room(connection, feed_id, 3, NOW + 22 * HOUR) == 0
        assert room(connection, feed_id, 10, NOW + 24 * HOUR) == 10
        assert room(connection, feed_id, 0, NOW) is None
