"""Paragraphs that speak of what the rules take off, or begin like it: they are text, wherever they stand."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from copydesk.clean import clean
from copydesk.models import Extract

Make = Callable[..., Extract]

FILE = Path(__file__).resolve().parents[1] / "data" / "clean" / "traps.toml"
LANGUAGES = tomllib.loads(FILE.read_text(encoding="utf-8"))
CASES = [(language, trap) for language, one in LANGUAGES.items() for trap in one["traps"]]


def test_there_are_traps_in_every_language() -> None:
    assert LANGUAGES.keys() == {
        "ar",
        "en",
        "fr",
        "es",
        "de",
        "it",
        "pt",
        "ru",
        "tr",
        "fa",
        "he",
        "zh",
        "uk",
        "pl",
        "ja",
        "ko",
    }
    assert all(one["traps"] for one in LANGUAGES.values())


@pytest.mark.parametrize("place", [0, 3, 6], ids=["head", "inside", "tail"])
@pytest.mark.parametrize(("language", "trap"), CASES)
def test_a_paragraph_that_only_speaks_of_wrapping_stays(extract_of: Make, language: str, trap: str, place: int) -> None:
    prose = [LANGUAGES[language]["prose"].format(number) for number in range(1, 7)]
    lines = [*prose[:place], trap, *prose[place:]]
    article = clean(extract_of(lines))
    assert [removal.rule for removal in article.removals] == []
    assert [block.text for block in article.blocks] == lines
