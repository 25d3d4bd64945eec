"""Signatures: the hub's X-Hub-Signature and the partners' own. Pure; all comparisons take constant time."""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Sequence
from datetime import UTC, datetime

from copydesk.push.refusals import PushRefusedError, Refusal

REPLAY_WINDOW_SECONDS = 300
HUB_METHODS = {"sha1": hashlib.sha1, "sha256": hashlib.sha256, "sha384": hashlib.sha384, "sha512": hashlib.sha512}
MAX_TIMESTAMP_DIGITS = 12


def sign(secret: str, timestamp: int, body: bytes) -> str:
    """What a partner sends as X-Copydesk-Signature: HMAC-SHA256 over `timestamp`, a full stop and `body`."""
    digest = hmac.new(secret.encode(), f"{timestamp}.".encode() + body, hashlib.sha256)
    return f"sha256={digest.hexdigest()}"


def check_timestamp(header: str | None, now: datetime) -> int:
    """The instant of X-Copydesk-Timestamp (Unix seconds); refuses one that is missing or outside the window."""
    if not header:
        raise PushRefusedError(
            Refusal.NO_SIGNATURE, "X-Copydesk-Timestamp is missing; send the present time as Unix seconds"
        )
    if not (header.isascii() and header.isdigit() and len(header) <= MAX_TIMESTAMP_DIGITS):
        raise PushRefusedError(Refusal.CLOCK_SKEWED, "X-Copydesk-Timestamp is not a number of Unix seconds")
    skew = int(header) - now.astimezone(UTC).timestamp()
    if abs(skew) > REPLAY_WINDOW_SECONDS:
        side = "ahead of" if skew > 0 else "behind"
        raise PushRefusedError(
            Refusal.CLOCK_SKEWED,
            f"X-Copydesk-Timestamp is {abs(skew):.0f} s {side} this server's clock; "
            f"at most {REPLAY_WINDOW_SECONDS} s are allowed, so set your clock and sign again",
        )
    return int(header)


def check_signature(header: str | None, secrets: Sequence[str], timestamp: int, body: bytes) -> None:
    """Refuses unless X-Copydesk-Signature is what one of `secrets` makes of timestamp and body."""
    if not header:
        raise PushRefusedError(
            Refusal.NO_SIGNATURE,
            "X-Copydesk-Signature is missing; send sha256= and the hex HMAC-SHA256 of timestamp, full stop and body",
        )
    expected = [sign(secret, timestamp, body) for secret in secrets]
    if not any([_equal(header, value) for value in expected]):  # noqa: C419 - a list: every comparison is made
        raise PushRefusedError(
            Refusal.BAD_SIGNATURE,
            "X-Copydesk-Signature does not fit: check the secret, and sign the very bytes that are sent",
        )


def hub_signature_matches(header: str, secret: str, body: bytes) -> bool:
    """Whether X-Hub-Signature, as `sha256=…`, is the HMAC of the raw body by the method that it names."""
    method, _, given = header.strip().partition("=")
    algorithm = HUB_METHODS.get(method.strip().lower())
    if algorithm is None:
        return False
    return _equal(given.strip().lower(), hmac.new(secret.encode(), body, algorithm).hexdigest())


def _equal(given: str, expected: str) -> bool:
    return hmac.compare_digest(given.encode(errors="replace"), expected.encode())
