"""How far a block's own markup is believed when it says that the block is no text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import replace

from copydesk.models import KEPT_LABELS, Block, Label

MAX_SHARE = 0.3  # of a page's characters under one such label: then it is a name for the whole container
NOTICE_CHARS = 200
# Measured on pages of known text: inside what a reading took for the body, these names say little.
_VAGUE = frozenset({Label.OTHER_BOILERPLATE})


def trusted(blocks: Sequence[Block]) -> Iterable[Block]:
    """The blocks, those with a label that cannot be believed as plain body text."""
    total = sum(len(block.text) for block in blocks) or 1
    under: Counter[Label] = Counter()
    for block in blocks:
        under[block.label] += len(block.text)
    doubtful = _VAGUE | {label for label, chars in under.items() if chars > MAX_SHARE * total and chars > NOTICE_CHARS}
    return (replace(block, label=Label.BODY) if _is_doubtful(block, doubtful) else block for block in blocks)


def _is_doubtful(block: Block, doubtful: frozenset[Label]) -> bool:
    if block.label in KEPT_LABELS:
        return False
    too_long = block.label is Label.COMMENTS_NOTICE and len(block.text) > NOTICE_CHARS
    return too_long or block.label in doubtful
