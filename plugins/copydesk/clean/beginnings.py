"""How texts begin that some parts of a pattern match, spelled out as far as is wanted."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from typing import Final

from copydesk.clean.signs import Boundary, Either, Part, Parts, Repeat, Run, Sign

EDGE: Final = "\1"  # of a word, among signs; no text has it
MOST_TIMES: Final = 8  # that a part is repeated before what is known of a text is enough


@dataclass(slots=True)
class Begun:
    """How texts begin that some parts match. Behind those that are `open` nothing is known to stand yet."""

    open: set[str]
    closed: set[str]


@dataclass(frozen=True, slots=True)
class Wanted:
    """How much is wanted to be known: `cut` gives that part of a text, None while there is too little. `most` keys."""

    cut: Callable[[str], str | None]
    most: int


def begun(parts: Parts, wanted: Wanted) -> Begun:
    """How texts begin that these parts match: with as many signs as are `wanted`, or with as many as are known.

    Raises OverflowError when there are too many ways.
    """
    return _chained({""}, parts, wanted)


def _chained(texts: set[str], parts: Parts, wanted: Wanted) -> Begun:
    found = Begun(texts, set())
    for part in parts:
        if not found.open:
            break
        found = _extended(found, part, wanted)
    return found


def _extended(found: Begun, part: Part, wanted: Wanted) -> Begun:
    if isinstance(part, Boundary):
        return Begun({text + EDGE for text in found.open}, found.closed)
    if isinstance(part, Sign):
        more = _longer(found.open, part.chars, wanted)
    elif isinstance(part, Run):
        more = _longer(found.open, (part.text,), wanted)
    elif isinstance(part, Either):
        more = _branched(found.open, part, wanted)
    else:
        more = _repeated(found.open, part, wanted)
    more.closed |= found.closed
    return _bounded(more, wanted)


def _bounded(found: Begun, wanted: Wanted) -> Begun:
    if len(found.open) + len(found.closed) > wanted.most:
        raise OverflowError
    return found


def _longer(texts: set[str], behind: Collection[str], wanted: Wanted) -> Begun:
    if not behind:
        return Begun(set(), set(texts))
    if len(texts) * len(behind) > 2 * wanted.most:
        raise OverflowError
    found = Begun(set(), set())
    for text in texts:
        for more in behind:
            cut = wanted.cut(text + more)
            if cut is None:
                found.open.add(text + more)
            else:
                found.closed.add(cut)
    return found


def _branched(texts: set[str], either: Either, wanted: Wanted) -> Begun:
    found = Begun(set(), set())
    for branch in either.branches:
        way = _chained(texts, branch, wanted)
        found.open |= way.open
        found.closed |= way.closed
        _bounded(found, wanted)
    return found


def _repeated(texts: set[str], repeat: Repeat, wanted: Wanted) -> Begun:
    found = Begun(texts, set())
    done = set() if repeat.least else set(texts)
    last = min(repeat.most, repeat.least + MOST_TIMES)
    for number in range(1, last + 1):
        found = _extended(found, repeat.part, wanted)
        if number >= repeat.least:
            done |= found.open
        if not found.open:
            return Begun(done, found.closed)
    unended = found.open if last < repeat.most else set()
    return Begun(done, found.closed | unended)
