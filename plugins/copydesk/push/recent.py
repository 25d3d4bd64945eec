"""What this process remembers of partners' requests, so that a flood of known ones asks no database. Pure.

The database is the truth: what is forgotten here, or was another process's, it refuses as well.
"""

from __future__ import annotations

from collections import OrderedDict
from datetime import datetime, timedelta

from copydesk.push.refusals import PushRefusedError, Refusal
from copydesk.push.signing import REPLAY_WINDOW_SECONDS

MEMORY = timedelta(seconds=2 * REPLAY_WINDOW_SECONDS)
"""A signature is good for as long, if its clock was ahead."""
MAX_REMEMBERED = 10_000


class Recent:
    """Signatures of accepted requests with their receipts, and until when partners that knock too fast must wait."""

    def __init__(self) -> None:
        self._accepted: OrderedDict[tuple[str, str | None], tuple[str, datetime]] = OrderedDict()
        self._waiting: dict[str, tuple[PushRefusedError, datetime]] = {}

    def accepted(self, source: str, signature: str | None, receipt_id: str, now: datetime) -> None:
        """Remember an accepted request."""
        self._accepted[source, signature] = (receipt_id, now + MEMORY)
        while len(self._accepted) > MAX_REMEMBERED or next(iter(self._accepted.values()))[1] < now:
            self._accepted.popitem(last=False)

    def too_fast(self, source: str, refused: PushRefusedError, now: datetime, seconds: float) -> None:
        """Refuse a partner in the same way for `seconds`: its bucket holds nothing before."""
        self._waiting[source] = (refused, now + timedelta(seconds=seconds))

    def check(self, source: str, signature: str | None, now: datetime) -> None:
        """Refuses (REPLAYED, RATE_LIMITED) what is known to be refused. Only for requests whose signature is right."""
        if known := self._accepted.get((source, signature)):
            raise replayed(known[0])
        if waiting := self._waiting.get(source):
            refused, until = waiting
            if now < until:
                raise refused.with_traceback(None)  # else it would hold on to each request that it refused
            del self._waiting[source]


def replayed(receipt_id: str) -> PushRefusedError:
    """The refusal of a request that came before."""
    return PushRefusedError(
        Refusal.REPLAYED,
        f"this very request came before, see receipt {receipt_id}; sign with a new timestamp to send anew",
    )
