"""What the ledger calls what a site puts at a place: told by the rules of cleaning once, when the site is learned.

So they need not be asked again for each line that a profile takes off a page.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from itertools import chain

from copydesk.clean.rulebook import standard_rulebook
from copydesk.models import Label
from copydesk.profiles.model import Ruling
from copydesk.profiles.rulings import Vote, bare

NAMED_SHARE = 0.5  # of the characters that stood at a place
NAMED_BELOW = 0.3  # of the blocks below an element: a caption stands beside buttons, a prompt beside its fields


def named(rulings: Iterable[Ruling], pages: Sequence[Sequence[Vote]]) -> tuple[Ruling, ...]:
    """The same rulings, those against body with the label that rules give most of what stands there, if they do."""
    texts: defaultdict[str, list[str]] = defaultdict(list)
    for vote in chain.from_iterable(pages):
        for key in {vote.key, bare(vote.key)}:
            texts[key].append(vote.text)
    return tuple(
        ruling if ruling.body else replace(ruling, label=_label(ruling.path, texts[ruling.path])) for ruling in rulings
    )


def by_path(rulings: Iterable[Ruling]) -> Mapping[str, Label]:
    """What stands at, or below, paths that hold no body, for those of which the rulings tell."""
    told: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for ruling in rulings:
        path = ruling.path.partition("@")[0]
        for above in {ruling.path, *prefixes(path)}:
            told[above][ruling.label] += ruling.blocks
    found = ((path, _most(counts, NAMED_BELOW)) for path, counts in told.items())
    return {path: Label(label) for path, label in found if label}


def prefixes(path: str) -> list[str]:
    """A path, and those of all elements above."""
    steps = path.split(">")
    return [">".join(steps[:length]) for length in range(1, len(steps) + 1)]


def _label(key: str, texts: Sequence[str]) -> str:
    path = key.partition("@")[0]
    told: Counter[str] = Counter()
    for text in texts:
        told[_of_text(text, path)] += len(text)
    return _most(told, NAMED_SHARE)


def _of_text(text: str, path: str) -> str:
    rules = standard_rulebook().of_text(text, path)
    return next((rule.label.value for rule in rules if not rule.sites), "")


def _most(counts: Counter[str], share: float) -> str:
    """The label that most of them bear, empty where it is less than that share."""
    label, count = max(((label, count) for label, count in counts.items() if label), key=_rank, default=("", 0))
    return label if count >= share * counts.total() else ""


def _rank(counted: tuple[str, int]) -> tuple[int, str]:
    return counted[1], counted[0]
