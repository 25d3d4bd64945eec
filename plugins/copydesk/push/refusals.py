"""Why a push is turned away: a closed list, each with its HTTP status."""

from __future__ import annotations

from enum import StrEnum

from copydesk.errors import CopydeskError


class Refusal(StrEnum):
    """The reason as the books have it (ingest.push_refusals.reason)."""

    UNKNOWN_SOURCE = "unknown-source"
    UNKNOWN_RECEIPT = "unknown-receipt"
    NO_SUBSCRIPTION = "no-subscription"
    NOT_INTENDED = "not-intended"
    NO_SIGNATURE = "no-signature"
    BAD_SIGNATURE = "bad-signature"
    CLOCK_SKEWED = "clock-skewed"
    REPLAYED = "replayed"
    KEY_REUSED = "key-reused"
    UNDER_WAY = "under-way"
    TOO_LARGE = "too-large"
    WRONG_TYPE = "wrong-type"
    BAD_BODY = "bad-body"
    FOREIGN_URL = "foreign-url"
    RATE_LIMITED = "rate-limited"
    TOO_SLOW = "too-slow"
    BUSY = "busy"


STATUS = {
    Refusal.UNKNOWN_SOURCE: 404,
    Refusal.UNKNOWN_RECEIPT: 404,
    Refusal.NO_SUBSCRIPTION: 410,
    Refusal.NOT_INTENDED: 404,
    Refusal.NO_SIGNATURE: 401,
    Refusal.BAD_SIGNATURE: 401,
    Refusal.CLOCK_SKEWED: 401,
    Refusal.REPLAYED: 409,
    Refusal.KEY_REUSED: 422,
    Refusal.UNDER_WAY: 409,
    Refusal.TOO_LARGE: 413,
    Refusal.WRONG_TYPE: 415,
    Refusal.BAD_BODY: 422,
    Refusal.FOREIGN_URL: 403,
    Refusal.RATE_LIMITED: 429,
    Refusal.TOO_SLOW: 408,
    Refusal.BUSY: 503,
}


class PushRefusedError(CopydeskError):
    """A push is refused. `detail` is a sentence for whoever sent it and tells nothing that a stranger may not know."""

    def __init__(self, refusal: Refusal, detail: str, *, retry_after_seconds: int | None = None) -> None:
        super().__init__(detail)
        self.refusal = refusal
        self.detail = detail
        self.status = STATUS[refusal]
        self.retry_after_seconds = retry_after_seconds
