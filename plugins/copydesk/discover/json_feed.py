"""JSON Feed 1.0 and 1.1 (jsonfeed.org/version/1.1)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from copydesk.discover.document import FeedDocument
from copydesk.discover.plain import iso_instant, language_tag, plain_text, storable
from copydesk.discover.select import select
from copydesk.errors import FeedError, UrlError
from copydesk.models import Entry
from copydesk.urls import absolute, canonicalize, registrable_domain

VERSION = "https://jsonfeed.org/version/1"


def is_json(body: bytes) -> bool:
    """Whether a document looks like JSON and not like XML."""
    return body[:512].removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"[")


def read_json_feed(body: bytes, url: str) -> FeedDocument:
    """The feed in a JSON document. Raises FeedError if it is none, or if none of its items can be used."""
    feed = _feed(body, url)
    language = language_tag(_text(feed, "language"))
    entries, problems = select((_Item(item, url, language) for item in _objects(feed, "items")), url)
    return FeedDocument(
        url=url,
        format="jsonfeed11" if _text(feed, "version") == f"{VERSION}.1" else "jsonfeed10",
        title=plain_text(_text(feed, "title")),
        language=language,
        entries=entries,
        problems=problems,
        hubs=tuple(hub for each in _objects(feed, "hubs") if _is_websub(each) and (hub := _text(each, "url"))),
        self_url=_text(feed, "feed_url"),
        home_url=_text(feed, "home_page_url"),
    )


def _feed(body: bytes, url: str) -> Mapping[str, object]:
    try:
        feed = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise FeedError(url, f"is broken JSON: {str(error)[:200]}") from error
    if not isinstance(feed, dict) or not str(feed.get("version", "")).startswith(VERSION):
        raise FeedError(url, "is JSON but not a JSON Feed: it does not name a jsonfeed.org version")
    if not isinstance(feed.get("items"), list):
        raise FeedError(url, "is a JSON Feed without a list of items")
    return feed


@dataclass(frozen=True, slots=True)
class _Item:
    values: Mapping[str, object]
    base: str
    language: str | None

    @property
    def dated_at(self) -> datetime | None:
        return iso_instant(self.values.get("date_published")) or iso_instant(self.values.get("date_modified"))

    def entry(self) -> Entry:
        """The entry. Raises UrlError if the item has no link to a web page."""
        url = self._url()
        return Entry(
            url=url,
            canonical_url=canonicalize(url),
            domain=registrable_domain(url),
            guid=storable(str(self.values.get("id") or "")) or None,
            title=plain_text(_text(self.values, "title")),
            authors=self._authors(),
            published_at=iso_instant(self.values.get("date_published")),
            modified_at=iso_instant(self.values.get("date_modified")),
            summary=plain_text(_text(self.values, "summary") or _text(self.values, "content_text")),
            language=language_tag(_text(self.values, "language")) or self.language,
            categories=tuple(text for each in _list(self.values, "tags") if (text := plain_text(str(each)))),
            content_html=_text(self.values, "content_html"),
        )

    def _url(self) -> str:
        if link := _text(self.values, "url"):
            return absolute(self.base, link)
        if (name := _text(self.values, "id") or "").startswith(("http://", "https://")):
            return absolute(self.base, name)
        raise UrlError("no link to a web page")

    def _authors(self) -> tuple[str, ...]:
        one = self.values.get("author")  # version 1.0 has one
        people = _objects(self.values, "authors") or ([one] if isinstance(one, dict) else [])
        names = (plain_text(_text(person, "name")) for person in people)
        return tuple(name for name in names if name)


def _text(values: Mapping[str, object], name: str) -> str | None:
    value = values.get(name)
    return storable(value) or None if isinstance(value, str) else None


def _list(values: Mapping[str, object], name: str) -> Sequence[object]:
    value = values.get(name)
    return value if isinstance(value, list) else []


def _objects(values: Mapping[str, object], name: str) -> list[Mapping[str, object]]:
    return [each for each in _list(values, name) if isinstance(each, dict)]


def _is_websub(hub: Mapping[str, object]) -> bool:
    """Other kinds of hubs, as rssCloud, speak another language."""
    return (_text(hub, "type") or "").lower() in ("websub", "pubsubhubbub")
