"""What the books say while the DAGs work: lines of progress, and the table at the end of the start-up."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from copydesk.database import connect, query, transaction


@dataclass(frozen=True, slots=True)
class Mark:
    """Where the books stood at an instant; what is counted came later."""

    instant: datetime
    entry_id: int


@dataclass(frozen=True, slots=True)
class Progress:
    """Feeds (all, polled since the mark, failing), visits by stage, and ended visits by how they ended."""

    feeds: int
    polled: int
    failing: int
    waiting: int
    later: int
    fetched: int
    cleaned: int
    loaded: int
    unchanged: int
    quarantined: int
    unusable: int

    @property
    def is_drained(self) -> bool:
        """Whether every feed was polled and nothing is left that could be worked on now."""
        return self.polled >= self.feeds and not (self.waiting or self.fetched or self.cleaned)

    def line(self) -> str:
        """One line for people; a count of 0 is left out."""
        words = {"waiting": "waiting", "fetched": "fetched", "cleaned": "cleaned"}
        ends = {"loaded": "loaded", "unchanged": "unchanged", "quarantined": "quarantined", "unusable": "not usable"}
        numbers = {**words, **ends, "later": "to be tried again later"}
        parts = [f"{getattr(self, name)} {word}" for name, word in numbers.items() if getattr(self, name)]
        failing = f" ({self.failing} failing)" if self.failing else ""
        return f"{self.polled} of {self.feeds} feeds polled{failing}: {', '.join(parts) or 'nothing found yet'}"


@dataclass(frozen=True, slots=True)
class SiteSummary:
    """What the visits to one publisher came to."""

    publisher: str
    loaded: int
    unchanged: int
    duplicates: int
    quarantined: int
    unusable: int
    removed_blocks: int


def read_mark(dsn: str) -> Mark:
    """Where the books stand now."""
    with connect(dsn) as connection, transaction(connection):
        (row,) = query(connection, "stack_mark")
        return Mark(row.instant, row.entry_id)


def read_progress(dsn: str, mark: Mark) -> Progress:
    """How far ingestion has come since the mark."""
    with connect(dsn) as connection, transaction(connection):
        (row,) = query(connection, "stack_progress", asdict(mark))
        return Progress(**row._asdict())


def read_summary(dsn: str, mark: Mark) -> list[SiteSummary]:
    """What came of the visits since the mark, by publisher."""
    with connect(dsn) as connection, transaction(connection):
        return [SiteSummary(**row._asdict()) for row in query(connection, "stack_summary", asdict(mark))]
