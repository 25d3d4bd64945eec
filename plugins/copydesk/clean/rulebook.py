"""All rules in force: those that come with copydesk and an operator's own, found fast for a block."""

from __future__ import annotations

import tomllib
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache, lru_cache
from itertools import chain
from pathlib import Path
from typing import Any

from copydesk.clean.finder import Finder
from copydesk.clean.groups import Groups, groups
from copydesk.clean.kept import KeptGroups
from copydesk.clean.lines import ANY_SCRIPT, SCRIPTS, Line, line_of
from copydesk.clean.patterns import inner_pattern, whole_pattern
from copydesk.clean.rule import (
    MAX_LINE_CHARS,
    ZONES,
    Place,
    Rule,
    check_rule,
    read_rule,
    spell_out,
)
from copydesk.clean.wording import WORDINGS
from copydesk.errors import UsageError
from copydesk.folding import fold_pattern
from copydesk.models import Block
from copydesk.settings import Settings

BUILT_IN = Path(__file__).resolve().parents[1] / "rules"
SHARED_FILE = "any.toml"  # its [words] are known to all files
SHORT_CHARS = 300
SIZES = (60, 120, 200, SHORT_CHARS, MAX_LINE_CHARS)  # of texts: few rules are for long ones
TEXTS_KEPT = 4096
PATHS_KEPT = 1024  # of the last blocks; most blocks of a page share a few
Told = Callable[[str], Groups | None]
_ANYWHERE = frozenset({Place.ANYWHERE})
_COMMON_SCRIPTS = frozenset({ANY_SCRIPT, "latin"})
_EDGES = frozenset(Place) - _ANYWHERE - ZONES


class Rulebook:
    """Rules, held so that the few that may fire at a place in a script are found fast."""

    def __init__(
        self,
        rules: Iterable[Rule],
        wordings: frozenset[str] = frozenset(),
        told: Told = groups,
    ) -> None:
        """Sort `rules` by what finds them: a neighbour, their element path, or their words at an edge or anywhere.

        `wordings` are the verdicts that may be passed on lines which no rule knows: `wording.LABEL`. `told` gives the
        clues of a pattern.
        """
        self.rules = tuple(rules)
        self.wordings = wordings
        self.neighbour_rules = tuple(rule for rule in self.rules if rule.needs_neighbour)
        path_rules = [rule for rule in self.rules if not rule.pattern and not rule.needs_neighbour]
        self._of_path = lru_cache(PATHS_KEPT)(lambda path: [rule for rule in path_rules if rule.stands_in(path)])
        worded = [rule for rule in self.rules if rule.is_found_by_words]
        anywhere = _by_script(rule for rule in worded if rule.place is Place.ANYWHERE)
        self._worded = (*anywhere, *(rule for rule in worded if rule.place is not Place.ANYWHERE))
        self._of_text = lru_cache(TEXTS_KEPT)(self._tried)
        self._finder = cache(self._made)
        self.told = told

    def anywhere(self, line: Line) -> list[Rule]:
        """The rules for all places whose conditions on the block itself hold."""
        return list(self._anywhere(line))

    def of_text(self, text: str, path: str) -> Sequence[Rule]:
        """The rules but those for zones whose conditions hold of a plain block, up to the first that is for all sites.

        Remembered, as a site's pages share many.
        """
        return self._of_text(text, path) if len(text) <= SHORT_CHARS else self._tried(text, path)

    def _tried(self, text: str, path: str) -> Sequence[Rule]:
        line = line_of(Block(0, text, path=path), MAX_LINE_CHARS)
        found: list[Rule] = []
        for rule in chain(self._anywhere(line), self._fitting(line, _EDGES)):
            found.append(rule)
            if not rule.sites:
                break
        return tuple(found)

    def at_edges(self, line: Line) -> list[Rule]:
        """The rules for the page's head and tail whose conditions on the block itself hold."""
        return list(self._fitting(line, _EDGES))

    def in_zones(self, line: Line) -> list[Rule]:
        """The rules for what stands before or behind all of the text. They say little: all others are asked first."""
        return list(self._fitting(line, ZONES))

    def load(self, scripts: Collection[str] = _COMMON_SCRIPTS) -> None:
        """Make the finders that texts in `scripts` may need."""
        for script in {ANY_SCRIPT if script in _COMMON_SCRIPTS else script for script in scripts}:
            for size in SIZES:
                self._finder(script, size)

    def compile(self, scripts: Collection[str] = _COMMON_SCRIPTS) -> None:
        """Compile the patterns that texts in `scripts` may need: RE2 takes a millisecond for each."""
        for rule in self._worded:
            if rule.script in scripts:
                whole_pattern(rule.pattern).compile()
                if rule.unless:
                    inner_pattern(rule.unless).compile()

    def _anywhere(self, line: Line) -> Iterator[Rule]:
        yield from self._fitting(line, _ANYWHERE)
        yield from (rule for rule in self._of_path(line.block.path) if rule.fits(line))

    def _fitting(self, line: Line, places: Collection[Place]) -> Iterator[Rule]:
        if not line.scripts:  # too long for any rule
            return
        size = SIZES[bisect_left(SIZES, len(line.folded))]
        numbers = self._finder(ANY_SCRIPT, size).suspects(line.folded)
        for script in line.scripts - _COMMON_SCRIPTS:
            numbers |= self._finder(script, size).suspects(line.folded)
        for rule in map(self._worded.__getitem__, sorted(numbers)):
            if rule.place in places and rule.script in line.scripts and rule.fits(line):
                yield rule

    def _made(self, script: str, size: int) -> Finder:
        """The finder of the rules for texts of up to `size` signs that are longer than the next smaller size.

        ANY_SCRIPT stands for those that any text may need.
        """
        scripts = _COMMON_SCRIPTS if script in _COMMON_SCRIPTS else {script}
        longer_than = max((smaller for smaller in SIZES if smaller < size), default=0)
        rules = [(number, rule) for number, rule in enumerate(self._worded) if rule.script in scripts]
        return Finder((number, self.told(rule.pattern)) for number, rule in rules if rule.max_chars > longer_than)


def _by_script(rules: Iterable[Rule]) -> list[Rule]:
    """The same rules, those of a script together, in the order in which the scripts come first."""
    groups: dict[str, list[Rule]] = {}
    for rule in rules:
        groups.setdefault(rule.script, []).append(rule)
    return [rule for group in groups.values() for rule in group]


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
    by_file = {file: _rules(file, document, shared) for file, document in documents.items()}
    rules = [rule for rules_of_file in by_file.values() for rule in rules_of_file]
    _check_names(rules)
    disabled = _disabled(rules, documents)
    return Rulebook([rule for rule in rules if rule.rule_id not in disabled], WORDINGS - disabled, _told(by_file))


def keep_clues() -> None:
    """Work the clues of all built-in rules out, and keep them for processes that may not write beside our code."""
    load_rulebook().load(SCRIPTS)


def _told(by_file: Mapping[Path, Sequence[Rule]]) -> Told:
    """The clues of patterns: those of built-in files are kept from one process to the next."""
    kept: dict[str, KeptGroups] = {}
    for file, rules in by_file.items():
        if file.parent == BUILT_IN:
            patterns = list(dict.fromkeys(rule.pattern for rule in rules if rule.is_found_by_words))
            kept |= dict.fromkeys(patterns, KeptGroups(file, patterns))
    return lambda pattern: kept[pattern].of(pattern) if pattern in kept else groups(pattern)


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
    """The [words] of a file after the shared ones, folded. A word may use those that stand before it."""
    own = document.get("words", {})
    if not isinstance(own, dict) or not all(isinstance(value, str) for value in own.values()):
        raise UsageError(f"{file.name}: [words] takes texts only, as agency = 'reuters|afp'")
    words = dict(shared)
    for name, value in own.items():
        try:
            words[name] = spell_out(fold_pattern(value), words)
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


def _disabled(rules: Sequence[Rule], documents: Mapping[Path, Mapping[str, Any]]) -> frozenset[str]:
    known = WORDINGS | {rule.rule_id for rule in rules}
    disabled = {name: file for file, document in documents.items() for name in document.get("disable", [])}
    unknown = sorted(set(disabled) - known)
    if unknown:
        raise UsageError(f"{disabled[unknown[0]].name}: disable names {unknown[0]!r}, which is no rule")
    return frozenset(disabled)
