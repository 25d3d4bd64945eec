"""The model that weighs a block's features: a small forest of decision trees, read from `body_model.json`.

It was fitted by gradient boosting on pages with known bodies (WCXB development split, M. Foley 2026, CC-BY-4.0, and the
test pages of flairNLP/fundus); it holds thresholds on features only, no text of any page.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from copydesk.extract.features import FEATURES, Array

MODEL_FILE: Final = Path(__file__).with_name("body_model.json")
_LEAF: Final = -1


@dataclass(frozen=True, slots=True)
class Forest:
    """Trees laid end to end. A node splits on `feature` at `threshold`, or is a leaf worth `threshold` (feature -1)."""

    roots: NDArray[np.int32]
    feature: NDArray[np.int32]
    threshold: NDArray[np.float64]
    left: NDArray[np.int32]
    right: NDArray[np.int32]
    depth: int

    def probabilities(self, rows: Array) -> NDArray[np.float64]:
        """For each row of features how likely its block belongs to the body."""
        at = np.broadcast_to(self.roots, (len(rows), len(self.roots)))
        for _ in range(self.depth):
            feature = self.feature[at]
            value = np.take_along_axis(rows, np.maximum(feature, 0), axis=1)
            below = np.where(value <= self.threshold[at], self.left[at], self.right[at])
            at = np.where(feature == _LEAF, at, below)
        score: NDArray[np.float64] = self.threshold[at].sum(axis=1)
        return 1 / (1 + np.exp(-score))


@lru_cache(maxsize=1)
def body_model() -> Forest:
    """The model, read once a process."""
    stored = json.loads(MODEL_FILE.read_text(encoding="utf-8"))
    if tuple(stored["features"]) != FEATURES:
        raise ValueError(f"{MODEL_FILE.name} was fitted on other features than this version has; fit it anew")
    return _forest(stored["trees"])


def _forest(trees: list[list[list[Any]]]) -> Forest:
    roots = np.cumsum([0, *(len(tree) for tree in trees)])[:-1]
    nodes = np.array([node for tree in trees for node in tree], np.float64)
    offsets = np.repeat(roots, [len(tree) for tree in trees])
    return Forest(
        roots=roots.astype(np.int32),
        feature=nodes[:, 0].astype(np.int32),
        threshold=nodes[:, 1],
        left=(nodes[:, 2] + offsets).astype(np.int32),
        right=(nodes[:, 3] + offsets).astype(np.int32),
        depth=max(_depth(tree, 0) for tree in trees),
    )


def _depth(tree: list[list[Any]], node: int) -> int:
    feature, _, left, right = tree[node]
    return 0 if feature == _LEAF else 1 + max(_depth(tree, left), _depth(tree, right))
