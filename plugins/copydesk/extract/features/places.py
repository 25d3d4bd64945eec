"""Where a block hangs in the page, what else hangs there, and what the names of the elements around it tell."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

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
    odd = ~np.any([*columns, sheet.labelled(Label.BODY)], axis=0)
    flags = [*columns, odd, columns[0] & (sheet.density > HALF)]
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
    common = sheet.by_path(lambda path: _common(path.split(">"), trunk))
    depth = np.array([len(steps) for steps in sheet.steps], np.float64)
    return [len(trunk) - common, depth, depth - common]


def _trunk(sheet: Sheet) -> list[str]:
    """The element path that most of the prose hangs on: step by step where TRUNK_SHARE of it goes."""
    likely = sheet.prose & (sheet.score > 0)
    inside: Mapping[tuple[str, ...], int] = _characters(sheet, likely if likely.any() else sheet.prose)
    weight, level = sum(inside.values()), 0
    while inside:
        ways: Counter[str] = Counter()
        for steps, chars in inside.items():
            if len(steps) > level + 1:
                ways[steps[level]] += chars
        step, chars = ways.most_common(1)[0] if ways else ("", 0)
        if chars < TRUNK_SHARE * weight:
            break
        inside = {steps: chars for steps, chars in inside.items() if len(steps) > level + 1 and steps[level] == step}
        level += 1
    return list(next(iter(inside))[:level]) if level else []


def _characters(sheet: Sheet, flags: NDArray[np.bool_]) -> Counter[tuple[str, ...]]:
    """How many characters the flagged blocks of each path have."""
    found: Counter[tuple[str, ...]] = Counter()
    for index in np.flatnonzero(flags).tolist():
        found[tuple(sheet.steps[index])] += int(sheet.chars[index])
    return found


def _common(steps: Sequence[str], trunk: Sequence[str]) -> int:
    pairs = enumerate(zip(steps, trunk, strict=False))
    return next((place for place, (ours, theirs) in pairs if ours != theirs), min(len(steps), len(trunk)))


def _names(sheet: Sheet) -> list[Numbers]:
    """What ids and classes of the block and of the elements around it tell, and its tags."""
    return list(sheet.by_path(_named).T)


@lru_cache(maxsize=20_000)
def _named(path: str) -> tuple[float, ...]:
    steps = [_step(step) for step in path.split(">")]
    near, far = steps[-2:], steps[-7:-2]
    good = (min(MAX_MARKS, sum([step[0] for step in part])) for part in (near, far))
    bad = (min(MAX_MARKS, sum([step[1] for step in part])) for part in (near, far))
    tags = {step[2] for step in steps}
    last = steps[-1][2]
    own = (last in ("span", "a", "strong", "b", "em"), last == "p", last == "div")
    return (*good, *bad, *own, *[tag in tags for tag in _ENCLOSING])


@lru_cache(maxsize=50_000)
def _step(step: str) -> tuple[int, int, str]:
    """How many names of an element tell of text, and how many of something else; and its tag."""
    tag = _TAG.match(step)
    return len(_GOOD.findall(step)), len(_BAD.findall(step)), tag[0] if tag else ""
