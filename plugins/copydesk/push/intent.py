"""What to answer a hub that asks whether we meant it, or says no (W3C WebSub, 5.2 and 5.3). Pure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

LEASE_SECONDS_WANTED = 10 * 24 * 3600
MAX_LEASE_SECONDS = 90 * 24 * 3600
RENEWAL_SECONDS = 24 * 3600
MAX_CHALLENGE_CHARS = 2048
MAX_REASON_CHARS = 300


class State(StrEnum):
    """Of a subscription; ingest.push_subscriptions.state."""

    PENDING = "pending"
    ACTIVE = "active"
    REPLACED = "replaced"
    UNSUBSCRIBING = "unsubscribing"
    DENIED = "denied"
    FAILED = "failed"
    ENDED = "ended"


WANTED = frozenset({State.PENDING, State.ACTIVE, State.FAILED})
LEAVING = frozenset({State.REPLACED, State.UNSUBSCRIBING, State.ENDED})
LISTENING = frozenset({State.PENDING, State.ACTIVE, State.REPLACED, State.FAILED})
"""Content is taken in these: also before our side knows of the verification, and until a renewal's forerunner ends."""


@dataclass(frozen=True, slots=True)
class Subscription:
    """One subscription of a feed at a hub. `token` is the unguessable end of the callback URL."""

    subscription_id: int
    feed_id: int
    hub_url: str
    topic_url: str
    token: str
    callback_url: str
    secret: str
    state: State
    failures: int = 0
    expires_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """The response to the hub, and what becomes of the subscription: no `state` leaves it as it is.

    `lease_seconds` comes with an activation, `detail` is what the hub said.
    """

    status: int
    body: bytes = b""
    state: State | None = None
    lease_seconds: int | None = None
    detail: str | None = None


NOT_INTENDED = Answer(404)


def answer(subscription: Subscription | None, query: Mapping[str, str]) -> Answer:
    """What to say to a GET at the callback URL with these query parameters; 404 for whatever we did not ask for."""
    if subscription is None or query.get("hub.topic") != subscription.topic_url:
        return NOT_INTENDED
    mode = query.get("hub.mode")
    if mode == "denied":
        return _denied(subscription, query.get("hub.reason", ""))
    challenge = query.get("hub.challenge", "")
    if not 1 <= len(challenge) <= MAX_CHALLENGE_CHARS or not challenge.isprintable():
        return NOT_INTENDED
    if mode == "subscribe" and subscription.state in WANTED:
        lease = lease_seconds(query.get("hub.lease_seconds"))
        return Answer(200, challenge.encode(), State.ACTIVE, lease_seconds=lease)
    if mode == "unsubscribe" and subscription.state in LEAVING:
        return Answer(200, challenge.encode(), State.ENDED)
    return NOT_INTENDED


def lease_seconds(text: str | None) -> int:
    """The lease as the hub granted it, within reason; what we asked for where it says nothing readable."""
    if not text or not text.isascii() or not text.isdigit() or len(text) > len(str(MAX_LEASE_SECONDS)):
        return LEASE_SECONDS_WANTED
    return max(1, min(int(text), MAX_LEASE_SECONDS))


def renew_at(now: datetime, lease: int) -> datetime:
    """When to ask anew: a day before the end, but not in the first half of a short lease."""
    return now + timedelta(seconds=max(lease / 2, lease - RENEWAL_SECONDS))


def _denied(subscription: Subscription, reason: str) -> Answer:
    said = "".join(char for char in reason if char.isprintable())[:MAX_REASON_CHARS]
    detail = f"the hub denied it: {said}" if said else "the hub denied it and gave no reason"
    state = State.ENDED if subscription.state in LEAVING else State.DENIED
    return Answer(200, state=state, detail=detail)
