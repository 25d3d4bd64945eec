"""Whether a line is wrapping by its words and by how it stands: each has a weight, their sum says how sure that is."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from copydesk.clean.lines import Line
from copydesk.clean.wording.standing import Facts
from copydesk.clean.wording.tokens import SHAPE, tokens
from copydesk.models import Label

FOLDER = Path(__file__).resolve().parent
STANDING_FILE = FOLDER / "standing.json"
MAX_CHARS = 320
WORDINGS = frozenset(f"wording.{label}" for label in Label)


@dataclass(frozen=True, slots=True)
class Weight:
    """How much a token speaks for wrapping, in hundredths of log-odds, and which label it speaks for most."""

    value: int
    label: Label | None


Known = list[tuple[str, Weight]]


@dataclass(frozen=True, slots=True)
class Weighed:
    """What a line's words, and the signs of its shape, weigh in sum, and the label for which its words speak most."""

    words: int
    shape: int
    label: Label


class Wording:
    """The weights of tokens, in hundredths of log-odds, and what to make of their sum."""

    def __init__(self, weights: Mapping[str, Weight], bias: int, version: str) -> None:
        self._weights = weights
        self._bias = bias
        self.version = version

    def weighed(self, line: Line) -> Weighed | None:
        """What a line weighs; None where its words do not speak for wrapping, or it is too long to be judged so."""
        if len(line.folded) > MAX_CHARS:
            return None
        known = self.known(line)
        words = sum(weight.value for token, weight in known if token[0] != SHAPE)
        if words <= 0:
            return None
        return Weighed(words, self._bias + sum(weight.value for _, weight in known) - words, _label(known))

    def known(self, line: Line) -> Known:
        """The tokens of a line that have a weight, with it: the evidence, in no order."""
        weights = self._weights
        return [(token, weights[token]) for token in tokens(line) if token in weights]


@dataclass(frozen=True, slots=True)
class Judge:
    """What a line's words, its shape and how it stands weigh together: see `standing.json`.

    `words` and `shape` are shares of their sums, in hundredths; the rest is hundredths of log-odds, `facts` by name.
    A line that is `alone`, amid text that stays, must weigh more than others.
    """

    words: int
    shape: int
    bias: int
    sure: int
    sure_alone: int
    facts: Mapping[str, int]

    def weight(self, weighed: Weighed, told: Facts) -> int:
        """How sure it is that a line is wrapping, in hundredths of log-odds."""
        return self.bias + (weighed.words * self.words + weighed.shape * self.shape) // 100 + self.standing(told)

    def standing(self, told: Facts) -> int:
        """What the facts weigh by themselves; those that no known line had weigh nothing."""
        return sum(self.facts.get(name, 0) * often for name, often in told.items())

    def is_sure(self, weighed: Weighed, told: Facts, *, alone: bool, asks: bool) -> bool:
        """Does the line go? One that `asks` needs the words for it: articles ask questions anywhere."""
        if asks and weighed.words < self.sure:
            return False
        return self.weight(weighed, told) >= (self.sure_alone if alone else self.sure)


def _label(known: Known) -> Label:
    """The label for which the tokens speak most."""
    sums: Counter[Label] = Counter()
    for _, weight in known:
        if weight.label is not None:
            sums[weight.label] += weight.value
    return max(sums, key=lambda label: (sums[label], label), default=Label.OTHER_BOILERPLATE)


@cache
def standard_wording() -> Wording:
    """The weights that come with copydesk, read once a process."""
    weights: dict[str, Weight] = {}
    bias, version = 0, "1"
    for file in sorted(set(FOLDER.glob("*.json")) - {STANDING_FILE}):
        document = json.loads(file.read_text(encoding="utf-8"))
        bias += document.get("bias", 0)
        version = document.get("version", version)
        weights.update((token, _weight(*weight)) for token, weight in document["weights"].items())
    return Wording(weights, bias, version)


@cache
def _weight(value: int, label: str) -> Weight:
    """One object for all tokens that weigh the same: there are a few thousand of those."""
    return Weight(value, Label(label) if label else None)


@cache
def standard_judge() -> Judge:
    """The weights of standing that come with copydesk, read once a process."""
    return Judge(**json.loads(STANDING_FILE.read_text(encoding="utf-8")))
