r"""Patterns compiled by RE2, which are linear in a text's length whatever their author wrote.

A letter of any alphabet (`\pL`) is six hundred ranges of signs, and as many steps of an automaton each time that it
stands in a pattern. A pattern is therefore asked in a light form first, in which every sign beyond ASCII is a letter:
that form is compiled in a third of the time and a fifth of the memory. The pattern itself is compiled and asked when a
text that is not of letters and ASCII alone fits the light form, which is rare.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from typing import Any, Final, cast

import re2

MAX_PATTERN_BYTES: Final = 64 * 1024 * 1024  # memory that RE2 may use for one compiled pattern
_LETTER: Final = r"\pL"
_LIGHT_LETTERS: Final = r"a-zA-Z\x{80}-\x{10ffff}"  # as part of a class
_ESCAPED: Final = re.compile(r"\\pL|\\.", re.DOTALL)
_LETTERS_OR_ASCII: Final = r"(?:\pL|[\x00-\x7f])*"
_UNIT: Final = re.compile(
    r"\[(?P<outside>\^?)(?P<inside>\]?(?:\\.|\[:\^?\w+:\]|[^\]\\])*)\]|(?P<letter>\\pL)|\\.", re.DOTALL
)
_AS_WRITTEN: Final = re.compile(r"\\Q")  # signs that mean themselves follow


@cache
def compile_pattern(text: str) -> Any:  # noqa: ANN401 - re2 has no types
    """An RE2 pattern, compiled at its first use.

    Raises re2.error.
    """
    return re2.compile(text, options=_options())


@cache
def whole_pattern(text: str) -> Pattern:
    """A pattern that is matched against whole texts only. Raises re2.error."""
    return Pattern(text)


@cache
def inner_pattern(text: str) -> Pattern:
    """A pattern that is looked for inside of texts, no matter where it stands: RE2 need not read them backwards then.

    Raises re2.error.
    """
    return Pattern(text, inside=True)


class Pattern:
    """One pattern, of which only whether it matches is asked: sets of one answer sooner, as they tell no places."""

    def __init__(self, text: str, *, inside: bool = False) -> None:
        light = _light(text)
        self._text, self._inside = text, inside
        self._is_light = light == text
        self._light = PatternSet((light,), inside=inside)
        self._itself: PatternSet | None = None

    def matches(self, text: str) -> bool:
        """True when the pattern matches the text, or is found inside of it."""
        return self._light.matches(text) and (self._is_light or _is_of_letters(text) or self._matches_itself(text))

    def compile(self) -> None:
        """Do now what the first use would do."""
        self._light.compile()

    def _matches_itself(self, text: str) -> bool:
        if self._itself is None:
            self._itself = PatternSet((self._text,), inside=self._inside)
        return self._itself.matches(text)


class PatternSet:
    """Many patterns matched against a whole text, or looked for `inside` of it, in one pass whatever their number.

    Compiled at its first use. Raises re2.error at once when a pattern cannot be read.
    """

    def __init__(self, patterns: Iterable[str], *, inside: bool = False) -> None:
        kind = re2.Set.SearchSet if inside else re2.Set.FullMatchSet
        self._set = kind(_options())
        self._size = len([self._set.Add(pattern) for pattern in patterns])
        self._compiled = False

    def matching(self, text: str) -> list[int]:
        """The numbers of the patterns that match, in no order."""
        if not self._size:
            return []
        self.compile()
        return cast("list[int] | None", self._set.Match(text)) or []

    def matches(self, text: str) -> bool:
        """True when one of the patterns matches."""
        return bool(self.matching(text))

    def compile(self) -> None:
        """Do now what the first use would do."""
        if not self._compiled:
            self._set.Compile()
            self._compiled = True


def _light(pattern: str) -> str:
    """A pattern that matches what `pattern` does, and says the same as that of texts of letters and ASCII.

    It matches more of other texts, as every sign beyond ASCII stands for a letter. The pattern itself where that would
    let it match less: in a class of what may not stand there.
    """
    if _AS_WRITTEN.search(pattern) or any(_rules_letters_out(unit) for unit in _UNIT.finditer(pattern)):
        return pattern
    return _UNIT.sub(_light_unit, pattern)


def _rules_letters_out(unit: re.Match[str]) -> bool:
    return bool(unit["outside"]) and _LETTER in _ESCAPED.findall(unit["inside"])


def _light_unit(unit: re.Match[str]) -> str:
    if unit["letter"]:
        return f"[{_LIGHT_LETTERS}]"
    if unit["inside"] is None or unit["outside"]:
        return unit[0]
    inside = _ESCAPED.sub(lambda sign: _LIGHT_LETTERS if sign[0] == _LETTER else sign[0], unit["inside"])
    return f"[{inside}]"


def _is_of_letters(text: str) -> bool:
    """Is a text made of letters and ASCII only, as RE2 knows letters?"""
    return text.isascii() or _letters_or_ascii().matches(text)


@cache
def _letters_or_ascii() -> PatternSet:
    return PatternSet((_LETTERS_OR_ASCII,))


def _options() -> re2.Options:
    options = re2.Options()
    options.max_mem = MAX_PATTERN_BYTES
    options.log_errors = False
    options.case_sensitive = False
    options.dot_nl = True
    return options
