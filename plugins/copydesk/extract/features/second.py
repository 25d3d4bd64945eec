"""How likely a block's surroundings are part of the body: what the second forest sees of what the first one says.

A block is judged with those that share its place: a teaser that reads like prose by the teasers beside it, a line in
the middle of the text by the paragraphs around it. All sums are of whole numbers (thousandths times characters).
"""

from __future__ import annotations

from typing import Final

import numpy as np

from copydesk.extract.features.context import stacked
from copydesk.extract.features.sheet import Array, Numbers, Places, Sheet, between, shifted, since

WINDOWS: Final = ((-3, -1), (1, 3), (-10, -1), (1, 10), (-30, -1), (1, 30))  # blocks behind the block itself
STEPS: Final = (1, -1, 2, -2, 3, -3)  # blocks before it
FAMILIES: Final = ("step", "parent", "grand", "great")  # blocks of the same path; without its last elements
SECOND: Final = (
    *("likely", *(f"likely_{step}" for step in STEPS), *(f"likely_{first}_{last}" for first, last in WINDOWS)),
    *("mass_before", "mass_behind", "mass"),
    *("likely_blocks", "page_likely", "page_mass", "page_doubt"),
    *("since_sure", "until_sure", "from_first", "from_last", "from_centre"),
    *(f"{name}_{what}" for name in FAMILIES for what in ("likely", "mass")),
    *("step_rest", "step_mean", "label_likely"),
    *("section_likely", "section_before", "section_behind", "heading_likely"),
)
WHOLE: Final = 1_000  # of a probability
LIKELY: Final = 500
SURE: Final = 800
NO_PLACE: Final = -999


def second(sheet: Sheet, likely: Numbers) -> Array:
    """One row a block, one column for each of SECOND. `likely` is in whole thousandths."""
    if not sheet.size:
        return np.zeros((0, len(SECOND)), np.float32)
    mass = likely * sheet.chars
    total = max(1.0, float(mass.sum()))
    return stacked(
        [
            *_near(sheet, likely, mass, total),
            *_page(sheet, likely, total),
            *_ends(sheet, likely, mass, total),
            *_families(sheet, likely, mass, total),
            *_sections(sheet, likely, mass),
        ]
    )


def _near(sheet: Sheet, likely: Numbers, mass: Numbers, total: float) -> list[Numbers]:
    """The block itself, its neighbours, and how much of the likely body stands before and behind it."""
    before = np.cumsum(mass)
    return [
        *(likely, *(shifted(likely, step) for step in STEPS)),
        *(between(mass, *window) / np.maximum(1, between(sheet.chars, *window)) for window in WINDOWS),
        *((before - mass) / total, (total - before) / total, mass / total),
    ]


def _page(sheet: Sheet, likely: Numbers, total: float) -> list[Numbers]:
    """How many blocks are likely, what share of the text is, how much that is, and how much of it is in doubt."""
    doubt = float((np.minimum(likely, WHOLE - likely) * sheet.chars).sum())
    values = (float((likely > LIKELY).sum()), total / WHOLE / sheet.total, total / WHOLE, doubt / total)
    return [np.full(sheet.size, value) for value in values]


def _ends(sheet: Sheet, likely: Numbers, mass: Numbers, total: float) -> list[Numbers]:
    """How far the nearest sure blocks are, the first and the last sure paragraph, and the middle of the likely body."""
    places = np.arange(sheet.size, dtype=np.float64)
    sure = likely > SURE
    paragraphs = np.flatnonzero(sure & sheet.prose)
    first, last = (places - paragraphs[0], places - paragraphs[-1]) if len(paragraphs) else [places * 0 + NO_PLACE] * 2
    return [since(sure), since(sure[::-1])[::-1], first, last, places - (mass * places).sum() / total]


def _families(sheet: Sheet, likely: Numbers, mass: Numbers, total: float) -> list[Numbers]:
    """The same elements' characters: how likely they are, and how much of the likely body; the same for the label."""
    held = [(sheet.sums(up, mass), sheet.sums(up, sheet.chars)) for up in range(len(FAMILIES))]
    columns = [column for inside, chars in held for column in (inside / chars, inside / total)]
    inside, chars = held[0]
    rest = (inside - mass) / np.maximum(1, chars - sheet.chars)
    mean = sheet.sums(0, likely) / sheet.sums(0, np.ones(sheet.size))
    return [*columns, rest, mean, _shares(_numbered(sheet), mass, sheet.chars)]


def _sections(sheet: Sheet, likely: Numbers, mass: Numbers) -> list[Numbers]:
    """How likely the text between two headings is, that before and behind it, and the heading itself."""
    section = np.cumsum(sheet.heading)
    shares = np.bincount(section, mass) / np.maximum(1, np.bincount(section, sheet.chars))
    around = np.concatenate([[0.0], shares, [0.0]])
    last = np.maximum.accumulate(np.where(sheet.heading, np.arange(sheet.size), -1))
    heading = np.where(last >= 0, likely[np.maximum(last, 0)], -1.0)
    return [shares[section], around[section], around[section + 2], heading]


def _numbered(sheet: Sheet) -> Places:
    """A number for each block's label."""
    labels = {label: number for number, label in enumerate(dict.fromkeys(block.label for block in sheet.blocks))}
    return np.array([labels[block.label] for block in sheet.blocks], np.int64)


def _shares(group: Places, mass: Numbers, chars: Numbers) -> Numbers:
    """How likely the characters of each block's group are."""
    shares: Numbers = (np.bincount(group, mass) / np.bincount(group, chars))[group]
    return shares
