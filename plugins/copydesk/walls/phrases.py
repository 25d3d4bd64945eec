"""The phrases by which walls are known: phrases.toml in the compared form."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from copydesk.folding import fold

FILE = Path(__file__).with_name("phrases.toml")


@cache
def phrases(kind: str, what: str) -> frozenset[str]:
    """The phrases of all languages, as `phrases("bot-wall", "titles")`; marks in markup are only lower-cased."""
    listed = _file()[kind][what].values()
    same = str.lower if what == "marks" else fold
    return frozenset(same(phrase) for of_language in listed for phrase in of_language)


def found(kind: str, what: str, text: str) -> frozenset[str]:
    """Those phrases that stand anywhere in a text that is in the compared form."""
    return frozenset(phrase for phrase in phrases(kind, what) if phrase in text)


def marks(makers: str) -> frozenset[str]:
    """The marks in markup of `makers` of tests for robots, or of their `widgets`."""
    return frozenset(mark.lower() for mark in _file()["bot-wall"]["marks"][makers])


@cache
def _file() -> Mapping[str, Mapping[str, Mapping[str, tuple[str, ...]]]]:
    return tomllib.loads(FILE.read_text(encoding="utf-8"))
