"""A made-up news site in two layouts, as pages with the truth of their text."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

import pytest

from copydesk.models import Page

TEXT = (
    "the council of harbour town voted on a new plan for its old market while farmers and traders said that prices "
    "had risen since spring because ships came late and the river was low so that mills stood still for weeks"
)
WORDS = TEXT.split()
RELATED = "Read also: "
NEWSLETTER = ("Get the morning letter", "The day in five minutes, every morning in your mailbox, free of charge.")
DISCLAIMER = "The views of our readers are their own and need not be those of the Harbour Gazette or its owners."
NOTICE = "Advertisement: this story goes on below."


@dataclass(frozen=True, slots=True)
class Told:
    """A page and what is true of it."""

    page: Page
    title: str
    author: str
    body: tuple[str, ...]


def sentence(chance: random.Random, words: int) -> str:
    return (" ".join(chance.choice(WORDS) for _ in range(words)) + ".").capitalize()


def page_of(url: str, html: str) -> Page:
    body = html.encode()
    return Page(url, url, 200, {}, body, datetime(2026, 3, 1, tzinfo=UTC), sha256(body).digest())


def told(number: int, layout: str = "old") -> Told:
    """Article `number` of the site, in its old or its new layout."""
    chance = random.Random(number)
    title = sentence(chance, 8).rstrip(".")
    author = chance.choice(("Nora Lindgren", "Samir Haddad", "Claire Dubreuil"))
    paragraphs = [" ".join(sentence(chance, 14) for _ in range(3)) for _ in range(7)]
    subhead = sentence(chance, 4).rstrip(".")
    agency = ["Reuters"] if number % 2 else []
    html = (old_layout if layout == "old" else new_layout)(number, (title, author, subhead), paragraphs, agency)
    body = (*paragraphs[:4], subhead, *paragraphs[4:], *agency)
    return Told(page_of(f"https://gazette.example/{number}/story.html", html), title, author, body)


def old_layout(number: int, heads: tuple[str, str, str], text: list[str], agency: list[str]) -> str:
    title, author, subhead = heads
    chance = random.Random(f"chrome {number}")
    teaser = sentence(chance, 9)
    blocks = [f"<p>{line}</p>" for line in text[:4]]
    blocks.insert(2, f'<p class="more"><strong>{RELATED}<a href="/{number + 1}">{teaser}</a></strong></p>')
    blocks.insert(1, f"<figure><img src=a.jpg><figcaption>{sentence(chance, 7)}</figcaption></figure>")
    blocks.append(f"<p>{NOTICE}</p><h2>{subhead}</h2>")
    blocks += [f"<p>{line}</p>" for line in text[4:]]
    blocks.insert(6, f'<div class="letter"><h3>{NEWSLETTER[0]}</h3><p>{NEWSLETTER[1]}</p></div>')
    blocks += [f"<p>{line}</p>" for line in agency] + [f"<p>{DISCLAIMER}</p>"]
    side = "".join(f'<li><a href="/s{i}">{sentence(chance, 9)}</a></li>' for i in range(9))
    return (
        f"<!DOCTYPE html><html lang=en><head><meta charset=utf-8><title>{title} | Harbour Gazette</title></head>"
        f'<body class="post-{number:05}"><header><a href="/">Harbour Gazette</a></header><main>'
        f'<div class="story story-{number:05}"><h1>{title}</h1><span class="byline">By {author}</span>'
        f'<time datetime="2026-02-{number % 27 + 1:02}T08:00:00+00:00">{number % 27 + 1} February 2026</time>'
        f'<div class="story-text Text_body__x{number % 9}Y7">{"".join(blocks)}</div></div></main>'
        f'<aside class="side"><ul>{side}</ul></aside><footer>Harbour Gazette 2026</footer></body></html>'
    )


def new_layout(number: int, heads: tuple[str, str, str], text: list[str], agency: list[str]) -> str:
    title, author, subhead = heads
    lines = [*text[:4], subhead, *text[4:], *agency]
    blocks = "".join(f'<section class="b"><div class="t">{line}</div></section>' for line in lines)
    return (
        f"<!DOCTYPE html><html lang=en><head><meta charset=utf-8><title>{title}</title></head><body>"
        f'<section class="top"><h1>{title}</h1><em>{author}</em></section><section class="flow">{blocks}</section>'
        f'<section class="end">{DISCLAIMER}</section></body></html>'
    )


@pytest.fixture(scope="session")
def site() -> Callable[..., list[Told]]:
    """`site(count, start=0, layout="old")`: articles of the site."""

    def make(count: int, start: int = 0, layout: str = "old") -> list[Told]:
        return [told(number, layout) for number in range(start, start + count)]

    return make


@pytest.fixture(scope="session")
def html_page() -> Callable[[str, str], Page]:
    """`html_page(url, html)`: a fetched page."""
    return page_of
