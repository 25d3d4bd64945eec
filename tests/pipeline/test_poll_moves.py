"""A feed that moved is followed, and one that is lost is looked for; but only a person moves it on a guess."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from tests.pipeline.conftest import HOUR, NOW, ONE, TWO, Web, feed, polled, subscribed

from copydesk import feeds
from copydesk.database import Connection
from copydesk.errors import PermanentPageError, UsageError
from copydesk.models import Outcome, Reason
from copydesk.settings import Settings


def test_a_feed_that_moved_for_good_is_asked_where_it_is_now(settings: Settings, connection: Connection) -> None:
    subscribed(connection, ONE)
    polled(settings, Web({ONE: replace(feed(ONE, "a"), final_url=TWO, moved_to=TWO)}))
    web = Web({TWO: feed(TWO, "a")})
    polled(settings, web, NOW + HOUR)
    assert web.asked == [(TWO, "v1")]


def test_a_feed_that_moved_for_good_remembers_its_old_url_and_is_not_added_again_under_it(
    settings: Settings, connection: Connection
) -> None:
    feeds.declare(connection, [feeds.Wanted(ONE)])
    polled(settings, Web({ONE: replace(feed(ONE, "a"), final_url=TWO, moved_to=TWO)}))
    assert feeds.declare(connection, [feeds.Wanted(ONE, "Mine")]) == {TWO: False}
    [known] = feeds.known(connection)
    assert (known.url, known.title, known.declared, known.former_urls) == (TWO, "Mine", True, [ONE])


def test_of_a_feed_that_moves_at_each_poll_the_first_url_and_the_last_ones_are_remembered(
    settings: Settings, connection: Connection
) -> None:
    subscribed(connection, ONE)
    urls = [ONE, *(f"https://one.example/{number}" for number in range(25))]
    for number, (url, target) in enumerate(pairwise(urls)):
        web = Web({url: replace(feed(url, str(number)), final_url=target, moved_to=target)})
        polled(settings, web, NOW + number * 24 * HOUR)
    [known] = feeds.known(connection)
    assert known.url == urls[-1]
    assert known.former_urls == [ONE, *urls[-20:-1]]


def test_a_redirect_for_now_moves_nothing(settings: Settings, connection: Connection) -> None:
    subscribed(connection, ONE)
    polled(settings, Web({ONE: replace(feed(ONE, "a"), final_url=TWO)}))
    assert [known.url for known in feeds.known(connection)] == [ONE]


def test_a_feed_that_moved_to_where_another_one_is_leaves_the_polling_to_that_one(
    settings: Settings, connection: Connection
) -> None:
    subscribed(connection, ONE, TWO)
    polled(settings, Web({ONE: replace(feed(ONE, "a"), final_url=TWO, moved_to=TWO), TWO: feed(TWO, "a")}))
    one, two = feeds.known(connection)
    assert (one.state, two.state) == ("paused", "healthy")
    assert one.pause_reason == f"moved for good to {TWO}, which is polled as feed {two.feed_id}"


def test_a_feed_that_became_a_page_is_told_with_the_feed_that_the_page_links(
    settings: Settings, connection: Connection
) -> None:
    subscribed(connection, ONE)
    there = b"<html><title>x</title><link rel=alternate type=application/rss+xml href=https://two.example/feed></html>"
    web = Web({ONE: replace(feed(ONE), body=there), TWO: feed(TWO, "a")})
    polled(settings, web)
    [known] = feeds.known(connection)
    assert (known.state, known.suggested_url, known.suggested_why) == (
        "failing",
        TWO,
        "the page that is there now links it",
    )
    assert feeds.move(connection, ONE) == TWO
    assert polled(settings, web, NOW + HOUR).added.new == 1
    [known] = feeds.known(connection)
    assert (known.url, known.state, known.former_urls) == (TWO, "healthy", [ONE])


def test_a_feed_that_is_lost_is_looked_for_at_its_sites_home_page_but_not_at_every_poll(
    settings: Settings, connection: Connection
) -> None:
    subscribed(connection, ONE)
    home, new = "https://one.example/", "https://one.example/new"
    lost = PermanentPageError(ONE, Outcome.GONE, Reason.NOT_FOUND, "the server answered 404")
    page = replace(feed(home), body=b"<html><link rel=alternate type=application/rss+xml href=/dead><title>x</title>")
    web = Web({ONE: lost, home: page, "https://one.example/dead": lost})
    for day in range(3):
        polled(settings, web, NOW + day * 24 * HOUR)
    assert [url for url, _ in web.asked] == [ONE, home, "https://one.example/dead", ONE, ONE]
    web.answers[home] = replace(page, body=page.body.replace(b"/dead", b"/new"))
    web.answers[new] = feed(new, "a")
    polled(settings, web, NOW + 96 * HOUR)
    assert feeds.known(connection)[0].suggested_url == new


def test_a_feed_that_says_that_it_is_elsewhere_is_believed_by_a_person_only(
    settings: Settings, connection: Connection
) -> None:
    subscribed(connection, ONE)
    document = feed(ONE, "a")
    says = f'<itunes:new-feed-url xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd">{TWO}</itunes:new-feed-url>'
    body = document.body.replace(b"<title>News", says.encode() + b"<title>News")
    web = Web({ONE: replace(document, body=body, content_hash=b"other"), TWO: feed(TWO, "a")})
    polled(settings, web)
    [known] = feeds.known(connection)
    assert (known.url, known.state, known.suggested_url) == (ONE, "healthy", TWO)
    web.answers[ONE] = replace(document, body=body.replace(b">a<", b">b<"), content_hash=b"more")
    polled(settings, web, NOW + HOUR)
    assert feeds.known(connection)[0].suggested_url == TWO
    assert [url for url, _ in web.asked] == [ONE, TWO, ONE]


def test_a_feed_that_gives_a_wrong_address_of_itself_suggests_nothing(
    settings: Settings, connection: Connection
) -> None:
    subscribed(connection, ONE)
    document = feed(ONE, "a")
    wrong = f'<atom:link xmlns:atom="http://www.w3.org/2005/Atom" rel="self" href="{TWO}"/>'
    body = document.body.replace(b"<title>News", wrong.encode() + b"<title>News")
    web = Web({ONE: replace(document, body=body), TWO: PermanentPageError(TWO, Outcome.GONE, Reason.NOT_FOUND, "404")})
    polled(settings, web)
    assert feeds.known(connection)[0].suggested_url is None


def test_moving_a_feed_to_another_feeds_url_or_nowhere_is_an_error(connection: Connection) -> None:
    subscribed(connection, ONE, TWO)
    with pytest.raises(UsageError, match="nothing suggests"):
        feeds.move(connection, ONE)
    with pytest.raises(UsageError, match="is feed 2 already"):
        feeds.move(connection, ONE, TWO)
    with pytest.raises(UsageError, match="no feed"):
        feeds.move(connection, "https://nobody.example/", TWO)
