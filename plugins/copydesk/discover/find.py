"""Finding the feeds of a site from its home page: links, usual places, sitemaps. Each is tried before it is told."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass

from copydesk.discover.autodiscovery import linked_feeds
from copydesk.discover.check import FeedCheck, check_feeds, check_page, check_section
from copydesk.discover.sitemap import looks_like_sitemap, read_sitemap_index
from copydesk.discover.sitemap_tree import is_index
from copydesk.discover.wordpress import POSTS_PATH, posts_links
from copydesk.errors import FeedError, PageError, UrlError
from copydesk.fetch import Fetcher
from copydesk.urls import absolute, canonicalize

USUAL_PLACES = (
    "/feed/",
    "/rss.xml",
    "/rss",
    "/feed.xml",
    "/atom.xml",
    "/index.xml",
    "/feeds/posts/default",
    POSTS_PATH,
)
USUAL_SITEMAPS = ("/news-sitemap.xml", "/sitemap-news.xml", "/sitemap.xml", "/sitemap_index.xml", "/wp-sitemap.xml")
MAX_SITEMAPS = 12


@dataclass(frozen=True, slots=True)
class FoundFeed:
    """A feed of a site. `how` is `given`, `link`, `usual place`, `sitemap` or `section page`."""

    how: str
    check: FeedCheck


async def find_feeds(url: str, fetcher: Fetcher) -> list[FoundFeed]:
    """The feeds of the site at `url`: itself, or else what its page links, else one at a usual place; and sitemaps.

    The page itself is the last resort, if it lists articles. Raises PageError if the page itself cannot be had.
    """
    page = await fetcher.page(url)
    if own := await check_page(page, fetcher):
        return [FoundFeed("given", own)]
    linked = [feed.url for feed in linked_feeds(page.body, page.final_url)]
    found = _good("link", await check_feeds(_once(linked), fetcher))
    if not found:
        places = [absolute(page.final_url, place) for place in USUAL_PLACES]
        posts = posts_links(page.headers.get("link", ""), page.body, page.final_url)
        found = _good("usual place", await check_feeds(_once((*places, *posts)), fetcher))[:1]
    found += await _of_sitemaps(page.final_url, fetcher)
    return found or _good("section page", [check_section(page)])


async def _of_sitemaps(home: str, fetcher: Fetcher) -> list[FoundFeed]:
    """The news sitemaps among those that robots.txt names, or else at usual places, also in indexes; else one of all.

    An index is told as such, not its sitemaps: which of them holds what is new changes with time.
    """
    named = await fetcher.sitemaps(home) or [absolute(home, place) for place in USUAL_SITEMAPS]
    waiting = deque(sorted(_once(named), key=_is_not_news))
    found: list[FoundFeed] = []
    seen: set[str] = set()
    while waiting and len(seen) < MAX_SITEMAPS:
        link = waiting.popleft()
        if link in seen:
            continue
        seen.add(link)
        check, listed = await _look(link, fetcher)
        waiting.extendleft(one for one in reversed(listed) if not _is_not_news(one))
        found += [FoundFeed("sitemap", check)] if check and check.document else []
    return [each for each in found if each.check.document and each.check.document.format == "news-sitemap"] or found[:1]


async def _look(link: str, fetcher: Fetcher) -> tuple[FeedCheck | None, tuple[str, ...]]:
    """What is at a sitemap's URL: a check of it, and the sitemaps that it lists if it is an index."""
    try:
        page = await fetcher.page(link)
        if not looks_like_sitemap(page.body):
            return None, ()
        index = read_sitemap_index(page.body, page.final_url, page.headers) if is_index(page) else None
    except (PageError, FeedError):
        return None, ()
    return await check_page(page, fetcher), tuple(one.url for one in index.listed) if index else ()


def _is_not_news(link: str) -> bool:
    return "news" not in link.lower()


def _good(how: str, checks: Iterable[FeedCheck]) -> list[FoundFeed]:
    """Those that are feeds of articles."""
    return [FoundFeed(how, check) for check in checks if check.document and not _is_of_comments(check)]


def _is_of_comments(check: FeedCheck) -> bool:
    """By what it lists; by WordPress's address for it while nobody has commented."""
    return bool(check.document and check.document.is_of_comments) or "/comments/feed" in check.url


def _once(links: Iterable[str]) -> list[str]:
    found: dict[str, None] = {}
    for link in links:
        try:
            found[canonicalize(link)] = None
        except UrlError:
            continue
    return list(found)
