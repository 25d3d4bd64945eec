"""The blocks of a page as rules see them: folded text, sentence or not, and how much prose stands before and behind."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from copydesk.folding import fold
from copydesk.models import Block, Label

PROSE_CHARS = 80  # a block at least this long that ends as a sentence carries the article
LONG_PROSE_CHARS = 160  # and one this long does so however it ends
PROSE_LINKS = 0.5  # unless that share of it stands in links
_STOPS = ".。۔।"
_ENDS = _STOPS + "!?؟！？…:"
_CLOSERS = "\"'”’»«“)]）」』 \u200e\u200f\u202c"
_PROSE_LABELS = frozenset({Label.BODY, Label.QUOTE, Label.LIST})


@dataclass(frozen=True, slots=True)
class Line:
    """A block with what is computed of it once: its folded text, and whether it ends with a full stop."""

    block: Block
    folded: str
    is_sentence: bool
    is_prose: bool


def line_of(block: Block, max_chars: int) -> Line:
    """The line of a block; a text longer than `max_chars` is not folded, as no rule may match it."""
    text = block.text.strip()
    end = text[-40:].rstrip(_CLOSERS)[-1:]
    size = len(text)
    prose = size >= LONG_PROSE_CHARS or (size >= PROSE_CHARS and end in _ENDS)
    return Line(
        block=block,
        folded=fold(text) if size <= max_chars else text,
        is_sentence=end != "" and end in _STOPS and not text.endswith(("...", "…")),
        is_prose=prose and block.link_density < PROSE_LINKS and block.label in _PROSE_LABELS,
    )


@dataclass(frozen=True, slots=True)
class Surroundings:
    """How many prose blocks stand before and behind each block, and how many of those an edge may overlook."""

    before: tuple[int, ...]
    behind: tuple[int, ...]
    slack: int

    def in_head(self, index: int) -> bool:
        """True when the text has not begun before block `index`."""
        return self.before[index] <= min(self.slack, 1)

    def in_tail(self, index: int) -> bool:
        """True when the text has ended before block `index`; a teaser or two behind it do not count as text."""
        return self.behind[index] <= self.slack


def surroundings(prose: Sequence[bool]) -> Surroundings:
    """The surroundings of each of a page's blocks, `prose` saying which of them carry the article."""
    total = sum(prose)
    upto = tuple(accumulate(prose))
    return Surroundings(
        before=tuple(count - own for count, own in zip(upto, prose, strict=True)),
        behind=tuple(total - count for count in upto),
        slack=min(2, total // 6),
    )
