"""The books of WebSub subscriptions: one row each, a renewal is a row of its own."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from copydesk.database import Connection, query
from copydesk.push.intent import State, Subscription, renew_at

SECRET_BYTES = 48  # 64 characters; the Recommendation allows fewer than 200 bytes
TOKEN_BYTES = 32
VERIFICATION_SECONDS = 3600
DUE_LIMIT = 200


def by_token(connection: Connection, token: str) -> Subscription | None:
    """The subscription whose callback URL ends so."""
    rows = query(connection, "push_subscription", {"token": token}) if "\0" not in token else []
    return _subscription(rows[0]) if rows else None


def of_feed(connection: Connection, feed_id: int) -> tuple[Subscription, ...]:
    """A feed's subscriptions that are not over, the newest first."""
    return tuple(_subscription(row) for row in query(connection, "push_feed_subscriptions", {"feed_id": feed_id}))


def due(connection: Connection, now: datetime) -> tuple[Subscription, ...]:
    """Those that must be looked at now, at most DUE_LIMIT."""
    rows = query(connection, "push_due_subscriptions", {"now": now, "limit": DUE_LIMIT})
    return tuple(_subscription(row) for row in rows)


def begin(
    connection: Connection,
    feed_id: int,
    *,
    hub_url: str,
    topic_url: str,
    callback_base: str,
    now: datetime,
    failures: int = 0,
) -> Subscription:
    """A new pending subscription with a callback URL and a secret that nobody can guess.

    If the hub has not verified it within VERIFICATION_SECONDS it is due again.
    """
    token = secrets.token_urlsafe(TOKEN_BYTES)
    parameters = {
        "feed_id": feed_id,
        "hub_url": hub_url,
        "topic_url": topic_url,
        "token": token,
        "callback_url": f"{callback_base}/{token}",
        "secret": secrets.token_urlsafe(SECRET_BYTES),
        "now": now,
        "renew_at": now + timedelta(seconds=VERIFICATION_SECONDS),
        "failures": failures,
    }
    query(connection, "push_add_subscription", parameters)
    begun = by_token(connection, token)
    assert begun is not None  # noqa: S101 - inserted in this transaction
    return begun


def activate(connection: Connection, subscription: Subscription, lease: int, now: datetime) -> None:
    """The hub verified it, for `lease` seconds; what it renews is replaced and due to be unsubscribed."""
    parameters = {
        "subscription_id": subscription.subscription_id,
        "lease_seconds": lease,
        "renew_at": renew_at(now, lease),
        "now": now,
    }
    query(connection, "push_activate", parameters)


def set_state(
    connection: Connection,
    subscription: Subscription,
    state: State,
    *,
    detail: str | None = None,
    look_again_at: datetime | None = None,
    failed: bool = False,
) -> None:
    """The subscription's new state, and why; `look_again_at` makes it due then.

    Nothing is changed if the hub made something else of it meanwhile.
    """
    parameters = {
        "subscription_id": subscription.subscription_id,
        "known_state": subscription.state.value,
        "state": state.value,
        "renew_at": look_again_at,
        "failed": int(failed),
        "detail": detail,
    }
    query(connection, "push_set_state", parameters)


def _subscription(row: object) -> Subscription:
    fields = row._asdict()  # type: ignore[attr-defined]
    return Subscription(**fields | {"state": State(fields["state"])})
