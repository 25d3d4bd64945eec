"""WebSub from discovery to the frontier, against a hub on loopback; docs/websub.md says which test is for what."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import timedelta

import aiohttp
import pytest
import uvicorn
from aiohttp import web
from starlette.applications import Starlette
from starlette.routing import Mount
from tests.web.conftest import Books, Clock, Told
from tests.web.hub import LEASE, Hub, rss

from copydesk.database import Connection, query, transaction
from copydesk.errors import UsageError
from copydesk.pipeline.poll import poll
from copydesk.push import delivery, subscriber, subscriptions, webhook
from copydesk.push.hubs import Hubs
from copydesk.push.intent import State, Subscription
from copydesk.push.subscriber import Feed, PushError
from copydesk.settings import Settings
from copydesk.web.door import Door
from copydesk.web.push import URL_PREFIX, push_app


@pytest.fixture
async def hub() -> AsyncIterator[Hub]:
    hub = Hub()
    runner = web.AppRunner(hub.app())
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    hub.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    hub.feed_body = rss(hub.url, "one")
    yield hub
    await hub.settle()
    await runner.cleanup()


@pytest.fixture
async def public_url(door: Door) -> AsyncIterator[str]:
    """Where hubs reach the doors: a real server, mounted as Airflow does it."""
    app = Starlette(routes=[Mount(URL_PREFIX, push_app(door))])
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="warning", lifespan="off"))
    running = asyncio.create_task(server.serve())
    while not server.started:  # noqa: ASYNC110 - uvicorn has no event for it
        await asyncio.sleep(0.01)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    await running
    await door.close()


@dataclass
class Desk:
    """Our side: a feed in the books, and what people and keep_house do about it."""

    connection: Connection
    settings: Settings
    clock: Clock
    feed: Feed

    async def on(self) -> Subscription:
        base = await subscriber.callback_base(self.settings)
        async with Hubs(self.settings) as hubs:
            return await subscriber.subscribe(self.connection, hubs, self.feed, base, self.clock.now)

    async def off(self) -> int:
        async with Hubs(self.settings) as hubs:
            return await subscriber.leave(self.connection, hubs, self.feed, self.clock.now)

    async def keep(self) -> subscriber.Kept:
        return await asyncio.to_thread(subscriber.keep, self.settings, self.clock.now)

    def all(self) -> list[Subscription]:
        """Of the feed, not over, the newest first."""
        with transaction(self.connection):
            return list(subscriptions.of_feed(self.connection, self.feed.feed_id))

    def health(self) -> object:
        with transaction(self.connection):
            [row] = query(self.connection, "push_health", {"feed_id": self.feed.feed_id})
            return row

    def poll_is_due(self) -> bool:
        with transaction(self.connection), self.connection.cursor() as cursor:
            cursor.execute("SELECT next_poll_at <= %s FROM ingest.feeds", (self.clock.now,))
            return bool(cursor.fetchone()[0])


@pytest.fixture
def desk(connection: Connection, settings: Settings, clock: Clock, hub: Hub, public_url: str) -> Desk:
    url = f"{hub.url}/feed"
    with transaction(connection), connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO ingest.feeds (url, next_poll_at) VALUES (%s, %s) RETURNING feed_id",
            (url, clock.now + timedelta(days=1)),
        )
        feed_id = cursor.fetchone()[0]
    return Desk(connection, replace(settings, public_url=public_url), clock, Feed(feed_id, url))


async def subscribed(desk: Desk, hub: Hub) -> Subscription:
    await desk.on()
    await hub.settle()
    [subscription] = desk.all()
    assert subscription.state is State.ACTIVE
    return subscription


# 5.1 the request


async def test_request_is_a_form_with_the_required_fields_a_lease_and_a_short_secret(desk: Desk, hub: Hub) -> None:
    begun = await desk.on()
    [form] = hub.requests
    assert hub.types == ["application/x-www-form-urlencoded"]
    assert form["hub.mode"] == "subscribe"
    assert form["hub.topic"] == f"{hub.url}/feed"
    assert form["hub.callback"] == begun.callback_url
    assert int(form["hub.lease_seconds"]) > 0
    assert 32 <= len(form["hub.secret"].encode()) < 200


async def test_topic_is_the_feeds_own_url_and_not_the_one_that_was_asked_for(desk: Desk, hub: Hub) -> None:
    hub.feed_body = rss(hub.url, topic="/canonical")
    await desk.on()
    assert hub.requests[0]["hub.topic"] == f"{hub.url}/canonical"


async def test_feed_that_moved_is_followed(desk: Desk, hub: Hub) -> None:
    desk.feed = replace(desk.feed, url=f"{hub.url}/old-feed")
    await desk.on()
    assert hub.requests[0]["hub.topic"] == f"{hub.url}/feed"


async def test_link_headers_win_over_the_document(desk: Desk, hub: Hub) -> None:
    hub.feed_headers = {"Link": f'<{hub.url}/moved-hub>; rel="hub", <{hub.url}/by-header>; rel="self"'}
    await desk.on()
    assert hub.requests[0]["hub.topic"] == f"{hub.url}/by-header"


@pytest.mark.parametrize("status", [301, 302, 307, 308])
async def test_request_follows_the_hubs_redirect_with_the_whole_form(desk: Desk, hub: Hub, status: int) -> None:
    hub.feed_headers = {"Link": f'<{hub.url}/moved-hub>; rel="hub", <{hub.url}/feed>; rel="self"'}
    hub.redirect_with = status
    await subscribed(desk, hub)
    assert hub.requests[0]["hub.mode"] == "subscribe"


async def test_callback_urls_are_long_random_and_never_used_twice(desk: Desk, hub: Hub) -> None:
    first, second = await desk.on(), await desk.on()
    assert first.token != second.token
    assert first.secret != second.secret
    assert len(first.token) >= 43  # 32 random bytes
    assert first.callback_url == f"{desk.settings.public_url}/copydesk/push/websub/{first.token}"


async def test_next_hub_is_asked_when_one_refuses(desk: Desk, hub: Hub) -> None:
    hub.feed_headers = {
        "Link": f'<{hub.url}/nothing-here>; rel="hub", <{hub.url}/hub>; rel="hub", <{hub.url}/feed>; rel="self"'
    }
    await subscribed(desk, hub)


async def test_hubs_explanation_reaches_people(desk: Desk, hub: Hub) -> None:
    hub.refuse_with = 403
    with pytest.raises(PushError, match="the hub answered 403: no room for you"):
        await desk.on()
    assert desk.all() == []


async def test_feed_without_hub_or_own_url_can_only_be_polled(desk: Desk, hub: Hub) -> None:
    hub.feed_body = "<rss><channel><title>T</title></channel></rss>"
    with pytest.raises(PushError, match="names no WebSub hub"):
        await desk.on()
    hub.feed_headers = {"Link": f"<{hub.url}/hub>; rel=hub"}
    with pytest.raises(PushError, match="does not say its own URL"):
        await desk.on()


# 5.2 and 5.3 denial and verification


async def test_verification_is_echoed_as_harmless_bytes(desk: Desk, hub: Hub) -> None:
    await subscribed(desk, hub)
    [(status, body, headers)] = hub.verifications
    assert (status, body) == (200, b"challenge-0")
    assert headers["content-type"] == "application/octet-stream"
    assert headers["x-content-type-options"] == "nosniff"
    health = desk.health()
    assert health.state == "active"
    assert health.expires_at == desk.clock.now + timedelta(seconds=LEASE)


async def test_hub_may_verify_before_it_answers(desk: Desk, hub: Hub) -> None:
    hub.verify_first = True
    await subscribed(desk, hub)


async def test_verification_of_what_we_did_not_ask_for_is_404_and_counted(desk: Desk, hub: Hub, books: Books) -> None:
    subscription = await subscribed(desk, hub)
    form = hub.requests[0]
    assert await hub.verify(form, topic="https://example.org/other") == 404
    assert await hub.verify(form, mode="unsubscribe") == 404
    assert await hub.verify(form | {"hub.callback": subscription.callback_url[:-1]}) == 404
    assert desk.all() == [subscription]
    assert await books.refusals() == {("websub", "", "not-intended"): 3}


async def test_denied_subscription_is_not_tried_again_and_says_why(desk: Desk, hub: Hub) -> None:
    subscription = await subscribed(desk, hub)
    assert await hub.deny(subscription.callback_url, "you are too many") == 200
    assert desk.health().state == "denied"
    assert "you are too many" in desk.health().detail
    desk.clock.move(60 * 24 * 3600)
    assert await desk.keep() == subscriber.Kept()
    assert await hub.distribute(rss(hub.url, "late").encode()) == 410


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


async def test_content_beyond_the_limit_is_refused_before_all_of_it_is_read(desk: Desk, hub: Hub, books: Books) -> None:
    await subscribed(desk, hub)
    assert await hub.distribute(b"x" * (delivery.MAX_CONTENT_BYTES + 1)) == 413
    assert await books.refusals() == {("websub", "", "too-large"): 1}


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


# renewal, expiry, leaving


async def test_renewal_is_a_new_subscription_and_the_old_one_is_left_when_the_new_one_is_verified(
    desk: Desk, hub: Hub, books: Books
) -> None:
    old = await subscribed(desk, hub)
    assert await desk.keep() == subscriber.Kept()
    desk.clock.move(LEASE - 24 * 3600)
    assert await desk.keep() == subscriber.Kept(asked=1)
    await hub.settle()
    new, replaced = desk.all()
    assert (new.state, replaced.state) == (State.ACTIVE, State.REPLACED)
    assert new.token != old.token
    assert new.secret != old.secret
    assert hub.feed_requests == 2  # renewing begins with the feed
    await hub.distribute(rss(hub.url, "through-the-old").encode(), callback=old.callback_url)
    await hub.distribute(rss(hub.url, "through-the-new").encode(), callback=new.callback_url)
    assert len(books.entries()) == 2
    assert await desk.keep() == subscriber.Kept(left=1)
    await hub.settle()
    assert desk.all() == [new]
    assert list(hub.subscribers) == [new.callback_url]


async def test_failed_renewal_leaves_the_old_subscription_and_is_tried_again(desk: Desk, hub: Hub) -> None:
    await subscribed(desk, hub)
    desk.clock.move(LEASE - 24 * 3600)
    hub.refuse_with = 503
    assert await desk.keep() == subscriber.Kept(failed=1)
    assert desk.health().state == "active"
    assert "503" in desk.health().detail
    assert await desk.keep() == subscriber.Kept()
    hub.refuse_with = None
    desk.clock.move(2 * 3600)
    assert await desk.keep() == subscriber.Kept(asked=1)
    await hub.settle()
    assert desk.all()[0].state is State.ACTIVE


async def test_lease_that_ended_without_renewal_is_failed_and_asked_anew(desk: Desk, hub: Hub) -> None:
    await subscribed(desk, hub)
    desk.clock.move(LEASE + 1)
    hub.refuse_with = 503
    assert await desk.keep() == subscriber.Kept(failed=1)
    assert desk.health().state == "failed"
    hub.refuse_with = None
    desk.clock.move(2 * 3600)
    assert await desk.keep() == subscriber.Kept(asked=1)
    await hub.settle()
    [subscription] = desk.all()
    assert subscription.state is State.ACTIVE


async def test_hub_that_never_verifies_is_asked_again_after_a_while(desk: Desk, hub: Hub) -> None:
    begun = await desk.on()
    await asyncio.gather(*hub.tasks)
    with transaction(desk.connection), desk.connection.cursor() as cursor:
        cursor.execute(
            "UPDATE ingest.push_subscriptions SET state = 'pending', renew_at = requested_at + interval '1 hour'"
        )
    desk.clock.move(subscriptions.VERIFICATION_SECONDS)
    assert await desk.keep() == subscriber.Kept(failed=1)
    assert "never verified" in desk.health().detail
    desk.clock.move(subscriber.RETRY_SECONDS)
    assert await desk.keep() == subscriber.Kept(asked=1)
    await hub.settle()
    assert desk.all()[0].token != begun.token


async def test_leaving_unsubscribes_with_the_same_callback_and_ends_when_the_hub_verified_it(
    desk: Desk, hub: Hub
) -> None:
    subscription = await subscribed(desk, hub)
    assert await desk.off() == 1
    form = hub.requests[-1]
    assert form == {
        "hub.mode": "unsubscribe",
        "hub.topic": subscription.topic_url,
        "hub.callback": subscription.callback_url,
    }
    await hub.settle()
    assert desk.all() == []
    assert hub.subscribers == {}


async def test_hub_that_ignores_leaving_gets_410_and_its_lease_ends_it(desk: Desk, hub: Hub) -> None:
    subscription = await subscribed(desk, hub)
    hub.refuse_with = 500
    await desk.off()
    assert desk.health().state == "unsubscribing"
    assert await hub.distribute(b"x", callback=subscription.callback_url) == 410
    desk.clock.move(LEASE + 1)
    assert await desk.keep() == subscriber.Kept(ended=1)
    assert desk.all() == []


# addresses


async def test_hub_at_a_private_address_is_refused_when_the_connection_is_made(desk: Desk, hub: Hub) -> None:
    hub.feed_headers = {
        "Link": '<http://169.254.169.254/hub>; rel="hub", <http://[::ffff:10.0.0.1]/hub>; rel="hub", '
        '<http://0x0a000001:80/hub>; rel="hub", </feed>; rel="self"'
    }
    with pytest.raises(PushError, match="not a public address"):
        await desk.on()
    assert hub.requests == []


async def test_hub_that_redirects_to_a_private_address_is_refused(desk: Desk, hub: Hub) -> None:
    hub.feed_headers = {"Link": f'<{hub.url}/moved-hub>; rel="hub", </feed>; rel="self"'}
    hub.redirect_to = "http://169.254.169.254/hub"
    with pytest.raises(PushError, match="not a public address"):
        await desk.on()


@pytest.mark.parametrize("url", ["http://10.1.2.3", "http://169.254.169.254", "http://[::1]:8080", "http://0x7f.1"])
async def test_callback_url_at_a_private_address_is_refused_unless_allowed(desk: Desk, url: str) -> None:
    closed = replace(desk.settings, public_url=url, allowed_networks=())
    with pytest.raises(UsageError, match="COPYDESK_PUBLIC_URL"):
        await subscriber.callback_base(closed)


async def test_nobody_subscribes_without_a_public_url(desk: Desk) -> None:
    with pytest.raises(UsageError, match="set COPYDESK_PUBLIC_URL"):
        await subscriber.callback_base(replace(desk.settings, public_url=None))


async def test_old_bookkeeping_is_forgotten(desk: Desk, hub: Hub) -> None:
    first = await subscribed(desk, hub)
    assert await desk.off() == 1
    await hub.settle()
    with transaction(desk.connection):
        webhook.take_token(desk.connection, "webhook/wire", 1.0, 1, desk.clock.now)
    for seconds, left in ((subscriber.KEEP.total_seconds(), 1), (1, 0)):
        desk.clock.move(seconds)
        await desk.keep()
        with transaction(desk.connection), desk.connection.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM ingest.push_subscriptions WHERE token = %s", (first.token,))
            assert cursor.fetchone() == (left,)
            cursor.execute("SELECT count(*) FROM ingest.push_buckets")
            assert cursor.fetchone() == (left,)


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
