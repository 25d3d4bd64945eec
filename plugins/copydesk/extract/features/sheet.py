"""A page's blocks as columns of numbers, one number a block, and the sums over a block's surroundings.

All sums are of whole numbers (characters, thousandths, hundredths), so that their order changes nothing.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cached_property, lru_cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from copydesk.extract.lexicon import Lexicon, scores, words_of
from copydesk.extract.match import letters
from copydesk.models import Block, Label

PROSE_CHARS: Final = 80  # of what is prose rather than a line
LONG_CHARS: Final = 100  # of what is surely a paragraph
HALF: Final = 0.5
FEW_LINKS: Final = 0.35
MAX_GAP: Final = 60
KEY_CHARS: Final = 300  # of a text, enough to know it by

_LEVEL: Final = re.compile(r"h([1-6])\Z")

Array = NDArray[np.float32]
Numbers = NDArray[np.float64]
Places = NDArray[np.int64]


class Sheet:
    """A page's blocks as columns. `scores` is what the lexicon says, in hundredths, a row a block."""

    def __init__(self, blocks: Sequence[Block], lexicon: Lexicon) -> None:
        self.blocks = blocks
        self.size = len(blocks)
        self.words = [words_of(block.text) for block in blocks]
        self.scores = scores(blocks, self.words, lexicon)
        self.score = self.scores.sum(axis=1)
        self.texts = [block.text for block in blocks]
        self.chars = np.array([len(text) for text in self.texts], np.float64)
        self.density = np.array([block.link_density for block in blocks], np.float64)
        self.linked = np.round(self.density * 1000) * self.chars
        self.total = max(1.0, float(self.chars.sum()))
        self.upto = np.cumsum(self.chars) / self.total
        self.word_counts = np.array([max(1, len(words)) for words in self.words], np.float64)
        self.heading = self.labelled(Label.HEADING)
        self.long = (self.chars >= LONG_CHARS) & (self.density < FEW_LINKS)
        self.prose = (self.chars >= PROSE_CHARS) & (self.density < HALF)
        self._groups: dict[int, Places] = {}
        self.levels = self.by_path(_level)

    @cached_property
    def keys(self) -> list[str]:
        """The letters that each block begins with."""
        return [letters(text[:KEY_CHARS]) for text in self.texts]

    @cached_property
    def points(self) -> NDArray[np.uint32]:
        """The code points of all blocks' texts, one text behind the other."""
        return np.frombuffer("".join(self.texts).encode("utf-32-le", "surrogatepass"), np.dtype("<u4"))

    @cached_property
    def steps(self) -> list[list[str]]:
        """Each block's path, element by element."""
        split = {path: path.split(">") for path in {block.path for block in self.blocks}}
        return [split[block.path] for block in self.blocks]

    @cached_property
    def starts(self) -> NDArray[np.intp]:
        """Where in `points` each block's text starts."""
        return np.concatenate([[0], np.cumsum(self.chars[:-1])]).astype(np.intp)

    def counted(self, flags: NDArray[np.bool_]) -> Numbers:
        """How many of the flags, one a code point, each block has."""
        return np.add.reduceat(flags, self.starts, dtype=np.float64)

    def labelled(self, label: Label) -> NDArray[np.bool_]:
        """Which blocks have the label."""
        return np.array([block.label is label for block in self.blocks], np.bool_)

    def each(self, measure: Callable[[str], float]) -> Numbers:
        """A number of each block's text."""
        return np.array([measure(text) for text in self.texts], np.float64)

    def by_path(self, measure: Callable[[str], float | Sequence[float]]) -> Numbers:
        """Numbers of each block's path, worked out once a path."""
        known = dict.fromkeys(block.path for block in self.blocks)
        return np.array([measure(path) for path in known], np.float64)[self.around(0)]

    def around(self, up: int) -> Places:
        """For each block a number that it shares with those of the same path, `up` elements above."""
        if up not in self._groups:
            index: dict[str, int] = {}
            own = dict.fromkeys((block.path for block in self.blocks), 0)
            for path in own:
                above = path.rsplit(">", up)[0] if path.count(">") >= up else ""
                own[path] = index.setdefault(above if up else path, len(index))
            self._groups[up] = np.array([own[block.path] for block in self.blocks], np.int64)
        return self._groups[up]

    def sums(self, up: int, values: NDArray[Any]) -> Numbers:
        """For each block the sum of `values` over all blocks of the same path, `up` elements above."""
        group = self.around(up)
        within: Numbers = np.bincount(group, weights=values)[group].astype(np.float64)
        return within


@lru_cache(maxsize=50_000)
def _level(path: str) -> float:
    """The rank of the heading that a path leads into, 0 if it is none."""
    for step in reversed(path.split(">")[-4:]):
        if found := _LEVEL.match(re.split(r"[.#]", step, maxsplit=1)[0]):
            return int(found[1])
    return 0


def within(points: NDArray[np.uint32], ranges: Sequence[tuple[int, int]]) -> NDArray[np.bool_]:
    """Which code points are in one of the ranges."""
    found = np.zeros(len(points), np.bool_)
    for first, last in ranges:
        found |= (points >= first) & (points <= last)
    return found


def shifted_flags(flags: NDArray[np.bool_], by: int) -> NDArray[np.bool_]:
    """The flags `by` places earlier; set beyond the ends."""
    moved = np.roll(flags, by)
    if by > 0:
        moved[:by] = True
    else:
        moved[by:] = True
    return moved


def shifted(values: NDArray[Any], by: int) -> Numbers:
    """The values of the blocks `by` places earlier; 0 beyond the page's ends."""
    moved = np.roll(np.asarray(values, np.float64), by)
    if by > 0:
        moved[:by] = 0
    else:
        moved[by:] = 0
    return moved


def between(values: NDArray[Any], first: int, last: int) -> Numbers:
    """For each block the sum from `first` blocks behind it to `last` blocks behind it; before it, if negative."""
    sums = np.concatenate([[0.0], np.cumsum(values, dtype=np.float64)])
    places, size = np.arange(len(values)), len(values)
    ends = np.clip(places + last + 1, 0, size)
    within: Numbers = sums[ends] - sums[np.minimum(ends, np.clip(places + first, 0, size))]
    return within


def since(flags: NDArray[Any]) -> Numbers:
    """How many blocks ago the last flag was, this block's own not counted; at most MAX_GAP."""
    places = np.arange(len(flags))
    last = np.maximum.accumulate(np.where(flags, places, -MAX_GAP))
    gaps: Numbers = np.minimum(MAX_GAP, places - np.concatenate([[-MAX_GAP], last[:-1]])).astype(np.float64)
    return gaps
