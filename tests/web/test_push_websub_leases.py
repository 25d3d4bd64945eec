"""Renewal, expiry and the end of subscriptions; docs/websub.md says which test is for what."""

from __future__ import annotations

import asyncio

from tests.web.conftest import Books, Desk, subscribed
from tests.web.hub import LEASE, Hub, rss

from copydesk.database import transaction
from copydesk.push import subscriber, subscriptions, webhook
from copydesk.push.hub_links import HubLinks
from copydesk.push.hubs import Hubs
from copydesk.push.intent import State


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


async def test_what_breaks_the_renewal_of_one_is_noted_and_keeps_no_other_from_it(desk: Desk, hub: Hub) -> None:
    class Broken(Hubs):
        async def discover(self, feed_url: str) -> HubLinks:
            raise ZeroDivisionError(feed_url)

    await subscribed(desk, hub)
    desk.clock.move(LEASE - 24 * 3600)
    assert await asyncio.to_thread(subscriber.keep, desk.settings, desk.clock.now, Broken) == subscriber.Kept(failed=1)
    assert (desk.health().state, "ZeroDivisionError" in desk.health().detail) == ("active", True)
    assert await desk.keep() == subscriber.Kept()
    desk.clock.move(2 * 3600)
    assert await desk.keep() == subscriber.Kept(asked=1)
    await hub.settle()


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
