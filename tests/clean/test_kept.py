"""Clues that were kept are those that would be worked out, or they are worked out."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from copydesk.clean.groups import groups
from copydesk.clean.kept import KeptGroups
from copydesk.clean.rulebook import keep_clues, load_rulebook

PATTERNS = ("read also: .* podcast", ".*photo.*", "[^.]*", ".*摄.* (?:by|von) .*", r"(?:by )?\d{1,2} (?:may|june)\b.*")
Edit = Callable[[str], str]


@pytest.fixture
def rule_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    monkeypatch.setattr(sys, "pycache_prefix", None)
    return tmp_path / "own.toml"


def ask(file: Path, *patterns: str) -> None:
    kept = KeptGroups(file, patterns)
    for pattern in patterns:
        assert kept.of(pattern) == groups(pattern)


def kept_file(rule_file: Path) -> Path:
    (found,) = rule_file.parent.rglob("*.*")  # so that nothing half written lies beside it
    return found


def renamed(stored: str) -> str:
    """What was kept, with another word for one that is in it."""
    assert "photo" not in stored
    return stored.replace('"phot"', '"fake"')


def test_what_is_kept_is_what_is_worked_out(rule_file: Path) -> None:
    ask(rule_file, *PATTERNS)
    ask(rule_file, *PATTERNS)


def test_what_is_kept_is_used(rule_file: Path) -> None:
    ask(rule_file, ".*photo.*")
    kept = kept_file(rule_file)
    kept.write_text(renamed(kept.read_text()))
    told = KeptGroups(rule_file, [".*photo.*"]).of(".*photo.*")
    assert told
    assert [list(one.keys.values()) for one in told] == [[("fake",)]]


def test_other_patterns_are_worked_out_and_kept_instead(rule_file: Path) -> None:
    ask(rule_file, ".*photo.*", "read also")
    before = kept_file(rule_file).read_text()
    ask(rule_file, ".*photo.*", "read more")
    after = kept_file(rule_file).read_text()
    assert before != after
    ask(rule_file, ".*photo.*", "read also")
    assert kept_file(rule_file).read_text() == before


def test_what_other_code_made_is_worked_out_anew(rule_file: Path) -> None:
    ask(rule_file, ".*photo.*")
    kept = kept_file(rule_file)
    stored = json.loads(renamed(kept.read_text()))
    kept.write_text(json.dumps({**stored, "made_of": "0" * 64}))
    ask(rule_file, ".*photo.*")
    assert json.loads(kept.read_text())["made_of"] == stored["made_of"]


@pytest.mark.parametrize(
    "broken",
    [
        lambda stored: "",
        lambda stored: stored[:-9],
        lambda stored: "[]",
        lambda stored: json.dumps({**json.loads(stored), "groups": [1]}),
        lambda stored: json.dumps({**json.loads(stored), "groups": [[[[], [], []]]]}),
        lambda stored: json.dumps({**json.loads(stored), "groups": []}),
    ],
)
def test_a_broken_file_is_as_good_as_none(rule_file: Path, broken: Edit) -> None:
    ask(rule_file, ".*photo.*")
    kept = kept_file(rule_file)
    kept.write_text(broken(kept.read_text()))
    ask(rule_file, ".*photo.*")


def test_where_nothing_can_be_written_all_is_worked_out(rule_file: Path) -> None:
    (rule_file.parent / "__pycache__").write_text("no folder")
    ask(rule_file, *PATTERNS)


def test_where_python_keeps_no_bytecode_nothing_is_kept(rule_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    ask(rule_file, *PATTERNS)
    assert list(rule_file.parent.iterdir()) == []


def test_it_is_kept_where_python_keeps_bytecode(rule_file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "pycache_prefix", str(rule_file.parent / "elsewhere"))
    ask(rule_file, ".*photo.*")
    assert (rule_file.parent / "elsewhere") in kept_file(rule_file).parents


def test_clues_of_all_built_in_rules_are_kept_for_processes_that_may_not(rule_file: Path) -> None:
    sys.pycache_prefix = str(rule_file.parent)  # the fixture puts it back
    keep_clues()
    worded = [rule for rule in load_rulebook().rules if rule.is_found_by_words]
    files = {rule.rule_id.partition(".")[0] for rule in worded}
    assert {file.name.partition(".")[0] for file in rule_file.parent.rglob("*.clues.json")} == files
    told = load_rulebook().told
    assert len(worded) > 500
    assert all(told(rule.pattern) == groups(rule.pattern) for rule in worded)
