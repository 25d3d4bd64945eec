from __future__ import annotations

from datetime import timedelta

import pytest

from copydesk import feeds
from copydesk.database import Connection, query, transaction
from copydesk.errors import UsageError
from copydesk.feeds import Wanted

ONE, TWO = "https://one.example/feed", "https://two.example/feed"


def test_a_feed_is_added_once_and_then_changed(connection: Connection) -> None:
    assert feeds.add(connection, [Wanted(ONE), Wanted(TWO, "Two", 600)]) == {ONE: True, TWO: True}
    assert feeds.add(connection, [Wanted(ONE, "One", 3600), Wanted(TWO)]) == {ONE: False, TWO: False}
    assert [(each.title, each.poll_seconds) for each in feeds.known(connection)] == [("One", 3600), ("Two", 600)]


def test_a_new_feed_is_due_at_once(connection: Connection) -> None:
    feeds.add(connection, [Wanted(ONE)])
    feed = feeds.known(connection)[0]
    assert (feed.state, feed.last_polled_at, feed.declared) == ("new", None, False)
    assert feeds.make_due(connection, []) == [ONE]


def test_what_is_no_longer_declared_stays_undeclared(connection: Connection) -> None:
    feeds.declare(connection, [Wanted(ONE), Wanted(TWO)])
    feeds.declare(connection, [Wanted(TWO)])
    assert [(each.url, each.declared) for each in feeds.known(connection)] == [(ONE, False), (TWO, True)]


def test_adding_a_declared_feed_by_hand_keeps_it_declared(connection: Connection) -> None:
    feeds.declare(connection, [Wanted(ONE)])
    feeds.add(connection, [Wanted(ONE)])
    assert feeds.known(connection)[0].declared


def test_feeds_are_removed_by_url_or_number(connection: Connection) -> None:
    feeds.add(connection, [Wanted(ONE), Wanted(TWO)])
    number = feeds.known(connection)[1].feed_id
    assert sorted(feeds.remove(connection, [ONE, str(number)])) == [ONE, TWO]
    assert feeds.known(connection) == []


def test_an_unknown_name_removes_nothing(connection: Connection) -> None:
    feeds.add(connection, [Wanted(ONE)])
    with pytest.raises(UsageError, match=r"no feed https://nobody\.example/"):
        feeds.remove(connection, [ONE, "https://nobody.example/"])
    assert [each.url for each in feeds.known(connection)] == [ONE]


def test_feeds_made_due_are_due_now_and_others_are_not(connection: Connection) -> None:
    feeds.add(connection, [Wanted(ONE), Wanted(TWO)])
    now = feeds.known(connection)[0].next_poll_at
    with transaction(connection):
        query(connection, "due_feeds", {"now": now, "leased_until": now + timedelta(days=1), "limit": 10})
    assert feeds.make_due(connection, [TWO], revisit=True) == [TWO]
    with transaction(connection):
        due = query(connection, "due_feeds", {"now": now + timedelta(hours=1), "leased_until": now, "limit": 10})
    assert [(row.url, row.revisit_before is not None) for row in due] == [(TWO, True)]


def test_a_feed_at_an_url_that_another_one_had_before_is_a_feed_of_its_own(connection: Connection) -> None:
    feeds.add(connection, [Wanted(ONE)])
    feeds.move(connection, ONE, TWO)
    assert feeds.add(connection, [Wanted(ONE, "One")]) == {TWO: False}
    feeds.add(connection, [Wanted("https://three.example/feed")])
    feeds.move(connection, "https://three.example/feed", ONE)
    assert feeds.add(connection, [Wanted(ONE, "Three")]) == {ONE: False}
    assert [(each.url, each.title) for each in feeds.known(connection)] == [(ONE, "Three"), (TWO, "One")]


@pytest.mark.parametrize("kind", ["", "html", "Feed"])
def test_a_kind_that_is_none_is_an_error(kind: str) -> None:
    with pytest.raises(UsageError, match="feed, page"):
        Wanted(ONE, kind=kind)


@pytest.mark.parametrize("seconds", [0, 59, 86401])
def test_an_interval_that_is_rude_or_pointless_is_an_error(seconds: int) -> None:
    with pytest.raises(UsageError, match="between 60 and 86400"):
        Wanted(ONE, poll_seconds=seconds)
