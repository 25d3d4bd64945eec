"""What a site calls itself, and what a page that does not name it shows of its name."""

from __future__ import annotations

import pytest

from copydesk.extract.metadata.claims import Claims
from copydesk.extract.metadata.decide import Picked
from copydesk.extract.metadata.sites import choose_site_name
from copydesk.extract.metadata.tags import read_tags
from copydesk.extract.tree import parse
from copydesk.models import Source

URL = "https://www.lunepost.example/world/harbour-closed"
NO_LD = Claims(Source.JSON_LD)


def site_name(
    url: str = URL,
    *,
    site_names: tuple[str, ...] = (),
    titles: tuple[str, ...] = (),
    feeds: tuple[str, ...] = (),
    ld: tuple[str, ...] = (),
) -> str | None:
    tags = Claims(Source.META, site_names=site_names, titles=titles, feeds=feeds)
    return choose_site_name(Picked(), tags, Claims(Source.JSON_LD, site_names=ld), url)


@pytest.mark.parametrize(
    ("said", "ld", "expected"),
    [
        ("The Lune Post", (), "The Lune Post"),
        ("Lune Post | News of the coast, day by day", (), "Lune Post"),
        ("News of the coast, day by day - The Lune Post", (), "The Lune Post"),
        ("Harbour Weekly: Reviews for crews", ("Harbour Weekly",), "Harbour Weekly"),
        ("港口日报：每日新闻", ("港口日报",), "港口日报"),
        ("Lune Post®", (), "Lune Post"),
        ("Lune Post Inc.", (), "Lune Post Inc."),
        ("Lune Post -", (), "Lune Post"),
    ],
)
def test_a_name_loses_slogans_that_the_page_or_its_address_tell_from_it(
    said: str, ld: tuple[str, ...], expected: str
) -> None:
    assert site_name(site_names=(said,), ld=ld) == expected


@pytest.mark.parametrize(
    "said",
    [
        "Admissions Blog - University of the Coast",  # neither part is in the address
        "LUNEPOST - The Lune Post",  # both are
        "Harbour Weekly: Reviews for crews",
        "Photographs - Post",  # too little of the address
        "Copyright Clearance Office",
    ],
)
def test_a_name_whose_parts_nothing_tells_apart_stays_whole(said: str) -> None:
    assert site_name(site_names=(said,)) == said


def test_whose_the_rights_are_counts_where_nothing_names_the_site() -> None:
    rights = "© 2019-2024 Lune Media Ltd. All rights reserved"
    assert site_name(site_names=(rights,), ld=("The Lune Post",)) == "The Lune Post"
    assert site_name(site_names=(rights,)) == "Lune Media Ltd."
    assert site_name(site_names=("港口日报版权所有",)) == "港口日报"
    assert site_name(site_names=("© 2024",)) is None


@pytest.mark.parametrize(
    ("url", "title", "expected"),
    [
        (URL, "Harbour closed again | The Lune Post", "The Lune Post"),
        (URL, "Lune Post - Harbour closed again", "Lune Post"),
        (URL, "Harbour closed again | World | lunepost.example", "lunepost.example"),
        (
            "https://www.wset.example/a",
            "Harbour closed | Wharf & Ships Education Trust",
            "Wharf & Ships Education Trust",
        ),
        ("https://port.hafenpost.example/a", "Der Hafen bleibt zu – Hafenpost", "Hafenpost"),
        ("https://almina.example/a", "إغلاق الميناء بعد سقوط رافعة | Almina", "Almina"),
    ],
)
def test_the_end_of_a_title_that_is_in_the_address_names_the_site(url: str, title: str, expected: str) -> None:
    assert site_name(url, titles=(title,)) == expected


@pytest.mark.parametrize(
    ("url", "title"),
    [
        (URL, "Harbour closed again | World"),
        (URL, "Harbour closed again - and nobody knows why"),
        (URL, "Post of the harbour master filled"),
        ("https://harbours.example/a", "Harbours"),  # a title of one part is the article's
        ("https://cranesandshipsofthecoast.example/a", "Cranes - How they load ships"),
        ("https://127.0.0.1:8080/a", "Harbour closed | The Lune Post"),
        ("", "Harbour closed | The Lune Post"),
    ],
)
def test_no_other_part_of_a_title_names_the_site(url: str, title: str) -> None:
    assert site_name(url, titles=(title,)) is None


@pytest.mark.parametrize(
    ("feeds", "expected"),
    [
        (("Notes from the Quay » Feed", "Notes from the Quay » Comments Feed"), "Notes from the Quay"),
        (("دفتر الميناء » الخلاصة",), "دفتر الميناء"),
        (("The Lune Post - Atom",), "The Lune Post"),
        (("Lune Post RSS (2.0)",), "Lune Post"),
        (("Lune Post - Sports",), "Lune Post"),
        (("Lune Post: Alle Artikel",), "Lune Post"),
        (("RSS Feed", "Main feed", "Newest articles", "", " » Feed"), None),
    ],
)
def test_the_title_of_a_feed_names_the_site_if_it_says_so_or_is_in_the_address(
    feeds: tuple[str, ...], expected: str | None
) -> None:
    assert site_name(feeds=feeds) == expected


def test_what_was_guessed_is_noted_as_a_guess() -> None:
    picked = Picked()
    tags = Claims(Source.META, titles=("Harbour closed again | Lune Post",))
    assert choose_site_name(picked, tags, NO_LD, URL) == "Lune Post"
    assert picked.sources == {"site_name": Source.HEURISTIC}


def test_feeds_are_read_from_the_pages_links() -> None:
    head = (
        '<link rel="alternate" type="application/rss+xml" title=" Notes from the Quay » Feed " href="/feed">'
        '<link rel="alternate" type="application/atom+xml" href="/atom">'
        '<link rel="alternate" hreflang="de" title="Deutsch" href="/de">'
        '<link rel="stylesheet" type="application/rss+xml" title="No feed" href="/x">'
    )
    tags = read_tags(parse(f"<html><head>{head}</head><body><p>Text.</p></body></html>", ""))
    assert tags.feeds == ("Notes from the Quay » Feed",)
