"""The parts of a pattern, as far as it matters to what a text must have for the pattern to match.

Reads what rules are written in: signs, classes, groups, branches, repeats. A part that it does not know is a sign of
which nothing is known; what cannot be read at all is a ValueError, and the pattern is then tried on every text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from string import digits
from typing import Final

MAX_CLASS: Final = 24  # signs of a class; a larger one may be anything
FOREVER: Final = 1000
END: Final = "\0"  # stands for a text's end; no text has it
_TOKEN: Final = re.compile(
    r"(?P<group>\((?:\?:|\?P<\w+>)?(?!\?))|\[(?P<outside>\^?)(?P<set>\]?(?:\\.|[^\]\\])*)\]"
    r"|\\[pP](?P<letters>\{\^?\w+\}|\w)|\\(?P<escaped>x[0-9a-fA-F]{2}|x\{[0-9a-fA-F]+\}|.)|(?P<edge>[\^$])|(?P<dot>\.)"
    r"|(?P<plain>[^()\[\]\\?*+{}|.^$]+(?![?*+{])|[^()\[\]\\?*+{}|])",
    re.DOTALL,
)
_REPEAT: Final = re.compile(r"(?:(?P<sign>[*+?])|\{(?P<least>\d+)(?P<more>,(?P<most>\d*))?\})\??")
_NOT_LISTED: Final = re.compile(r"\\[\w\\]|.-.|\[:", re.DOTALL)  # of a class: kinds, ranges and what looks like them
_LISTED: Final = (("\\d", digits), ("0-9", digits), ("\\s", " "))  # but these
_WORD: Final = re.compile(r"\w")
_RUNS: Final = re.compile(r"\w+|\W+")
_NO_PLACE: Final = frozenset("BAz")  # escapes that stand for a place between signs
_KINDS: Final = frozenset("DwWsS")  # escapes that stand for many signs, of them
_NO_WORDS: Final = frozenset("sW")  # those without a sign of a word


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign: one of `chars`, or any where there are none. `in_words`: may it be a letter, a digit, an underscore?"""

    chars: frozenset[str]
    in_words: bool = True


@dataclass(frozen=True, slots=True)
class Run:
    """Some signs behind each other, all of words or none of them."""

    text: str


@dataclass(frozen=True, slots=True)
class Boundary:
    """The edge of a word."""


@dataclass(frozen=True, slots=True)
class Either:
    """One of several sequences; a group is one too."""

    branches: tuple[Parts, ...]


@dataclass(frozen=True, slots=True)
class Repeat:
    """A part several times; FOREVER is without end."""

    part: Part
    least: int
    most: int


Part = Sign | Run | Boundary | Either | Repeat
Parts = tuple[Part, ...]
ANY: Final = Sign(frozenset())


def read(pattern: str) -> Parts:
    """The parts of a pattern. Raises ValueError for what is not among the things that rules are written in."""
    tokens = _Tokens(pattern)
    parts = _either(tokens)
    if tokens.at < len(pattern):
        raise ValueError(f"cannot be read at {tokens.at}: {pattern!r}")
    return (parts,)


class _Tokens:
    """A pattern being read from left to right."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern
        self.at = 0

    def take(self, kind: re.Pattern[str]) -> re.Match[str] | None:
        found = kind.match(self.pattern, self.at)
        self.at = found.end() if found else self.at
        return found

    def follows(self, signs: str) -> bool:
        return self.pattern.startswith(signs, self.at)


def _either(tokens: _Tokens) -> Either:
    branches = [tuple(_sequence(tokens))]
    while tokens.follows("|"):
        tokens.at += 1
        branches.append(tuple(_sequence(tokens)))
    return Either(tuple(branches))


def _sequence(tokens: _Tokens) -> Iterator[Part]:
    while token := tokens.take(_TOKEN):
        run = token["plain"]
        if run and len(run) > 1:
            yield from _runs(run)
            continue
        part = _part(token, tokens)
        repeat = tokens.take(_REPEAT)
        if part is not None:
            yield _repeated(part, repeat) if repeat else part


def _part(token: re.Match[str], tokens: _Tokens) -> Part | None:
    """The part that begins with a token; None for what takes no place."""
    if token["group"]:
        group = _either(tokens)
        if not tokens.follows(")"):
            raise ValueError(f"a group has no end: {tokens.pattern!r}")
        tokens.at += 1
        return group
    if token["set"] is not None:
        return _class(token["set"]) if not token["outside"] else ANY
    if token["escaped"]:
        return _escaped(token["escaped"])
    if token["edge"]:
        return Run(END) if token["edge"] == "$" else None
    return _plain(token["plain"]) if token["plain"] else ANY


def _repeated(part: Part, repeat: re.Match[str]) -> Repeat:
    if repeat["sign"]:
        return Repeat(part, int(repeat["sign"] == "+"), 1 if repeat["sign"] == "?" else FOREVER)
    least = int(repeat["least"])
    return Repeat(part, least, least if not repeat["more"] else int(repeat["most"] or FOREVER))


def _escaped(name: str) -> Part | None:
    if name == "b":
        return Boundary()
    if name in _NO_PLACE:
        return None
    if name == "d":
        return Sign(frozenset(digits))
    if name in _KINDS:
        return Sign(frozenset(), name not in _NO_WORDS)
    if len(name) > 1:
        return _plain(chr(int(name[1:].strip("{}"), 16)))
    if name.isalnum():
        raise ValueError(f"unknown escape {name!r}")
    return _plain(name)


def _runs(text: str) -> Iterator[Part]:
    folded = text.casefold()
    if len(folded) != len(text):  # one sign has become two: the pattern may mean either
        yield from map(_plain, text)
    else:
        yield from map(Run, _RUNS.findall(folded))


@cache
def _plain(char: str) -> Sign:
    """The sign as folded texts have it."""
    folded = char.casefold()
    return Sign(frozenset(folded), is_of_word(folded)) if len(folded) == 1 else ANY


def _class(inside: str) -> Sign:
    if "\\\\" in inside:
        return ANY
    for short, listed in _LISTED:
        inside = inside.replace(short, listed)
    if _NOT_LISTED.search(inside.replace("\\-", "")):
        return ANY
    signs = {_plain(char) for char in inside.replace("\\", "")}
    if not 0 < len(signs) <= MAX_CLASS or ANY in signs:
        return ANY
    return Sign(frozenset().union(*(sign.chars for sign in signs)), any(sign.in_words for sign in signs))


def is_of_word(char: str) -> bool:
    """Is this a letter, a digit or an underscore?"""
    return _WORD.match(char) is not None
