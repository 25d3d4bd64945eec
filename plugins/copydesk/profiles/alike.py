"""How alike two readings of one page are."""

from __future__ import annotations

import re
from collections import Counter

# A word; of scripts that do not part words, a character.
_WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0eff]|[^\W\u3040-\u30ff\u3400-\u9fff\u0e00-\u0eff]+")


def alike(one: str, other: str) -> float:
    """F-measure of the words that two texts share, between 0 (none, or no words) and 1 (the same words)."""
    left, right = _words(one), _words(other)
    total = left.total() + right.total()
    return 2 * (left & right).total() / total if total else 0.0


def _words(text: str) -> Counter[str]:
    return Counter(_WORD.findall(text.casefold()))
