"""Whether a line's words are those of wrapping: each has a weight, their sum says how sure that is."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from copydesk.clean.lines import Line
from copydesk.clean.verdict import Verdict
from copydesk.clean.wording.tokens import SHAPE, tokens
from copydesk.models import Label

FOLDER = Path(__file__).resolve().parent
MAX_CHARS = 320
LEAST_WORDS = 50  # hundredths that a line's words alone must weigh: its shape does not make it wrapping
WORDINGS = frozenset(f"wording.{label}" for label in Label)


@dataclass(frozen=True, slots=True)
class Weight:
    """How much a token speaks for wrapping, in hundredths of log-odds, and which label it speaks for most."""

    value: int
    label: Label | None


Known = list[tuple[str, Weight]]


class Wording:
    """The weights of tokens, in hundredths of log-odds, and what to make of their sum."""

    def __init__(self, weights: Mapping[str, Weight], bias: int, version: str) -> None:
        self._weights = weights
        self._bias = bias
        self.version = version

    def verdict(self, line: Line, sure: int) -> Verdict | None:
        """The verdict on a line whose words and shape weigh at least `sure` hundredths, and its words not little."""
        if len(line.folded) > MAX_CHARS:
            return None
        known = self.known(line)
        if self._bias + sum(weight.value for _, weight in known) < sure:
            return None
        if sum(weight.value for token, weight in known if token[0] != SHAPE) < LEAST_WORDS:
            return None
        label = _label(known)
        return Verdict(label, f"wording.{label}", self.version)

    def known(self, line: Line) -> Known:
        """The tokens of a line that have a weight, with it: the evidence, in no order."""
        weights = self._weights
        return [(token, weights[token]) for token in tokens(line) if token in weights]


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
    for file in sorted(FOLDER.glob("*.json")):
        document = json.loads(file.read_text(encoding="utf-8"))
        bias += document.get("bias", 0)
        version = document.get("version", version)
        weights.update((token, _weight(*weight)) for token, weight in document["weights"].items())
    return Wording(weights, bias, version)


@cache
def _weight(value: int, label: str) -> Weight:
    """One object for all tokens that weigh the same: there are a few thousand of those."""
    return Weight(value, Label(label) if label else None)
