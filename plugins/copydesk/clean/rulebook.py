"""All rules in force: those that come with copydesk and an operator's own, found fast for a block."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from copydesk.clean.lines import ANY_SCRIPT, SCRIPTS, Line
from copydesk.clean.rule import Place, Rule, check_rule, compile_pattern, read_rule, spell_out
from copydesk.errors import UsageError
from copydesk.settings import Settings

BUILT_IN = Path(__file__).resolve().parents[1] / "rules"
SHARED_FILE = "any.toml"  # its [words] are known to all files
SHORT_CHARS = 300


class _Group:
    """Rules that are tried together: one combined pattern in front of them, so that most blocks cost a single match."""

    def __init__(self, rules: Sequence[Rule]) -> None:
        self.rules = rules
        self.script = rules[0].script
        self.max_chars = max(rule.max_chars for rule in rules)
        self.front = "|".join(f"(?:{rule.pattern})" for rule in rules)

    def matching(self, line: Line) -> list[Rule]:
        if len(line.folded) > self.max_chars or compile_pattern(self.front).fullmatch(line.folded) is None:
            return []
        return [rule for rule in self.rules if rule.fits(line)]


class Rulebook:
    """Rules, grouped so that the few that may fire at a place in a script are found fast."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        """Group `rules` by what finds them: a neighbour, their element path, or their words at an edge or anywhere."""
        self.rules = tuple(rules)
        self.neighbour_rules = tuple(rule for rule in self.rules if rule.needs_neighbour)
        own = [rule for rule in self.rules if not rule.needs_neighbour]
        self._path_rules = tuple(rule for rule in own if not rule.pattern)
        worded = [rule for rule in own if rule.pattern]
        self._anywhere = _Groups([rule for rule in worded if rule.place is Place.ANYWHERE], lambda rule: rule.script)
        self._edges = _Groups([rule for rule in worded if rule.place is not Place.ANYWHERE], _file_of)

    def anywhere(self, line: Line) -> list[Rule]:
        """The rules for all places whose conditions on the block itself hold."""
        return self._anywhere.matching(line) + [rule for rule in self._path_rules if rule.fits(line)]

    def at_edges(self, line: Line) -> list[Rule]:
        """The rules for the page's head and tail whose conditions on the block itself hold."""
        return self._edges.matching(line)


class _Groups:
    """Groups of at most the rules of one file, as RE2 turns slow when a combined pattern outgrows its memory.

    Few rules may match a long block: those stand in groups of their own beside the groups of all.
    """

    def __init__(self, rules: Sequence[Rule], key: Callable[[Rule], str]) -> None:
        self.of_all = _grouped(rules, key)
        self.of_long = _grouped([rule for rule in rules if rule.max_chars > SHORT_CHARS], key)

    def matching(self, line: Line) -> list[Rule]:
        groups = self.of_all if len(line.folded) <= SHORT_CHARS else self.of_long
        return [rule for group in groups if group.script in line.scripts for rule in group.matching(line)]


def _grouped(rules: Sequence[Rule], key: Callable[[Rule], str]) -> list[_Group]:
    groups: dict[str, list[Rule]] = {}
    for rule in rules:
        groups.setdefault(key(rule), []).append(rule)
    return [_Group(group) for group in groups.values()]


def _file_of(rule: Rule) -> str:
    return rule.rule_id.partition(".")[0]


@cache
def standard_rulebook() -> Rulebook:
    """The built-in rules and those of COPYDESK_RULES, read once a process."""
    return load_rulebook(Settings.from_environment().rules)


def load_rulebook(extra: Sequence[Path] = ()) -> Rulebook:
    """The built-in rules and those of `extra` (files or folders of TOML files).

    Raises UsageError when a file cannot be read, a rule is wrong, or an id stands twice.
    """
    files = [file for place in (BUILT_IN, *extra) for file in rule_files(place)]
    documents = {file: _document(file) for file in files}
    shared = _words(BUILT_IN / SHARED_FILE, documents[BUILT_IN / SHARED_FILE], {})
    rules = [rule for file, document in documents.items() for rule in _rules(file, document, shared)]
    _check_names(rules)
    return Rulebook(_without_disabled(rules, documents))


def _check_names(rules: Sequence[Rule]) -> None:
    twice = [name for name, count in Counter(rule.rule_id for rule in rules).items() if count > 1]
    if twice:
        raise UsageError(f"rule {twice[0]!r} stands twice; give one of them another id or its file another name")


def rule_files(place: Path) -> list[Path]:
    """The file itself, or the TOML files of a folder, sorted by name."""
    if place.is_file():
        return [place]
    if place.is_dir():
        return sorted(place.glob("*.toml"))
    raise UsageError(f"{place}: no such file or folder of rules; COPYDESK_RULES names it")


def _document(file: Path) -> Mapping[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UsageError(f"{file}: cannot be read: {error}") from error


def _words(file: Path, document: Mapping[str, Any], shared: Mapping[str, str]) -> dict[str, str]:
    """The [words] of a file after the shared ones. A word may use those that stand before it."""
    own = document.get("words", {})
    if not isinstance(own, dict) or not all(isinstance(value, str) for value in own.values()):
        raise UsageError(f"{file.name}: [words] takes texts only, as agency = 'reuters|afp'")
    words = dict(shared)
    for name, value in own.items():
        try:
            words[name] = spell_out(value, words)
        except KeyError as error:
            raise UsageError(
                f"{file.name}: word {name!r} uses {{{error.args[0]}}}, which no word before it is"
            ) from error
    return words


def _rules(file: Path, document: Mapping[str, Any], shared: Mapping[str, str]) -> list[Rule]:
    unknown = sorted(set(document) - {"words", "rules", "disable", "script"})
    if unknown:
        raise UsageError(f"{file.name}: unknown table {unknown[0]!r}; known are words, rules, disable, script")
    words = _words(file, document, shared)
    script = document.get("script", ANY_SCRIPT)
    if script not in SCRIPTS:
        raise UsageError(f"{file.name}: script is {script!r}; give one of {', '.join(SCRIPTS)} or leave it out")
    rules = [replace(read_rule(table, file.name, words), script=script) for table in document.get("rules", [])]
    if file.parent != BUILT_IN:
        for rule in rules:
            check_rule(rule)
    return rules


def _without_disabled(rules: Sequence[Rule], documents: Mapping[Path, Mapping[str, Any]]) -> list[Rule]:
    known = {rule.rule_id for rule in rules}
    disabled = {name: file for file, document in documents.items() for name in document.get("disable", [])}
    unknown = sorted(set(disabled) - known)
    if unknown:
        raise UsageError(f"{disabled[unknown[0]].name}: disable names {unknown[0]!r}, which is no rule")
    return [rule for rule in rules if rule.rule_id not in disabled]
