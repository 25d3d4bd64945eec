"""What can be seen of each block of a page, as numbers: the input of the model that chooses the body."""

from __future__ import annotations

import itertools
import math
import re
from collections import Counter
from collections.abc import Callable, Sequence
from functools import lru_cache
from typing import Any, Final

import numpy as np
from numpy.typing import NDArray

from copydesk.extract.match import letters
from copydesk.models import Block, Label

FEATURES: Final = (
    *("kept", "told", "kept_before", "kept_behind", "kept_near", "kept_wide", "gap_before", "gap_behind", "inside"),
    *("position", "length", "words", "density", "density_near", "length_before", "length_behind", "long_near"),
    *("ends", "opens", "digits", "capitals", "commas", "pipes", "repeats", "titled"),
    *("heading", "list", "table", "quote", "caption", "odd", "linked_heading"),
    *("parent_share", "parent_kept", "parent_size", "parent_density", "grand_share", "grand_kept", "grand_density"),
    *("great_share", "great_kept", "step_kept", "step_share", "step_prose", "common", "depth", "beyond"),
    *("good_near", "good_far", "bad_near", "bad_far", "span", "paragraph", "division", "after_heading", "before_list"),
    *("list_run", "page_kept", "page_blocks", "same_parent_before", "same_parent_behind"),
)

_GOOD: Final = re.compile(
    r"article|story|post|entry|content|body|text|main|paragraph|blog|news|prose|rich", re.IGNORECASE
)
_BAD: Final = re.compile(
    r"comment|foot|side-?bar|aside|relat|recom|more-|popular|trend|menu|(?:^|[-_.>])nav|promo|newsletter|subscri|share|social|widget"
    r"|(?:^|[-_.])ads?(?:$|[-_])|advert|sponsor|cookie|consent|breadcrumb|author|bio|byline|tag|meta|caption|credit|modal|popup|banner"
    r"|teaser|card|carousel|toc|contents|signup|sign-up|login|form|rating|disclaim|copyright|legal|download|cta|button|header|hidden"
    r"|credit|print|date|time|categor|taxonomy|next|prev|pagin|read-?more|disqus|recirc|outbrain|taboola",
    re.IGNORECASE,
)
_END: Final = re.compile(r"[.!?…。！？؟۔:;]['\"”’»)\]]*\Z")
_DIGIT: Final = re.compile(r"\d")
_CAPITAL: Final = re.compile(r"[A-ZÀ-ÖØ-ÞĀ-ŽΑ-ΩА-ЯЁ]")
PROSE_CHARS: Final = 80  # of what is prose rather than a line
HALF: Final = 0.5
TRUNK_SHARE: Final = 0.7
MAX_GAP: Final = 99
MAX_MARKS: Final = 4

Array = NDArray[np.float32]
Numbers = NDArray[np.float64]


def features(blocks: Sequence[Block], kept: Sequence[bool], told: Sequence[bool], title: str) -> Array:
    """One row a block, one column for each of FEATURES.

    `kept` is what an extractor took of the page, `told` what its data (JSON-LD) or the feed give as its text;
    `title` is the article's, as `letters` leaves it.
    """
    if not blocks:
        return np.zeros((0, len(FEATURES)), np.float32)
    page = _Page(blocks, kept)
    columns = [*page.choice(told), *page.text(title), *page.labels(), *page.places(), *page.names(), *page.neighbours()]
    return np.stack([np.asarray(column, np.float32) for column in columns], axis=1)


class _Page:
    """A page's blocks as columns, one number a block."""

    def __init__(self, blocks: Sequence[Block], kept: Sequence[bool]) -> None:
        self.blocks = blocks
        self.size = len(blocks)
        self.kept = np.array(kept, np.float64)
        self.chars = np.array([len(block.text) for block in blocks], np.float64)
        self.density = np.array([block.link_density for block in blocks], np.float64)
        self.total = max(1.0, float(self.chars.sum()))
        self.steps = [block.path.split(">") for block in blocks]

    def choice(self, told: Sequence[bool]) -> list[Numbers]:
        """What was kept of the block and around it."""
        kept, place = self.kept, np.arange(self.size)
        chosen = np.flatnonzero(kept)
        first, last = (chosen[0], chosen[-1]) if len(chosen) else (self.size, -1)
        words = np.array([block.text.count(" ") + 1 for block in self.blocks], np.float64)
        return [
            *(kept, np.array(told, np.float64), _shifted(kept, 1), _shifted(kept, -1)),
            *(self._kept_share(3), self._kept_share(10), _gaps(kept), _gaps(kept[::-1])[::-1]),
            *(((first <= place) & (place <= last)).astype(np.float64), place / self.size, np.log1p(self.chars), words),
        ]

    def _kept_share(self, reach: int) -> Numbers:
        """The share of the characters around a block, itself left out, that were kept."""
        around = _window(self.chars, reach) - self.chars
        kept = self.chars * self.kept
        return (_window(kept, reach) - kept) / np.maximum(1, around)

    def text(self, title: str) -> list[Numbers]:
        """What the block's text looks like."""
        texts = [block.text for block in self.blocks]
        keys = [letters(text) for text in texts]
        repeats = Counter(keys)
        near = np.maximum(1, _window(np.ones(self.size), 2))
        length = np.log1p(self.chars)

        def each(measure: Callable[[str], float]) -> Numbers:
            return np.array([measure(text) for text in texts], np.float64)

        return [
            *(self.density, _window(self.density, 2) / near, _shifted(length, 1), _shifted(length, -1)),
            *(_window(self.chars >= PROSE_CHARS, 2) / near, each(lambda text: _END.search(text) is not None)),
            *(each(lambda text: text[:1].isupper()), each(lambda text: len(_DIGIT.findall(text))) / self.chars),
            *(
                each(lambda text: len(_CAPITAL.findall(text))) / self.chars,
                each(lambda text: text.count(",")) / self.chars,
            ),
            *(each(lambda text: text.count("|") + text.count("·")), np.array([min(5, repeats[key]) for key in keys])),
            np.array([bool(key) and key == title for key in keys]),
        ]

    def labels(self) -> list[Numbers]:
        """What the markup calls the block."""
        labels = [block.label for block in self.blocks]
        known = (Label.HEADING, Label.LIST, Label.TABLE, Label.QUOTE, Label.CAPTION)
        columns = [np.array([label is one for label in labels]) for one in known]
        odd = np.array([label not in known and label is not Label.BODY for label in labels])
        return [*columns, odd, columns[0] & (self.density > HALF)]

    def places(self) -> list[Numbers]:
        """Where the block hangs, and what else hangs there."""
        columns: list[Numbers] = []
        for up in (1, 2, 3):
            chars, kept, linked, size = self._sums([">".join(steps[:-up]) for steps in self.steps])
            columns += [chars / self.total, kept / np.maximum(1, chars)]
            columns += [np.log1p(size), linked / np.maximum(1, chars)] if up == 1 else []
            columns += [linked / np.maximum(1, chars)] if up == 2 else []  # noqa: PLR2004 - the grandparent
        paths = [block.path for block in self.blocks]
        chars, kept, _, _ = self._sums(paths)
        prose = Counter(path for path, is_prose in zip(paths, self._is_prose(), strict=True) if is_prose)
        trunk = self._trunk()
        shared = {path: _common(path.split(">"), trunk) for path in set(paths)}
        common = np.array([shared[path] for path in paths])
        depth = np.array([len(steps) for steps in self.steps])
        return [
            *columns,
            *(kept / np.maximum(1, chars), chars / self.total, np.log1p([prose[path] for path in paths])),
            *(len(trunk) - common, depth, depth - common),
        ]

    def _is_prose(self) -> list[bool]:
        return list((self.chars >= PROSE_CHARS) & (self.density < HALF))

    def _sums(self, keys: Sequence[str]) -> tuple[Numbers, Numbers, Numbers, Numbers]:
        """For each block, over all blocks of its key: characters, those kept, those in links; number of blocks."""
        index: dict[str, int] = {}
        group = np.array([index.setdefault(key, len(index)) for key in keys])
        chars, kept, linked, size = (
            np.bincount(group, weights=weights)[group]
            for weights in (self.chars, self.chars * self.kept, self.chars * self.density, np.ones(self.size))
        )
        return chars, kept, linked, size

    def _trunk(self) -> list[str]:
        """The element path that most of the kept text hangs on: step by step where TRUNK_SHARE of it goes."""
        trunk: list[str] = []
        inside = [int(index) for index in np.flatnonzero(self.kept)]
        weight = sum(self.chars[index] for index in inside)
        while inside:
            level = len(trunk)
            ways: Counter[str] = Counter()
            for index in inside:
                if len(self.steps[index]) > level + 1:
                    ways[self.steps[index][level]] += int(self.chars[index])
            step, chars = ways.most_common(1)[0] if ways else ("", 0)
            if chars < TRUNK_SHARE * weight:
                break
            trunk.append(step)
            inside = [i for i in inside if len(self.steps[i]) > level + 1 and self.steps[i][level] == step]
        return trunk

    def names(self) -> list[Numbers]:
        """What ids and classes of the block and of the elements around it tell."""
        marks = {path: _marks(path.split(">")) for path in {block.path for block in self.blocks}}
        tags = [re.split(r"[.#]", steps[-1], maxsplit=1)[0] for steps in self.steps]
        return [
            *np.array([marks[block.path] for block in self.blocks], np.float64).T,
            np.array([tag in ("span", "a", "strong", "b", "em") for tag in tags]),
            np.array([tag == "p" for tag in tags]),
            np.array([tag == "div" for tag in tags]),
        ]

    def neighbours(self) -> list[Numbers]:
        """What stands before and behind the block, and the page as a whole."""
        heading = np.array([block.label is Label.HEADING for block in self.blocks], np.float64)
        listed = np.array([block.label is Label.LIST for block in self.blocks], np.float64)
        parents = [steps[:-1] for steps in self.steps]
        same = np.array([one == other for one, other in itertools.pairwise(parents)], np.float64)
        whole = np.ones(self.size)
        return [
            *(_shifted(heading, 1), _shifted(listed, -1), np.minimum(8, _run(listed))),
            *(whole * float((self.chars * self.kept).sum()) / self.total, whole * math.log1p(self.size)),
            *(np.concatenate([[0.0], same]), np.concatenate([same, [0.0]])),
        ]


def _shifted(values: Numbers, by: int) -> Numbers:
    """The values of the blocks `by` places earlier; 0 beyond the page's ends."""
    moved = np.roll(np.asarray(values, np.float64), by)
    if by > 0:
        moved[:by] = 0
    else:
        moved[by:] = 0
    return moved


def _window(values: NDArray[Any], reach: int) -> Numbers:
    """For each block the sum from `reach` blocks before it to `reach` blocks behind it."""
    sums = np.concatenate([[0.0], np.cumsum(values, dtype=np.float64)])
    places = np.arange(len(values))
    within: Numbers = sums[np.minimum(len(values), places + reach + 1)] - sums[np.maximum(0, places - reach)]
    return within


def _gaps(kept: Numbers) -> Numbers:
    """How many blocks ago the last kept one was, at most MAX_GAP."""
    places = np.arange(len(kept))
    last = np.maximum.accumulate(np.where(kept > 0, places, -MAX_GAP))
    return np.minimum(MAX_GAP, places - last).astype(np.float64)


def _run(flags: Numbers) -> Numbers:
    """How many blocks right behind each one have the flag."""
    run = np.zeros(len(flags))
    for index in range(len(flags) - 2, -1, -1):
        run[index] = run[index + 1] + 1 if flags[index + 1] else 0
    return run


def _common(steps: Sequence[str], trunk: Sequence[str]) -> int:
    pairs = enumerate(zip(steps, trunk, strict=False))
    return next((place for place, (ours, theirs) in pairs if ours != theirs), min(len(steps), len(trunk)))


def _marks(steps: Sequence[str]) -> tuple[int, ...]:
    """How many names tell of text, in the last two elements and in the five above; and how many of something else."""
    near, far = [_mark(step) for step in steps[-2:]], [_mark(step) for step in steps[-7:-2]]
    return tuple(min(MAX_MARKS, sum(pair[kind] for pair in pairs)) for kind in (0, 1) for pairs in (near, far))


@lru_cache(maxsize=50_000)
def _mark(step: str) -> tuple[int, int]:
    """How many names of an element tell of text, and how many of something else."""
    return len(_GOOD.findall(step)), len(_BAD.findall(step))
