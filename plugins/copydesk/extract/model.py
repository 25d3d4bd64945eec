"""The model that weighs a block's features: two small forests of decision trees, and the lexicon they were fitted with.

The first forest looks at a block and what stands around it, the second at what the first one said of its surroundings.
They are read from `body_model.json`. They were fitted on pages with known bodies (WCXB development split, M. Foley
2026, CC-BY-4.0, and the test pages of flairNLP/fundus); the file holds thresholds on features, and weights of names and
words that many sites share. Sums are of whole numbers, so that their order changes nothing.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from copydesk.extract.features import FEATURES, SECOND, Array, Declared, Sheet, features, second
from copydesk.extract.lexicon import Lexicon
from copydesk.models import Block

MODEL_FILE: Final = Path(__file__).with_name("body_model.json")
LEAF_UNIT: Final = 100_000  # leaves are whole numbers of this part
CERTAIN: Final = 1_000_000  # probabilities are whole numbers of this part
THOUSANDTHS: Final = 1_000  # the second forest is told them in this part
ROWS: Final = 2_000  # of blocks that are weighed at a time

Probabilities = NDArray[np.int64]


@dataclass(frozen=True, slots=True)
class Forest:
    """Trees laid end to end. From a node, a row whose `feature` is above `threshold` goes to the second of `children`.

    A leaf is worth `value`; its children are the leaf itself.
    """

    roots: NDArray[np.intp]
    feature: NDArray[np.intp]
    threshold: Array
    value: NDArray[np.int64]
    children: NDArray[np.intp]  # two a node
    depth: int

    def scores(self, rows: Array) -> NDArray[np.int64]:
        """For each row of features the sum of the leaves that it falls into, in LEAF_UNITs."""
        parts = [self._scores(rows[start : start + ROWS]) for start in range(0, len(rows), ROWS)]
        return np.concatenate(parts) if parts else np.zeros(0, np.int64)

    def _scores(self, rows: Array) -> NDArray[np.int64]:
        values = rows.ravel()
        starts = np.arange(0, rows.size, rows.shape[1])[:, np.newaxis]
        at = np.broadcast_to(self.roots, (len(rows), len(self.roots)))
        for _ in range(self.depth):
            above = values.take(starts + self.feature.take(at)) > self.threshold.take(at)
            at = self.children.take(2 * at + above)
        score: NDArray[np.int64] = self.value.take(at).sum(axis=1)
        return score


@dataclass(frozen=True, slots=True)
class BodyModel:
    """The forests, and the lexicon that they were fitted with."""

    forest: Forest
    second: Forest
    lexicon: Lexicon

    @classmethod
    def of(cls, stored: Mapping[str, Any]) -> BodyModel:
        """The model as its file holds it."""
        return cls(forest(stored["trees"]), forest(stored["second"]), Lexicon.of(stored["lexicon"]))

    def probabilities(self, blocks: Sequence[Block], told: Sequence[bool], known: Declared) -> Probabilities:
        """How likely each block belongs to the body, in parts of CERTAIN: by both forests, each with half the say."""
        sheet = Sheet(blocks, self.lexicon)
        first = self.forest.scores(features(sheet, told, known))
        again = self.second.scores(second(sheet, likely(first, THOUSANDTHS)))
        whole: Probabilities = likely(first + again, CERTAIN, 2).astype(np.int64)
        return whole


def likely(scores: NDArray[np.int64], parts: int, forests: int = 1) -> NDArray[np.float64]:
    """What sums of the leaves of so many forests mean, as probabilities in whole parts."""
    whole: NDArray[np.float64] = np.round(parts / (1 + np.exp(-scores / (LEAF_UNIT * forests))))
    return whole


@dataclass(frozen=True, slots=True)
class Choice:
    """Which blocks are the body, the F1 to expect of them if the probabilities are right, and the probabilities."""

    chosen: tuple[bool, ...]
    expected: float
    probabilities: tuple[int, ...] = ()


def choose(probabilities: Probabilities, sizes: Sequence[int]) -> Choice:
    """The blocks of at least the probability that makes the expected F1, counted by `sizes`, the highest.

    So a block that is more likely part of the body than not is always taken, as it adds to any F1 below 1.
    """
    if not len(probabilities):
        return Choice((), 0.0)
    weights = np.maximum(1, np.array(sizes, np.int64))
    order = np.argsort(-probabilities, kind="stable")
    right = np.cumsum((probabilities * weights)[order])
    expected = 2 * right / (CERTAIN * np.cumsum(weights[order]) + right[-1])
    best = int(np.argmax(expected))
    least = int(probabilities[order[best]])
    chosen = tuple(bool(one) for one in probabilities >= least)
    return Choice(chosen, float(expected[best]), tuple(probabilities.tolist()))


def expected_f1(probabilities: Sequence[int], sizes: Sequence[int], chosen: Sequence[bool]) -> float:
    """The F1 to expect of any choice of blocks, counted by `sizes`, if the probabilities are right."""
    mass = [one * size for one, size in zip(probabilities, sizes, strict=True)]
    right = sum(itertools.compress(mass, chosen))
    return 2 * right / max(1, CERTAIN * sum(itertools.compress(sizes, chosen)) + sum(mass))


@lru_cache(maxsize=1)
def body_model() -> BodyModel:
    """The model, read once a process."""
    stored = json.loads(MODEL_FILE.read_text(encoding="utf-8"))
    if (tuple(stored["features"]), tuple(stored["second_features"])) != (FEATURES, SECOND):
        raise ValueError(f"{MODEL_FILE.name} was fitted on other features than this version has; fit it anew")
    return BodyModel.of(stored)


def forest(trees: Sequence[Sequence[Sequence[Any]]]) -> Forest:
    """The forest of trees that are lists of nodes: [feature, threshold, left, right], or [value] for a leaf."""
    roots = np.cumsum([0, *(len(tree) for tree in trees)])[:-1]
    rows = [
        _row(node, root + place, root)
        for tree, root in zip(trees, roots.tolist(), strict=True)
        for place, node in enumerate(tree)
    ]
    feature, threshold, value, *children = zip(*rows, strict=True)
    return Forest(
        roots=roots.astype(np.intp),
        feature=np.array(feature, np.intp),
        threshold=np.array(threshold, np.float32),
        value=np.array(value, np.int64),
        children=np.array(children, np.intp).T.ravel(),
        depth=max(_depth(tree, 0) for tree in trees),
    )


def _row(node: Sequence[Any], at: int, root: int) -> tuple[int, float, int, int, int]:
    """Feature, threshold, value, children of the node that is number `at` of the forest; its tree begins at `root`."""
    if len(node) == 1:
        return 0, 0.0, node[0], at, at
    feature, threshold, left, right = node
    return feature, threshold, 0, root + left, root + right


def _depth(tree: Sequence[Sequence[Any]], node: int) -> int:
    return 0 if len(tree[node]) == 1 else 1 + max(_depth(tree, tree[node][2]), _depth(tree, tree[node][3]))
