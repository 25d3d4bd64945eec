from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from copydesk.models import Page
from copydesk.profiles.teacher import Reading, read, reading

LINE = "the council of harbour town voted on a plan for its old market"
OTHER = "farmers and traders said that prices had risen since the spring"
Site = Callable[..., list]


def witnesses(*taken: str, **likely: float) -> Reading:
    """What trafilatura took, and what the model says of `line` and `other`."""
    names = {"line": LINE, "other": OTHER}
    told = reading(list(taken), "", [], "", "")
    return replace(told, likely={names[name]: share for name, share in likely.items()})


@pytest.mark.parametrize(
    ("is_taken", "likely", "is_body"),
    [(True, 0.9, True), (True, 0.2, True), (True, 0.02, False), (False, 0.9, False), (False, 0.98, True)],
)
def test_trafilatura_is_believed_unless_the_model_is_sure(is_taken: bool, likely: float, is_body: bool) -> None:
    told = witnesses(*([LINE] if is_taken else []), "something else that it took for the text", line=likely)
    assert (told.share(LINE) > 0.5) is is_body


def test_the_model_decides_where_trafilatura_reads_nothing() -> None:
    assert witnesses(line=0.8).share(LINE) == pytest.approx(0.8)
    assert witnesses(line=0.8, other=0.1).body == LINE


def test_a_part_of_a_block_and_a_text_of_several_blocks_are_as_likely_as_those() -> None:
    told = witnesses(line=0.9, other=0.7)
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
