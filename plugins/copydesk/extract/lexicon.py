"""What the names of a block's elements and its words tell, by weights that were fitted with the model of the body.

A token is a kind and a name: `a`, `b`, `c` and a part of an id or class (of the block's element, of the two above, of
those farther above) or `<tag`; `w` and a word of a line, `l` and a word that begins a paragraph, `h` and a word of the
heading above. Names and words that few sites use have no weight.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Final

import numpy as np

from copydesk.extract.features.sheet import Numbers, words_of
from copydesk.models import Block, Label

KINDS: Final = ("path", "line", "paragraph", "heading")
FAR: Final = 9  # elements
FIRST_WORDS: Final = 25
LINE_WORDS: Final = 40
HEADING_WORDS: Final = 6

_NAME: Final = re.compile(r"[A-Z]?[a-z]{2,}|[A-Z]{2,}(?![a-z])")
_TAG: Final = re.compile(r"[^.#]*")

Tokens = tuple[Sequence[str], Sequence[str], Sequence[str], Sequence[str]]


def tokens(blocks: Iterable[Block]) -> Iterator[Tokens]:
    """The tokens of each block, of each of KINDS; sorted, none twice."""
    heading: Sequence[str] = ()
    for block in blocks:
        words = words_of(block.text)
        first = {word for word in words[:FIRST_WORDS] if len(word) > 1}
        is_line = len(words) <= LINE_WORDS
        yield (
            path_tokens(block.path),
            sorted(f"w{word}" for word in first) if is_line else (),
            () if is_line else sorted(f"l{word}" for word in first),
            heading,
        )
        if block.label is Label.HEADING:
            heading = sorted({f"h{word}" for word in words[:HEADING_WORDS]})


@lru_cache(maxsize=20_000)
def path_tokens(path: str) -> tuple[str, ...]:
    """The tokens of a block's place, sorted."""
    found = set[str]()
    for above, step in enumerate(reversed(path.split(">")[-FAR:])):
        tag, names = _names(step)
        kind = "a" if above == 0 else "b" if above < 3 else "c"  # noqa: PLR2004 - itself, near, far
        found.update(kind + name for name in names)
        if above <= 1:
            found.add(f"{kind}<{tag}")
    return tuple(sorted(found))


@lru_cache(maxsize=50_000)
def _names(step: str) -> tuple[str, frozenset[str]]:
    tag = _TAG.match(step)
    name = tag[0] if tag else ""
    return name, frozenset(part.lower() for part in _NAME.findall(step[len(name) :]))


def scores(blocks: Sequence[Block], weights: Mapping[str, int]) -> Numbers:
    """For each block a row of sums of its tokens' weights, one for each of KINDS, in hundredths."""
    if not blocks:
        return np.zeros((0, len(KINDS)))
    known = weights.get
    paths = {path: sum(known(token, 0) for token in path_tokens(path)) for path in {block.path for block in blocks}}
    rows = [
        (paths[block.path], *(sum([known(token, 0) for token in kind]) for kind in found[1:]))
        for block, found in zip(blocks, tokens(blocks), strict=True)
    ]
    return np.array(rows, np.float64)
