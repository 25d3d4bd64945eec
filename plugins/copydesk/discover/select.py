"""Items made entries: those that can be used, each URL once, and sentences about the others."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Protocol, TypeVar

from copydesk.errors import FeedError, UrlError
from copydesk.models import Entry

# Feeds list tens of items, archives some thousands. Each entry is a visit: one document must not flood the frontier.
MAX_FEED_ENTRIES = 5_000
MAX_SITEMAP_ENTRIES = 50_000  # as many as the protocol of sitemaps allows

T = TypeVar("T")


class Item(Protocol):
    """Something that may become an entry."""

    @property
    def dated_at(self) -> datetime | None:
        """When it was published or, for want of that, changed."""

    def entry(self) -> Entry:
        """The entry. Raises UrlError if there is no URL that can be visited."""


def select(items: Iterable[Item], url: str, most: int = MAX_FEED_ENTRIES) -> tuple[tuple[Entry, ...], tuple[str, ...]]:
    """Entries in order, of the `most` newest items, and problems.

    Raises FeedError if there are items and not one of them can be used.
    """
    taken, beyond = take_newest(list(items), most, lambda item: item.dated_at)
    found: dict[str, Entry] = {}
    unusable: Counter[str] = Counter()
    repeated = 0
    for item in taken:
        try:
            entry = item.entry()
        except UrlError as error:
            unusable[str(error)[:200]] += 1
            continue
        repeated += entry.canonical_url in found
        found.setdefault(entry.canonical_url, entry)
    if unusable and not found:
        raise FeedError(url, f"has no item that can be used: {next(iter(unusable))}")
    return tuple(found.values()), (*beyond, *_problems(unusable, repeated))


def take_newest(
    items: Sequence[T], most: int, dated_at: Callable[[T], datetime | None]
) -> tuple[Sequence[T], tuple[str, ...]]:
    """At most `most` items in their order, and a sentence about those left out.

    The latest dates are taken first, then items without one as they stand: feeds begin with what is new.
    """
    if len(items) <= most:
        return items, ()
    instants = [dated_at(item) for item in items]

    def age(place: int) -> tuple[bool, float]:
        instant = instants[place]
        return instant is None, -instant.timestamp() if instant else 0.0

    taken = sorted(sorted(range(len(items)), key=age)[:most])
    left_out = f"items left out: {len(items) - most:,} (beyond the {most:,} newest, which are all that is taken)"
    return [items[place] for place in taken], (left_out,)


def _problems(unusable: Counter[str], repeated: int) -> tuple[str, ...]:
    told = [f"items left out: {count} ({why})" for why, count in unusable.most_common(5)]
    if repeated:
        told.append(f"items that repeat the URL of an earlier one: {repeated}")
    return tuple(told)
