"""Which article a page is: under which URL it is kept, and whether two texts are of one article. Pure."""

from __future__ import annotations

import hashlib
from urllib.parse import urlsplit

from copydesk.errors import UrlError
from copydesk.urls import canonicalize, registrable_domain

SHINGLE_CHARS = 24
SAME_ARTICLE_SHARE = 0.5


def content_key(title: str | None, text: str) -> bytes:
    """SHA-256 of title and text: another one makes another revision."""
    return hashlib.sha256(f"{title or ''}\0{text}".encode("utf-8", "surrogatepass")).digest()


def identity(entry_url: str, final_url: str, claimed: str | None) -> str:
    """The canonical URL that a page's article goes by.

    What the page claims (`rel=canonical`) is believed on its own site only, and never a home page, as careless
    templates claim; else where the redirects led, on the same terms; else the entry's canonical URL.
    """
    return _believable(claimed, final_url) or _believable(final_url, entry_url) or entry_url


def same_article(one: str, other: str) -> bool:
    """Whether two texts are of one article: of the shorter one at least half stands in the longer one.

    Compares overlapping runs of characters, so that it works without word boundaries too.
    """
    first, second = _shingles(one), _shingles(other)
    shared = len(first & second)
    return shared >= SAME_ARTICLE_SHARE * min(len(first), len(second))


def _believable(url: str | None, page_url: str) -> str | None:
    if not url:
        return None
    try:
        canonical = canonicalize(url)
        same_site = registrable_domain(canonical) == registrable_domain(page_url)
    except UrlError:
        return None
    return canonical if same_site and not _is_home(canonical) else None


def _is_home(url: str) -> bool:
    parts = urlsplit(url)
    return parts.path in ("", "/") and not parts.query


def _shingles(text: str) -> frozenset[str]:
    squeezed = "".join(text.split())
    last = max(len(squeezed) - SHINGLE_CHARS, 0)
    return frozenset(squeezed[start : start + SHINGLE_CHARS] for start in range(last + 1))
