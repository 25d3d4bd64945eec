"""What a feed's document says: the type that reading a feed yields."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from copydesk.models import Entry


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
    `hubs` are the WebSub hubs that it names, `self_url` is what it calls its own URL.
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
