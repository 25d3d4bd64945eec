"""Weights of the lexicon's tokens, by logistic regression on which blocks of known pages are body."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from copydesk.extract.lexicon import tokens, words_of
from copydesk.models import Block

MIN_SITES = 12  # that use a token
RIDGE = 20.0
ROUNDS = 60
LEAST = 5  # hundredths; smaller weights are dropped

Floats = NDArray[np.float64]
Taught = tuple[str, Sequence[Block], Floats, Floats]  # site, blocks, which are body, how much each counts


def fit_lexicon(taught: Sequence[Taught]) -> dict[str, int]:
    """Each token's weight in hundredths."""
    import scipy.optimize  # noqa: PLC0415 - comes with LightGBM, only here
    import scipy.sparse  # noqa: PLC0415

    pages = [_named(blocks) for _, blocks, _, _ in taught]
    names = _names([site for site, *_ in taught], pages)
    index = {name: place for place, name in enumerate(names)}
    rows = [sorted(index[token] for token in block if token in index) for page in pages for block in page]
    ends = np.cumsum([0, *map(len, rows)])
    columns = np.array([place for row in rows for place in row], np.int64)
    matrix = scipy.sparse.csr_matrix((np.ones(len(columns)), columns, ends), shape=(len(rows), len(names)))
    truth = np.concatenate([one[2] for one in taught])
    weights = np.concatenate([one[3] for one in taught])
    weights = weights / weights.mean()

    def loss(values: Floats) -> tuple[float, Floats]:
        score = matrix @ values[1:] + values[0]
        wrong = weights * (1 / (1 + np.exp(-score)) - truth)
        cost = (weights * (np.logaddexp(0, score) - truth * score)).sum() + RIDGE * (values[1:] @ values[1:]) / 2
        return float(cost), np.concatenate([[wrong.sum()], matrix.T @ wrong + RIDGE * values[1:]])

    start = np.zeros(len(names) + 1)
    found = scipy.optimize.minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": ROUNDS}).x[1:]
    hundredths = np.round(found * 100).astype(int).tolist()
    return {name: weight for name, weight in zip(names, hundredths, strict=True) if abs(weight) >= LEAST}


def _named(blocks: Sequence[Block]) -> list[list[str]]:
    return [found.named() for found in tokens(blocks, [words_of(block.text) for block in blocks])]


def _names(sites: Sequence[str], pages: Sequence[Sequence[Sequence[str]]]) -> list[str]:
    """The tokens that at least MIN_SITES sites use."""
    users: dict[str, set[str]] = {}
    for site, page in zip(sites, pages, strict=True):
        for token in {token for block in page for token in block}:
            users.setdefault(token, set()).add(site)
    return sorted(token for token, found in users.items() if len(found) >= MIN_SITES)
