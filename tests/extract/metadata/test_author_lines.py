"""Author lines as desks of many languages write them, with no mark-up that tells them from other lines."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from copydesk.extract.blocks import blocks
from copydesk.extract.metadata import read_metadata, read_sources
from copydesk.extract.metadata.given import bearers
from copydesk.extract.metadata.when import without_dates
from copydesk.extract.tree import parse

NOW = datetime(2024, 9, 1, tzinfo=UTC)
FOLDER = Path(__file__).parents[2] / "data" / "extract"
TEXTS = json.loads((FOLDER / "bylines.json").read_text("utf-8"))["texts"]


@dataclass(frozen=True)
class Told:
    """Lines of one page, and what they say."""

    language: str
    lines: list[str]
    authors: list[str]
    day: str


def _read(row: str) -> Told:
    page, said = row.split(" => ")
    language, lines = page.split(" ", 1)
    authors, day = said.split(" ; ")
    return Told(language, lines.split(" ¦ "), [] if authors == "-" else authors.split(", "), day.strip("-"))


ROWS = [line for line in (FOLDER / "author-lines.txt").read_text("utf-8").splitlines() if not line.startswith("#")]


@pytest.mark.parametrize("row", ROWS)
def test_authors_and_day_are_read_from_plain_lines(row: str) -> None:
    told = _read(row)
    title, text = TEXTS[told.language].values()
    above = "".join(f"<p>{line}</p>" for line in told.lines)
    tree = parse(f"<html lang='{told.language}'><body><h1>{title}</h1>{above}{f'<p>{text}</p>' * 3}</body></html>", "")
    found = blocks(tree)
    body = [block for block in found if block.text == text]
    metadata = read_metadata(tree, read_sources(tree), found, body, url="https://post.example/a", fetched_at=NOW)
    day = metadata.published_at.date().isoformat() if metadata.published_at else ""
    assert (list(metadata.authors), day) == (told.authors, told.day)


def test_there_are_lines_of_all_main_languages() -> None:
    assert {"ar", "fa", "he", "tr", "ru", "de", "fr", "es", "pt", "it", "zh"} <= {_read(row).language for row in ROWS}


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("القاهرة – أحمد السيد", ("أحمد السيد",)),
        ("دمشق – صوت الميناء – حسن إبراهيم", ("حسن إبراهيم",)),
        ("محمد بن سعيد الساحلي", ("محمد بن سعيد الساحلي",)),
        ("פרופ' משה לביא", ("משה לביא",)),
        ("أحمد يفتتح معرض الميناء الدولي", ()),  # a sentence
        ("أحمد السيد: لا بد من جدار", ()),  # who is quoted
        ("ترجمة: أحمد السيد", ()),
        ("رويترز/أحمد السيد", ()),  # whose picture it is
        ("أحمد السيد / أ ف ب", ()),
        ("الميناء القديم", ()),
        ("Ana Roe", ()),
    ],
)
def test_a_given_name_begins_a_name_where_no_capital_letter_does(line: str, expected: tuple[str, ...]) -> None:
    assert bearers(line) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Ana Roe 13 August 2024", "Ana Roe  | "),
        ("王小明 2024年3月14日 09:30", "王小明  | "),
        ("هدى الشامي 5 ذو القعدة 1445هـ", "هدى الشامي  | "),
        ("Ana Roe, vor 3 Stunden", "Ana Roe,  | "),
        ("Ana Roe Lesezeit: 4 Min.", "Ana Roe  | "),
        ("Ana Roe", "Ana Roe"),
    ],
)
def test_dates_and_times_of_any_language_are_no_part_of_a_name(line: str, expected: str) -> None:
    assert without_dates(line) == expected
