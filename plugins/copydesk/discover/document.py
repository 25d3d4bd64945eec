"""What a feed's document says: the type that reading a feed yields."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from copydesk.errors import UrlError
from copydesk.models import Entry
from copydesk.urls import registrable_domain


@dataclass(frozen=True, slots=True)
class PollHints:
    """How often the feed itself wishes to be asked. Hours are of UTC, days 0 (Monday) to 6, intervals in seconds."""

    ttl_seconds: int | None = None
    update_seconds: int | None = None
    skip_hours: frozenset[int] = frozenset()
    skip_days: frozenset[int] = frozenset()

    def as_json(self) -> str:
        """The hints as a JSON object."""
        values = asdict(self) | {"skip_hours": sorted(self.skip_hours), "skip_days": sorted(self.skip_days)}
        return json.dumps(values)

    @classmethod
    def from_json(cls, values: Mapping[str, Any]) -> PollHints:
        """The hints that `as_json` wrote, as the database gives them back."""
        sets = {name: frozenset(values[name]) for name in ("skip_hours", "skip_days")}
        return cls(ttl_seconds=values["ttl_seconds"], update_seconds=values["update_seconds"], **sets)


@dataclass(frozen=True, slots=True)
class FeedDocument:
    """A feed as it was read: `entries` in the document's order, `problems` in sentences for people.

    `format` is as feedparser names it (`rss20`, `atom10`, …), `jsonfeed11` or `news-sitemap`.
    `hubs` are the WebSub hubs that it names, `self_url` is what it calls its own URL, `home_url` the site that it is
    of, `new_url` where it says that it has moved.
    """

    url: str
    format: str
    title: str | None
    language: str | None
    entries: tuple[Entry, ...]
    problems: tuple[str, ...] = ()
    hints: PollHints = PollHints()
    hubs: tuple[str, ...] = ()
    self_url: str | None = None
    home_url: str | None = None
    new_url: str | None = None

    @property
    def off_site_items(self) -> int:
        """How many entries lead to another site."""
        return sum(entry.off_site for entry in self.entries)

    @property
    def is_of_comments(self) -> bool:
        """Whether it lists what readers wrote under articles, as content systems offer beside the articles' feed."""
        return bool(self.entries) and all("#comment" in entry.url for entry in self.entries)

    @property
    def newest_item_at(self) -> datetime | None:
        """When the newest entry was published or, for want of that, changed, as far as entries say."""
        return max((date for entry in self.entries if (date := entry.published_at or entry.modified_at)), default=None)


def with_off_site_flagged(document: FeedDocument) -> FeedDocument:
    """The document with each entry flagged that leads to another site than the feed's URL, home or self link."""
    own = {site for url in (document.url, document.home_url, document.self_url) if url and (site := _site(url))}
    return replace(document, entries=tuple(replace(each, off_site=each.domain not in own) for each in document.entries))


def _site(url: str) -> str | None:
    try:
        return registrable_domain(url)
    except UrlError:
        return None
