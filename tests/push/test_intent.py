"""Verification of intent and denial."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from copydesk.push.intent import (
    LEASE_SECONDS_WANTED,
    LEAVING,
    MAX_LEASE_SECONDS,
    NOT_INTENDED,
    WANTED,
    State,
    Subscription,
    answer,
    lease_seconds,
    renew_at,
)

NOW = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
TOPIC = "https://example.org/feed"


def subscription(state: State) -> Subscription:
    return Subscription(1, 2, "https://hub.example/", TOPIC, "token", "https://me.example/token", "secret", state)


def query(mode: str, **parameters: str) -> dict[str, str]:
    given = {"mode": mode, "topic": TOPIC, "challenge": "c-1", "lease_seconds": "864000"} | parameters
    return {f"hub.{name}": value for name, value in given.items()}


@pytest.mark.parametrize("state", sorted(WANTED))
def test_challenge_is_echoed_for_a_subscription_we_want(state: State) -> None:
    reply = answer(subscription(state), query("subscribe"))
    assert (reply.status, reply.body, reply.state, reply.lease_seconds) == (200, b"c-1", State.ACTIVE, 864000)


@pytest.mark.parametrize("state", sorted(set(State) - WANTED))
def test_subscription_we_do_not_want_is_not_confirmed(state: State) -> None:
    assert answer(subscription(state), query("subscribe")) == NOT_INTENDED


@pytest.mark.parametrize("state", sorted(LEAVING))
def test_challenge_is_echoed_for_an_unsubscription_we_asked_for(state: State) -> None:
    reply = answer(subscription(state), query("unsubscribe", lease_seconds="5"))
    assert (reply.status, reply.body, reply.state, reply.lease_seconds) == (200, b"c-1", State.ENDED, None)


@pytest.mark.parametrize("state", sorted(set(State) - LEAVING))
def test_nobody_else_unsubscribes_us(state: State) -> None:
    assert answer(subscription(state), query("unsubscribe")) == NOT_INTENDED


@pytest.mark.parametrize(
    "parameters",
    [
        query("subscribe", topic="https://example.org/other"),
        query("subscribe", challenge=""),
        query("subscribe", challenge="a" * 2049),
        query("subscribe", challenge="a\x00b"),
        query("publish"),
        {"hub.mode": "subscribe", "hub.challenge": "c"},
        {"hub.topic": TOPIC, "hub.challenge": "c"},
        {},
    ],
)
def test_anything_odd_is_not_confirmed(parameters: dict[str, str]) -> None:
    assert answer(subscription(State.PENDING), parameters) == NOT_INTENDED


def test_unknown_callback_is_not_confirmed() -> None:
    assert answer(None, query("subscribe")) == NOT_INTENDED


def test_denial_is_taken_note_of_with_the_hubs_reason() -> None:
    reply = answer(subscription(State.ACTIVE), query("denied", reason="too\nmany\x1b"))
    assert (reply.status, reply.state, reply.detail) == (200, State.DENIED, "the hub denied it: toomany")
    assert answer(subscription(State.UNSUBSCRIBING), query("denied")).state is State.ENDED
    assert answer(subscription(State.ACTIVE), query("denied", topic="https://other.example/")) == NOT_INTENDED


@pytest.mark.parametrize(
    ("text", "seconds"),
    [
        ("3600", 3600),
        ("0", 1),
        ("9999999", MAX_LEASE_SECONDS),
        ("9" * 50, LEASE_SECONDS_WANTED),
        (None, LEASE_SECONDS_WANTED),
        ("-1", LEASE_SECONDS_WANTED),
        ("soon", LEASE_SECONDS_WANTED),
    ],
)
def test_lease_is_the_hubs_within_reason(text: str | None, seconds: int) -> None:
    assert lease_seconds(text) == seconds


def test_renewal_is_due_well_before_the_lease_ends() -> None:
    assert renew_at(NOW, 864_000) == NOW + timedelta(days=9)
    assert renew_at(NOW, 7_200) == NOW + timedelta(hours=1)
