"""AMP and mobile pages and links of trackers meet their article; a page that lies about its original does not."""

from __future__ import annotations

import pytest

from copydesk import feeds
from copydesk.database import Connection, transaction
from copydesk.settings import Settings
from made_site import HARVEST, TRAM, Site, articles, ingested, outcomes

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of what Great Expectations imports


def test_variants_and_their_original_are_one_article_under_the_originals_url(
    site: Site, settings: Settings, connection: Connection
) -> None:
    own, amp, mobile = "/2026/11/tram", "/amp/2026/11/tram", "/m/2026/11/tram"
    site.page(own, "Tram line approved", TRAM)
    site.page(amp, "Tram line approved", TRAM[:2], own)
    site.page(mobile, "Tram line approved", (*TRAM, "Follow us for more."), own)
    feeds.add(connection, [feeds.Wanted(site.feed(amp, mobile))])
    ingested(settings, rounds=2)
    assert articles(connection, site) == [(own, "Tram line approved")]
    assert set(outcomes(connection, site)) == {own, amp, mobile}


def test_a_page_that_claims_another_article_or_the_home_page_stays_an_article_of_its_own(
    site: Site, settings: Settings, connection: Connection
) -> None:
    own, liar, careless = "/2026/11/tram", "/2026/11/harvest", "/2026/11/more"
    site.page(own, "Tram line approved", TRAM)
    site.page(liar, "Best harvest", HARVEST, own)
    site.page(careless, "More of the harvest", (*HARVEST[::-1], TRAM[0]), site.url("/"))
    feeds.add(connection, [feeds.Wanted(site.feed(liar, careless))])
    ingested(settings, rounds=2)
    assert [url for url, _ in articles(connection, site)] == [liar, careless, own]
    assert "/" not in outcomes(connection, site)


def test_a_trackers_link_is_resolved_to_the_article_that_the_feed_of_the_site_lists_too(
    site: Site, settings: Settings, connection: Connection
) -> None:
    own = "/2026/11/tram"
    site.page(own, "Tram line approved", TRAM)
    site.redirect("/click", site.url(own) + "?utm_source=feed")
    tracker = site.url("/click").replace("127.0.0.1", "localhost")
    feeds.add(connection, [feeds.Wanted(site.feed(tracker, own))])
    ingested(settings, rounds=1)
    assert articles(connection, site) == [(own, "Tram line approved")]
    with transaction(connection), connection.cursor() as cursor:
        cursor.execute("SELECT url, leads_to FROM news.off_site_links")
        assert cursor.fetchall() == [(tracker, site.url(own) + "?utm_source=feed")]
