from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from copydesk.clean import clean
from copydesk.extract import extract
from copydesk.models import Article, Page
from copydesk.profiles.evidence import is_evidence
from copydesk.profiles.known import Known, take, without_repeats
from copydesk.profiles.learn import learn
from copydesk.profiles.openings import Line
from copydesk.profiles.reader import Reader
from copydesk.profiles.repeats import distinct, find, matcher
from made_posts import BLOGS, Blog, Post

DOMAIN = "mill.example"
TAUGHT, LATER = range(5), range(5, 10)
HtmlPage = Callable[[str, str], Page]


def page_of(post: Post, html_page: HtmlPage) -> Page:
    return html_page(f"https://{DOMAIN}{post.path}", post.html)


def left_and_lost(article: Article, post: Post) -> tuple[list[str], list[str]]:
    lines = [block.text for block in article.blocks]
    return [line for line in lines if line not in post.body], [line for line in post.body if line not in lines]


@pytest.mark.parametrize("blog", BLOGS, ids=lambda blog: blog.language)
def test_a_site_s_own_words_are_learned_from_five_posts_and_gone_from_later_ones(
    blog: Blog, html_page: HtmlPage
) -> None:
    profile = learn([page_of(blog.post(number), html_page) for number in TAUGHT], DOMAIN)
    known = Known(DOMAIN, 1, profile.to_json())
    for post in map(blog.post, LATER):
        before = left_and_lost(clean(extract(page_of(post, html_page))), post)
        assert len(before[0]) > 1  # no rule knows them all
        assert left_and_lost(clean(take(page_of(post, html_page), None, known).extract), post) == ([], [])


@pytest.mark.parametrize("blog", BLOGS, ids=lambda blog: blog.language)
def test_they_are_gone_too_where_no_template_fits(blog: Blog, html_page: HtmlPage) -> None:
    reader = Reader(learn([page_of(blog.post(number), html_page) for number in TAUGHT], DOMAIN))
    for post in map(blog.post, LATER):
        found = without_repeats(reader, extract(page_of(post, html_page)))
        assert left_and_lost(clean(found), post) == ([], [])


def lines(*texts: str, links: float = 0.0, taught: bool = True, place: str = "inside") -> list[Line]:
    """One line an article."""
    return [Line(article, text, place, links, taught) for article, text in enumerate(texts)]


def keys(found: Sequence[Line], total: int = 5) -> list[str]:
    return [repeat.key for repeat in find(found, total, is_evidence)]


def test_of_a_few_articles_two_that_end_alike_are_enough() -> None:
    prose = "Whoever set these words down answers for them alone, while the mill and all of its millers do not."
    assert keys(lines(prose, prose, place="tail"), total=4) == [prose]


def test_an_opening_ends_where_the_lines_begin_to_differ() -> None:
    told = lines("Told to the mill by Ann.", "Told to the mill by Bo.", "Told to the mill by Cy.", place="tail")
    more = [Line(3, "Told to the mill by Di.", "tail", 0.0, taught=True)]
    assert keys(told + more) == ["told to the mill by"]


def test_lines_of_text_that_begin_alike_here_and_there_are_no_opening() -> None:
    assert keys(lines("But he said no.", "But he said yes.", "But he said much.", "But he said less.")) == []
    assert keys(lines("He said no.", "He said yes.", "He said much.", place="tail")) == []


def test_two_such_lines_in_one_article_are_its_own() -> None:
    once = lines("The ship sailed at six.", "The ship sank.", "The ship came.", "The ship went.", place="tail")
    assert keys(once) == ["the ship"]
    assert keys([*once, Line(0, "The ship was old.", "tail", 0.0, taught=True)]) == []


def test_an_opening_that_led_to_links_means_only_lines_with_links() -> None:
    found = find(lines("Next shelf – a mill", "Next shelf – a boat", "Next shelf – a cart", links=0.6), 5, is_evidence)
    repeats = matcher(found)
    assert repeats("Next shelf – a house", 0.6)
    assert not repeats("Next shelf to the left, there stood a house.", 0.0)


def test_a_line_in_which_only_a_number_differs_is_the_site_s() -> None:
    found = find(
        lines("Seen by 88 people", "Seen by 7 people", "Seen by 1204 people", "Seen by 3 people", place="tail"),
        5,
        is_evidence,
    )
    assert [repeat.key for repeat in found] == ["seen by 0 people"]
    assert matcher(found)("Seen by 55 people", 0.0)
    assert not matcher(found)("Seen by the people of the town, the ship turned round.", 0.0)
    assert keys(lines("12 34", "3 1", "7 8", "9 2", place="tail")) == []


def test_an_agency_s_line_is_never_learned_however_often_it_ends_an_article() -> None:
    told = ("(Reuters)", "Source: AFP", "LONDON (Reuters) -", "Reporting by Ann Roe; editing by Bo Lee")
    assert keys([Line(article, text, "tail", 0.0, taught=False) for article in range(5) for text in told]) == []


def test_a_paragraph_of_background_in_two_articles_stays() -> None:
    prose = (
        "The mill at the old bridge was closed in 1988, after a fire, and has stood empty for as long as people tell."
    )
    assert keys(lines(prose, prose)) == []
    assert keys(lines(prose, prose, prose)) == [prose]
    assert keys(lines(prose, prose, place="tail")) == []
    assert keys(lines(prose, prose, place="tail", taught=False)) == [prose]


def test_lines_that_are_surely_the_articles_own_are_no_opening_though_each_article_has_one() -> None:
    market = lines("The market opened up.", "The market opened down.", "The market opened late.", place="head")
    assert keys(market, total=3) == ["the market opened"]
    own = [replace(line, own=True) for line in market]
    assert keys(own, total=3) == []
    assert keys([*own[:1], *market[1:]], total=3) == ["the market opened"]
    assert keys([replace(line, links=0.5) for line in own], total=3) == ["the market opened"]


def test_a_line_beside_what_the_site_repeats_is_not_surely_the_article_s() -> None:
    notice = "All rights of the mill are the mill's."
    own = lines("Set down here by Ann.", "Set down here by Bo.", "Set down here by Cy.", place="tail")
    own = [replace(line, own=True, below=notice) for line in own]
    assert keys(own, total=3) == []
    assert keys(own + lines(notice, notice, notice, place="tail"), total=3) == [notice, "set down here by"]


def test_the_same_sentence_of_the_articles_own_must_stand_on_nearly_all_of_them() -> None:
    own = [replace(line, own=True) for line in lines(*["He denies the charges."] * 5, place="tail")]
    assert keys(own[:3]) == []
    assert keys(own) == ["He denies the charges."]
    assert keys(own[:3], total=3) == []


def test_headings_above_ever_other_text_are_no_repeats() -> None:
    headings = [
        replace(line, heads=True, below=f"{number} eggs") for number, line in enumerate(lines(*["Ingredients"] * 5))
    ]
    assert keys(headings) == []
    assert keys([replace(line, below="Our letter, free of charge.") for line in headings]) == ["Ingredients"]
    assert keys([replace(line, heads=False) for line in headings]) == ["Ingredients"]


def test_an_opening_in_the_site_s_words_may_stand_amid_the_text() -> None:
    asking = lines("Only 7 of us help.", "Only 12 of us help.", "Only 9 of us help.")
    assert keys(asking, total=3) == []
    assert keys([replace(line, wraps=True) for line in asking], total=3) == ["only 0 of us help"]


def test_what_stands_around_the_article_s_title_is_known_by_beginning_and_ending() -> None:
    shared = [
        replace(line, frame=("pass", "on to a friend"))
        for line in lines("Pass “A Ship at Sea” on to a friend", "Pass “The Mill” on to a friend")
    ]
    found = find(shared, 5, is_evidence)
    assert [(repeat.key, repeat.ending, repeat.pages) for repeat in found] == [("pass", "on to a friend", 2)]
    assert matcher(found)("Pass “Three Men in a Boat” on to a friend!", 0.0)
    assert not matcher(found)("Pass on to a friend", 0.0)
    assert not matcher(found)("Pass the salt on to a friend, then the bread.", 0.0)


def test_an_ending_that_nearly_every_article_has_once_is_the_site_s() -> None:
    told = lines("Ann sails for the mill", "Old Bo digs for the mill", "Cy cooks for the mill", place="tail")
    found = find(told, 3, is_evidence)
    assert [(repeat.key, repeat.ending) for repeat in found] == [("", "for the mill")]
    assert matcher(found)("Di sings for the mill", 0.0)
    assert not matcher(found)("For the mill", 0.0)
    assert keys([replace(line, own=True) for line in told], total=3) == []


def test_pages_that_share_only_what_the_site_shows_on_all_are_distinct_articles() -> None:
    site = {"U1 is late", "U2 is late", "S3 is late"}
    bodies = [frozenset({f"line {number}", *site}) for number in range(3)]
    assert distinct(bodies, ["One", "Two", "Three"]) == [0, 1, 2]
    assert distinct(bodies, ["One", "One", "One"]) == [0]
