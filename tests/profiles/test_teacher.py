from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

import pytest

from copydesk.models import Article, Block, Label, Metadata, Page, Removal
from copydesk.profiles.teacher import Reading, read, reading, together

LINE = "the council of harbour town voted on a plan for its old market"
OTHER = "farmers and traders said that prices had risen since the spring"
Site = Callable[..., list]


def witnesses(*taken: str, kept: Sequence[str] = (), taken_off: Sequence[str] = (), **likely: float) -> Reading:
    """What trafilatura took, what the reading without profile keeps, and what the model says of `line` and `other`."""
    told = reading(list(taken), "", [], "", "")
    blocks = tuple(Block(position, text) for position, text in enumerate(kept))
    removals = tuple(Removal(position, text, Label.CREDIT, "en.credit", "1") for position, text in enumerate(taken_off))
    article = Article("", Metadata(), blocks, removals, "page")
    named = {{"line": LINE, "other": OTHER}[name]: share for name, share in likely.items()}
    return replace(told, likely=together(named, told, article))


@pytest.mark.parametrize(
    ("is_taken", "likely", "is_body"),
    [(True, 0.9, True), (True, 0.35, True), (True, 0.1, False), (False, 0.95, True), (False, 0.8, False)],
)
def test_the_model_is_believed_where_it_is_sure_and_trafilatura_where_it_is_not(
    is_taken: bool, likely: float, is_body: bool
) -> None:
    told = witnesses(*([LINE] if is_taken else [OTHER]), kept=[LINE], line=likely)
    assert (told.share(LINE) > 0.5) is is_body


def test_what_the_rules_of_cleaning_take_off_is_no_body_unless_both_others_are_sure() -> None:
    assert witnesses(LINE, kept=[LINE], line=0.7).share(LINE) > 0.8
    assert witnesses(LINE, taken_off=[LINE], line=0.7).share(LINE) < 0.5
    assert witnesses(OTHER, taken_off=[LINE], line=0.98).share(LINE) < 0.5
    assert witnesses(LINE, taken_off=[LINE], line=0.98).share(LINE) > 0.5


def test_what_the_reading_without_profile_leaves_out_is_doubted() -> None:
    kept, left_out = (witnesses(line=0.7, kept=taken).share(LINE) for taken in ([LINE], []))
    assert kept > 0.5 > left_out


def test_the_model_decides_where_trafilatura_reads_nothing() -> None:
    told = witnesses(line=0.8, other=0.1, kept=[LINE])
    assert told.share(LINE) == pytest.approx(0.71)
    assert told.body == LINE


def test_a_part_of_a_block_and_a_text_of_several_blocks_are_as_likely_as_those() -> None:
    told = replace(reading([], "", [], "", ""), likely={LINE: 0.9, OTHER: 0.7})
    assert told.share(LINE[:40]) == pytest.approx(0.9)
    assert told.share(f"{LINE} {OTHER}") == pytest.approx(0.8, abs=0.02)
    assert told.share(f"{LINE} {'and what nobody knows ' * 9}") < 0.1


def test_a_page_without_the_model_s_word_is_read_as_trafilatura_reads_it() -> None:
    told = reading([LINE], "", [], "", "")
    assert (told.share(LINE), told.share(OTHER), told.body) == (1.0, 0.0, LINE)


def test_both_read_a_page(site: Site) -> None:
    told = site(1)[0]
    found = read(told.page)
    assert all(found.share(line.lower().rstrip(".").replace(".", "")) > 0.5 for line in told.body[:3])
    assert (found.title, found.headline, found.date) == (told.title.lower(), told.title.lower(), "2026-02-01")
    assert not found.is_byline  # the data name nobody else


@pytest.mark.parametrize("body", [b"", b"\x00", b"<", b"<html>" + b"<div>" * 1500])
def test_what_cannot_be_read_teaches_nothing(site: Site, body: bytes) -> None:
    page: Page = replace(site(1)[0].page, body=body)
    assert read(page).body == ""
