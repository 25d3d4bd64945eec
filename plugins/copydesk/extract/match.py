"""Which of a page's blocks a text holds: one that an extractor made of the page, or that the page carries elsewhere."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from copydesk.models import Block

LONG_CHARS: Final = 32  # letters that are hardly found twice by chance
NEAR_CHARS: Final = 400  # letters between two blocks that follow each other

_NO_LETTERS: Final = re.compile(r"[\W_]+")


def letters(text: str) -> str:
    """The letters and digits of a text, lower case, nothing between them."""
    return _NO_LETTERS.sub("", text).lower()


def matched(blocks: Sequence[Block], text: str) -> list[bool]:
    """For each block whether `text` holds it. A short block counts only where the text goes on behind the last one.

    A block without letters counts as the block before it does.
    """
    whole = letters(text)
    cursor, before, found = 0, False, []
    for block in blocks:
        own = letters(block.text)
        if own:
            end = _end_of(own, whole, cursor)
            before = end is not None
            cursor = end if end is not None else cursor
        found.append(before)
    return found


def _end_of(own: str, whole: str, cursor: int) -> int | None:
    """Where a block's letters end in the text, None if they are not in it."""
    at = whole.find(own, cursor, cursor + NEAR_CHARS + len(own))
    if at < 0 and len(own) >= LONG_CHARS:
        at = whole.find(own)
    return at + len(own) if at >= 0 else None
