"""Counts of what was refused, gathered in memory and written together: a flood of refusals is no flood of writes."""

from __future__ import annotations

import threading
from collections import Counter
from datetime import datetime

from copydesk.database import Connection, query
from copydesk.push.refusals import Refusal

Key = tuple[str, str, str]  # door, source, reason


class RefusalLedger:
    """Refusals not yet written. `write` empties it; whoever counts sees to it that somebody writes soon."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._counts: Counter[Key] = Counter()

    def count(self, door: str, source: str, refusal: Refusal) -> None:
        """One more. `source` must be a name of ours, or empty: strangers' names would be rows without end."""
        with self._lock:
            self._counts[door, source, refusal.value] += 1

    def write(self, connection: Connection, now: datetime) -> None:
        """Add what was counted to the books; if that fails it is kept for the next time."""
        with self._lock:
            counts, self._counts = self._counts, Counter()
        if not counts:
            return
        doors, sources, reasons = zip(*counts, strict=True)
        parameters = {
            "doors": list(doors),
            "sources": list(sources),
            "reasons": list(reasons),
            "counts": list(counts.values()),
            "now": now,
        }
        try:
            query(connection, "push_count_refusals", parameters)
        except BaseException:
            with self._lock:
                self._counts += counts
            raise

    def __bool__(self) -> bool:
        with self._lock:
            return bool(self._counts)
