"""What stands behind a bare "read also", and lines that begin with an arrow."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from copydesk.clean import clean
from copydesk.models import Extract, Label

Make = Callable[..., Extract]
Lines = list[str | tuple[Label, str]]

PROSE = [
    f"The council met for the {number}th time to hear the traders of the old market, who want time."
    for number in range(8)
]


def removed(extract: Extract) -> list[str]:
    return [removal.text for removal in clean(extract).removals]


def amid(lines: Sequence[str | tuple[Label, str]]) -> list[str | tuple[Label, str]]:
    return [*PROSE[:4], *lines, *PROSE[4:]]


@pytest.mark.parametrize("label", ["Te puede interesar", "Sur le même sujet", "Bunlar da ilginizi çekebilir:"])
def test_a_list_behind_a_bare_read_also_goes_with_it(extract_of: Make, label: str) -> None:
    items: Lines = [(Label.LIST, "Old market sold"), (Label.LIST, "Traders: “We stay”")]
    assert removed(extract_of(amid([label, *items]))) == [label, "Old market sold", "Traders: “We stay”"]


def test_a_list_behind_read_also_with_its_headline_is_the_texts(extract_of: Make) -> None:
    label = "Lea también: El viejo mercado se vende"
    assert removed(extract_of(amid([label, (Label.LIST, "Old market sold")]))) == [label]


def test_a_list_of_the_line_before_read_also_stays(extract_of: Make) -> None:
    lines: Lines = ["What was decided:", "Te puede interesar", (Label.LIST, "The old market is sold")]
    assert removed(extract_of(amid(lines))) == ["Te puede interesar"]


@pytest.mark.parametrize("item", ["The market is sold.", "the old market;"])
def test_a_list_with_a_sentence_or_an_enumeration_stays(extract_of: Make, item: str) -> None:
    lines: Lines = ["Te puede interesar", (Label.LIST, "Old market sold"), (Label.LIST, item)]
    assert removed(extract_of(amid(lines))) == ["Te puede interesar"]


@pytest.mark.parametrize(("path", "goes"), [("article>h4", True), ("article>h2", False)])
def test_only_a_small_heading_behind_read_also_is_a_headline(extract_of: Make, path: str, goes: bool) -> None:
    extract = extract_of(amid(["Te puede interesar", (Label.HEADING, "The old market is sold")]))
    blocks = tuple(replace(block, path=path) if block.label is Label.HEADING else block for block in extract.blocks)
    assert ("The old market is sold" in removed(replace(extract, blocks=blocks))) is goes


@pytest.mark.parametrize("line", ["► How the market was sold", ">>> Meanwhile: the traders go to court"])
def test_a_line_that_begins_with_an_arrow_goes(extract_of: Make, line: str) -> None:
    assert removed(extract_of(amid([line]))) == [line]


def test_a_list_made_with_arrows_stays(extract_of: Make) -> None:
    assert removed(extract_of(amid(["► Bread stalls", "► Fish stalls", "► Cloth stalls"]))) == []
    assert removed(extract_of(amid(["These go:", "► Bread stalls"]))) == []


def test_a_sentence_behind_an_arrow_stays(extract_of: Make) -> None:
    assert removed(extract_of(amid(["► The traders go to court."]))) == []
