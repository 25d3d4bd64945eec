"""Where a site shows tags, learned from its pages and read on the fast path."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

from copydesk.models import Page, Source
from copydesk.profiles.apply import read_page
from copydesk.profiles.learn import learn
from copydesk.profiles.reader import Reader

HtmlPage = Callable[[str, str], Page]
DOMAIN = "tagged.example"
SUBJECTS = ("harbour", "market", "river", "bridge", "school", "orchard", "railway", "library", "island")
MENU = '<ul class="topics"><li><a href="/w">World</a></li><li><a href="/s">Sport</a></li></ul>'
LIST = '<ul class="post-tags">{}</ul>'
SINGLE = '<p class="filed">Filed under {}</p>'


def tags_of(number: int) -> list[str]:
    return random.Random(number).sample(SUBJECTS, 2)


def html(number: int, frame: str, link: str, head: str = "") -> str:
    chance, (one, other) = random.Random(number), tags_of(number)
    words = f"the {one} and the {other} were closed on monday for repairs that took longer than planned".split()
    lines = "".join(f"<p>{' '.join(chance.choice(words) for _ in range(40))} {one} {other}.</p>" for _ in range(6))
    tags = frame.format(" ".join(link.format(tag) for tag in tags_of(number)))
    return (
        f"<html lang=en><head><title>On the {one} {number}</title>{head}</head><body>{MENU}"
        f"<h1>On the {one} and the {other} {number}</h1><div class=story>{lines}</div>{tags}"
        "<footer>End</footer></body></html>"
    )


def learned(html_page: HtmlPage, frame: str, link: str) -> Reader:
    pages = [html_page(f"https://{DOMAIN}/{number}", html(number, frame, link)) for number in range(6)]
    return Reader(learn(pages, DOMAIN))


@pytest.mark.parametrize(
    ("frame", "link"),
    [
        (LIST, "<li><a href=/t>{}</a></li>"),
        (LIST, "<li><a href=/t>#{}</a></li>"),
        (SINGLE, "<a rel=tag class=entry-tag href=/t>{}</a>"),
    ],
)
def test_tags_are_read_where_the_site_shows_them(html_page: HtmlPage, frame: str, link: str) -> None:
    reader = learned(html_page, frame, link)
    found = read_page(reader, html_page(f"https://{DOMAIN}/20", html(20, frame, link)))
    assert found is not None
    assert found[1].metadata.tags == tuple(tags_of(20))
    assert found[1].metadata.sources["tags"] is Source.VISIBLE


def test_the_pages_own_tags_are_better(html_page: HtmlPage) -> None:
    link = "<li><a href=/t>{}</a></li>"
    head = "<meta property=article:tag content=dredging>"
    found = read_page(learned(html_page, LIST, link), html_page(f"https://{DOMAIN}/20", html(20, LIST, link, head)))
    assert found is not None
    assert found[1].metadata.tags == ("dredging",)
    assert found[1].metadata.sources["tags"] is Source.META


def test_an_article_without_tags_is_read_as_fast_as_others(html_page: HtmlPage) -> None:
    reader = learned(html_page, LIST, "<li><a href=/t>{}</a></li>")
    found = read_page(reader, html_page(f"https://{DOMAIN}/20", html(20, "", "")))
    assert found is not None
    assert found[1].metadata.tags == ()


def test_a_menu_of_topics_is_no_place_of_tags(html_page: HtmlPage) -> None:
    reader = learned(html_page, "", "")
    assert [place for place in reader.profile.places if place.field == "tags"] == []


def account_page(html_page: HtmlPage, number: int, account: str, byline: str = "") -> Page:
    """A page whose data name an account as the author; the person stands below the headline."""
    data = f'<script type="application/ld+json">{{"@type": "NewsArticle", "author": {{"name": "{account}"}}}}</script>'
    by = f"<div class=signed>{byline or f'By {PERSONS[number % 3]}'}</div>"
    page = html(number, "", "", data).replace("<div class=story>", f"{by}<div class=story>")
    return html_page(f"https://{DOMAIN}/{number}", page)


PERSONS = ("Nora Lindgren", "Samir Haddad", "Claire Dubreuil")


@pytest.mark.parametrize("account", ["Peter Webmaster", "admin", "Harbour News"])
def test_a_byline_is_believed_before_the_account_that_the_data_name(html_page: HtmlPage, account: str) -> None:
    reader = Reader(learn([account_page(html_page, number, account) for number in range(6)], DOMAIN))
    found = read_page(reader, account_page(html_page, 20, account))
    assert found is not None
    assert found[1].metadata.authors == (PERSONS[20 % 3],)
    assert found[1].metadata.sources["authors"] is Source.VISIBLE


def test_persons_whom_the_data_name_are_not_looked_for_elsewhere(html_page: HtmlPage) -> None:
    pages = [account_page(html_page, number, PERSONS[number % 3]) for number in range(6)]
    profile = learn(pages, DOMAIN)
    assert "bylines" not in {place.field for place in profile.places}
    found = read_page(Reader(profile), account_page(html_page, 20, "Ann Roe", "By Bo Lee"))
    assert found is not None
    assert found[1].metadata.sources["authors"] is Source.JSON_LD


def untitled(number: int) -> str:
    """A page that names its site in every title; the headline is no heading."""
    title = f"On the {tags_of(number)[0]} {number}"
    page = html(number, "", "").replace(f"<title>{title}</title>", "<title>Harbour News</title>")
    start, end = page.index("<h1>"), page.index("</h1>") + 5
    return page[:start] + f"<div class=top-headline>{page[start + 4 : end - 5]}</div>" + page[end:]


def test_a_headline_is_read_where_readers_see_it_if_the_data_only_name_the_site(html_page: HtmlPage) -> None:
    profile = learn([html_page(f"https://{DOMAIN}/{number}", untitled(number)) for number in range(6)], DOMAIN)
    assert [place.xpath.count("top-headline") for place in profile.places if place.field == "titles"] == [1]
    found = read_page(Reader(profile), html_page(f"https://{DOMAIN}/20", untitled(20)))
    assert found is not None
    one, other = tags_of(20)
    assert found[1].metadata.title == f"On the {one} and the {other} 20"
    assert found[1].metadata.sources["title"] is Source.VISIBLE


def test_a_site_whose_data_name_its_articles_needs_no_place_of_titles(html_page: HtmlPage) -> None:
    profile = learn([html_page(f"https://{DOMAIN}/{number}", html(number, "", "")) for number in range(6)], DOMAIN)
    assert "titles" not in {place.field for place in profile.places}
