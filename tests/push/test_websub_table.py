"""The table of WebSub's requirements names tests that exist."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FILES = {
    "W": "tests/web/test_push_websub_*.py",
    "L": "tests/push/test_hub_links.py",
    "I": "tests/push/test_intent.py",
    "S": "tests/push/test_signing.py",
}


def test_every_row_names_tests_that_exist() -> None:
    tests = {
        key: re.findall(r"def test_(\w+)", "".join(path.read_text(encoding="utf-8") for path in ROOT.glob(pattern)))
        for key, pattern in FILES.items()
    }
    table = (ROOT / "docs" / "websub.md").read_text(encoding="utf-8").splitlines()
    rows = [line for line in table if re.match(r"\| [\d.]+", line)]
    assert len(rows) > 25
    for row in rows:
        named = list(_named(row.rsplit("|", 2)[-2]))
        assert named, row
        for key, name in named:
            found = [test for test in tests[key] if test == name or (name.endswith("…") and test.startswith(name[:-1]))]
            assert found, (key, name)


def _named(cell: str) -> list[tuple[str, str]]:
    """The tests in a cell, as (file's letter, name); a letter holds until the next one."""
    named, key = [], ""
    for letter, name in re.findall(r"(?:\b([WLIS]) )?`([a-z_]+…?)`", cell):
        key = letter or key
        named.append((key, name))
    return named
