"""What hubs send to a callback URL: verifications, denials, content (W3C WebSub, 5.2, 5.3, 7).

Content is taken by the callback URL alone; its Link headers say nothing about whose it is.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from copydesk import frontier
from copydesk.database import Connection, query, storable, transaction
from copydesk.errors import FeedError
from copydesk.models import Entry
from copydesk.push import subscriptions
from copydesk.push.intent import LISTENING, Answer, State, Subscription, answer
from copydesk.push.refusals import PushRefusedError, Refusal
from copydesk.push.signing import REPLAY_WINDOW_SECONDS, hub_signature_matches
from copydesk.push.telling import told
from copydesk.push.webhook import take_token
from copydesk.settings import MAX_BODY_BYTES

SOURCE = "websub"
MAX_CONTENT_BYTES = MAX_BODY_BYTES
MAX_FAT_BYTES = 1024 * 1024
"""Larger feeds are not parsed in the api-server: the push is taken as a hint to poll."""
PUSHES_PER_SECOND = 5.0
PUSH_BURST = 300
MAX_PROBLEM_CHARS = 500


@dataclass(frozen=True, slots=True)
class Delivered:
    """What became of a hub's content: how many entries it held, or why it was ignored. `source` is for the books."""

    source: str
    entries: int = 0
    refusal: Refusal | None = None


def verify(connection: Connection, token: str, parameters: Mapping[str, str], now: datetime) -> Answer:
    """Answer a hub's GET and take note of what it means."""
    with transaction(connection):
        subscription = subscriptions.by_token(connection, token)
        reply = answer(subscription, parameters)
        if subscription is None or reply.state is None:
            return reply
        if reply.state is State.ACTIVE and reply.lease_seconds is not None:
            subscriptions.activate(connection, subscription, reply.lease_seconds, now)
        else:
            subscriptions.set_state(connection, subscription, reply.state, detail=reply.detail)
        return reply


def listener(connection: Connection, token: str) -> Subscription:
    """The subscription that takes content at this callback URL; refuses (NO_SUBSCRIPTION, 410) when there is none."""
    with transaction(connection):
        subscription = subscriptions.by_token(connection, token)
    if subscription is None or subscription.state not in LISTENING:
        raise PushRefusedError(Refusal.NO_SUBSCRIPTION, "there is no such subscription, or it has ended")
    return subscription


def receive(
    connection: Connection,
    subscription: Subscription,
    body: bytes,
    headers: Mapping[str, str],
    now: datetime,
    *,
    telling: bool = False,
    visits_a_day: int = 0,
) -> Delivered:
    """Take in content: its items as entries, or, when it has none that can be read, the feed is due for a poll.

    `telling` promises that the caller then tells Airflow. Of what the feed may ask for in a day (`visits_a_day`, 0 for
    any number) the rest is left to polling. What is not signed, wrongly signed or a repetition is ignored
    and named. Raises PushRefusedError for too many.
    """
    name = str(subscription.subscription_id)
    refusal = _objection(subscription, headers.get("x-hub-signature"), body)
    if refusal is not None:
        return Delivered(name, refusal=refusal)
    with transaction(connection):
        take_token(connection, f"websub/{name}", PUSHES_PER_SECOND, PUSH_BURST, now)
    entries, problem = _read(subscription, body, headers)
    with transaction(connection):
        if body and not _is_news(connection, subscription, body, now):
            return Delivered(name, refusal=Refusal.REPLAYED)
        if telling:
            told(connection)
        most = frontier.room(connection, subscription.feed_id, visits_a_day, now)
        if beyond := frontier.add(connection, entries, now, most=most).beyond:
            problem = f"of its last content, items left to polling: {beyond:,} (COPYDESK_FEED_VISITS_A_DAY is reached)"
        query(
            connection,
            "push_note_delivery",
            {
                "subscription_id": subscription.subscription_id,
                "thin": not entries,
                "problem": problem and storable(problem)[:MAX_PROBLEM_CHARS],
                "now": now,
            },
        )
    return Delivered(name, entries=len(entries))


def _objection(subscription: Subscription, signature: str | None, body: bytes) -> Refusal | None:
    if not signature:
        return Refusal.NO_SIGNATURE
    return None if hub_signature_matches(signature, subscription.secret, body) else Refusal.BAD_SIGNATURE


def _is_news(connection: Connection, subscription: Subscription, body: bytes, now: datetime) -> bool:
    parameters = {
        "subscription_id": subscription.subscription_id,
        "body_hash": hashlib.sha256(body).digest(),
        "window_start": now - timedelta(seconds=REPLAY_WINDOW_SECONDS),
        "now": now,
    }
    return bool(query(connection, "push_note_content", parameters))


def _read(subscription: Subscription, body: bytes, headers: Mapping[str, str]) -> tuple[tuple[Entry, ...], str | None]:
    """The entries in content, and what people should know of what it holds beyond them."""
    from copydesk.discover import read_feed  # noqa: PLC0415 - feedparser and lxml

    if not body.strip():
        return (), None
    if len(body) > MAX_FAT_BYTES:
        return (), f"its last content was {len(body):,} bytes, more than are read of a push; the feed is polled instead"
    try:
        document = read_feed(body, subscription.topic_url, headers)
    except FeedError as error:
        return (), f"its last content {error.detail}; the feed is polled instead"
    entries = tuple(replace(entry, source=SOURCE, feed_id=subscription.feed_id) for entry in document.entries)
    problems = "; ".join(document.problems)
    return entries, f"of its last content, {problems}" if problems else None
