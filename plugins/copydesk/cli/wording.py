"""Which words spoke for taking a line off that no rule foresaw."""

from __future__ import annotations

from copydesk.clean.lines import line_of
from copydesk.clean.rule import MAX_LINE_CHARS
from copydesk.clean.wording import WORDINGS, standard_wording
from copydesk.models import Block, Removal

WORDS_SHOWN = 4


def words_that_spoke(removal: Removal) -> dict[str, float]:
    """The few words with the most weight, in log-odds, the heaviest first; none for a removal by anything else.

    They are cut and marked as `copydesk.clean.wording.tokens` says.
    """
    if removal.rule not in WORDINGS:
        return {}
    line = line_of(Block(removal.position, removal.text, path=removal.path), MAX_LINE_CHARS)
    weights = sorted((-weight.value, token) for token, weight in standard_wording().known(line) if weight.value > 0)
    return {token: -value / 100 for value, token in weights[:WORDS_SHOWN]}
