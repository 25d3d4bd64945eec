r"""Patterns compiled by RE2, which are linear in a text's length whatever their author wrote.

A letter of any alphabet (`\pL`) is six hundred ranges of signs, and as many steps of an automaton each time that it
stands in a pattern. A pattern is therefore asked in a light form first, in which every sign beyond ASCII is a letter
but for the common ones that are none, as a few long ranges: that form is compiled in a third of the time and a fifth of
the memory. The pattern itself, which may take 200 ms, is compiled and asked when a text that has other signs too fits
the light form, which is rare.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import Any, Final, cast

import re2

MAX_PATTERN_BYTES: Final = 64 * 1024 * 1024  # memory that RE2 may use for one compiled pattern
_LETTER: Final = r"\pL"
# No letter is in these: signs of Latin, combining ones, signs and digits of Hebrew and Arabic, punctuation, currencies,
# arrows and symbols, signs of Chinese and Japanese, signs of selection, full-width ones, pictures.
NO_LETTERS: Final = (
    *((0x80, 0xA9), (0xAB, 0xB4), (0xB6, 0xB9), (0xBB, 0xBF), (0xD7, 0xD7), (0xF7, 0xF7)),
    *((0x300, 0x344), (0x346, 0x36F)),  # RE2 takes the one between for an iota where case tells nothing
    *((0x589, 0x5CF), (0x5F3, 0x61F), (0x64B, 0x66D), (0x6D4, 0x6D4), (0x6F0, 0x6F9)),
    *((0x2000, 0x2070), (0x2080, 0x208F), (0x20A0, 0x2100), (0x2190, 0x2BFF)),
    *((0x3000, 0x3004), (0x3007, 0x3030), (0x30FB, 0x30FB)),
    *((0xFE00, 0xFE6F), (0xFEFD, 0xFF20), (0xFF3B, 0xFF40), (0xFF5B, 0xFF65), (0x1F000, 0x1FFFF)),
)
_LAST_SIGN: Final = 0x10FFFF
_ESCAPED: Final = re.compile(r"\\pL|\\.", re.DOTALL)
_UNIT: Final = re.compile(
    r"\[(?P<outside>\^?)(?P<inside>\]?(?:\\.|\[:\^?\w+:\]|[^\]\\])*)\]|(?P<letter>\\pL)|\\.", re.DOTALL
)
_AS_WRITTEN: Final = re.compile(r"\\Q")  # signs that mean themselves follow


def _ranges(bounds: Iterable[tuple[int, int]]) -> str:
    """Ranges of signs as part of a class."""
    return "".join(rf"\x{{{first:x}}}-\x{{{last:x}}}" for first, last in bounds)


def _between(bounds: Sequence[tuple[int, int]]) -> Iterator[tuple[int, int]]:
    """What ranges of signs beyond ASCII leave out."""
    for (_, last), (first, _) in pairwise((*bounds, (_LAST_SIGN + 1, _LAST_SIGN + 1))):
        yield last + 1, first - 1


_LIGHT_LETTERS: Final = "a-zA-Z" + _ranges(_between(NO_LETTERS))
_KNOWN_SIGNS: Final = rf"[\x00-\x7f\pL{_ranges(NO_LETTERS)}]*"  # of which both forms say the same


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
        return self._light.matches(text) and (self._is_light or _has_known_signs(text) or self._matches_itself(text))

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
    """A pattern that matches what `pattern` does, and says the same of texts of known signs.

    It matches more of other texts, as their other signs stand for letters. The pattern itself where that would let it
    match less: in a class of what may not stand there.
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


def _has_known_signs(text: str) -> bool:
    """Does a text have ASCII, letters as RE2 knows them, and `NO_LETTERS` only?"""
    return text.isascii() or _known_signs().matches(text)


@cache
def _known_signs() -> PatternSet:
    return PatternSet((_KNOWN_SIGNS,))


def _options() -> re2.Options:
    options = re2.Options()
    options.max_mem = MAX_PATTERN_BYTES
    options.log_errors = False
    options.case_sensitive = False
    options.dot_nl = True
    return options
