"""The articles that a batch's pages may be, as they stand; nobody else loads articles of their sites until commit."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from copydesk.database import Connection, Row, query
from copydesk.load.plan import Arrival, Existing, Item
from copydesk.urls import registrable_domain

# A template that claims one URL for all pages of a site, an item id that is no id: soon known by the many.
MAX_ALIKE = 5


@dataclass(frozen=True, slots=True)
class Standing:
    """Articles by URL, and those that claim to be variants of a page that arrives."""

    known: dict[str, Existing]
    claiming: tuple[Existing, ...]

    @property
    def sites(self) -> set[str]:
        """All sites that they are on."""
        articles = (*self.known.values(), *self.claiming)
        return {registrable_domain(url) for article in articles for url in (article.url, article.read_url)}


def standing(connection: Connection, arrivals: Sequence[Arrival]) -> Standing:
    """What there is when nobody changes it any more: of another site than the arrivals' too, if it leads there."""
    urls = _urls(arrivals)
    locked: set[str] = set()
    wanted = {registrable_domain(url) for url in urls}
    while True:
        lock_sites(connection, wanted - locked)
        locked |= wanted
        found = _read(connection, urls, arrivals)
        wanted = found.sites
        if wanted <= locked:
            return found


def lock_sites(connection: Connection, sites: Iterable[str]) -> None:
    """Wait until nobody else loads articles of these sites, and have the others wait until commit."""
    query(connection, "lock_sites", {"domains": sorted(sites)})


def _urls(arrivals: Iterable[Arrival]) -> set[str]:
    urls = ((one.entry_url, one.read_url, one.article_url, one.claimed_url) for one in arrivals)
    return {url for some in urls for url in some if url}


def _read(connection: Connection, urls: set[str], arrivals: Sequence[Arrival]) -> Standing:
    items = _items(connection, {one.item for one in arrivals if one.item is not None})
    known = _known(connection, urls | set(items))
    listed = {url: replace(one, items=items.get(url, frozenset())) for url, one in known.items()}
    rows = query(connection, "claiming_articles", {"urls": sorted(urls), "limit": MAX_ALIKE})
    return Standing(listed, tuple(_existing(row) for row in rows))


def _items(connection: Connection, items: set[Item]) -> dict[str, frozenset[Item]]:
    """The items that list articles, by the articles' URLs."""
    feeds, guids = [feed_id for feed_id, _ in items], [guid for _, guid in items]
    parameters = {"feed_ids": feeds, "guids": guids, "limit": MAX_ALIKE}
    found: dict[str, frozenset[Item]] = {}
    for row in query(connection, "articles_of_items", parameters) if items else ():
        found[row.canonical_url] = found.get(row.canonical_url, frozenset()) | {(row.feed_id, row.guid)}
    return found


def _known(connection: Connection, urls: set[str]) -> dict[str, Existing]:
    """The articles of these URLs, and those that are where such were read, as they may be sent there."""
    found: dict[str, Existing] = {}
    asked: set[str] = set()
    wanted = urls
    while wanted:
        rows = query(connection, "articles_by_url", {"urls": sorted(wanted), "limit": MAX_ALIKE})
        asked |= wanted
        found |= {row.canonical_url: _existing(row) for row in rows}
        wanted = {article.read_url for article in found.values()} - asked
    return found


def _existing(row: Row) -> Existing:
    """An article as it stands, of a row of articles_by_url.sql or claiming_articles.sql."""
    return Existing(
        row.canonical_url,
        row.read_url,
        row.entry_url,
        bytes(row.content_key),
        row.text,
        row.revision,
        row.claimed_url,
        row.redirects_to,
        frozenset(row.former_urls),
    )
