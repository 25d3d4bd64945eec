from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from copydesk.discover import read_feed
from copydesk.discover.select import MAX_SITEMAP_ENTRIES
from copydesk.discover.sitemap import looks_like_sitemap, read_sitemap_index
from copydesk.errors import FeedError
from copydesk.models import Entry

sys.path.insert(0, str(Path(__file__).parents[1]))
from hostile_feeds import FEEDS, SITEMAP

URL = "https://news.example/sitemap.xml"


def test_a_news_sitemap_is_a_feed_with_titles_and_dates() -> None:
    document = read_feed(FEEDS["news-sitemap"], URL, {})
    assert (document.format, document.title, document.language) == ("news-sitemap", "The Wire", "en")
    assert document.entries == (
        Entry(
            url="https://news.example/a",
            canonical_url="https://news.example/a",
            domain="news.example",
            source="sitemap",
            title="A & B",
            published_at=datetime(2026, 11, 2, 8, tzinfo=UTC),
            language="en",
        ),
    )


def test_of_a_plain_sitemap_only_the_last_days_are_news() -> None:
    document = read_feed(FEEDS["old-sitemap"], URL, {})
    assert [entry.url for entry in document.entries] == ["https://news.example/1"]
    assert (document.format, document.problems) == ("sitemap", ("items left out: 2 (not of the last days)",))


def test_a_date_in_the_future_makes_no_other_entry_old() -> None:
    rows = "".join(f"<url><loc>/{day}</loc><lastmod>{day}</lastmod></url>" for day in ("2026-11-02", "2027-11-02"))
    body = f"<urlset {SITEMAP}>{rows}</urlset>".encode()
    document = read_feed(body, URL, {"date": "Mon, 02 Nov 2026 10:00:00 GMT"})
    assert len(document.entries) == 2
    assert len(read_feed(body, URL, {"date": "yesterday"}).entries) == 1


def test_a_sitemap_without_dates_is_no_feed() -> None:
    with pytest.raises(FeedError, match="without dates"):
        read_feed(f"<urlset {SITEMAP}><url><loc>/1</loc></url></urlset>".encode(), URL, {})


def test_an_index_is_no_feed_but_lists_sitemaps_the_newest_first() -> None:
    with pytest.raises(FeedError, match="index of sitemaps"):
        read_feed(FEEDS["sitemap-index"], URL, {})
    index = read_sitemap_index(FEEDS["sitemap-index"], URL, {})
    assert index is not None
    assert [one.url for one in index.listed] == [
        "https://news.example/feed/news-sitemap",
        "https://news.example/feed/old-sitemap",
    ]
    assert read_sitemap_index(FEEDS["news-sitemap"], URL, {}) is None


def test_fifty_thousand_entries_are_read() -> None:
    entries = "".join(f"<url>\n<loc>/{n}</loc>\n<lastmod>2026-11-02</lastmod>\n</url>\n" for n in range(50_000))
    document = read_feed(f"<urlset {SITEMAP}>{entries}</urlset>".encode(), URL, {})
    assert len(document.entries) == 50_000


def test_of_more_than_the_protocol_allows_the_newest_are_taken_and_the_rest_is_told() -> None:
    old = "".join(f"<url><loc>/{n}</loc><lastmod>2026-11-01</lastmod></url>" for n in range(MAX_SITEMAP_ENTRIES))
    new = "<url><loc>/new</loc><lastmod>2026-11-02</lastmod></url>"
    document = read_feed(f"<urlset {SITEMAP}>{old}{new}</urlset>".encode(), URL, {})
    assert len(document.entries) == MAX_SITEMAP_ENTRIES
    assert document.entries[-1].url == "https://news.example/new"
    assert document.problems == ("items left out: 1 (beyond the 50,000 newest, which are all that is taken)",)


@pytest.mark.parametrize("root", ["urlset", "sitemapindex"])
@pytest.mark.parametrize("costly", [f"<{'a' * 60_000}/>", f"<x>{'a' * 11_000_000}</x>"], ids=["name", "text"])
def test_what_breaks_the_parser_of_xml_is_an_error_of_this_sitemap(root: str, costly: str) -> None:
    body = f"<{root} {SITEMAP}>{costly}</{root}>".encode()
    for read in (read_feed, read_sitemap_index):
        with pytest.raises(FeedError, match="broke its reader"):
            read(body, URL, {})


def test_entities_are_refused_in_sitemaps_too() -> None:
    with pytest.raises(FeedError, match="entities"):
        read_feed(b'<!DOCTYPE x [<!ENTITY a "b">]><urlset><url><loc>&a;</loc></url></urlset>', URL, {})


def test_a_feed_is_not_taken_for_a_sitemap() -> None:
    assert not looks_like_sitemap(FEEDS["good"])
