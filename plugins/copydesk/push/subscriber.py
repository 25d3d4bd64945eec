"""WebSub from our side: subscribing a feed, renewing before the lease ends, leaving.

A subscription is in the books before its hub is asked, since hubs may verify before they answer. Renewing begins with
the feed, as the Recommendation has it: so a feed that moved, or changed its hub, is followed. The renewal has its own
callback URL and secret; the one before it goes on until the hub verified the new one.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from copydesk.database import Connection, connect, query, transaction
from copydesk.errors import CopydeskError, DatabaseError, PageError, UsageError
from copydesk.fetch.address import ForbiddenAddressError, GuardedResolver, refuse_literal
from copydesk.push import subscriptions
from copydesk.push.hub_links import preferred
from copydesk.push.hubs import Hubs
from copydesk.push.intent import State, Subscription
from copydesk.settings import Settings
from copydesk.urls import host

CALLBACK_PATH = "/copydesk/push/websub"
RETRY_SECONDS = 3600
MAX_RETRY_SECONDS = 24 * 3600
KEEP = timedelta(days=30)
KEEP_CONTENTS = timedelta(days=1)
OVER = frozenset({State.PENDING, State.FAILED, State.DENIED})


class PushError(CopydeskError):
    """A feed cannot be subscribed; the message says why."""


@dataclass(frozen=True, slots=True)
class Feed:
    """What subscribing needs to know of a feed."""

    feed_id: int
    url: str


@dataclass(frozen=True, slots=True)
class Kept:
    """What a round over the due subscriptions did: hubs asked anew, left, given up for now, and ended."""

    asked: int = 0
    left: int = 0
    failed: int = 0
    ended: int = 0


async def subscribe(
    connection: Connection, hubs: Hubs, feed: Feed, callback_base: str, now: datetime, *, failures: int = 0
) -> Subscription:
    """Ask the feed's hubs, one after the other, until one accepts. Raises PushError with what the last one said."""
    try:
        links = await hubs.discover(feed.url)
    except PageError as error:
        raise PushError(f"{feed.url}: {error.detail}") from error
    if not links.hubs or links.topic is None:
        missing = "names no WebSub hub" if not links.hubs else "does not say its own URL (rel=self)"
        raise PushError(f"{feed.url} {missing}; it can only be polled")
    detail = ""
    for hub_url in [url for hub in links.hubs for url in preferred(hub)]:
        with transaction(connection):
            begun = subscriptions.begin(
                connection,
                feed.feed_id,
                hub_url=hub_url,
                topic_url=links.topic,
                callback_base=callback_base,
                now=now,
                failures=failures,
            )
        asked = await hubs.subscribe(begun)
        if asked.accepted:
            return begun
        detail = f"{asked.hub_url}: {asked.detail}"
        with transaction(connection):
            subscriptions.set_state(connection, begun, State.ENDED, detail=detail)
    raise PushError(f"{feed.url}: {detail}")


async def leave(connection: Connection, hubs: Hubs, feed: Feed, now: datetime) -> int:
    """End a feed's subscriptions; how many hubs were asked to confirm that."""
    with transaction(connection):
        ending = subscriptions.of_feed(connection, feed.feed_id)
        for subscription in ending:
            state = State.ENDED if subscription.state in OVER else State.UNSUBSCRIBING
            retry = None if state is State.ENDED else now + timedelta(seconds=RETRY_SECONDS)
            subscriptions.set_state(connection, subscription, state, look_again_at=retry)
    leaving = [subscription for subscription in ending if subscription.state not in OVER]
    for subscription in leaving:
        await hubs.unsubscribe(subscription)
    return len(leaving)


async def callback_base(settings: Settings) -> str:
    """Where hubs find us. Raises UsageError when nobody said so, or when it is at an address that is not public."""
    url = settings.public_url
    if not url or urlsplit(url).scheme not in ("http", "https"):
        raise UsageError(
            "set COPYDESK_PUBLIC_URL to where hubs reach Airflow's api-server, as https://news.example.org"
        )
    try:
        refuse_literal(host(url), settings.allowed_networks)
        await GuardedResolver(settings.allowed_networks).resolve(host(url))
    except ForbiddenAddressError as error:
        raise UsageError(f"COPYDESK_PUBLIC_URL: {error}; no hub outside could reach it") from error
    except OSError:
        pass  # the name may only be known outside
    return url + CALLBACK_PATH


def keep(settings: Settings, now: datetime, hubs: Callable[[Settings], Hubs] = Hubs) -> Kept:
    """Look at every subscription that is due: renew, ask again, leave, give up. What `keep_house` calls.

    Also forgets receipts, refusals and ended subscriptions that are older than KEEP.
    """
    with connect(settings.database) as connection:
        with transaction(connection):
            query(connection, "push_forget", {"before": now - KEEP, "contents_before": now - KEEP_CONTENTS})
        return asyncio.run(_keep(connection, settings, now, hubs))


async def _keep(connection: Connection, settings: Settings, now: datetime, hubs: Callable[[Settings], Hubs]) -> Kept:
    with transaction(connection):
        due = subscriptions.due(connection, now)
    if not due:
        return Kept()
    counts: Counter[str] = Counter()
    base = await callback_base(settings)
    async with hubs(settings) as asking:
        for subscription in due:
            try:
                counts[await _look_at(connection, asking, subscription, base, now)] += 1
            except DatabaseError:
                raise
            except Exception as error:  # noqa: BLE001 - one feed or hub that breaks something keeps no other from renewal
                counts[_put_off(connection, subscription, f"looking at it failed: {error!r}", now)] += 1
    return Kept(**counts)


async def _look_at(connection: Connection, hubs: Hubs, subscription: Subscription, base: str, now: datetime) -> str:
    """Do what one due subscription needs; the name of the count that it adds to."""
    expired = subscription.expires_at is not None and subscription.expires_at <= now
    if subscription.state in (State.REPLACED, State.UNSUBSCRIBING):
        if expired:
            return _end(connection, subscription, "its lease ended")
        await hubs.unsubscribe(subscription)
        with transaction(connection):
            look_again = now + timedelta(seconds=MAX_RETRY_SECONDS)
            subscriptions.set_state(connection, subscription, subscription.state, look_again_at=look_again)
        return "left"
    if subscription.state is State.PENDING:
        return _fail(connection, subscription, "the hub never verified it", now)
    return await _renew(connection, hubs, subscription, base, now, expired=expired)


async def _renew(
    connection: Connection, hubs: Hubs, subscription: Subscription, base: str, now: datetime, *, expired: bool
) -> str:
    with transaction(connection):
        rows = query(connection, "push_feed", {"feed_id": subscription.feed_id})
    feed = Feed(rows[0].feed_id, rows[0].url)
    try:
        await subscribe(connection, hubs, feed, base, now, failures=subscription.failures)
    except PushError as error:
        return _fail(connection, subscription, str(error), now, still_active=not expired)
    with transaction(connection):
        if subscription.state is State.ACTIVE and not expired:
            # it goes on until the hub verifies the new one, which replaces it
            look_again = now + timedelta(seconds=RETRY_SECONDS)
            subscriptions.set_state(connection, subscription, State.ACTIVE, look_again_at=look_again)
        else:
            subscriptions.set_state(connection, subscription, State.ENDED, detail="asked for anew")
    return "asked"


def _fail(
    connection: Connection, subscription: Subscription, detail: str, now: datetime, *, still_active: bool = False
) -> str:
    pause = min(RETRY_SECONDS * 2**subscription.failures, MAX_RETRY_SECONDS)
    state = State.ACTIVE if still_active and subscription.state is State.ACTIVE else State.FAILED
    with transaction(connection):
        subscriptions.set_state(
            connection,
            subscription,
            state,
            detail=detail,
            look_again_at=now + timedelta(seconds=pause),
            failed=True,
        )
    return "failed"


def _put_off(connection: Connection, subscription: Subscription, detail: str, now: datetime) -> str:
    look_again = now + timedelta(seconds=RETRY_SECONDS)
    with transaction(connection):
        subscriptions.set_state(
            connection, subscription, subscription.state, detail=detail, look_again_at=look_again, failed=True
        )
    return "failed"


def _end(connection: Connection, subscription: Subscription, detail: str) -> str:
    with transaction(connection):
        subscriptions.set_state(connection, subscription, State.ENDED, detail=detail)
    return "ended"
