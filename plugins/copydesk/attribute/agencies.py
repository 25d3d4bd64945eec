"""The table of agencies: which names and spellings there are, and patterns made of them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from copydesk.clean.patterns import PatternSet
from copydesk.folding import fold, fold_pattern

TABLE = Path(__file__).with_name("agencies.toml")
UNNAMED = "Agencies"  # "Source: agencies": somebody else wrote it, and the page does not say who


@dataclass(frozen=True, slots=True)
class Agencies:
    """Canonical names by folded spelling and by own domain; `any_name` is an alternative of all spellings.

    `names` finds any spelling in a folded text. `ending_patterns` are of lines that only one agency writes, the one of
    `ending_names` at the same place.
    """

    by_spelling: Mapping[str, str]
    by_domain: Mapping[str, str]
    any_name: str
    names: PatternSet
    ending_patterns: PatternSet
    ending_names: tuple[str, ...]

    def named(self, folded: str) -> str | None:
        """The canonical name that a folded spelling stands for."""
        return self.by_spelling.get(folded.strip(" .\"'"))

    def of_domain(self, domain: str) -> str | None:
        """The agency whose own site `domain` is."""
        return self.by_domain.get(domain)


@cache
def agencies() -> Agencies:
    """The table of agencies.toml, read once a process."""
    rows = tomllib.loads(TABLE.read_text(encoding="utf-8"))["agencies"]
    spellings = {fold(spelling).strip(". "): row["name"] for row in rows for spelling in row["spellings"]}
    longest_first = sorted(spellings, key=len, reverse=True)
    any_name = "|".join(re.escape(spelling) for spelling in longest_first)
    endings = [(row["name"], fold_pattern(pattern)) for row in rows for pattern in row.get("endings", [])]
    return Agencies(
        by_spelling=spellings,
        by_domain={domain: row["name"] for row in rows for domain in row["domains"]},
        any_name=any_name,
        names=PatternSet(map(_inside, longest_first), inside=True),
        ending_patterns=PatternSet(pattern for _, pattern in endings),
        ending_names=tuple(name for name, _ in endings),
    )


def _inside(spelling: str) -> str:
    """The spelling inside a text: of ASCII letters a word of its own, in other scripts perhaps a part of one."""
    before, after = ("(?:^|[^a-z])" * spelling[0].isascii(), "(?:[^a-z]|$)" * spelling[-1].isascii())
    return f"{before}{re.escape(spelling)}{after}"
