"""What a hub distributes, from its signature to the frontier; docs/websub.md says which test is for what."""

from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import replace

import aiohttp
import pytest
from tests.web.conftest import Books, Desk, Told, subscribed
from tests.web.hub import Hub, rss

from copydesk.database import transaction
from copydesk.discover.select import MAX_FEED_ENTRIES
from copydesk.pipeline.poll import poll
from copydesk.push import delivery
from copydesk.web.door import Door

# 7 content


async def test_fat_ping_becomes_entries_of_the_feed(desk: Desk, hub: Hub, books: Books) -> None:
    await subscribed(desk, hub)
    assert await hub.distribute(rss(hub.url, "one", "two").encode()) == 202
    assert books.entries() == [("https://news.example.org/one", "websub"), ("https://news.example.org/two", "websub")]
    assert not desk.poll_is_due()
    assert (desk.health().pushes, desk.health().pushed_first) == (1, 2)


async def test_topic_in_the_contents_link_headers_decides_nothing(desk: Desk, hub: Hub, books: Books) -> None:
    await subscribed(desk, hub)  # the hub's Link headers name https://other.example/
    await hub.distribute(rss("https://other.example", "one").encode())
    assert books.entries() == [("https://news.example.org/one", "websub")]


@pytest.mark.parametrize("method", ["sha1", "sha256", "sha384", "sha512"])
async def test_content_is_taken_by_any_recognised_signature(desk: Desk, hub: Hub, books: Books, method: str) -> None:
    await subscribed(desk, hub)
    hub.method = method
    assert await hub.distribute(rss(hub.url, "one").encode()) == 202
    assert len(books.entries()) == 1


@pytest.mark.parametrize(
    ("signature", "reason"),
    [(None, "no-signature"), ("sha256=" + "0" * 64, "bad-signature"), ("md5=" + "0" * 32, "bad-signature")],
)
async def test_content_without_the_right_signature_is_acknowledged_ignored_and_counted(
    desk: Desk, hub: Hub, books: Books, signature: str | None, reason: str
) -> None:
    subscription = await subscribed(desk, hub)
    assert await hub.distribute(rss(hub.url, "forged").encode(), signature=signature) == 202
    assert books.entries() == []
    assert not desk.poll_is_due()
    assert await books.refusals() == {("websub", str(subscription.subscription_id), reason): 1}


@pytest.mark.parametrize("body", [b"", b"something changed", b"<html><p>ping</p></html>", b'{"version": 1}'])
async def test_thin_ping_makes_the_feed_due_at_once(desk: Desk, hub: Hub, books: Books, body: bytes) -> None:
    await subscribed(desk, hub)
    assert await hub.distribute(body) == 202
    assert books.entries() == []
    assert desk.poll_is_due()


async def test_airflow_is_told_of_entries_of_due_feeds_and_of_nothing_that_is_ignored(
    desk: Desk, hub: Hub, told: Told
) -> None:
    await subscribed(desk, hub)
    body = rss(hub.url, "one").encode()
    assert [await hub.distribute(body), await hub.distribute(body), await hub.distribute(b"")] == [202, 202, 202]
    assert told.assets == ["copydesk://entries", "copydesk://feeds"]


async def test_large_content_is_a_reason_to_poll_and_not_parsed_in_the_api_server(
    desk: Desk, hub: Hub, books: Books
) -> None:
    await subscribed(desk, hub)
    body = rss(hub.url, "one").encode() + b" " * delivery.MAX_FAT_BYTES
    assert await hub.distribute(body) == 202
    assert books.entries() == []
    assert desk.poll_is_due()


async def test_same_content_again_says_nothing_new(desk: Desk, hub: Hub, books: Books) -> None:
    subscription = await subscribed(desk, hub)
    body = rss(hub.url, "one").encode()
    assert [await hub.distribute(body), await hub.distribute(body)] == [202, 202]
    assert len(books.entries()) == 1
    assert await books.refusals() == {("websub", str(subscription.subscription_id), "replayed"): 1}


async def test_content_for_nobody_is_gone(desk: Desk, hub: Hub, books: Books) -> None:
    await subscribed(desk, hub)
    callback = f"{desk.settings.public_url}/copydesk/push/websub/nobody"
    assert await hub.distribute(b"x", callback=callback, signature=None) == 410
    assert await books.refusals() == {("websub", "", "no-subscription"): 1}


async def test_flood_of_guessed_callback_urls_asks_the_database_seldom_and_keeps_no_hub_out(
    desk: Desk, hub: Hub, books: Books
) -> None:
    await subscribed(desk, hub)
    assert await hub.distribute(rss(hub.url, "one").encode()) == 202
    base = f"{desk.settings.public_url}/copydesk/push/websub"
    async with aiohttp.ClientSession() as session:
        answers = Counter([(await session.get(f"{base}/guess-{number}")).status for number in range(100)])
    assert set(answers) == {404, 429}
    assert answers[429] > answers[404]
    assert await hub.distribute(rss(hub.url, "two").encode()) == 202
    refused = await books.refusals()
    assert refused["websub", "", "rate-limited"] == answers[429]


async def test_content_beyond_the_limit_is_refused_before_all_of_it_is_read(desk: Desk, hub: Hub, books: Books) -> None:
    await subscribed(desk, hub)
    [subscription] = desk.all()
    assert await hub.distribute(b"x" * (delivery.MAX_CONTENT_BYTES + 1)) == 413
    assert await books.refusals() == {("websub", str(subscription.subscription_id), "too-large"): 1}


async def test_what_is_not_taken_of_content_is_told_until_content_is_taken_whole(
    desk: Desk, hub: Hub, books: Books
) -> None:
    await subscribed(desk, hub)
    await hub.distribute(rss(hub.url, *map(str, range(MAX_FEED_ENTRIES + 7))).encode())
    assert len(books.entries()) == MAX_FEED_ENTRIES
    assert "items left out: 7" in desk.health().detail
    await hub.distribute(b"something changed")
    assert "neither XML nor JSON" in desk.health().detail
    await hub.distribute(rss(hub.url, "one").encode())
    assert desk.health().detail is None


async def test_content_beyond_what_a_feed_may_ask_for_in_a_day_is_left_to_polling(
    desk: Desk, hub: Hub, books: Books, door: Door
) -> None:
    settings = replace(door.settings(), feed_visits_a_day=1)
    door.settings = lambda: settings
    await subscribed(desk, hub)
    assert await hub.distribute(rss(hub.url, "one", "two", "three").encode()) == 202
    assert len(books.entries()) == 1
    assert "items left to polling: 2" in desk.health().detail


async def test_hub_that_pushes_too_often_is_refused_and_counted_by_its_subscription(
    desk: Desk, hub: Hub, books: Books, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(delivery, "PUSH_BURST", 1)
    subscription = await subscribed(desk, hub)
    assert [await hub.distribute(rss(hub.url, name).encode()) for name in "ab"] == [202, 429]
    assert await books.refusals() == {("websub", str(subscription.subscription_id), "rate-limited"): 1}


async def test_flood_of_forged_content_is_counted_and_leaves_the_frontier_alone(
    desk: Desk, hub: Hub, books: Books
) -> None:
    subscription = await subscribed(desk, hub)
    body = rss(hub.url, "forged").encode()
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=20)) as session:

        async def forge(number: int) -> int:
            headers = {"X-Hub-Signature": f"sha256={number:064x}"}
            async with session.post(subscription.callback_url, data=body, headers=headers) as response:
                return response.status

        statuses = await asyncio.gather(*(forge(number) for number in range(200)))
    assert set(statuses) == {202}
    assert books.entries() == []
    assert await books.refusals() == {("websub", str(subscription.subscription_id), "bad-signature"): 200}


# polling goes on


async def test_feed_with_an_active_subscription_is_polled_hourly_and_both_are_counted(desk: Desk, hub: Hub) -> None:
    await subscribed(desk, hub)
    await hub.distribute(rss(hub.url, "pushed").encode())
    hub.feed_body = rss(hub.url, "pushed", "missed-by-the-hub")
    with transaction(desk.connection), desk.connection.cursor() as cursor:
        cursor.execute("UPDATE ingest.feeds SET next_poll_at = %s, poll_seconds = 60", (desk.clock.now,))
    polled = await asyncio.to_thread(poll, desk.settings, clock=desk.clock)
    assert (polled.feeds, polled.added.new) == (1, 1)
    desk.clock.move(3599)
    assert not desk.poll_is_due()
    desk.clock.move(1)
    assert desk.poll_is_due()
    assert (desk.health().pushed_first, desk.health().polled_first) == (1, 1)
