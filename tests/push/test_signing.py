"""Signatures: what is accepted, and that nothing else is."""

from __future__ import annotations

import hashlib
import hmac
from datetime import UTC, datetime, timedelta

import pytest

from copydesk.push import signing
from copydesk.push.refusals import PushRefusedError, Refusal

NOW = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
BODY = '{"urls": ["https://example.org/مقال"]}'.encode()
STAMP = int(NOW.timestamp())


def test_signature_is_the_hmac_of_timestamp_full_stop_and_body() -> None:
    expected = hmac.new(b"key", b"1000." + BODY, hashlib.sha256).hexdigest()
    assert signing.sign("key", 1000, BODY) == f"sha256={expected}"


def test_each_valid_secret_is_accepted() -> None:
    for secret in ("new", "old"):
        signing.check_signature(signing.sign(secret, STAMP, BODY), ("new", "old"), STAMP, BODY)


@pytest.mark.parametrize(
    ("header", "refusal"),
    [
        (None, Refusal.NO_SIGNATURE),
        ("", Refusal.NO_SIGNATURE),
        ("sha256=", Refusal.BAD_SIGNATURE),
        ("sha256=é", Refusal.BAD_SIGNATURE),
        (signing.sign("wrong", STAMP, BODY), Refusal.BAD_SIGNATURE),
        (signing.sign("key", STAMP, BODY + b" "), Refusal.BAD_SIGNATURE),
        (signing.sign("key", STAMP + 1, BODY), Refusal.BAD_SIGNATURE),
        (signing.sign("key", STAMP, BODY).removeprefix("sha256="), Refusal.BAD_SIGNATURE),
    ],
)
def test_any_other_signature_is_refused(header: str | None, refusal: Refusal) -> None:
    with pytest.raises(PushRefusedError) as caught:
        signing.check_signature(header, ("key",), STAMP, BODY)
    assert caught.value.refusal is refusal


@pytest.mark.parametrize("seconds", [-300, 0, 300])
def test_timestamp_within_the_window_is_taken(seconds: int) -> None:
    assert signing.check_timestamp(str(STAMP + seconds), NOW) == STAMP + seconds


@pytest.mark.parametrize("header", [str(STAMP - 301), str(STAMP + 301), "0", "now", "-5", "1e9", "٣", "9" * 400])
def test_timestamp_outside_the_window_or_no_number_is_refused(header: str) -> None:
    with pytest.raises(PushRefusedError) as caught:
        signing.check_timestamp(header, NOW)
    assert caught.value.refusal is Refusal.CLOCK_SKEWED


def test_clock_refusal_says_which_way_and_how_far() -> None:
    with pytest.raises(PushRefusedError, match="400 s behind this server's clock"):
        signing.check_timestamp(str(int((NOW - timedelta(seconds=400)).timestamp())), NOW)


@pytest.mark.parametrize("method", ["sha1", "sha256", "sha384", "sha512"])
def test_hub_signature_by_each_recognised_method(method: str) -> None:
    digest = hmac.new(b"secret", BODY, method).hexdigest()
    assert signing.hub_signature_matches(f"{method}={digest}", "secret", BODY)
    assert signing.hub_signature_matches(f"{method.upper()}={digest.upper()}", "secret", BODY)
    assert not signing.hub_signature_matches(f"{method}={digest}", "secret", BODY + b"x")
    assert not signing.hub_signature_matches(f"{method}={digest[:-1]}", "secret", BODY)
    assert not signing.hub_signature_matches(f"{method}={digest}", "other", BODY)


@pytest.mark.parametrize("header", ["", "sha256", "md5=" + hmac.new(b"secret", BODY, "md5").hexdigest(), "none=", "=é"])
def test_hub_signature_by_an_unknown_method_is_no_signature(header: str) -> None:
    assert not signing.hub_signature_matches(header, "secret", BODY)
