"""Adding to the frontier: each URL that is listed becomes a visit, or is known already; both are counted."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from copydesk.database import Connection, query, storable
from copydesk.frontier.rows import entry_of
from copydesk.frontier.visits import Need, Visits, item_hash, need, next_revisit
from copydesk.models import Entry
from copydesk.settings import MAX_URL_CHARS


@dataclass(frozen=True, slots=True)
class Added:
    """How many entries asked for a first visit, for one because the item changed, for one in time, and for none.

    `beyond` are those that asked for one and were left out, as there was no room.
    """

    new: int = 0
    changed: int = 0
    revisits: int = 0
    known: int = 0
    beyond: int = 0

    @property
    def visits(self) -> int:
        """How many visits were added."""
        return self.new + self.changed + self.revisits


@dataclass(frozen=True, slots=True)
class _Arrival:
    entry: Entry
    said: bytes
    need: Need
    first_seen_at: datetime


def room(connection: Connection, feed_id: int, visits_a_day: int, now: datetime) -> int | None:
    """How many more visits a feed may ask for in the 24 hours (as the clock has them) to `now`; None for any number."""
    if not visits_a_day:
        return None
    [row] = query(connection, "feed_visits", {"feed_id": feed_id, "now": now})
    return max(visits_a_day - int(row.visits), 0)


def add(
    connection: Connection,
    entries: Sequence[Entry],
    now: datetime,
    *,
    revisit_before: datetime | None = None,
    most: int | None = None,
) -> Added:
    """Add the visits that `entries` ask for, the `most` newest of them, and count them as discovered.

    Items whose last visit was asked for before `revisit_before` are visited again even if they say nothing new. Safe
    against others who add the same at the same time: one unfinished visit a URL.
    """
    listed = {entry.canonical_url: entry for entry in reversed(entries)}  # of two alike, the first one counts
    known = _visits(connection, listed.values())
    arrivals = [_arrival(entry, known.get(entry.canonical_url), revisit_before, now) for entry in listed.values()]
    wanted = [arrival for arrival in arrivals if arrival.need is not Need.KNOWN]
    taken = _newest(wanted, most)
    inserted = _insert(connection, taken, now)
    counts = Counter(arrival.need for arrival in arrivals if arrival.entry.canonical_url in inserted)
    return Added(
        new=counts[Need.NEW],
        changed=counts[Need.CHANGED],
        revisits=counts[Need.REVISIT],
        known=len(entries) - len(inserted) - (len(wanted) - len(taken)),
        beyond=len(wanted) - len(taken),
    )


def _newest(arrivals: Sequence[_Arrival], most: int | None) -> Sequence[_Arrival]:
    """At most `most`, the latest dates first, then those without one as they stand."""
    if most is None or len(arrivals) <= most:
        return arrivals

    def age(arrival: _Arrival) -> tuple[bool, float]:
        date = arrival.entry.published_at
        return date is None, -date.timestamp() if date else 0.0

    return sorted(arrivals, key=age)[:most]


def revisit(connection: Connection, now: datetime, limit: int = 1000) -> Added:
    """Add visits to at most `limit` pages that are due to be looked at again, whether a feed lists them or not."""
    return Added(revisits=len(_insert(connection, _revisits(connection, now, limit), now)))


def _revisits(connection: Connection, now: datetime, limit: int) -> list[_Arrival]:
    return [
        _Arrival(replace(entry_of(row), off_site=row.off_site), bytes(row.item_hash), Need.REVISIT, row.first_seen_at)
        for row in query(connection, "due_revisits", {"now": now, "limit": limit})
    ]


def _visits(connection: Connection, entries: Iterable[Entry]) -> Mapping[str, Visits]:
    pairs = [(entry.canonical_url, entry.feed_id) for entry in entries]
    parameters = {"urls": [url for url, _ in pairs], "feed_ids": [feed_id for _, feed_id in pairs]}
    return {
        row.canonical_url: Visits(
            unfinished=row.unfinished,
            first_seen_at=row.first_seen_at,
            last_seen_at=row.last_seen_at,
            last_hash=None if row.last_hash is None else bytes.fromhex(row.last_hash),
            hashes=frozenset(bytes.fromhex(one) for one in row.said),
        )
        for row in query(connection, "known_visits", parameters)
    }


def _arrival(entry: Entry, visits: Visits | None, revisit_before: datetime | None, now: datetime) -> _Arrival:
    said = item_hash(entry)
    return _Arrival(entry, said, need(visits, said, revisit_before), visits.first_seen_at if visits else now)


def _insert(connection: Connection, arrivals: Sequence[_Arrival], now: datetime) -> frozenset[str]:
    """Insert them and count them; the canonical URLs of those that were not already under way."""
    if not arrivals:
        return frozenset()
    domains = sorted({arrival.entry.domain for arrival in arrivals})
    query(connection, "add_sites", {"domains": domains, "now": now})
    items = json.dumps([_item(arrival, now) for arrival in arrivals], default=datetime.isoformat)
    return frozenset(row.canonical_url for row in query(connection, "add_entries", {"items": items, "now": now}))


def _item(arrival: _Arrival, now: datetime) -> dict[str, object]:
    """One item for add_entries.sql, with text that Postgres can hold."""
    entry = arrival.entry
    return {
        "url": entry.url if len(entry.url) <= MAX_URL_CHARS else entry.canonical_url,
        "canonical_url": entry.canonical_url,
        "domain": entry.domain,
        "source": entry.source,
        "feed_id": entry.feed_id,
        "guid": _text(entry.guid),
        "title": _text(entry.title),
        "authors": [storable(author) for author in entry.authors],
        "published_at": entry.published_at,
        "modified_at": entry.modified_at,
        "summary": _text(entry.summary),
        "language": _text(entry.language),
        "categories": [storable(category) for category in entry.categories],
        "content_html": _text(entry.content_html),
        "off_site": entry.off_site,
        "item_hash": arrival.said.hex(),
        "first_seen_at": arrival.first_seen_at,
        "revisit_at": next_revisit(entry.source, entry.published_at, arrival.first_seen_at, now),
    }


def _text(value: str | None) -> str | None:
    return None if value is None else storable(value)
