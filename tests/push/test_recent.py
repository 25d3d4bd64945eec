"""What a process remembers of requests."""

from __future__ import annotations

import traceback
from datetime import UTC, datetime, timedelta

import pytest

from copydesk.push import recent
from copydesk.push.recent import MEMORY, Recent
from copydesk.push.refusals import PushRefusedError, Refusal

NOW = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)
TOO_FAST = PushRefusedError(Refusal.RATE_LIMITED, "too fast", retry_after_seconds=1)


def test_accepted_request_is_refused_with_its_receipt() -> None:
    memory = Recent()
    memory.accepted("wire", "sha256=1", "receipt-1", NOW)
    with pytest.raises(PushRefusedError, match="receipt-1") as refused:
        memory.check("wire", "sha256=1", NOW)
    assert refused.value.refusal is Refusal.REPLAYED
    memory.check("wire", "sha256=2", NOW)
    memory.check("other", "sha256=1", NOW)


def test_what_is_older_than_any_good_signature_is_forgotten() -> None:
    memory = Recent()
    memory.accepted("wire", "sha256=1", "receipt-1", NOW)
    later = NOW + MEMORY + timedelta(seconds=1)
    memory.accepted("wire", "sha256=2", "receipt-2", later)
    memory.check("wire", "sha256=1", later)


def test_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(recent, "MAX_REMEMBERED", 2)
    memory = Recent()
    for number in range(3):
        memory.accepted("wire", str(number), "receipt", NOW)
    memory.check("wire", "0", NOW)
    with pytest.raises(PushRefusedError):
        memory.check("wire", "1", NOW)


def test_partner_that_knocks_too_fast_waits_and_then_may_knock_again() -> None:
    memory = Recent()
    memory.too_fast("wire", TOO_FAST, NOW, 0.05)
    with pytest.raises(PushRefusedError) as refused:
        memory.check("wire", "sha256=1", NOW + timedelta(seconds=0.04))
    assert refused.value.retry_after_seconds == 1
    assert refused.value is TOO_FAST
    before = len(traceback.extract_tb(TOO_FAST.__traceback__))
    with pytest.raises(PushRefusedError):
        memory.check("wire", "sha256=1", NOW + timedelta(seconds=0.04))
    assert len(traceback.extract_tb(TOO_FAST.__traceback__)) == before
    memory.check("wire", "sha256=1", NOW + timedelta(seconds=0.06))
    memory.check("other", "sha256=1", NOW)
