"""What stands before and behind a block: the title, headings, paragraphs, lists, and what the lexicon says of them."""

from __future__ import annotations

import itertools
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from copydesk.extract.features.sheet import MAX_GAP, Array, Numbers, Sheet, between, shifted, since
from copydesk.extract.match import letters
from copydesk.models import Label

CONTEXT: Final = (
    *("position", "share", "upto", "page_blocks", "from_title", "text_from_title", "is_start"),
    *("prose_behind", "prose_before", "since_prose", "until_prose"),
    *("heading_level", "since_heading", "until_heading", "level", "after_heading", "before_list", "list_run"),
    *("same_parent_before", "same_parent_behind"),
)
WORDING: Final = (
    *("path_score", "line_score", "paragraph_score", "heading_score"),
    *("score_before", "score_behind", "scores_before", "scores_behind", "scores_near"),
    *("step_score", "parent_score", "grand_score"),
)
TITLE_LETTERS: Final = 15  # of a heading that holds a part of the title
LONGEST_RUN: Final = 8
NO_START: Final = -99


def context(sheet: Sheet, title: str) -> list[Numbers]:
    """The columns of CONTEXT."""
    return [*_from_start(sheet, letters(title)), *_prose(sheet), *_headings(sheet), *_neighbours(sheet)]


def wording(sheet: Sheet) -> list[Numbers]:
    """The columns of WORDING: the lexicon's scores of the block, of those around it and in the same elements."""
    weights = sheet.word_counts
    score, weight = sheet.score * weights, weights

    def near(first: int, last: int) -> Numbers:
        return between(score, first, last) / np.maximum(1, between(weight, first, last))

    return [
        *sheet.scores.T,
        *(shifted(sheet.score, 1), shifted(sheet.score, -1), near(-4, -1), near(1, 4), near(-12, 12)),
        *(sheet.sums(up, score) / sheet.sums(up, weight) for up in range(3)),
    ]


def _from_start(sheet: Sheet, title: str) -> list[Numbers]:
    """How far behind the headline a block stands, in blocks and as a share of the page's text."""
    places, start = np.arange(sheet.size), _start(sheet, title)
    return [
        *(places / sheet.size, sheet.chars / sheet.total, sheet.upto, np.full(sheet.size, float(sheet.size))),
        np.clip(places - start, -60, 200) if start is not None else np.full(sheet.size, NO_START),
        sheet.upto - (sheet.upto[start] if start is not None else 0),
        places == (NO_START if start is None else start),
    ]


def _start(sheet: Sheet, title: str) -> int | None:
    """The block of the headline: one that is the title or a part of it, else the first first-rank heading."""
    for index, key in enumerate(sheet.keys if title else ()):
        is_part = sheet.heading[index] and len(key) > TITLE_LETTERS and (key in title or title in key)
        if key == title or is_part:
            return index
    first = np.flatnonzero(sheet.levels == 1)
    return int(first[0]) if len(first) else None


def _prose(sheet: Sheet) -> list[Numbers]:
    """What share of the page's paragraphs stands behind and before a block, and how far away the nearest are."""
    long = sheet.long * sheet.chars
    upto, whole = np.cumsum(long), max(1.0, float(long.sum()))
    return [(whole - upto) / whole, (upto - long) / whole, since(sheet.long), _until(sheet.long)]


def _headings(sheet: Sheet) -> list[Numbers]:
    """The rank of the heading above a block, how far away it and the next one are, and the block's own rank."""
    places = np.arange(sheet.size)
    last = np.maximum.accumulate(np.where(sheet.heading, places, -1))
    ranks = np.where(sheet.levels > 0, sheet.levels, 7)
    above = np.where(last >= 0, ranks[np.maximum(last, 0)], 0)
    distance = np.where(last >= 0, np.minimum(MAX_GAP, places - last), MAX_GAP)
    return [above.astype(np.float64), distance.astype(np.float64), _until(sheet.heading), sheet.levels]


def _neighbours(sheet: Sheet) -> list[Numbers]:
    listed = sheet.labelled(Label.LIST)
    parent = sheet.around(1)
    same = np.array([one == other for one, other in itertools.pairwise(parent.tolist())], np.float64)
    return [
        *(shifted(sheet.heading, 1), shifted(listed, -1), np.minimum(LONGEST_RUN, _run(listed))),
        *(np.concatenate([[0.0], same]), np.concatenate([same, [0.0]])),
    ]


def _until(flags: NDArray[Any]) -> Numbers:
    """How many blocks behind the next flag is, at most MAX_GAP."""
    return since(flags[::-1])[::-1]


def _run(flags: NDArray[Any]) -> Numbers:
    """How many blocks right behind each one have the flag."""
    places = np.arange(len(flags))
    ends = np.where(flags, len(flags), places)  # of a run, the first block without the flag
    first_without = np.minimum.accumulate(ends[::-1])[::-1]
    behind = np.concatenate([first_without[1:], [len(flags)]])
    run: Numbers = (behind - places - 1).astype(np.float64)
    return run


def stacked(columns: list[Numbers]) -> Array:
    """Columns side by side, a row a block."""
    return np.stack([np.asarray(column, np.float32) for column in columns], axis=1)
