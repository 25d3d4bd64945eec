"""Articles told from navigation on pages of several makes; in doubt a link is none."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.article_url import looks_like_article
from copydesk.discover.section_page import MIN_ALIKE, read_section_page
from copydesk.errors import FeedError

SITE = "https://news.example"
NAVIGATION = """<header><a href="/">Home of the news</a><nav><ul><li><a href="/world">World</a>
<li><a href="/sport">Sport</a>
<li><a href="/news/2026/11/20/the-week-in-pictures-so-far">The week in pictures as we saw it</a></ul></nav></header>"""
FOOTER = """<footer><a href="/about">About us and what we stand for</a>
<a href="/2026/01/01/terms-of-use-for-readers">Terms of use for all readers</a>
<a href="/privacy">Privacy</a></footer>"""
ASIDE = """<aside><a href="/tag/harvest-in-the-north">All that we wrote about the harvest</a>
<a href="/author/salma-al-khatib-senior">Salma al-Khatib, senior correspondent</a>
<a href="/subscribe">Subscribe to our newsletter every day</a>
<a href="https://partner.example/2026/11/23/an-advert-for-you-1">Ten things that you must buy today</a>
<a href="/page/2">Go to the next page of news</a>
<a href="mailto:desk@news.example">Write to the desk of the paper</a>
<a href="javascript:void(0)">Open the big menu of all</a></aside>"""


def page(body: str, language: str = "en") -> bytes:
    return f"<!DOCTYPE html><html lang={language}><title>World</title>{NAVIGATION}{body}{ASIDE}{FOOTER}</html>".encode()


def cards(paths: Sequence[str]) -> str:
    """Cards as most themes have them: an image that links, a heading that links, a summary, a 'read more'."""
    return "".join(
        f"<article class='card c{number}'><a href='{path}'><img src=/i.jpg></a><h2>"
        f"<a href='{path}{'&' if '?' in path else '?'}utm_source=home'>The story of day {number}</a></h2>"
        f"<p>What happened then.</p><a class=more href='{path}'>Read more</a></article>"
        for number, path in enumerate(paths)
    )


def bare_list(paths: Sequence[str]) -> str:
    return (
        "<ul>"
        + "".join(f"<li><a href='{path}'>Number {path[-2:]} of our long stories</a> 5 min" for path in paths)
        + "</ul>"
    )


def wrapping(paths: Sequence[str]) -> str:
    """The whole card is one link around its heading."""
    return "".join(
        f"<div><a href='{path}'><img><h3>Story {path[-2:]}</h3><p>With a summary</p></a></div>" for path in paths
    )


def table(paths: Sequence[str]) -> str:
    rows = "".join(f"<tr><td><font><a href='{path}'>The council met again, part {path[-2:]}</a>" for path in paths)
    return f"<table>{rows}</table>"


SLUGS = [f"/world/council-approves-new-tram-line-{number}" for number in range(12, 20)]
DATED = [f"/2026/11/23/tram-{number}" for number in range(12, 20)]
NUMBERED = [f"/news/{number}.html" for number in range(483012, 483020)]
QUERIES = [f"/?p={number}" for number in range(112, 120)]
HASHED = [f"/news/articles/c0ewp3x5k9d{number}" for number in range(12, 20)]


@pytest.mark.parametrize("layout", [cards, bare_list, wrapping, table])
@pytest.mark.parametrize("paths", [SLUGS, DATED, NUMBERED, QUERIES, HASHED])
def test_articles_are_told_from_all_other_links(layout: Callable[[Sequence[str]], str], paths: list[str]) -> None:
    document = read_section_page(page(layout(paths)), f"{SITE}/world")
    assert [entry.canonical_url for entry in document.entries] == [SITE + path for path in paths]
    assert {(entry.source, entry.language, entry.title) for entry in document.entries} == {("page", "en", None)}
    assert (document.format, document.title) == ("page", "World")


def test_articles_of_an_arabic_page_are_told_too() -> None:
    slugs = [f"/أخبار/المجلس-يوافق-على-خط-الترام-{number}" for number in range(4)]
    links = "".join(
        f"<div class=خبر><h3><a href='{slug}'>المجلس يوافق على خط الترام الجديد</a></h3></div>" for slug in slugs
    )
    other = (
        "<a href='/وسم/الترام-في-المدينة-القديمة'>كل ما كتبناه عن الترام في المدينة</a><a href='/كاتب/سلمى'>سلمى</a>"
    )
    document = read_section_page(page(links + other, "ar"), f"{SITE}/أخبار")
    assert [entry.url.rpartition("-")[2] for entry in document.entries] == ["0", "1", "2", "3"]
    assert document.entries[0].language == "ar"


def test_what_an_article_is_filed_under_does_not_make_it_navigation() -> None:
    filed = cards(SLUGS).replace("card c0", "card post-7 tag-menu category-navigation tag-x")
    assert len(read_section_page(page(filed), SITE).entries) == len(SLUGS)


@pytest.mark.parametrize(
    "name", ["main-menu", "site-footer__links", "tags-links", "breadcrumbs", "post-navigation nav"]
)
def test_lists_that_are_named_as_navigation_are_none(name: str) -> None:
    links = "".join(f"<li><a href='{path}'>Number 1 of our long stories</a>" for path in SLUGS)
    with pytest.raises(FeedError):
        read_section_page(page(f"<div class='x {name}'><ul>{links}</ul></div>"), SITE)


def test_headlines_without_blanks_are_headlines() -> None:
    links = "".join(f"<p><a href='/news/2026112300{number}.html'>市议会批准新的有轨电车线路</a>" for number in range(4))
    assert len(read_section_page(page(links, "zh"), SITE).entries) == 4


def test_a_short_slug_among_articles_is_one() -> None:
    teasers = "".join(
        f"<article class=card><h2><a href='{path}'>The story of day</a></h2></article>"
        for path in [*SLUGS[:4], "/world/cup-final", "/world/live", "/opinion/cup-final"]
    )
    found = [entry.canonical_url for entry in read_section_page(page(teasers), SITE).entries]
    assert found == [SITE + path for path in [*SLUGS[:4], "/world/cup-final"]]


@pytest.mark.parametrize(
    "body",
    [
        "",
        cards(SLUGS[:2]),
        "<p>About <a href='/world/council-approves-new-tram-line-1'>the tram line that the council approved</a>.</p>",
        "".join(f"<div class='footer-links'>{bare_list(SLUGS)}</div>"),
        f"<div role=navigation>{cards(SLUGS)}</div>",
        "".join(f"<p><a href='/tag/trams-in-the-old-town-{n}'>All about trams in the old town</a>" for n in range(9)),
        "".join(f"<p><a href='https://other.example{path}'>Number 1 of our long stories</a>" for path in SLUGS),
        "".join(f"<p><a href='{path}'>More</a>" for path in SLUGS),
    ],
    ids=["nothing", "two", "one-article", "footer", "navigation", "tags", "elsewhere", "unnamed"],
)
def test_a_page_that_lists_no_articles_is_none(body: str) -> None:
    with pytest.raises(FeedError, match="no list of articles"):
        read_section_page(page(body), SITE)


def test_a_page_that_is_no_html_is_an_error_of_ours() -> None:
    with pytest.raises(FeedError):
        read_section_page(b"", SITE)


@given(st.binary(max_size=300) | st.text(max_size=300).map(lambda text: f"<h2><a href='{text}'>{text}".encode()))
def test_any_bytes_are_a_list_or_an_error_of_ours(body: bytes) -> None:
    try:
        assert len(read_section_page(body, SITE).entries) >= MIN_ALIKE
    except FeedError:
        return


def test_a_page_of_very_many_nested_elements_is_a_list_or_an_error_of_ours() -> None:
    deep = "<div>" * 100_000 + bare_list([f"/2026/11/23/story-{number}" for number in range(10_000)])
    with contextlib.suppress(FeedError):
        read_section_page(page(deep), SITE)


@pytest.mark.parametrize(
    ("path", "is_one"),
    [
        ("/2026/11/23/tram", True),
        ("/2026/nov/23/tram-line", True),
        ("/world-europe-61234567", True),
        ("/a/council-approves-new-tram-line", True),
        ("/article?id=77", True),
        ("/?p=1", True),
        ("/2026/11/23/", False),
        ("/2026/11/", False),
        ("/world", False),
        ("/world/europe", False),
        ("/", False),
        ("/?page=2", False),
        ("/search?q=tram", False),
        ("/author/a-very-long-name-of-somebody", False),
        ("/images/2026/11/23/tram-line-opens.jpg", False),
        ("/2026/11/23/tram-line-opens.jpg", False),
        ("/wp-content/uploads/2026/11/report-12345.pdf", False),
    ],
)
def test_the_shape_of_a_url_tells_an_article_in_doubt_not(path: str, is_one: bool) -> None:
    assert looks_like_article(SITE + path) is is_one
