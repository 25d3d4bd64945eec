"""The table of agencies: which names and spellings there are, and patterns made of them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from copydesk.clean.rule import compile_pattern
from copydesk.folding import fold, fold_pattern

TABLE = Path(__file__).with_name("agencies.toml")
UNNAMED = "Agencies"  # "Source: agencies": somebody else wrote it, and the page does not say who


@dataclass(frozen=True, slots=True)
class Agencies:
    """Canonical names by folded spelling and by own domain; `any_name` is an alternative of all spellings.

    `endings` are (canonical name, compiled pattern) of lines that only one agency writes.
    """

    by_spelling: Mapping[str, str]
    by_domain: Mapping[str, str]
    endings: tuple[tuple[str, Any], ...]
    any_name: str

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
    return Agencies(
        by_spelling=spellings,
        by_domain={domain: row["name"] for row in rows for domain in row["domains"]},
        endings=tuple(
            (row["name"], compile_pattern(fold_pattern(pattern))) for row in rows for pattern in row.get("endings", [])
        ),
        any_name="|".join(re.escape(spelling) for spelling in longest_first),
    )
