"""A page of links read as a feed, where a site has none: links to articles told from navigation, in doubt left out.

A link counts when its URL has the shape of an article's, it is worded like a headline or stands in a heading, it is not
in the page's navigation, and others like it stand beside it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import lxml.html

from copydesk.article_url import is_other_page, looks_like_article, shape
from copydesk.discover.document import FeedDocument
from copydesk.discover.guard import reading
from copydesk.discover.page import base_of, page_root
from copydesk.discover.plain import language_tag, plain_text
from copydesk.errors import FeedError, UrlError
from copydesk.models import Entry
from copydesk.urls import absolute, canonicalize, is_spelling, registrable_domain

MIN_ALIKE = 3  # so many links of one shape make a list of articles
MIN_HEADLINE_WORDS = 4
MIN_HEADLINE_CHARS = 20
MIN_DENSE_HEADLINE_CHARS = 9  # of Chinese and Japanese, which write no blanks
PLACE_DEPTH = 4
MAX_LINKS = 5000
MAX_DEPTH = 100  # pages of people stay far below; what is hostile must not cost its square
MAX_ENTRIES = 300

_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_NAVIGATION_TAGS = frozenset({"nav", "footer", "form", "menu", "dialog"})
_NAVIGATION_ROLES = frozenset({"navigation", "contentinfo", "search", "menu", "menubar", "dialog"})
_NAVIGATION_NAMES = re.compile(
    r"(?:[\w-]*[_-])?(?:nav|navbar|navigation|menu|submenu|breadcrumbs?|footer|pagination|pager|cookies?|consent|social|"
    r"share|sharing|tagcloud|masthead)(?:[_-][\w-]*)?|tags|tags?[_-](?:cloud|links?|list)",
    re.IGNORECASE,
)
# Content systems name what a teaser is filed under in its class, and an article may be filed under "menu".
_FILED_UNDER = re.compile(r"(?:tag|category|post|topic|section)-", re.IGNORECASE)
_DENSE = re.compile("[\u3040-\u30ff\u3400-\u9fff]")


@dataclass(frozen=True, slots=True)
class _Link:
    """A link outside of navigation. `place` is the path of elements above it, which links of one list share."""

    url: str
    canonical_url: str
    place: tuple[str, ...]
    in_heading: bool
    is_headline: bool


def read_section_page(body: bytes, url: str) -> FeedDocument:
    """The articles that the page in `body`, which came from `url`, links, in its order.

    Raises FeedError if no list of articles can be told from the rest of its links.
    """
    with reading(url):
        return _read(body, url)


def _read(body: bytes, url: str) -> FeedDocument:
    root = page_root(body)
    articles = _articles(list(_links(root, url))) if root is not None else []
    if root is None or len(articles) < MIN_ALIKE:
        raise FeedError(url, "is a page on which no list of articles can be told from other links")
    language = language_tag(root.get("lang"))
    entries = tuple(_entry(link, language) for link in articles[:MAX_ENTRIES])
    return FeedDocument(url, "page", plain_text(root.findtext(".//title")), language, entries, home_url=url)


def _entry(link: _Link, language: str | None) -> Entry:
    """No title: what a teaser says is often more than the headline."""
    return Entry(
        url=link.url,
        canonical_url=link.canonical_url,
        domain=registrable_domain(link.url),
        source="page",
        language=language,
    )


def _articles(links: Sequence[_Link]) -> list[_Link]:
    """The links to articles, each URL once: of a shape that several share, or in a list where several such stand."""
    headlines = _one_a_url([link for link in links if link.is_headline])
    sure = [link for link in headlines if looks_like_article(link.canonical_url)]
    shapes = Counter(shape(link.canonical_url) for link in sure)
    sure = [link for link in sure if shapes[shape(link.canonical_url)] >= MIN_ALIKE]
    places = Counter(link.place for link in sure if link.in_heading)
    known = {link.canonical_url for link in sure}
    return [
        link
        for link in headlines
        if link.canonical_url in known
        or (link.in_heading and places[link.place] >= MIN_ALIKE and _may_be_article(link, sure))
    ]


def _may_be_article(link: _Link, sure: Sequence[_Link]) -> bool:
    """Whether a link that stands among articles is one although its slug is short: it is where theirs are, as deep."""
    parents = {_parent(each.canonical_url) for each in sure}
    return _parent(link.canonical_url) in parents and not is_other_page(link.canonical_url)


def _parent(url: str) -> str:
    return url.rstrip("/").rpartition("/")[0]


def _one_a_url(links: Sequence[_Link]) -> list[_Link]:
    best: dict[str, _Link] = {}
    for link in links:
        first = best.setdefault(link.canonical_url, link)
        if link.in_heading and not first.in_heading:
            best[link.canonical_url] = link
    return list(best.values())


def _links(root: lxml.html.HtmlElement, url: str) -> Iterator[_Link]:
    base = base_of(root, url)
    own, site = canonicalize(url), registrable_domain(url)
    for number, element in enumerate(root.iter("a")):
        if number >= MAX_LINKS:
            return
        try:
            target = absolute(base, element.get("href") or "")
            canonical = canonicalize(target)
        except UrlError:
            continue
        above = list(islice(element.iterancestors(), MAX_DEPTH))
        if registrable_domain(canonical) != site or is_spelling(canonical, own) or any(map(_is_navigation, above)):
            continue
        yield _link(element, above, target, canonical)


def _link(
    element: lxml.html.HtmlElement, above: Sequence[lxml.html.HtmlElement], url: str, canonical_url: str
) -> _Link:
    place = tuple(f"{each.tag}.{each.get('class') or ''}" for each in above[:PLACE_DEPTH])
    in_heading = any(each.tag in _HEADINGS for each in above[:PLACE_DEPTH]) or any(
        each.tag in _HEADINGS for each in element.iterdescendants()
    )
    is_headline = _is_headline(" ".join(element.text_content().split()), in_heading)
    return _Link(url, canonical_url, place, in_heading, is_headline)


def _is_headline(text: str, in_heading: bool) -> bool:
    if len(_DENSE.findall(text)) >= MIN_DENSE_HEADLINE_CHARS:
        return True
    words = len(text.split())
    return (words >= MIN_HEADLINE_WORDS and len(text) >= MIN_HEADLINE_CHARS) or (in_heading and words > 1)


def _is_navigation(element: lxml.html.HtmlElement) -> bool:
    if element.tag in ("html", "body"):
        return False
    if element.tag in _NAVIGATION_TAGS or (element.get("role") or "").lower() in _NAVIGATION_ROLES:
        return True
    names = f"{element.get('class') or ''} {element.get('id') or ''}"[:1000].split()
    return any(_NAVIGATION_NAMES.fullmatch(name) for name in names if not _FILED_UNDER.match(name))
