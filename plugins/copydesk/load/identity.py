"""Which article a page is: under which URL it is kept, which page it may be a variant of, whether texts agree. Pure."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from copydesk.article_url import looks_like_article
from copydesk.errors import UrlError
from copydesk.urls import canonicalize, is_spelling, registrable_domain

SHINGLE_CHARS = 24
SAME_ARTICLE_SHARE = 0.5


def content_key(title: str | None, text: str) -> bytes:
    """SHA-256 of title and text: another one makes another revision."""
    return hashlib.sha256(f"{title or ''}\0{text}".encode("utf-8", "surrogatepass")).digest()


@dataclass(frozen=True, slots=True)
class Identity:
    """The canonical URL that a page goes by, and the other page that it says it is a variant of, None for none."""

    url: str
    claimed_url: str | None = None


def identity(entry_url: str, final_url: str, claimed: str | None) -> Identity:
    """Under which URL a page's article is kept, told from where redirects led and what the page claims of itself.

    Where redirects led is believed, also to another site as trackers lead, but never a home page. What the page claims
    (`rel=canonical`) counts on its own site only, and never for a home page, as careless templates claim: at once where
    that is another spelling of the page's own URL; else it is a claim, which needs a look at the page there.
    """
    own = _landing(entry_url, final_url)
    canonical = _believable(claimed, final_url)
    if canonical is None or canonical == own:
        return Identity(own)
    return Identity(canonical) if _is_own_spelling(canonical, own) else Identity(own, canonical)


def _landing(entry_url: str, final_url: str) -> str:
    found = _believable(final_url, final_url)
    if found is None:
        return entry_url
    is_elsewhere = registrable_domain(found) != registrable_domain(entry_url)
    return entry_url if is_elsewhere and urlsplit(found).path in ("", "/") else found


def _is_own_spelling(canonical: str, own: str) -> bool:
    """Another scheme, a slash; or the same path with fewer parameters or on another of its hosts, as `m.` and `www.`.

    Of the latter, what is left must still name an article: a template that claims one URL for all pages does not.
    """
    if is_spelling(canonical, own):
        return True
    claimed, mine = urlsplit(canonical), urlsplit(own)
    fewer = set(parse_qsl(claimed.query)) <= set(parse_qsl(mine.query))
    return fewer and claimed.path.rstrip("/") == mine.path.rstrip("/") and looks_like_article(canonical)


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
