"""Reading a feed: RSS, RDF, Atom, JSON Feed, a sitemap or WordPress's list of posts, whole or broken, to entries."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from typing import Any

import feedparser

from copydesk.discover.autodiscovery import linked_feeds
from copydesk.discover.document import FeedDocument, PollHints, with_off_site_flagged
from copydesk.discover.guard import reading
from copydesk.discover.json_feed import is_json, read_json_feed
from copydesk.discover.markup import Markup, read_markup
from copydesk.discover.plain import instant, language_tag, plain_text, storable
from copydesk.discover.select import select
from copydesk.discover.sitemap import looks_like_sitemap, read_news_sitemap
from copydesk.discover.wordpress import looks_like_posts, read_posts
from copydesk.errors import FeedError, UrlError
from copydesk.models import Entry
from copydesk.urls import absolute, canonicalize, registrable_domain

_COMMENT = re.compile(rb"<!--.*?-->", re.DOTALL)
_FIRST_NAME = re.compile(rb"<(?:!DOCTYPE\s+)?([A-Za-z][\w:.-]*)", re.IGNORECASE)
_NAMES_OF_HTML = frozenset({b"html", b"head", b"body", b"title", b"meta", b"script", b"div", b"p"})
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_PERIOD_SECONDS = {"hourly": 3600, "daily": 86400, "weekly": 604800, "monthly": 2592000, "yearly": 31536000}
MAX_HINT_SECONDS = 366 * 86400

Values = Mapping[str, Any]  # as feedparser gives them


def read_feed(body: bytes, url: str, headers: Mapping[str, str]) -> FeedDocument:
    """The feed in `body`, which came from `url` with these headers (lower-case names).

    What is wrong with single items is told in `problems`; FeedError if it is no feed or none of its items is usable.
    """
    with reading(url):
        return with_off_site_flagged(_read(body, url, headers))


def _read(body: bytes, url: str, headers: Mapping[str, str]) -> FeedDocument:
    if is_json(body):
        return read_posts(body, url) if looks_like_posts(body) else read_json_feed(body, url)
    if _is_html(body[:4096]):
        raise FeedError(url, _about_page(body, url))
    if looks_like_sitemap(body):
        return read_news_sitemap(body, url, headers)
    markup = read_markup(body, url, headers)
    parsed = _parsed(markup, url)
    if not parsed.get("version"):
        raise FeedError(url, f"is not a feed: its root element is {markup.root}")
    return _document(parsed, markup, url)


def _is_html(start: bytes) -> bool:
    name = _FIRST_NAME.search(_COMMENT.sub(b"", start))
    return name is not None and name.group(1).lower() in _NAMES_OF_HTML


def _about_page(body: bytes, url: str) -> str:
    found = [feed.url for feed in linked_feeds(body, url)]
    return "is an HTML page, not a feed" + (f"; it links these feeds: {', '.join(found[:5])}" if found else "")


def _parsed(markup: Markup, url: str) -> Values:
    """Feedparser's reading. It gets a stream, since it opens strings as files and URLs, and never resolves entities."""
    headers = {"content-type": "application/xml; charset=utf-8", "content-location": url}
    stream = BytesIO(markup.text.encode("utf-8"))
    found: Values = feedparser.parse(stream, response_headers=headers, resolve_relative_uris=False, sanitize_html=False)
    return found


def _document(parsed: Values, markup: Markup, url: str) -> FeedDocument:
    feed = parsed["feed"]
    language = language_tag(feed.get("language"))
    version = parsed["version"]
    entries, problems = select((_Item(item, url, language, version) for item in parsed["entries"]), url)
    if markup.problems and not entries:
        raise FeedError(url, f"is broken and no item of it can be read: {markup.problems[0]}")
    return FeedDocument(
        url=url,
        format=version,
        title=plain_text(feed.get("title")),
        language=language,
        entries=entries,
        problems=markup.problems + problems,
        hints=_hints(feed, markup.text),
        hubs=tuple(_links(feed, "hub", url)),
        self_url=next(iter(_links(feed, "self", url)), None),
        home_url=next(iter(_links(feed, "alternate", url)), None),
        new_url=next(iter(_new_urls(feed, url)), None),
    )


@dataclass(frozen=True, slots=True)
class _Item:
    """One item as feedparser gives it; becomes an entry by `entry`."""

    values: Values
    base: str
    language: str | None
    version: str

    @property
    def dated_at(self) -> datetime | None:
        return next((date for date in self._instants() if date), None)

    def entry(self) -> Entry:
        """The entry. Raises UrlError if the item has no link to a web page."""
        url = self._url()
        published, modified = self._instants()
        return Entry(
            url=url,
            canonical_url=canonicalize(url),
            domain=registrable_domain(url),
            guid=storable(self.values.get("id") or "") or None,
            title=plain_text(self.values.get("title")),
            authors=_names(self.values),
            published_at=published,
            modified_at=modified,
            summary=plain_text(self.values.get("summary")),
            language=language_tag(_detail(self.values, "title").get("language")) or self.language,
            categories=_unique(plain_text(tag.get("label") or tag.get("term")) for tag in self.values.get("tags", ())),
            content_html=self._content(),
        )

    def _url(self) -> str:
        """The link, the publisher's own before a tracker's; an id that is a URL where there is no link."""
        name = self.values.get("id") or ""
        named = name if name.startswith(("http://", "https://")) else None
        for link in (self.values.get("feedburner_origlink"), self.values.get("link"), named):
            if link:
                try:
                    return absolute(self.base, link)
                except UrlError:
                    continue
        raise UrlError("no link to a web page")

    def _instants(self) -> tuple[datetime | None, datetime | None]:
        published = instant(self.values["published_parsed"]) if "published_parsed" in self.values else None
        modified = instant(self.values["updated_parsed"]) if "updated_parsed" in self.values else None
        if published is None and self.version.startswith("rss"):  # dc:date is the only date that RDF has
            return modified, None
        return published, modified

    def _content(self) -> str | None:
        contents = [each for each in self.values.get("content", ()) if "html" in (each.get("type") or "")]
        return storable(max((each.get("value") or "" for each in contents), key=len, default="")) or None


def _detail(values: Values, name: str) -> Values:
    found: Values = values.get(f"{name}_detail") or {}
    return found


def _names(values: Values) -> tuple[str, ...]:
    people = values.get("authors") or [{"name": values.get("author")}]
    return _unique(plain_text(person.get("name")) for person in people)


def _unique(texts: Iterable[str | None]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(text for text in texts if text))


def _links(feed: Values, relation: str, base: str) -> list[str]:
    return _absolute((link.get("href") for link in feed.get("links", ()) if link.get("rel") == relation), base)


def _new_urls(feed: Values, base: str) -> list[str]:
    """Where the feed says that it has moved, in the two ways that podcasts and RSS know."""
    return _absolute((feed.get("itunes_new-feed-url"), feed.get("newlocation")), base)


def _absolute(links: Iterable[str | None], base: str) -> list[str]:
    found = []
    for link in links:
        try:
            found += [absolute(base, link)] if link else []
        except UrlError:
            continue
    return found


def _hints(feed: Values, text: str) -> PollHints:
    return PollHints(
        ttl_seconds=_seconds(feed.get("ttl"), 60),
        update_seconds=_update_seconds(feed),
        skip_hours=frozenset(int(hour) % 24 for hour in re.findall(r">\s*(\d{1,2})\s*<", _section("skipHours", text))),
        skip_days=frozenset(day for day, name in enumerate(_DAYS) if name in _section("skipDays", text).lower()),
    )


def _section(name: str, text: str) -> str:
    """What stands in the first element of that name, which feedparser does not give; empty if it is long."""
    begin = text.find(f"<{name}>")
    end = text.find(f"</{name}>", begin, begin + 2000) if begin >= 0 else -1
    return text[begin:end] if end >= 0 else ""


def _seconds(value: str | None, unit: int) -> int | None:
    text = (value or "").strip()
    return min(int(text) * unit, MAX_HINT_SECONDS) or None if text.isdecimal() and len(text) < 10 else None  # noqa: PLR2004


def _update_seconds(feed: Values) -> int | None:
    """sy:updatePeriod over sy:updateFrequency; None if the feed names no period."""
    period = _PERIOD_SECONDS.get((feed.get("sy_updateperiod") or "").strip().lower())
    times = _seconds(feed.get("sy_updatefrequency"), 1) or 1
    return max(period // times, 1) if period else None
