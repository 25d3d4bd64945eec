"""Ending visits: each entry ends exactly once, and is counted in the same transaction."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from copydesk.database import Connection, query, storable
from copydesk.models import Outcome, Reason

MAX_DETAIL_CHARS = 1000


@dataclass(frozen=True, slots=True)
class Ended:
    """How an entry ended and in which step (`fetch`, `clean`, `validate`, `load`); `detail` is a sentence."""

    entry_id: int
    outcome: Outcome
    reason: Reason
    step: str
    detail: str | None = None
    article_id: int | None = None


def finish(connection: Connection, ended: Sequence[Ended], now: datetime) -> int:
    """End visits and count them; how many of them had not ended before. Ending one twice changes and counts nothing."""
    if not ended:
        return 0
    parameters = {
        "now": now,
        "entry_ids": [one.entry_id for one in ended],
        "outcomes": [one.outcome.value for one in ended],
        "reasons": [one.reason.value for one in ended],
        "steps": [one.step for one in ended],
        "details": [one.detail and storable(one.detail)[:MAX_DETAIL_CHARS] for one in ended],
        "article_ids": [one.article_id for one in ended],
    }
    return len(query(connection, "finish_entries", parameters))
