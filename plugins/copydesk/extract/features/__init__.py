"""What can be seen of each block of a page, as numbers: the input of the model that chooses the body."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from copydesk.extract.features.context import CONTEXT, WORDING, context, stacked, wording
from copydesk.extract.features.places import PLACES, places
from copydesk.extract.features.second import SECOND, second
from copydesk.extract.features.sheet import Array, Sheet
from copydesk.extract.features.text import TEXT, Declared, text

FEATURES: Final = ("told", *TEXT, *PLACES, *CONTEXT, *WORDING)

__all__ = ["FEATURES", "SECOND", "Array", "Declared", "Sheet", "features", "second"]


def features(sheet: Sheet, told: Sequence[bool], known: Declared) -> Array:
    """One row a block, one column for each of FEATURES.

    `told` is which blocks the page's data (JSON-LD) or the feed give as the article's text.
    """
    if not sheet.size:
        return np.zeros((0, len(FEATURES)), np.float32)
    told_column = np.array(told, np.float64)
    return stacked([told_column, *text(sheet, known), *places(sheet), *context(sheet, known.title), *wording(sheet)])
