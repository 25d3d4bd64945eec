"""Which of a page's blocks a text holds: one that an extractor made of the page, or that the page carries elsewhere."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from typing import Final

from copydesk.models import Block

LONG_CHARS: Final = 32  # letters that are hardly found twice by chance
NEAR_CHARS: Final = 400  # letters between two blocks that follow each other

_NO_LETTERS: Final = re.compile(r"[\W_]+")

Span = tuple[int, int]


def letters(text: str) -> str:
    """The letters and digits of a text, lower case, nothing between them."""
    return _NO_LETTERS.sub("", text).lower()


def matched(blocks: Sequence[Block], text: str) -> list[bool]:
    """For each block whether `text` holds it. A short block counts only where the text goes on behind the last one.

    No two blocks count for the same part of the text: of a headline in the text and in a list of links beside it, the
    one counts whose neighbours are in the text too. A block without letters counts as the block before it does.
    """
    whole = letters(text)
    own = [letters(block.text) for block in blocks]
    kept = _without_doubles(_spans(own, whole), len(whole))
    found: list[bool] = []
    for index, text_of_block in enumerate(own):
        found.append(index in kept if text_of_block else bool(found) and found[-1])
    return found


def _spans(own: Sequence[str], whole: str) -> dict[int, Span]:
    """Where in the text each block stands that is found in it, by the block's index."""
    cursor, found = 0, dict[int, Span]()
    for index, text in enumerate(own):
        end = _end_of(text, whole, cursor) if text else None
        if end is not None:
            found[index] = (end - len(text), end)
            cursor = end
    return found


def _end_of(own: str, whole: str, cursor: int) -> int | None:
    """Where a block's letters end in the text, None if they are not in it."""
    at = whole.find(own, cursor, cursor + NEAR_CHARS + len(own))
    if at < 0 and len(own) >= LONG_CHARS:
        at = whole.find(own)
    return at + len(own) if at >= 0 else None


def _without_doubles(spans: dict[int, Span], length: int) -> set[int]:
    """The blocks that stay when each letter of the text belongs to one: neighbours decide, then length, then order."""
    order = sorted(spans)
    follows = {
        after: 0 <= spans[after][0] - spans[before][1] <= NEAR_CHARS for before, after in itertools.pairwise(order)
    }
    support = {
        index: follows.get(index, False) + follows.get(after, False)
        for index, after in zip(order, [*order[1:], -1], strict=False)
    }
    taken, kept = bytearray(length), set[int]()
    for index in sorted(order, key=lambda index: (-support[index], spans[index][0] - spans[index][1], index)):
        start, end = spans[index]
        if not any(taken[start:end]):
            taken[start:end] = b"\1" * (end - start)
            kept.add(index)
    return kept
