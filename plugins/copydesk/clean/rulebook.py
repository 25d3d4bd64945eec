"""All rules in force: those that come with copydesk and an operator's own, found fast for a block."""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

from copydesk.clean.lines import Line
from copydesk.clean.rule import MAX_LINE_CHARS, Rule, compile_pattern, read_rule, spell_out
from copydesk.errors import UsageError
from copydesk.settings import Settings

BUILT_IN = Path(__file__).resolve().parents[1] / "rules"
SHARED_FILE = "any.toml"  # its [words] are known to all files
SHORT_CHARS = 300


class Rulebook:
    """Rules, with one combined pattern in front of them so that most blocks cost a single match."""

    def __init__(self, rules: Iterable[Rule]) -> None:
        """Sort `rules` by what finds them: their words, their element path, or a neighbour."""
        self.rules = tuple(rules)
        self.neighbour_rules = tuple(rule for rule in self.rules if rule.needs_neighbour)
        own = [rule for rule in self.rules if not rule.needs_neighbour]
        self._path_rules = tuple(rule for rule in own if rule.pattern is None)
        self._word_rules = tuple(rule for rule in own if rule.pattern is not None)
        self._long_rules = tuple(rule for rule in self._word_rules if rule.max_chars > SHORT_CHARS)
        self._any_word = _any_of(self._word_rules)
        self._any_long = _any_of(self._long_rules)

    def candidates(self, line: Line) -> tuple[Rule, ...]:
        """The rules whose conditions on the block itself hold; place and neighbours are for the caller to judge."""
        return (*self._by_words(line), *(rule for rule in self._path_rules if rule.fits(line)))

    def _by_words(self, line: Line) -> tuple[Rule, ...]:
        short = len(line.folded) <= SHORT_CHARS
        front, rules = (self._any_word, self._word_rules) if short else (self._any_long, self._long_rules)
        if front is None or len(line.folded) > MAX_LINE_CHARS or front.fullmatch(line.folded) is None:
            return ()
        return tuple(rule for rule in rules if rule.fits(line))


def _any_of(rules: Sequence[Rule]) -> Any:  # noqa: ANN401 - re2 has no types
    return compile_pattern("|".join(f"(?:{rule.pattern_text})" for rule in rules)) if rules else None


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
    twice = [name for name, count in Counter(rule.rule_id for rule in rules).items() if count > 1]
    if twice:
        raise UsageError(f"rule {twice[0]!r} stands twice; give one of them another id or its file another name")
    return Rulebook(_without_disabled(rules, documents))


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
    unknown = sorted(set(document) - {"words", "rules", "disable"})
    if unknown:
        raise UsageError(f"{file.name}: unknown table {unknown[0]!r}; known are words, rules, disable")
    words = _words(file, document, shared)
    return [read_rule(table, file.name, words) for table in document.get("rules", [])]


def _without_disabled(rules: Sequence[Rule], documents: Mapping[Path, Mapping[str, Any]]) -> list[Rule]:
    known = {rule.rule_id for rule in rules}
    disabled = {name: file for file, document in documents.items() for name in document.get("disable", [])}
    unknown = sorted(set(disabled) - known)
    if unknown:
        raise UsageError(f"{disabled[unknown[0]].name}: disable names {unknown[0]!r}, which is no rule")
    return [rule for rule in rules if rule.rule_id not in disabled]
