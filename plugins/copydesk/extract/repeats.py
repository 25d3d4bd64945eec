"""Text that stands on a page more than once: an article for wide and for narrow screens, a notice beside each embed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final

from copydesk.models import Block

RUN: Final = 3  # different blocks in a row
RUN_CHARS: Final = 300  # in them; less comes again under every product of a comparison
BLOCK_CHARS: Final = 60  # in each on average; the weeks of a training plan are alike, and have less


def without_repeats(blocks: Sequence[Block], chosen: Sequence[bool]) -> list[bool]:
    """The same without the chosen blocks that stand in a row as they stood in a row before, among the chosen."""
    kept = [index for index, is_chosen in enumerate(chosen) if is_chosen]
    again = {kept[place] for run in runs_again([blocks[index].text for index in kept]) for place in run}
    return [is_chosen and index not in again for index, is_chosen in enumerate(chosen)]


def runs_again(texts: Sequence[str]) -> Iterator[range]:
    """The places of each run of texts that stood before."""
    if len(texts) - len(set(texts)) < RUN:
        return
    first: dict[tuple[str, ...], int] = {}
    start = 0
    while start < len(texts):
        before = first.setdefault(tuple(texts[start : start + RUN]), start)
        length = _alike(texts, before, start)
        if _is_telling(texts[start : start + length]):
            yield range(start, start + length)
        start += max(1, length)


def _alike(texts: Sequence[str], before: int, start: int) -> int:
    """How many texts from `start` on are those from `before` on, none of them counted twice."""
    most = min(start - before, len(texts) - start)
    return next((step for step in range(most) if texts[before + step] != texts[start + step]), most)


def _is_telling(run: Sequence[str]) -> bool:
    return len(set(run)) >= RUN and sum(map(len, run)) >= max(RUN_CHARS, BLOCK_CHARS * len(run))
