"""Where a block hangs in the page, what else hangs there, and what the names of the elements around it tell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, Final

import numpy as np

from copydesk.extract.features.sheet import HALF, Numbers, Sheet
from copydesk.models import Label

_ENCLOSING: Final = ("article", "main", "aside", "footer", "header", "nav", "form", "section")
PLACES: Final = (
    *("heading", "list", "table", "quote", "caption", "odd", "linked_heading"),
    *("parent_share", "parent_size", "parent_density", "grand_share", "grand_density", "great_share"),
    *("step_share", "step_prose", "step_size", "step_length", "step_density", "common", "depth", "beyond"),
    *("good_near", "good_far", "bad_near", "bad_far", "span", "paragraph", "division"),
    *(f"in_{tag}" for tag in _ENCLOSING),
)

_GOOD: Final = re.compile(
    r"article|story|post|entry|content|body|text|main|paragraph|blog|news|prose|rich", re.IGNORECASE
)
_BAD: Final = re.compile(
    r"comment|foot|side-?bar|aside|relat|recom|more-|popular|trend|menu|(?:^|[-_.])nav|promo|newsletter|subscri|share|social|widget"
    r"|(?:^|[-_.])ads?(?:$|[-_])|advert|sponsor|cookie|consent|breadcrumb|author|bio|byline|tag|meta|caption|credit|modal|popup|banner"
    r"|teaser|card|carousel|toc|contents|signup|sign-up|login|form|rating|disclaim|copyright|legal|download|cta|button|header|hidden"
    r"|credit|print|date|time|categor|taxonomy|next|prev|pagin|read-?more|disqus|recirc|outbrain|taboola",
    re.IGNORECASE,
)
_TAG: Final = re.compile(r"[^.#]*")
TRUNK_SHARE: Final = 0.7
MAX_MARKS: Final = 4


def places(sheet: Sheet) -> list[Numbers]:
    """The columns of PLACES."""
    return [*_labels(sheet), *_families(sheet), *_branch(sheet), *_names(sheet)]


def _labels(sheet: Sheet) -> list[Numbers]:
    known = (Label.HEADING, Label.LIST, Label.TABLE, Label.QUOTE, Label.CAPTION)
    columns = [sheet.labelled(label) for label in known]
    flags = [*columns, ~sheet.labelled(*known, Label.BODY), columns[0] & (sheet.density > HALF)]
    return [np.asarray(flag, np.float64) for flag in flags]


def _families(sheet: Sheet) -> list[Numbers]:
    """What share of the page hangs under the same elements, and how much of that is links."""
    one = np.ones(sheet.size)
    chars, linked = ([sheet.sums(up, values) for up in range(4)] for values in (sheet.chars, sheet.linked))
    step_size = sheet.sums(0, one)
    return [
        *(chars[1] / sheet.total, sheet.sums(1, one), linked[1] / np.maximum(1, chars[1])),
        *(chars[2] / sheet.total, linked[2] / np.maximum(1, chars[2]), chars[3] / sheet.total),
        *(chars[0] / sheet.total, sheet.sums(0, sheet.prose), step_size, chars[0] / step_size),
        linked[0] / np.maximum(1, chars[0]),
    ]


def _branch(sheet: Sheet) -> list[Numbers]:
    """How far from the trunk a block hangs: steps to the trunk's end, steps in all, and steps beyond it."""
    trunk = _trunk(sheet)
    common = np.array(sheet.by_path(lambda path: _common(path.split(">"), trunk)), np.float64)
    depth = np.array([len(steps) for steps in sheet.steps], np.float64)
    return [len(trunk) - common, depth, depth - common]


def _trunk(sheet: Sheet) -> list[str]:
    """The element path that most of the prose hangs on: step by step where TRUNK_SHARE of it goes."""
    likely = sheet.prose & (sheet.score > 0)
    inside = [int(index) for index in np.flatnonzero(likely if likely.any() else sheet.prose)]
    weight = sum(int(sheet.chars[index]) for index in inside)
    trunk: list[str] = []
    while inside:
        level = len(trunk)
        ways: Counter[str] = Counter()
        for index in inside:
            if len(sheet.steps[index]) > level + 1:
                ways[sheet.steps[index][level]] += int(sheet.chars[index])
        step, chars = ways.most_common(1)[0] if ways else ("", 0)
        if chars < TRUNK_SHARE * weight:
            break
        trunk.append(step)
        inside = [i for i in inside if len(sheet.steps[i]) > level + 1 and sheet.steps[i][level] == step]
    return trunk


def _common(steps: Sequence[str], trunk: Sequence[str]) -> int:
    pairs = enumerate(zip(steps, trunk, strict=False))
    return next((place for place, (ours, theirs) in pairs if ours != theirs), min(len(steps), len(trunk)))


def _names(sheet: Sheet) -> list[Numbers]:
    """What ids and classes of the block and of the elements around it tell, and its tags."""
    rows = np.array(sheet.by_path(_named), np.float64)
    return list(rows.T)


def _named(path: str) -> tuple[Any, ...]:
    steps = path.split(">")
    tags = [_tag(step) for step in steps]
    last = tags[-1]
    own = (last in ("span", "a", "strong", "b", "em"), last == "p", last == "div")
    return (*_marks(steps), *own, *(tag in tags for tag in _ENCLOSING))


def _marks(steps: Sequence[str]) -> tuple[int, ...]:
    """How many names tell of text, in the last two elements and in the five above; and how many of something else."""
    near, far = [_mark(step) for step in steps[-2:]], [_mark(step) for step in steps[-7:-2]]
    return tuple(min(MAX_MARKS, sum(pair[kind] for pair in pairs)) for kind in (0, 1) for pairs in (near, far))


@lru_cache(maxsize=50_000)
def _mark(step: str) -> tuple[int, int]:
    """How many names of an element tell of text, and how many of something else."""
    return len(_GOOD.findall(step)), len(_BAD.findall(step))


@lru_cache(maxsize=50_000)
def _tag(step: str) -> str:
    found = _TAG.match(step)
    return found[0] if found else ""
