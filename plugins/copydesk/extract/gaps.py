"""A line or two that the model half believes, in the midst of what it is sure of, is of the article too.

Short quotations and items of lists look like the lists around articles: alone, not where the article goes on behind.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from copydesk.extract.model import CERTAIN
from copydesk.models import KEPT_LABELS, Block

MAX_GAP = 2  # blocks
HALF_BELIEVED = 0.3 * CERTAIN
SURE = 0.8 * CERTAIN
MAX_LINKS = 0.5


def without_gaps(blocks: Sequence[Block], chosen: Sequence[bool], probabilities: Sequence[int]) -> tuple[bool, ...]:
    """The choice with each gap of up to MAX_GAP blocks filled that stands between sure blocks, in their element."""
    filled = list(chosen)
    for start, end in _gaps(chosen):
        sure = probabilities[start - 1] >= SURE and probabilities[end] >= SURE
        if sure and all(probabilities[index] >= HALF_BELIEVED for index in range(start, end)):
            around = (_container(blocks[start - 1]), _container(blocks[end]))
            filled[start:end] = [_may_be_text(block) and block.path.startswith(around) for block in blocks[start:end]]
    return tuple(filled)


def _gaps(chosen: Sequence[bool]) -> Iterator[tuple[int, int]]:
    """Start and end of each short run of blocks that are not chosen, between two that are."""
    last = len(chosen)
    for index, taken in enumerate(chosen):
        if taken:
            if last < index <= last + MAX_GAP:
                yield last, index
            last = index + 1


def _container(block: Block) -> str:
    return block.path.rpartition(">")[0]


def _may_be_text(block: Block) -> bool:
    return block.label in KEPT_LABELS and block.link_density < MAX_LINKS
