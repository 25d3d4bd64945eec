"""One rule: what it says, where it may fire, what shape a block must have; and how it is read from its TOML table."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import Any

import re2

from copydesk.clean.lines import ANY_SCRIPT, Line
from copydesk.clean.patterns import compile_pattern, inner_pattern, whole_pattern
from copydesk.errors import UsageError
from copydesk.folding import fold_pattern
from copydesk.models import KEPT_LABELS, Label

MAX_LINE_CHARS = 2000
DEFAULT_CHARS = 200
PATHS_KEPT = 1024  # of the last blocks, with a pattern each; most blocks of a page share a few
_WORD = re.compile(r"\{([a-z_][a-z0-9_]*)\}")
_TEXT_KEYS = {"id", "label", "version", "where", "pattern", "unless", "path", "must", "must_not"}
_SHAPE_KEYS = {"max_chars", "min_chars", "sentence", "min_links", "behind_image", "blocks", "before", "after", "sites"}
_KEYS = _TEXT_KEYS | _SHAPE_KEYS


class Place(StrEnum):
    """Where on the page a rule may fire: before the text, behind it, or wherever.

    An edge overlooks a paragraph or two of text on a long page, its very start and end do not.
    """

    HEAD = "head"
    TAIL = "tail"
    EDGE = "edge"
    START = "start"
    END = "end"
    ANYWHERE = "anywhere"


ZONES = frozenset({Place.START, Place.END})


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as loaded. `rule_id` is FILE.id. All its conditions must hold of a block; `docs/rules.md` explains each.

    Patterns are texts for `compile_pattern`, empty where there is none; at least one of `pattern` and `path` is there.
    `pattern` matches a whole folded block, `path` is searched in the block's element path. A block in which `unless` is
    found is left alone. `before` and `after` are labels that the next or the previous block must have been taken off
    with. Blocks without a letter of `script` are not tried.
    """

    rule_id: str
    label: Label
    version: str
    place: Place
    pattern: str = ""
    unless: str = ""
    path: str = ""
    max_chars: int = DEFAULT_CHARS
    min_chars: int = 0
    sentence: bool | None = None
    min_links: float = 0.0
    behind_image: bool = False
    blocks: frozenset[Label] = KEPT_LABELS
    before: frozenset[Label] = frozenset()
    after: frozenset[Label] = frozenset()
    sites: tuple[str, ...] = ()
    script: str = ANY_SCRIPT
    must: tuple[str, ...] = ()
    must_not: tuple[str, ...] = ()

    @property
    def needs_neighbour(self) -> bool:
        """True when the rule looks at the block before or behind."""
        return bool(self.before or self.after)

    @property
    def is_found_by_words(self) -> bool:
        """True when the block's own words tell whether the rule may fire."""
        return bool(self.pattern) and not self.needs_neighbour

    def fits_text(self, line: Line) -> bool:
        """True when the block's own words and length are what the rule means, wherever it stands."""
        return self._has_size(line) and self._says(line.folded)

    def fits(self, line: Line) -> bool:
        """True when words, length, markup, links and element path all agree; place and neighbours are not looked at.

        What costs nothing to know comes first.
        """
        block = line.block
        marked = block.label in self.blocks and block.link_density >= self.min_links
        placed = block.behind_image or not self.behind_image
        return marked and placed and self._has_size(line) and self.stands_in(block.path) and self._says(line.folded)

    def stands_in(self, path: str) -> bool:
        """True when an element path is what the rule wants."""
        return not self.path or _is_in_path(self.path, path)

    def _says(self, folded: str) -> bool:
        said = not self.pattern or whole_pattern(self.pattern).matches(folded)
        return said and not (self.unless and inner_pattern(self.unless).matches(folded))

    def _has_size(self, line: Line) -> bool:
        if not self.min_chars <= len(line.folded) <= self.max_chars:
            return False
        return self.sentence is None or self.sentence == line.is_sentence


def read_rule(table: Mapping[str, Any], source: str, words: Mapping[str, str]) -> Rule:
    """The rule of one [[rules]] table of file `source`; `words` are what {name} in its pattern stands for, folded.

    Raises UsageError naming file, rule and what is wrong.
    """
    reader = _Reader(table, source, words)
    unknown = sorted(set(table) - _KEYS)
    if unknown:
        raise reader.error(f"unknown key {unknown[0]!r}; known are {', '.join(sorted(_KEYS))}")
    if "pattern" not in table and "path" not in table:
        raise reader.error("give it a pattern, a path, or both")
    return Rule(
        rule_id=f"{source.removesuffix('.toml')}.{reader.text('id')}",
        label=reader.label(),
        version=str(reader.number("version", 1, 10**6)),
        place=reader.place(),
        pattern=reader.pattern("pattern"),
        unless=reader.pattern("unless"),
        path=reader.pattern("path"),
        max_chars=int(reader.number("max_chars", 1, MAX_LINE_CHARS, DEFAULT_CHARS)),
        min_chars=int(reader.number("min_chars", 0, MAX_LINE_CHARS, 0)),
        sentence=reader.flag("sentence"),
        min_links=reader.number("min_links", 0, 1, 0),
        behind_image=reader.flag("behind_image") or False,
        blocks=reader.labels("blocks") or KEPT_LABELS,
        before=reader.labels("before"),
        after=reader.labels("after"),
        sites=reader.texts("sites"),
        must=reader.texts("must"),
        must_not=reader.texts("must_not"),
    )


class _Reader:
    """Reads one table's keys, each with an error that a rule author understands."""

    def __init__(self, table: Mapping[str, Any], source: str, words: Mapping[str, str]) -> None:
        self.table = table
        self.source = source
        self.words = words

    def error(self, problem: str) -> UsageError:
        return UsageError(f"{self.source}: rule {self.table.get('id', '(without id)')!r}: {problem}")

    def text(self, key: str) -> str:
        value = self.table.get(key)
        if not isinstance(value, str) or not value.strip():
            raise self.error(f"{key} is missing; give it as text")
        return value

    def texts(self, key: str) -> tuple[str, ...]:
        value = self.table.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
            raise self.error(f"{key} is {value!r}; give a list of texts")
        return tuple(value)

    def number(self, key: str, low: float, high: float, default: float | None = None) -> float:
        value = self.table.get(key, default)
        if isinstance(value, bool) or not isinstance(value, int | float) or not low <= value <= high:
            raise self.error(f"{key} is {value!r}; give a number from {low} to {high}")
        return value

    def flag(self, key: str) -> bool | None:
        value = self.table.get(key)
        if value is not None and not isinstance(value, bool):
            raise self.error(f"{key} is {value!r}; give true or false")
        return value

    def label(self) -> Label:
        (label,) = self._members([self.text("label")], "label")
        return label

    def labels(self, key: str) -> frozenset[Label]:
        return frozenset(self._members(list(self.texts(key)), key))

    def _members(self, names: list[str], key: str) -> list[Label]:
        unknown = [name for name in names if name not in set(Label)]
        if unknown:
            raise self.error(f"{key} {unknown[0]!r} is no label; labels are {', '.join(Label)}")
        return [Label(name) for name in names]

    def place(self) -> Place:
        where = self.table.get("where", Place.ANYWHERE)
        if where not in set(Place):
            raise self.error(f"where is {where!r}; give {', '.join(Place)}")
        return Place(where)

    def pattern(self, key: str) -> str:
        try:
            return spell_out(fold_pattern(self.text(key)), self.words) if key in self.table else ""
        except KeyError as error:
            raise self.error(f"{{{error.args[0]}}} is not among the [words] of this file or of any.toml") from error


def check_rule(rule: Rule) -> None:
    """Raise UsageError when a pattern of the rule cannot be read. Built-in rules are checked by their tests."""
    for key, text in (("pattern", rule.pattern), ("unless", rule.unless), ("path", rule.path)):
        try:
            compile_pattern(text)
        except re2.error as error:
            file, _, name = rule.rule_id.partition(".")
            raise UsageError(f"{file}.toml: rule {name!r}: {key} cannot be read: {_message(error)}") from error


def spell_out(pattern: str, words: Mapping[str, str]) -> str:
    """`pattern` with each {name} as the group of what `words` says. Raises KeyError with the name that is unknown."""
    return _WORD.sub(lambda match: f"(?:{words[match[1]]})", pattern)


@lru_cache(PATHS_KEPT)
def _is_in_path(pattern: str, path: str) -> bool:
    return compile_pattern(pattern).search(path.lower()) is not None


def _message(error: Exception) -> str:
    cause = error.args[0] if error.args else error
    return cause.decode(errors="replace") if isinstance(cause, bytes) else str(cause)
