"""The promise: each visible block of a page ends kept or in the ledger, once, in order, by whatever road it is read."""

from __future__ import annotations

import json
import random
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, event, given, settings
from hypothesis import strategies as st

from copydesk.edit import Job, edit, page_of
from copydesk.models import Article, Entry
from copydesk.profiles.known import Known
from copydesk.profiles.learn import learn
from made_pages import Node, Writer, assert_all_text_ends_kept_or_in_the_ledger, nodes

NOW = datetime(2026, 3, 5, tzinfo=UTC)
URL = "https://post.example/harbour-{}"
LINK = ("element", "li", (("element", "a href=/", (("text", "# ships", ()),)),))
LINKS: Node = ("element", "ul", (LINK,) * 30)
SOME = st.lists(st.one_of(nodes(), st.just(LINKS)), max_size=4)
MANY = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)

PLAIN = "the council of harbour town voted on a new plan for its old market while farmers said that prices had risen"
Road = Callable[[str, str], Article]


def written(before: list[Node], inside: list[Node], behind: list[Node], number: int = 0) -> tuple[str, Writer]:
    """A page of the made-up site, with nodes before, inside and behind its text."""
    writer = Writer()
    paragraphs = [prose(10 * number + one) for one in range(10)]
    head = f"<html><head><title>Harbour plan {number} goes on | Post</title></head><body class='p'>"
    top = f"<header>{writer.write(before)}</header><main><h1>{writer.text('Harbour plan # goes on')}</h1>"
    text = "".join(f"<p>{writer.text(one)}</p>" for one in paragraphs[:5]) + writer.write(inside)
    text += "".join(f"<p>{writer.text(one)}</p>" for one in paragraphs[5:])
    end = f"</main><footer>{writer.write(behind)}</footer></body></html>"
    return f'{head}{top}<div class="story-text">{text}</div>{end}', writer


def prose(number: int) -> str:
    """A paragraph like no other."""
    chance = random.Random(number)
    words = PLAIN.split()
    return ". ".join(" ".join(chance.choices(words, k=14)).capitalize() for _ in range(3)) + " #."


def without_profile(html: str, _: str = "") -> Article:
    return edit(Job(page_of(html.encode(), URL, now=NOW))).article


def edited(html: str, **entry: object) -> Article:
    told = replace(Entry(URL, URL, "post.example"), **entry)  # type: ignore[arg-type]
    return edit(Job(page_of(html.encode(), URL, now=NOW), told)).article


def from_json_ld(html: str, text: str) -> Article:
    data = json.dumps({"@type": "NewsArticle", "headline": "Harbour", "articleBody": text}).replace("<", "\\u003c")
    return without_profile(f'<script type="application/ld+json">{data}</script>{html}')


def from_feed(html: str, text: str) -> Article:
    return edited(html, content_html="".join(f"<p>{line}</p>" for line in text.splitlines()))


def from_script(html: str, text: str) -> Article:
    state = json.dumps({"html": "".join(f"<p>{line}</p>" for line in text.splitlines())}).replace("<", "\\u003c")
    return without_profile(f"<script>window.STATE = {state};</script>{html}")


@pytest.fixture(scope="module")
def known() -> Known:
    """The profile of the made-up site, learned from five of its pages."""
    pages = [
        page_of(written([LINKS], [], [LINKS], number)[0].encode(), URL.format(number), now=NOW) for number in range(5)
    ]
    return Known("post.example", 1, learn(pages, "post.example").to_json())


def with_profile(html: str, known: Known) -> Article:
    return edit(Job(page_of(html.encode(), URL, now=NOW), known=known)).article


@MANY
@given(SOME, SOME, SOME)
def test_read_without_a_profile(before: list[Node], inside: list[Node], behind: list[Node]) -> None:
    html, writer = written(before, inside, behind)
    assert_all_text_ends_kept_or_in_the_ledger(without_profile(html), writer)


@MANY
@given(SOME, SOME, SOME)
def test_read_with_a_profile(known: Known, before: list[Node], inside: list[Node], behind: list[Node]) -> None:
    html, writer = written(before, inside, behind)
    article = with_profile(html, known)
    event(article.reading)
    assert_all_text_ends_kept_or_in_the_ledger(article, writer)


def test_the_fast_road_is_taken_and_lists_what_stands_around_its_container(known: Known) -> None:
    html, writer = written([LINKS], [("element", "button", (("text", "Print #", ()),))], [LINKS])
    article = with_profile(html, known)
    assert article.reading == "profile"
    assert_all_text_ends_kept_or_in_the_ledger(article, writer)


@pytest.mark.parametrize("road", [from_json_ld, from_feed, from_script])
@settings(parent=MANY, max_examples=25)
@given(page=SOME)
def test_read_from_elsewhere_a_bare_page_is_in_the_ledger(road: Road, page: list[Node]) -> None:
    writer = Writer()
    html = f"<html><body><div id=root>{writer.text('Loading #')}</div>{writer.write(page)}</body></html>"
    text = "\n".join(f"{sentence} of the harbour plan." for sentence in ["This is what the script would show"] * 40)
    article = road(html, text)
    event(article.reading)
    assert_all_text_ends_kept_or_in_the_ledger(article, writer)


@pytest.mark.parametrize(("road", "reading"), [(from_json_ld, "json-ld"), (from_feed, "feed"), (from_script, "script")])
def test_each_road_is_taken(road: Road, reading: str) -> None:
    text = "\n".join(f"Sentence {number} of what the script would show of the harbour plan." for number in range(40))
    assert road("<html><body><div id=root>Loading</div></body></html>", text).reading == reading
