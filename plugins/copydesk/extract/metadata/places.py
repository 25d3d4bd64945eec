"""Where a page's lines stand: around its headline, behind its text, in the site's frame."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from copydesk.models import Block, Label

ABOVE: Final = 8  # blocks above the headline where a byline or date may stand
BELOW: Final = 8  # blocks below it at least, also where the text begins at once
FAR: Final = 40  # blocks below it at most
INTO: Final = 2  # blocks of the text that may still be a byline
BEHIND: Final = 30  # blocks behind the text, where a box may present the author
LINE_CHARS: Final = 200
LABEL_CHARS: Final = 24
SHORT_CHARS: Final = 80  # a name of its own
BESIDE: Final = 2  # blocks between a name and a date of one line
STEPS: Final = 7  # of a path that say where a line stands

_LABEL: Final = re.compile(
    r"(?:(?:written|posted|story|words|authored|article|published|(?:medically |fact[ -]?)?(?:reviewed|checked|edited))"
    r" )?by:?|authors?:?|author\(s\):?|autor(?:in)?:|von:?|par:?",
    re.IGNORECASE,
)
_FRAME: Final = re.compile(
    r"breadcrumb|[.#]menu|[.#]nav|^nav|^footer|^form|^button|[.#]footer|categor|[.#]tax-|terms|[.#-]tags?\b|[.#-]topic|filter"
    r"|dropdown|subscribe|product",
    re.IGNORECASE,
)
# The first of a path's elements that is the page's header or the place of its content.
_HEADERS: Final = re.compile(r"(?:^|>)(header|article|main|section)\b")


@dataclass(frozen=True, slots=True)
class Places:
    """Where a page's article stands, as positions of blocks: its headline, and the first and last of its text."""

    headline: int
    start: int
    end: int

    def above_text(self, blocks: Iterable[Block]) -> list[Block]:
        """The lines around the headline and down to the text: those below it first, the nearer before the farther."""
        first = max(min(self.headline, self.start), self.headline - FAR) - ABOVE
        last = min(max(self.start + INTO, self.headline + BELOW), self.headline + FAR)
        last = min(last, max(self.end, self.start))
        near = _lines(block for block in blocks if first <= block.position <= last)
        near.sort(
            key=lambda block: (
                block.position < self.headline,
                abs(block.position - self.headline),
            )
        )
        return near

    def ending(self, blocks: Iterable[Block]) -> list[Block]:
        """The text's last blocks and those behind it, as they are."""
        return [block for block in blocks if self.end - INTO < block.position <= self.end + BEHIND]

    def behind_text(self, blocks: Iterable[Block]) -> list[Block]:
        """The text's last lines, and those behind it."""
        return _lines(self.ending(blocks))


def _lines(blocks: Iterable[Block]) -> list[Block]:
    """The blocks that are lines, each with the label that stands alone before it ("Written by").

    A heading that is a label holds for all of the list behind it.
    """
    found: list[Block] = []
    label, is_heading = "", False
    for block in blocks:
        if len(block.text) > LINE_CHARS:
            continue
        if is_label(block):
            found.append(block)
            label, is_heading = block.text.rstrip(":"), not _is_item(block)
        else:
            found.append(replace(block, text=f"{label}: {block.text}") if label and is_short(block) else block)
            label = label if is_heading and _is_item(block) else ""
    return found


def _is_item(block: Block) -> bool:
    return any(step.startswith("li") for step in block.path.rsplit(">", 3)[-3:])


def is_label(block: Block) -> bool:
    """Whether a line is no more than what stands before an author's name."""
    return len(block.text) <= LABEL_CHARS and _LABEL.fullmatch(block.text) is not None


def is_short(block: Block) -> bool:
    return len(block.text) <= SHORT_CHARS


def in_frame(block: Block) -> bool:
    return block.label is Label.OTHER_BOILERPLATE or any(map(_names_frame, steps(block)))


def in_masthead(block: Block) -> bool:
    """Whether a block stands in the header of the page, and not in that of its article."""
    found = _HEADERS.search(block.path)
    return found is not None and found[1] == "header"


def steps(block: Block, last: int = STEPS) -> list[str]:
    """The last elements of a block's path, each with its names."""
    return block.path.rsplit(">", last)[-last:]


@lru_cache(maxsize=20_000)
def _names_frame(step: str) -> bool:
    return _FRAME.search(step) is not None
