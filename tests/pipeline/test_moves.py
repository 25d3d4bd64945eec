"""An article whose URL is changed stays one article; what its old URL leads to else never becomes its text."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from tests.pipeline.conftest import rows

from copydesk import feeds, frontier
from copydesk.database import Connection, transaction
from copydesk.models import Entry
from copydesk.settings import Settings
from copydesk.urls import registrable_domain
from made_site import HARVEST, TRAM, Site, articles, taken_up

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of what Great Expectations imports
MUSEUM = (
    "The national museum opens its new wing on Sunday, with four hundred objects that had been in its cellars so far.",
    "Among them are coins, lamps and a mosaic of the third century, which was found when the metro was being dug.",
    "Entrance is free until the end of the year, and schools may book guided tours, said the director of the museum.",
)
FERRY = (
    "A ferry with two hundred passengers ran aground off the island in thick fog in the morning; nobody was hurt.",
    "Fishing boats took everybody ashore within three hours, where the people of the village gave them breakfast.",
    "The company said that divers would look at the hull before a tug tries to free the ship at the next high tide.",
)
NEWS = "/category/news"


def item(site: Site, path: str, guid: str | None = None) -> Entry:
    url = site.url(path)
    return Entry(url, url, registrable_domain(url), title="Story", feed_id=1, guid=guid)


def visited(settings: Settings, connection: Connection, *entries: Entry) -> None:
    """Visit URLs, again if they were visited, as their schedules do."""
    with transaction(connection):
        frontier.add(connection, entries, datetime.now(UTC), revisit_before=datetime.now(UTC))
    taken_up(settings, rounds=1)


def test_articles_go_where_their_site_moves_them_and_stay_as_they_are_where_their_urls_lead_elsewhere(
    site: Site, settings: Settings, connection: Connection
) -> None:
    tram, harvest, museum, ferry = (f"/2026/11/{slug}" for slug in ("tram", "harvest", "museum", "ferry"))
    new_tram, new_museum = "/2026/11/tram-line-approved", "/2026/11/museum-opens-new-wing"
    stories = {tram: TRAM, harvest: HARVEST, museum: MUSEUM, ferry: FERRY}
    for path, text in stories.items():
        site.page(path, path, text, etag='"one"')
    feeds.add(connection, [feeds.Wanted(site.feed())])
    visited(settings, connection, *(item(site, path, path) for path in stories))
    assert [path for path, _ in articles(connection, site)] == sorted(stories)

    site.page(new_tram, tram, TRAM, etag='"one"')  # what the server then says has not changed
    site.redirect(tram, new_tram, 301)
    site.page(NEWS, "News", (*HARVEST, *FERRY))
    site.redirect(harvest, NEWS, 301)
    site.page(new_museum, museum, MUSEUM)  # its feed knows that it is the same
    site.redirect(ferry, museum, 302)
    visited(
        settings, connection, *(item(site, path) for path in (tram, harvest, ferry)), item(site, new_museum, museum)
    )
    leads = "SELECT url, title, revision, redirects_to FROM news.articles"
    assert {row[0]: row[1:] for row in rows(connection, leads)} == {
        site.url(new_tram): (tram, 2, None),
        site.url(harvest): (harvest, 1, site.url(NEWS)),
        site.url(new_museum): (museum, 2, None),
        site.url(ferry): (ferry, 1, site.url(museum)),
    }
    found = rows(connection, "SELECT url, current_url FROM news.former_urls ORDER BY url")
    assert found == [(site.url(museum), site.url(new_museum)), (site.url(tram), site.url(new_tram))]
    articles(connection, site)  # its books are clean
