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
KINDS = ("feed", "page")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A feed that somebody wants polled; None leaves title or interval as they are, or to what the feed shows.

    `kind` is `feed`, or `page` for a page whose links to articles are read.
    """

    url: str
    title: str | None = None
    poll_seconds: int | None = None
    kind: str = "feed"

    def __post_init__(self) -> None:
        """Raises UsageError for an interval that is no politeness or no polling, and for a kind that is none."""
        if self.kind not in KINDS:
            raise UsageError(f"{self.url}: kind is {self.kind!r}; give one of {', '.join(KINDS)}")
        if self.poll_seconds is not None and not MIN_POLL_SECONDS <= self.poll_seconds <= MAX_POLL_SECONDS:
            raise UsageError(
                f"{self.url}: poll_seconds is {self.poll_seconds};"
                f" give a number between {MIN_POLL_SECONDS} and {MAX_POLL_SECONDS}"
            )


@dataclass(frozen=True, slots=True)
class Known:
    """A feed as it stands in the database, with its health.

    `state` is new, healthy, failing, broken (failed five times in a row) or paused, `pause_reason` why we paused it.
    `suggested_url` is where it may be now, `items` and `off_site_items` are counts of its last document.
    """

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
    kind: str = "feed"
    pause_reason: str | None = None
    former_urls: Sequence[str] = ()
    suggested_url: str | None = None
    suggested_why: str | None = None
    items: int | None = None
    off_site_items: int | None = None
    newest_item_at: datetime | None = None
    last_new_at: datetime | None = None


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


def resume(connection: Connection, names: Sequence[str]) -> list[str]:
    """Ask feeds (by URL or number) again, now, that are paused or waiting after failures; the URLs of those.

    Raises UsageError, and resumes none, for an unknown name.
    """
    with transaction(connection):
        resumed = query(connection, "resume_feeds", {"names": list(names)})
        _refuse_unknown(names, [(row.url, row.feed_id) for row in resumed])
    return [row.url for row in resumed]


def move(connection: Connection, name: str, url: str | None = None) -> str:
    """Give a feed (by URL or number) another URL, the suggested one if none is given, and ask there; returns it.

    Raises UsageError if there is no such feed, no suggestion, or another feed at that URL.
    """
    with transaction(connection):
        found = query(connection, "feed_to_move", {"name": name, "url": url})
        _refuse_unknown([name], [(row.url, row.feed_id) for row in found])
        [feed] = found
        if feed.target is None:
            raise UsageError(f"{name}: nothing suggests where it may be now; say it: `copydesk feeds move {name} URL`")
        if feed.taken_by is not None:
            raise UsageError(
                f"{feed.target} is feed {feed.taken_by} already; `copydesk feeds remove {name}` ends this one"
            )
        query(connection, "move_feed", {"feed_id": feed.feed_id, "url": feed.target})
        query(connection, "resume_feeds", {"names": [feed.target]})
    return str(feed.target)


def _refuse_unknown(names: Sequence[str], found: Sequence[tuple[str, int]]) -> None:
    spelled = {url for url, _ in found} | {str(feed_id) for _, feed_id in found}
    if missing := [name for name in names if name not in spelled]:
        raise UsageError(f"there is no feed {missing[0]}; `copydesk feeds list` names those there are")
