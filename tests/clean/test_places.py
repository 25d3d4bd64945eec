"""Where a rule's `where` lets it fire: an edge overlooks a paragraph of text on a long page, start and end do not."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from copydesk.clean import clean
from copydesk.clean.rule import read_rule
from copydesk.clean.rulebook import Rulebook
from copydesk.models import Extract

Make = Callable[..., Extract]

PROSE = [
    f"The council met for the {number}th time to hear the traders of the old market, who want time."
    for number in range(8)
]
LINE = "A line without a stop"


def goes(extract_of: Make, where: str, index: int, prose: list[str]) -> bool:
    table = {"id": "line", "label": "byline", "version": 1, "where": where, "pattern": "a line .*"}
    book = Rulebook([read_rule(table, "own.toml", {})])
    lines = [*prose[:index], LINE, *prose[index:]]
    return LINE not in [block.text for block in clean(extract_of(lines), book).blocks]


@pytest.mark.parametrize(
    ("where", "places"),
    [
        ("start", [0]),
        ("end", [8]),
        ("head", [0, 1]),
        ("tail", [7, 8]),
        ("edge", [0, 1, 7, 8]),
        ("anywhere", list(range(9))),
    ],
)
def test_a_rule_fires_at_its_place_only(extract_of: Make, where: str, places: list[int]) -> None:
    assert [index for index in range(9) if goes(extract_of, where, index, PROSE)] == places


@pytest.mark.parametrize("where", ["start", "end"])
def test_a_page_without_text_has_no_start_and_no_end(extract_of: Make, where: str) -> None:
    assert not goes(extract_of, where, 0, [])


def test_a_line_that_says_nothing_of_a_picture_is_its_caption_only_under_one(extract_of: Make) -> None:
    extract = extract_of([*PROSE[:4], "A tram at the old market", *PROSE[4:]])
    below = [replace(block, path="article>p", behind_image=block.position == 4) for block in extract.blocks]
    assert clean(extract).removals == ()
    removed = clean(replace(extract, blocks=tuple(below))).removals
    assert [(removal.text, removal.rule) for removal in removed] == [("A tram at the old market", "pictures.caption")]


@pytest.mark.parametrize(("line", "tried"), [("Haberin sonu geldi", False), ("Haberin sonu yaklaştı", True)])
def test_a_rule_for_turkish_letters_is_tried_only_where_one_stands(extract_of: Make, line: str, tried: bool) -> None:
    rule = read_rule({"id": "line", "label": "byline", "version": 1, "pattern": "haberin .*"}, "own.toml", {})
    book = Rulebook([replace(rule, script="turkish")])
    assert (line not in [block.text for block in clean(extract_of([*PROSE, line]), book).blocks]) == tried
