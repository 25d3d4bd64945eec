"""Which reading of a page is believed."""

from __future__ import annotations

import json

import pytest

from copydesk.extract.body import Body, or_trafilatura, read_body, seen, with_headings
from copydesk.extract.metadata import read_sources
from copydesk.extract.model import CERTAIN, Choice
from copydesk.extract.tree import parse
from copydesk.models import Block, Label

STORY = "The harbour of Port Lune was closed to all ships on Tuesday after a crane fell across its only channel. "
PAGE = f"<nav><a href=/>Home</a></nav><article><h1>Harbour closed</h1><p>{STORY * 3}</p><p>{STORY * 4}</p></article>"
HIDDEN = f"<div style='display:none'><p>{STORY * 6}</p></div>"


@pytest.mark.parametrize(
    ("html", "expected", "likely", "reading"),
    [
        (PAGE, 0.9, CERTAIN, "page"),
        (PAGE, 0.7, CERTAIN, "trafilatura"),
        (PAGE, 0.7, CERTAIN // 100, "page"),
        ("<footer>© Post</footer>", 0.7, CERTAIN, "page"),
    ],
    ids=["sure", "unsure", "unsure, and trafilatura finds what is no article", "unsure, and it finds nothing"],
)
def test_trafilatura_is_believed_where_the_model_is_unsure_and_what_it_finds_is_likely(
    html: str, expected: float, likely: int, reading: str
) -> None:
    tree = parse(html, "")
    blocks = seen(tree, "")
    choice = Choice((True, *(False for _ in blocks[1:])), expected, tuple(likely for _ in blocks))
    chosen, found = or_trafilatura(tree, "", blocks, choice)
    assert found == reading
    texts = [block.text for block, is_chosen in zip(blocks, chosen, strict=True) if is_chosen]
    assert texts[-1] == ((STORY * 4).strip() if reading == "trafilatura" else blocks[0].text)


def test_hidden_blocks_are_seen_only_where_most_of_the_prose_is_hidden() -> None:
    assert any(block.text.startswith("The harbour") for block in seen(parse(f"<p>Loading</p>{HIDDEN}", ""), ""))
    shown = seen(parse(f"<p>{STORY.replace('harbour', 'port') * 6}</p>{HIDDEN}", ""), "")
    assert not any(block.text.startswith("The harbour") for block in shown)


PARAGRAPHS = (
    STORY.strip(),
    "Nobody was hurt, the harbour master said, but four freighters wait outside and the ferry has been cancelled.",
    "Divers are to look at the channel in the morning, and a floating crane is on its way from the capital.",
    "The port last closed in 1987, when a barge sank in a storm; it took nine days until the first ship could pass.",
)
ARTICLE = f"<article><h1>Harbour closed</h1>{''.join(f'<p>{line}</p>' for line in PARAGRAPHS)}</article>"


def body_of(html: str, told: str = "") -> Body:
    """The body of a page whose JSON-LD carries the text `told`."""
    data = json.dumps({"@type": "NewsArticle", "headline": "Harbour closed", "articleBody": told})
    tree = parse(f'<script type="application/ld+json">{data}</script>{html}', "")
    return read_body(tree, read_sources(tree), "")


def test_another_text_in_the_page_s_data_must_be_twice_as_long_to_be_the_article() -> None:
    own = sum(map(len, PARAGRAPHS))
    other = "Elsewhere it was quiet, she said. "
    assert body_of(ARTICLE, other * round(1.6 * own / len(other))).reading == "page"
    assert body_of(ARTICLE, other * round(2.4 * own / len(other))).reading == "json-ld"


def test_a_summary_in_the_page_s_data_is_no_article() -> None:
    assert body_of("<div>Loading</div>", " ".join(PARAGRAPHS[:2])).reading != "json-ld"
    assert body_of("<div>Loading</div>", "\n".join(PARAGRAPHS)).reading == "json-ld"


def test_a_text_in_the_page_s_data_that_stands_on_the_page_is_not_read_a_second_time() -> None:
    steps = [f"Step {number}: salt the leeks of bed {number}" for number in range(40)]
    menu = f"<nav class='menu nav-links'>{''.join(f'<li><a href=/x>{step}</a></li>' for step in steps)}</nav>"
    body = body_of(ARTICLE + menu, "\n".join(steps))
    assert body.reading == "page"
    assert sorted(block.text for block in body.blocks if block.text in steps) == sorted(steps)


def test_scripts_are_read_only_where_the_page_shows_next_to_nothing() -> None:
    state = json.dumps("".join(f"<p>{line.upper()}</p>" for line in PARAGRAPHS * 5)).replace("<", "\\u003c")
    more = ARTICLE.replace("harbour", "port").replace("crane", "derrick")
    assert body_of(f"{ARTICLE}{more}<script>window.state = {state}</script>").reading == "page"
    assert body_of(f"<div>Loading</div><script>window.state = {state}</script>").reading == "script"


def test_a_short_line_that_the_model_half_believes_stays_amid_the_text() -> None:
    lines = "".join(f"<p>{line}</p>" for line in PARAGRAPHS)
    more = lines.replace("harbour", "port").replace("crane", "derrick")
    page = (
        f"<nav><a href=/>Home</a></nav><article><h1>Harbour closed</h1><div class=entry-content>{lines}%s{more}</div>"
    )
    rows = ("No.", "Yes, again", "By sea", "2019: 14 ships", "Jane Roe")
    kept = [
        body_of(page % f"<table><tr><td>{row}</table>" + "</article><footer>(c) Post</footer>").kept for row in rows
    ]
    assert all(row in [block.text for block in blocks] for row, blocks in zip(rows, kept, strict=True))


HOME, AWAY = "article>div.text", "article>aside"


@pytest.mark.parametrize(
    ("path", "label", "links", "at", "is_kept"),
    [
        (HOME, Label.HEADING, 0.0, 2, True),
        (HOME, Label.HEADING, 0.9, 2, False),
        (HOME, Label.BODY, 0.0, 2, False),
        (AWAY, Label.HEADING, 0.0, 2, False),
        (HOME, Label.HEADING, 0.0, 4, False),
        (HOME, Label.HEADING, 0.0, 0, False),
    ],
    ids=["inside", "a teaser", "no heading", "elsewhere", "behind the body", "before the body"],
)
def test_a_heading_inside_of_the_body_is_of_it(path: str, label: Label, links: float, at: int, is_kept: bool) -> None:
    blocks = [Block(place, "text", Label.BODY, f"{HOME}>p") for place in range(4)]
    blocks.insert(at, Block(9, "heading", label, f"{path}>h2", links))
    assert with_headings(blocks, [block.text == "text" for block in blocks])[at] is is_kept


def test_headings_of_the_body_stay_though_lists_of_links_follow_them() -> None:
    links = "".join(f"<li><a href=/{number}>Ten best watches for sailors in {number}</a>" for number in range(6))
    lines = [f"<p>{line}</p>" for line in PARAGRAPHS]
    lists = f"<h2>Product Comparison Table</h2><ul class=related>{links}</ul>" * 3
    text = "".join((*lines[:2], lists, *lines[2:]))
    page = f"<article><h1>Harbour closed</h1><div class=articletext>{text}</div></article>"
    kept = body_of(f"<nav><a href=/>Home</a></nav>{page}<footer>(c) Post</footer>").kept
    assert [block.text for block in kept if block.label is Label.HEADING].count("Product Comparison Table") == 3
    assert not [block for block in kept if block.text.startswith("Ten best")]


def test_a_page_of_which_nothing_is_chosen_has_no_headings_inside() -> None:
    assert with_headings([Block(0, "heading", Label.HEADING, f"{HOME}>h2")], [False]) == [False]
