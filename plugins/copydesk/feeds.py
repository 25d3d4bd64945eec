"""The feeds that are polled, in the database: added, listed, removed, asked at once."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from copydesk.database import Connection, query, transaction
from copydesk.errors import UsageError

MIN_POLL_SECONDS = 60
MAX_POLL_SECONDS = 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class Wanted:
    """A feed that somebody wants polled; None leaves title or interval as they are, or to what the feed shows."""

    url: str
    title: str | None = None
    poll_seconds: int | None = None

    def __post_init__(self) -> None:
        """Raises UsageError for an interval that is no politeness or no polling."""
        if self.poll_seconds is not None and not MIN_POLL_SECONDS <= self.poll_seconds <= MAX_POLL_SECONDS:
            raise UsageError(
                f"{self.url}: poll_seconds is {self.poll_seconds};"
                f" give a number between {MIN_POLL_SECONDS} and {MAX_POLL_SECONDS}"
            )


@dataclass(frozen=True, slots=True)
class Known:
    """A feed as it stands in the database, with its health. `state` is new, healthy, failing or paused."""

    feed_id: int
    url: str
    title: str | None
    state: str
    declared: bool
    poll_seconds: int
    next_poll_at: datetime
    last_polled_at: datetime | None
    last_changed_at: datetime | None
    failures: int
    last_error: str | None
    poll_why: str | None


def add(connection: Connection, feeds: Sequence[Wanted], *, declared: bool = False) -> dict[str, bool]:
    """Add feeds, or change those that are there; says for each URL whether it is new. Paused ones go on."""
    values = {"feeds": json.dumps([asdict(feed) for feed in feeds]), "declared": declared}
    with transaction(connection):
        return {row.url: row.is_new for row in query(connection, "upsert_feeds", values)}


def declare(connection: Connection, feeds: Sequence[Wanted]) -> dict[str, bool]:
    """Add or change the feeds of feeds.toml; those that it no longer lists stay, as undeclared ones."""
    added = add(connection, feeds, declared=True)
    with transaction(connection):
        query(connection, "undeclare_feeds", {"urls": [feed.url for feed in feeds]})
    return added


def known(connection: Connection) -> list[Known]:
    """All feeds, by URL."""
    with transaction(connection):
        return [Known(*row) for row in query(connection, "list_feeds")]


def remove(connection: Connection, names: Sequence[str]) -> list[str]:
    """Remove feeds, given by URL or number; the URLs of those removed. What was discovered through them stays.

    Raises UsageError, and removes none, if there is no feed of such a name.
    """
    with transaction(connection):
        removed = query(connection, "remove_feeds", {"names": list(names)})
        _refuse_unknown(names, [(row.url, row.feed_id) for row in removed])
    return [row.url for row in removed]


def make_due(connection: Connection, names: Sequence[str], *, revisit: bool = False) -> list[str]:
    """Make feeds (by URL or number; all that are not paused if none is named) due now; the URLs of those.

    `revisit` also asks for another visit to every item that they list. Raises UsageError for an unknown name.
    """
    values = {"names": list(names), "every": not names, "revisit": revisit}
    with transaction(connection):
        due = query(connection, "make_feeds_due", values)
        _refuse_unknown(names, [(row.url, row.feed_id) for row in due])
    return [row.url for row in due]


def _refuse_unknown(names: Sequence[str], found: Sequence[tuple[str, int]]) -> None:
    spelled = {url for url, _ in found} | {str(feed_id) for _, feed_id in found}
    if missing := [name for name in names if name not in spelled]:
        raise UsageError(f"there is no feed {missing[0]}; `copydesk feeds list` names those there are")
