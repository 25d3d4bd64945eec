"""Which article a page is: under which URL it is kept, which page it may be a variant of, whether texts agree. Pure."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from urllib.parse import parse_qsl, urlsplit

from copydesk.article_url import is_other_page, looks_like_article
from copydesk.errors import UrlError
from copydesk.urls import canonicalize, is_spelling, registrable_domain

SHINGLE_CHARS = 24
SAME_ARTICLE_SHARE = 0.5
# Of the longer text: a list that has the article among others has more of them than of it.
SAME_PAGE_SHARE = 0.6


def content_key(title: str | None, text: str) -> bytes:
    """SHA-256 of title and text: another one makes another revision."""
    return hashlib.sha256(f"{title or ''}\0{text}".encode("utf-8", "surrogatepass")).digest()


@dataclass(frozen=True, slots=True)
class Identity:
    """The canonical URL that a page goes by, and the other page that it says it is a variant of, None for none.

    `read_url` is the canonical URL that answered.
    """

    url: str
    read_url: str
    claimed_url: str | None = None


def identity(entry_url: str, final_url: str, claimed: str | None) -> Identity:
    """Under which URL a page's article is kept, told from where redirects led and what the page claims of itself.

    Where redirects led is believed, also to another site as trackers lead, but never a home page. What the page claims
    (`rel=canonical`) counts on its own site only, and never for a home page, as careless templates claim: at once where
    that is another spelling of the page's own URL; else it is a claim, which needs a look at the page there.
    """
    own = _landing(entry_url, final_url)
    read_url = _canonical(final_url) or entry_url
    canonical = _believable(claimed, read_url)
    if canonical is None or canonical == own:
        return Identity(own, read_url)
    if _is_own_spelling(canonical, own):
        return Identity(canonical, read_url)
    return Identity(own, read_url, canonical)


def is_moved(url: str, text: str, new_url: str, new_text: str) -> bool:
    """Whether a page is the article that was at another URL of its site, so that it has moved: by its words.

    Sites lead from what they took away to lists too, which may hold its text among others'. A list is never the
    article: a URL that names one, or a part of the article's own. Where the URL does not say that it is an article's,
    the longer of the texts must be the article's too.
    """
    if is_spelling(url, new_url):
        return True
    if looks_like_article(new_url):
        return same_article(text, new_text)
    if is_other_page(new_url) or _is_above(new_url, url):
        return False
    first, second = _shingles(text), _shingles(new_text)
    return len(first & second) >= SAME_PAGE_SHARE * max(len(first), len(second))


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
    canonical = _canonical(url)
    if canonical is None or _is_home(canonical):
        return None
    return canonical if registrable_domain(canonical) == registrable_domain(page_url) else None


def _canonical(url: str | None) -> str | None:
    try:
        return canonicalize(url) if url else None
    except UrlError:
        return None


def _is_home(url: str) -> bool:
    parts = urlsplit(url)
    return parts.path in ("", "/") and not parts.query


def _is_above(url: str, other: str) -> bool:
    """Whether the path of one URL is the beginning of the other's: a section's, a day's."""
    here, below = urlsplit(url), urlsplit(other)
    return below.path.startswith(here.path.rstrip("/") + "/") and not here.query and len(below.path) > len(here.path)


def _shingles(text: str) -> frozenset[str]:
    squeezed = "".join(text.split())
    last = max(len(squeezed) - SHINGLE_CHARS, 0)
    return frozenset(squeezed[start : start + SHINGLE_CHARS] for start in range(last + 1))
