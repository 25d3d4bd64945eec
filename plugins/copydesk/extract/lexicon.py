"""What the names of a block's elements and its words tell, by weights that were fitted with the model of the body.

A token is a kind and a name: `a`, `b`, `c` and a part of an id or class (of the block's element, of the two above, of
those farther above) or `<tag`; `w` and a word of a line, `l` and a word that begins a paragraph, `h` and a word of the
heading above. Names and words that few sites use have no weight.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import lru_cache
from typing import Final, NamedTuple

import numpy as np
from numpy.typing import NDArray

from copydesk.models import Block, Label

FAR: Final = 9  # elements
FIRST_WORDS: Final = 25
LINE_WORDS: Final = 40
HEADING_WORDS: Final = 6

_WORD: Final = re.compile(r"[^\W\d_]+")
_NAME: Final = re.compile(r"[A-Z]?[a-z]{2,}|[A-Z]{2,}(?![a-z])")
_TAG: Final = re.compile(r"[^.#]*")

Words = Sequence[str]
Weights = Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The weights of tokens in hundredths, by kind."""

    path: Weights
    line: Weights
    paragraph: Weights
    heading: Weights

    @classmethod
    def of(cls, weights: Weights) -> Lexicon:
        """The lexicon of weights by token, as the model's file holds them."""
        kinds = {kind: {token[1:]: weight for token, weight in weights.items() if token[0] == kind} for kind in "wlh"}
        path = {token: weight for token, weight in weights.items() if token[0] not in kinds}
        return cls(path, kinds["w"], kinds["l"], kinds["h"])


class Tokens(NamedTuple):
    """What the lexicon looks at of a block: its place, the words that it begins with, those of the heading above."""

    path: AbstractSet[str]
    words: AbstractSet[str]
    is_line: bool
    heading: AbstractSet[str]

    def named(self) -> list[str]:
        """The tokens with their kinds."""
        kind = "w" if self.is_line else "l"
        return [*self.path, *(kind + word for word in self.words), *("h" + word for word in self.heading)]


def words_of(text: str) -> list[str]:
    """The words of a text, lower case."""
    return _WORD.findall(text.lower())


def tokens(blocks: Iterable[Block], words: Iterable[Words]) -> Iterator[Tokens]:
    """The tokens of each block, of which `words` are all words."""
    heading: AbstractSet[str] = frozenset()
    for block, own in zip(blocks, words, strict=True):
        yield Tokens(path_tokens(block.path), set(own[:FIRST_WORDS]), len(own) <= LINE_WORDS, heading)
        if block.label is Label.HEADING:
            heading = frozenset(own[:HEADING_WORDS])


@lru_cache(maxsize=20_000)
def path_tokens(path: str) -> frozenset[str]:
    """The tokens of a block's place."""
    found = set[str]()
    for above, step in enumerate(reversed(path.split(">")[-FAR:])):
        tag, names = _names(step)
        kind = "a" if above == 0 else "b" if above < 3 else "c"  # noqa: PLR2004 - itself, near, far
        found.update(kind + name for name in names)
        if above <= 1:
            found.add(f"{kind}<{tag}")
    return frozenset(found)


@lru_cache(maxsize=50_000)
def _names(step: str) -> tuple[str, frozenset[str]]:
    tag = _TAG.match(step)
    name = tag[0] if tag else ""
    return name, frozenset(part.lower() for part in _NAME.findall(step[len(name) :]))


def scores(blocks: Sequence[Block], words: Sequence[Words], lexicon: Lexicon) -> NDArray[np.float64]:
    """For each block a row of sums of its tokens' weights: of its place, as a line, as a paragraph, of the heading."""
    paths = {path: _sum(path_tokens(path), lexicon.path) for path in {block.path for block in blocks}}
    rows, heading, above = [], None, 0
    for block, found in zip(blocks, tokens(blocks, words), strict=True):
        if found.heading is not heading:
            heading, above = found.heading, _sum(found.heading, lexicon.heading)
        own = _sum(found.words, lexicon.line if found.is_line else lexicon.paragraph)
        rows.append((paths[block.path], own if found.is_line else 0, 0 if found.is_line else own, above))
    return np.array(rows, np.float64).reshape(len(blocks), 4)


def _sum(found: AbstractSet[str], weights: Weights) -> int:
    return sum([weights[token] for token in found if token in weights])
