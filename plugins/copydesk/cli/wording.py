"""Which words, and what of how a line stands, spoke for taking it off where no rule foresaw it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache

from copydesk.clean.lines import line_of, surroundings
from copydesk.clean.rule import MAX_LINE_CHARS
from copydesk.clean.verdict import Verdict
from copydesk.clean.wording import WORDINGS, Standing, standard_judge, standard_wording
from copydesk.models import SURROUNDINGS, Article, Block, Removal

WORDS_SHOWN = 4
FACTS_SHOWN = 3


def words_that_spoke(removal: Removal, article: Article) -> dict[str, float]:
    """The few words with the most weight, in log-odds, the heaviest first, and then the facts of how the line stands.

    None for a removal by anything else. Words are cut and marked as `copydesk.clean.wording.tokens` says, facts are
    named as in `standing.json`.
    """
    if removal.rule not in WORDINGS:
        return {}
    known = standard_wording().known(line_of(_block(removal), MAX_LINE_CHARS))
    words = {token: weight.value for token, weight in known}
    return _heaviest(words, WORDS_SHOWN) | _heaviest(_standing(removal, article), FACTS_SHOWN)


def _standing(removal: Removal, article: Article) -> dict[str, int]:
    """What each fact weighs, as all other lines stay or went in the end."""
    positions, standing = _page(article.blocks, article.removals)
    weights = standard_judge().facts
    facts = standing.facts(positions[removal.position])
    return {name: weights.get(name, 0) * often for name, often in facts.items()}


@lru_cache(maxsize=1)  # a page's removals are asked of one after the other
def _page(blocks: tuple[Block, ...], removals: tuple[Removal, ...]) -> tuple[Mapping[int, int], Standing]:
    """How a page's lines stand, and which of them is at a block's position."""
    taken = [one for one in removals if one.rule not in SURROUNDINGS and not one.rule.startswith("profile:")]
    went = {one.position: Verdict(one.label, one.rule, one.rule_version) for one in taken}
    ordered = sorted([*blocks, *map(_block, taken)], key=lambda block: block.position)
    lines = [line_of(block, MAX_LINE_CHARS) for block in ordered]
    found = [went.get(block.position) for block in ordered]
    around = surroundings(lines, lambda place: found[place] is not None)
    return {block.position: place for place, block in enumerate(ordered)}, Standing(lines, found, around)


def _block(removal: Removal) -> Block:
    return Block(removal.position, removal.text, path=removal.path)


def _heaviest(weights: Mapping[str, int], shown: int) -> dict[str, float]:
    ordered = sorted((-weight, name) for name, weight in weights.items() if weight > 0)
    return {name: -weight / 100 for weight, name in ordered[:shown]}
