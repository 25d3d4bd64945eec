"""Finding the feeds of a site from its home page: links, usual places, sitemaps. Each is tried before it is told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from copydesk.discover.autodiscovery import linked_feeds
from copydesk.discover.check import FeedCheck, check_feeds
from copydesk.discover.feed import read_feed
from copydesk.discover.sitemap import looks_like_sitemap, read_sitemap_index
from copydesk.discover.wordpress import POSTS_PATH
from copydesk.errors import FeedError, PageError, UrlError
from copydesk.fetch import Fetcher
from copydesk.models import Page
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
USUAL_SITEMAPS = ("/news-sitemap.xml", "/sitemap-news.xml", "/sitemap.xml")
MAX_SITEMAPS = 12


@dataclass(frozen=True, slots=True)
class FoundFeed:
    """A feed of a site. `how` is `given`, `link`, `usual place` or `sitemap`."""

    how: str
    check: FeedCheck


async def find_feeds(url: str, fetcher: Fetcher) -> list[FoundFeed]:
    """The feeds of the site at `url`: itself, or else what its page links, else one at a usual place; and sitemaps.

    Raises PageError if the page itself cannot be had.
    """
    page = await fetcher.page(url)
    if own := _own(page):
        return [FoundFeed("given", own)]
    linked = [feed.url for feed in linked_feeds(page.body, page.final_url)]
    found = _good("link", await check_feeds(_once(linked), fetcher))
    if not found:
        places = [absolute(page.final_url, place) for place in USUAL_PLACES]
        found = _good("usual place", await check_feeds(_once(places), fetcher))[:1]
    return found + await _of_sitemaps(page.final_url, fetcher)


def _own(page: Page) -> FeedCheck | None:
    """The page as a feed, if it is one."""
    try:
        return FeedCheck(page.url, read_feed(page.body, page.final_url, page.headers), moved_to=page.moved_to)
    except FeedError:
        return None


async def _of_sitemaps(home: str, fetcher: Fetcher) -> list[FoundFeed]:
    """The news sitemaps among those that robots.txt names, or else at usual places, through indexes; asks for a few."""
    waiting = list(await fetcher.sitemaps(home)) or [absolute(home, place) for place in USUAL_SITEMAPS]
    found: list[FoundFeed] = []
    seen: set[str] = set()
    while waiting and len(seen) < MAX_SITEMAPS:
        waiting.sort(key=lambda link: "news" not in link.lower())  # stable: else as listed, the newest first
        link = waiting.pop(0)
        if link in seen:
            continue
        seen.add(link)
        check, listed = await _look(link, fetcher)
        waiting += listed
        found += [FoundFeed("sitemap", check)] if check and check.document else []
    return [each for each in found if each.check.document and each.check.document.format == "news-sitemap"] or found[:1]


async def _look(link: str, fetcher: Fetcher) -> tuple[FeedCheck | None, tuple[str, ...]]:
    """What is at a sitemap's URL: a check of the sitemap, or the sitemaps that an index lists."""
    try:
        page = await fetcher.page(canonicalize(link))
        if not looks_like_sitemap(page.body):
            return None, ()
        index = read_sitemap_index(page.body, page.final_url, page.headers)
        if index:
            return None, index.sitemaps
        return FeedCheck(page.url, read_feed(page.body, page.final_url, page.headers)), ()
    except (PageError, FeedError, UrlError):
        return None, ()


def _good(how: str, checks: Iterable[FeedCheck]) -> list[FoundFeed]:
    return [FoundFeed(how, check) for check in checks if check.document]


def _once(links: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(canonicalize(link) for link in links))
