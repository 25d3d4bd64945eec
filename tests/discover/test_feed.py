from __future__ import annotations

import json
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.discover import FeedDocument, read_feed
from copydesk.discover.document import PollHints
from copydesk.discover.mend import mended
from copydesk.discover.select import MAX_FEED_ENTRIES
from copydesk.errors import FeedError
from copydesk.models import Entry

sys.path.insert(0, str(Path(__file__).parents[1]))
from hostile_feeds import FEEDS, item, rss

URL = "https://news.example/feed/"

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/"
  xmlns:atom="http://www.w3.org/2005/Atom" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">
<channel><title>وكالة &amp; أنباء</title><link>https://news.example/</link><language>ar</language><ttl>30</ttl>
<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>4</sy:updateFrequency>
<skipHours><hour>0</hour><hour>23</hour></skipHours><skipDays><day>Friday</day></skipDays>
<atom:link rel="self" href="https://news.example/feed/"/><atom:link rel="hub" href="https://hub.example/"/>
<item><title>عنوان &lt;b&gt;الخبر&lt;/b&gt;</title><link>https://news.example/?p=12&amp;utm_source=rss</link>
<guid isPermaLink="false">12 at news.example</guid><dc:creator>ليلى حداد</dc:creator><category>سياسة</category>
<pubDate>Mon, 02 Nov 2026 10:00:00 +0200</pubDate><description>&lt;p&gt;ملخص&lt;/p&gt;
&lt;p&gt;ثان&lt;/p&gt;</description>
<content:encoded><![CDATA[<p>النص الكامل</p>]]></content:encoded></item></channel></rss>"""

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="fr"><title>Dépêches</title>
<link rel="self" href="/atom.xml"/><link href="https://news.example/"/>
<entry xml:lang="en-GB"><id>tag:news.example,2026:1</id><title type="html">Caf&amp;eacute;s</title>
<link rel="alternate" href="../story/1"/><author><name>Ann Lee</name></author><author><name>Bo Li</name></author>
<published>2026-11-02T08:00:00Z</published><updated>2026-11-02T09:30:00+01:00</updated>
<category term="x" label="Economy"/><summary>Short.</summary><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Long.</p></div></content></entry>
</feed>"""

RDF = """<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="x"><title>Old</title></channel>
<item rdf:about="https://news.example/1"><title>One</title><link>https://news.example/1</link>
<dc:date>2026-11-02T10:00:00+02:00</dc:date></item></rdf:RDF>"""

JSON = """{"version": "https://jsonfeed.org/version/1.1", "title": "J", "language": "en", "feed_url": "https://news.example/j",
"hubs": [{"type": "WebSub", "url": "https://hub.example/"}], "items": [{"id": 1, "url": "/1", "title": "A \\u0000b",
"authors": [{"name": "Ann"}], "date_published": "2026-11-02T10:00:00+02:00", "summary": "S", "tags": ["t"],
"content_html": "<p>x</p>"}, {"id": "no link"}]}"""


def read(text: str | bytes, **headers: str) -> FeedDocument:
    body = text.encode() if isinstance(text, str) else text
    return read_feed(body, URL, {name.replace("_", "-"): value for name, value in headers.items()})


def test_an_rss_item_keeps_all_that_it_says() -> None:
    document = read(RSS)
    assert (document.format, document.title, document.language, document.problems) == (
        "rss20",
        "وكالة & أنباء",
        "ar",
        (),
    )
    assert document.entries == (
        Entry(
            url="https://news.example/?p=12&utm_source=rss",
            canonical_url="https://news.example/?p=12",
            domain="news.example",
            guid="12 at news.example",
            title="عنوان الخبر",
            authors=("ليلى حداد",),
            published_at=datetime(2026, 11, 2, 8, tzinfo=UTC),
            summary="ملخص ثان",
            language="ar",
            categories=("سياسة",),
            content_html="<p>النص الكامل</p>",
        ),
    )


def test_a_feed_tells_how_often_it_wishes_to_be_asked_and_who_pushes_it() -> None:
    document = read(RSS)
    assert document.hints == PollHints(1800, 900, frozenset({0, 23}), frozenset({4}))
    assert (document.hubs, document.self_url) == (("https://hub.example/",), "https://news.example/feed/")


def test_an_atom_entry_keeps_all_that_it_says() -> None:
    document = read(ATOM)
    (entry,) = document.entries
    assert (document.format, document.title, document.language) == ("atom10", "Dépêches", "fr")
    assert (entry.url, entry.guid, entry.title) == ("https://news.example/story/1", "tag:news.example,2026:1", "Cafés")
    assert (entry.authors, entry.language, entry.categories) == (("Ann Lee", "Bo Li"), "en-GB", ("Economy",))
    assert entry.published_at == datetime(2026, 11, 2, 8, tzinfo=UTC)
    assert entry.modified_at == datetime(2026, 11, 2, 8, 30, tzinfo=UTC)
    assert entry.summary == "Short."
    assert "Long." in (entry.content_html or "")


def test_the_only_date_of_rdf_is_when_it_was_published() -> None:
    document = read(RDF)
    assert (document.format, document.title) == ("rss10", "Old")
    assert [entry.published_at for entry in document.entries] == [datetime(2026, 11, 2, 8, tzinfo=UTC)]


def test_a_json_feed_keeps_all_that_it_says() -> None:
    document = read(JSON)
    (entry,) = document.entries
    assert (document.format, document.hubs) == ("jsonfeed11", ("https://hub.example/",))
    assert (entry.url, entry.guid, entry.title, entry.authors) == ("https://news.example/1", "1", "A b", ("Ann",))
    assert entry.published_at == datetime(2026, 11, 2, 8, tzinfo=UTC)
    assert (entry.content_html, entry.categories, entry.language) == ("<p>x</p>", ("t",), "en")
    assert len(document.problems) == 1


@pytest.mark.parametrize("version", ["0.90", "0.91", "0.92", "2.0"])
def test_all_versions_of_rss_are_read(version: str) -> None:
    assert read(f'<rss version="{version}"><channel>{item(1)}</channel></rss>').entries[0].title == "Story 1"


def test_the_doctype_of_rss_091_is_harmless() -> None:
    doctype = (
        '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" "http://my.netscape.com/rss-0.91.dtd">'
    )
    document = read(rss("<item><title>Caf&eacute;</title><link>/1</link></item>", doctype))
    assert document.entries[0].title == "Café"


@pytest.mark.parametrize(
    ("link", "url"),
    [
        ("/a", "https://news.example/a"),
        ("a", "https://news.example/feed/a"),
        ("//cdn.example/a", "https://cdn.example/a"),
        ("https://other.example/خبر", "https://other.example/%D8%AE%D8%A8%D8%B1"),
    ],
)
def test_links_are_made_absolute(link: str, url: str) -> None:
    assert read(rss(f"<item><title>A</title><link>{link}</link></item>")).entries[0].url == url


def test_the_publishers_own_link_comes_before_the_trackers() -> None:
    origin = "<feedburner:origLink>https://news.example/1</feedburner:origLink>"
    body = rss(f"<item><title>A</title><link>https://feeds.example/~r/1</link>{origin}</item>")
    body = body.replace(b"<rss ", b'<rss xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0" ')
    assert read(body).entries[0].url == "https://news.example/1"


def test_a_guid_that_is_a_url_stands_in_for_the_link() -> None:
    assert read(rss("<item><guid>https://news.example/9</guid></item>")).entries[0].url == "https://news.example/9"


def test_items_without_a_link_and_repeated_ones_are_told() -> None:
    document = read(rss(item(1) + "<item><title>none</title></item>" + item(1)))
    assert [entry.title for entry in document.entries] == ["Story 1"]
    assert document.problems == (
        "items left out: 1 (no link to a web page)",
        "items that repeat the URL of an earlier one: 1",
    )


def test_a_feed_without_items_is_a_feed() -> None:
    assert read(rss("")).entries == ()


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"", "is empty"),
        (b" \n\t", "is empty"),
        (FEEDS["html"], r"HTML page, not a feed; it links these feeds: https://news\.example/feed/good"),
        (b"<html><body>Hello</body></html>", "HTML page, not a feed$"),
        (b"<!-- a --><!DOCTYPE HTML PUBLIC '-//W3C//DTD HTML 4.01//EN'><p>x", "HTML page"),
        (FEEDS["laughs"], "declares XML entities"),
        (FEEDS["external"], "declares XML entities"),
        (
            rss("", '<!DOCTYPE x [<!ENTITY % p SYSTEM "http://a/">%p;]>').decode().encode("utf-16"),
            "declares XML entities",
        ),
        (b"<urlset/>", "root element is urlset"),
        (b"plain words", "neither XML nor JSON"),
        (rss("<item><title>No link</title></item>"), "no item that can be used"),
        (b'<rss version="2.0"><channel><item><title>Cut', "broken and no item"),
        (b"{", "broken JSON"),
        (b"[" * 100_000, "broken JSON"),
        (b'{"a": 1}', "not a JSON Feed"),
        (b'{"version": "https://jsonfeed.org/version/1.1", "items": 3}', "without a list"),
        (b"<rss>" + b"<a>" * 200, "too costly"),
        (rss(f"<item><author>{'a' * 5_000_000}</author><link>/1</link></item>"), "too costly"),
        (rss(f"<item><author>a<b/>{'a' * 5_000_000}</author><link>/1</link></item>"), "too costly"),
        (b"<rss>" + b"<a/>" * 300_000 + b"</rss>", "too costly"),
        (b"<rss>" + b"&amp;" * 1_100_000 + b"</rss>", "too costly"),
        (b"<rss " + b" ".join(b"a%d='1'" % n for n in range(600)) + b"/>", "too costly"),
        (rss("<item>" + "<category>a</category>" * 501 + "<link>/1</link></item>"), "too costly.*tags of one item"),
        (b"<rss version='2.0'><channel>" + b"<category>a</category>" * 501 + b"</channel></rss>", "tags of one item"),
        (b"<rss><channel>" + b"<item>&x</item>" * 10_001, "too costly to mend"),
        (rss("<item/>" * 10_001), "too costly to read: more than 10,000 items"),
        (rss(f"<item xml:base='http://a/{'a' * 2_048}'><link>/1</link></item>"), "too costly.*xml:base"),
        (
            rss(f"<a xml:base='{'a' * 1_000}/'>" * 3 + "<item><link>/1</link></item>" + "</a>" * 3),
            "too costly.*xml:base",
        ),
    ],
)
def test_what_is_no_feed_is_an_error_that_says_what_it_is(body: bytes, message: str) -> None:
    with pytest.raises(FeedError, match=message):
        read(body)


def test_a_feed_of_many_items_may_name_its_base_in_each() -> None:
    items = "".join(f"<item xml:base='https://a.example/{'a' * 500}/'><link>/{n}</link></item>" for n in range(10))
    assert len(read(rss(items)).entries) == 10


def test_a_language_that_is_as_long_as_no_language_is_not_said_of_each_item() -> None:
    document = read(rss(f"<language>en{'-aaaaaaaa' * 1000}</language><item><link>/1</link></item>"))
    assert (document.language, document.entries[0].language) == (None, None)


def test_a_feed_of_many_items_may_have_many_tags() -> None:
    items = "".join(f"<item><link>/{n}</link>{'<category>a</category>' * 100}</item>" for n in range(10))
    assert len(read(rss(items)).entries) == 10


def test_mending_declares_the_prefixes_that_are_known_and_few_others() -> None:
    """Each is looked for in the whole text: thousands of them took minutes."""
    text = "<rss><dc:title>a</dc:title>" + "".join(f"<a{n}:x/>" for n in range(3000)) + "</rss>"
    mending = mended(text)
    assert mending is not None
    assert 1 < mending.text.count("xmlns:") <= 100
    assert "xmlns:dc=" in mending.text


def test_a_truncated_feed_yields_the_items_that_are_whole() -> None:
    document = read(FEEDS["truncated"])
    whole = FEEDS["truncated"].count(b"</item>")
    assert [entry.title for entry in document.entries] == [f"Story {number}" for number in range(whole)]
    assert any("cut off" in problem for problem in document.problems)


@pytest.mark.parametrize(
    "bad",
    [
        "<item><title>a <b & c</title><link>/x</link></item>",
        "<item><title>a < c</title><link>/x</link></item>",
        "<item></foo></title></channel></item>",
        "<item><title>a</title><link>/x</link><enclosure url=x></item>",
        "<item><title>\x01\x0b &nbsp; &nonsense; &#0;</title><link>/x</link></item>",
        "<item><dc:creator>undeclared</dc:creator><link>/x</link></item>",
        "<item><title>unfinished</item>",
        "<item><title><![CDATA[ <item> ]]></title><link>/x</link></item>",
    ],
)
def test_one_broken_item_takes_no_other_with_it(bad: str) -> None:
    document = read(rss(item(1) + bad + item(2).replace("Story 2", "Story &amp; 2")))
    titles = [entry.title for entry in document.entries]
    assert titles[0] == "Story 1"
    assert titles[-1] == "Story & 2"


def test_a_broken_feed_says_where_it_is_broken() -> None:
    assert "not well-formed XML at line 1" in read(FEEDS["broken-item"]).problems[0]


def test_five_thousand_items_are_read() -> None:
    document = read(FEEDS["long"])
    assert (len(document.entries), document.problems) == (5000, ())


def dated(number: int, day: int | None) -> str:
    date = f"<pubDate>{day:02} Nov 2026 10:00:00 GMT</pubDate>" if day else ""
    return f"<item><link>/story/{number}</link>{date}</item>"


def test_of_a_flood_the_newest_items_are_taken_in_order_and_the_others_told() -> None:
    document = read(rss("".join(dated(number, 1 + number % 2) for number in range(2 * MAX_FEED_ENTRIES))))
    assert [entry.url for entry in document.entries[:2]] == [
        "https://news.example/story/1",
        "https://news.example/story/3",
    ]
    assert len(document.entries) == MAX_FEED_ENTRIES
    assert document.problems == ("items left out: 5,000 (beyond the 5,000 newest, which are all that is taken)",)


def test_of_a_flood_without_dates_the_first_items_are_taken_but_what_has_a_date_comes_first() -> None:
    flood = [dated(number, None) for number in range(MAX_FEED_ENTRIES)]
    document = read(rss("".join([*flood, dated(-1, 2)])))
    assert len(document.entries) == MAX_FEED_ENTRIES
    assert [document.entries[0].url, document.entries[-1].url] == [
        "https://news.example/story/0",
        "https://news.example/story/-1",
    ]


@pytest.mark.parametrize(
    "feed",
    [
        lambda items: {"version": "https://jsonfeed.org/version/1.1", "items": items},
        lambda items: [{"link": item["url"], "date_gmt": item["date_published"]} for item in items],
    ],
    ids=["JSON Feed", "WordPress"],
)
def test_a_flood_in_json_is_bounded_too(feed: Callable[[list[dict[str, str]]], object]) -> None:
    items = [{"url": f"/{n}", "date_published": f"20{10 + n % 2}-11-02"} for n in range(2 * MAX_FEED_ENTRIES)]
    document = read(json.dumps(feed(items)))
    assert {entry.published_at and entry.published_at.year for entry in document.entries} == {2011}
    assert len(document.entries) == MAX_FEED_ENTRIES
    assert "items left out: 5,000" in document.problems[0]


@pytest.mark.parametrize(
    ("declared", "header", "encoding"),
    [
        ("windows-1256", "", "windows-1256"),
        ("", "text/xml; charset=windows-1256", "windows-1256"),
        ("utf-8", "text/xml; charset=iso-8859-1", "utf-8"),
        ("windows-1256", "", "utf-8"),
        ("utf-16", "", "utf-16"),
        ("", "", "utf-8-sig"),
        ("", "", "utf-16-be"),
    ],
)
def test_text_comes_right_whatever_the_encoding_is_said_to_be(declared: str, header: str, encoding: str) -> None:
    prolog = f'<?xml version="1.0" encoding="{declared}"?>' if declared else '<?xml version="1.0"?>'
    text = prolog + "<rss version='2.0'><channel><title>خبر عاجل</title></channel></rss>"
    assert read(text.encode(encoding), content_type=header).title == "خبر عاجل"


def test_a_wrong_byte_spoils_no_other_letter() -> None:
    body = rss("<item><title>خبر XX عاجل</title><link>/1</link></item>" * 20).replace(b"XX", b"\xff", 1)
    assert read(body).entries[0].title == "خبر \ufffd عاجل"


@given(st.binary(max_size=300))
def test_any_bytes_are_a_feed_or_an_error_of_ours(body: bytes) -> None:
    try:
        read(b"<rss version='2.0'><channel>" + body)
    except FeedError:
        return


@given(cut=st.integers(0, len(RSS.encode())))
def test_a_feed_cut_anywhere_is_a_feed_or_an_error_of_ours(cut: int) -> None:
    try:
        document = read(RSS.encode()[:cut])
    except FeedError:
        return
    assert all(entry.canonical_url == "https://news.example/?p=12" for entry in document.entries)
