"""How a feed is subscribed at its hub, from discovery to verification; docs/websub.md says which test is for what."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from tests.web.conftest import Books, Desk, subscribed
from tests.web.hub import LEASE, Hub, rss

from copydesk.errors import UsageError
from copydesk.push import subscriber
from copydesk.push.subscriber import PushError

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
