"""Items made entries: those that can be used, each URL once, and sentences about the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import Protocol

from copydesk.errors import FeedError, UrlError
from copydesk.models import Entry


class Item(Protocol):
    """Something that may become an entry."""

    def entry(self) -> Entry:
        """The entry. Raises UrlError if there is no URL that can be visited."""


def select(items: Iterable[Item], url: str) -> tuple[tuple[Entry, ...], tuple[str, ...]]:
    """Entries in order, and problems. Raises FeedError if there are items and not one of them can be used."""
    found: dict[str, Entry] = {}
    unusable: Counter[str] = Counter()
    repeated = 0
    for item in items:
        try:
            entry = item.entry()
        except UrlError as error:
            unusable[str(error)[:200]] += 1
            continue
        repeated += entry.canonical_url in found
        found.setdefault(entry.canonical_url, entry)
    if unusable and not found:
        raise FeedError(url, f"has no item that can be used: {next(iter(unusable))}")
    return tuple(found.values()), _problems(unusable, repeated)


def _problems(unusable: Counter[str], repeated: int) -> tuple[str, ...]:
    told = [f"items left out: {count} ({why})" for why, count in unusable.most_common(5)]
    if repeated:
        told.append(f"items that repeat the URL of an earlier one: {repeated}")
    return tuple(told)
