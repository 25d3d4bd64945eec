"""Which URLs are worth a visit, and when to look again. Pure: told what is known and what time it is."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from copydesk.models import Entry

# News is corrected in its first hours; a feed that carries excerpts never shows it.
REVISIT_AFTER = (timedelta(hours=1), timedelta(hours=6), timedelta(hours=24), timedelta(hours=72))
WITHOUT_REVISITS = frozenset({"archive", "command"})


class Need(StrEnum):
    """What an entry that something lists asks for."""

    NEW = "new"
    CHANGED = "changed"
    REVISIT = "revisit"
    KNOWN = "known"


@dataclass(frozen=True, slots=True)
class Visits:
    """What is known of a URL: whether a visit is under way, when the first and the last were asked for.

    `last_hash` is that of the last item of the same feed, None if that feed never listed it; `hashes` are of all items.
    """

    unfinished: bool
    first_seen_at: datetime
    last_seen_at: datetime
    last_hash: bytes | None
    hashes: Collection[bytes]


def item_hash(entry: Entry) -> bytes:
    """SHA-256 over what the item says of its article."""
    said = (
        entry.title,
        entry.authors,
        entry.published_at and entry.published_at.timestamp(),
        entry.modified_at and entry.modified_at.timestamp(),
        entry.summary,
        entry.content_html,
    )
    return hashlib.sha256(json.dumps(said).encode()).digest()


NOTHING_SAID = item_hash(Entry(url="", canonical_url="", domain=""))


def need(visits: Visits | None, said: bytes, revisit_before: datetime | None) -> Need:
    """Whether to visit a URL that is listed with item hash `said`.

    Two feeds may say different things of one URL for ever, so an item is compared with what its own feed said last. A
    page of links says nothing of what another feed lists, which is no change.
    """
    if visits is None:
        return Need.NEW
    if visits.unfinished:
        return Need.KNOWN
    others = {*visits.hashes, NOTHING_SAID}
    if said != visits.last_hash if visits.last_hash is not None else said not in others:
        return Need.CHANGED
    if revisit_before is not None and visits.last_seen_at < revisit_before:
        return Need.REVISIT
    return Need.KNOWN


def next_revisit(source: str, published_at: datetime | None, first_seen_at: datetime, now: datetime) -> datetime | None:
    """When to look at a page again after a visit at `now`: the first step of REVISIT_AFTER that is still to come.

    Counted from publication, or from when we first saw it if that was earlier; None when the last step is past.
    """
    if source in WITHOUT_REVISITS:
        return None
    start = min(first_seen_at, published_at or first_seen_at)
    return next((start + step for step in REVISIT_AFTER if start + step > now), None)
