"""WordPress's REST list of posts (`/wp-json/wp/v2/posts`), read as the feed that it is."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass

from copydesk.discover.document import FeedDocument
from copydesk.discover.plain import iso_instant, plain_text, storable
from copydesk.discover.select import select
from copydesk.errors import FeedError, UrlError
from copydesk.models import Entry
from copydesk.urls import absolute, canonicalize, registrable_domain

POSTS_PATH = "/wp-json/wp/v2/posts"


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
