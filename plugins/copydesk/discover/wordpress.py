"""WordPress's REST list of posts (`/wp-json/wp/v2/posts`), read as the feed that it is."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from copydesk.discover.document import FeedDocument
from copydesk.discover.plain import iso_instant, plain_text, storable
from copydesk.discover.select import select
from copydesk.errors import FeedError, UrlError
from copydesk.models import Entry
from copydesk.urls import absolute, canonicalize, registrable_domain

POSTS_ROUTE = "wp/v2/posts"
POSTS_PATH = f"/wp-json/{POSTS_ROUTE}"

_API_HEADER = re.compile(r"<([^<>\s]{1,1000})>\s*;\s*rel=[\"']?https://api\.w\.org/")
_API_ELEMENT = re.compile(r"<link rel=[\"']https://api\.w\.org/[\"'] href=[\"']([^\"'\s]{1,1000})[\"']")


def posts_links(link_header: str, body: bytes, url: str) -> tuple[str, ...]:
    """The list of posts of the WordPress whose page came from `url`, wherever its REST API is; empty for other pages.

    A site without pretty permalinks has it at `/?rest_route=`, one in a folder below that.
    """
    elements = _API_ELEMENT.findall(body[:200_000].decode("utf-8", "replace"))
    roots = [html.unescape(root) for root in (*_API_HEADER.findall(link_header), *elements)]
    try:
        return tuple(dict.fromkeys(absolute(url, root) + POSTS_ROUTE for root in roots))
    except UrlError:
        return ()


def looks_like_posts(body: bytes) -> bool:
    """Whether a JSON document is a list, as WordPress's posts are and a JSON Feed is not."""
    return body[:512].removeprefix(b"\xef\xbb\xbf").lstrip().startswith(b"[")


def read_posts(body: bytes, url: str) -> FeedDocument:
    """The posts as a feed. Raises FeedError if the document is no list of posts."""
    try:
        posts = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise FeedError(url, f"is broken JSON: {str(error)[:200]}") from error
    if not isinstance(posts, list) or not all(isinstance(post, dict) and "link" in post for post in posts):
        raise FeedError(url, "is JSON but neither a JSON Feed nor WordPress's list of posts")
    entries, problems = select((_Post(post, url) for post in posts), url)
    return FeedDocument(url=url, format="wordpress", title=None, language=None, entries=entries, problems=problems)


@dataclass(frozen=True, slots=True)
class _Post:
    values: Mapping[str, object]
    base: str

    @property
    def dated_at(self) -> datetime | None:
        return iso_instant(self.values.get("date_gmt")) or iso_instant(self.values.get("modified_gmt"))

    def entry(self) -> Entry:
        """The entry. Raises UrlError if the post has no link to a web page."""
        link = self.values["link"]
        if not isinstance(link, str):
            raise UrlError("no link to a web page")
        url = absolute(self.base, link)
        return Entry(
            url=url,
            canonical_url=canonicalize(url),
            domain=registrable_domain(url),
            guid=plain_text(self._rendered("guid")),
            title=plain_text(self._rendered("title")),
            published_at=iso_instant(self.values.get("date_gmt")),
            modified_at=iso_instant(self.values.get("modified_gmt")),
            summary=plain_text(self._rendered("excerpt")),
            content_html=storable(self._rendered("content") or "") or None,
        )

    def _rendered(self, name: str) -> str | None:
        value = self.values.get(name)
        rendered = value.get("rendered") if isinstance(value, dict) else None
        return rendered if isinstance(rendered, str) else None
