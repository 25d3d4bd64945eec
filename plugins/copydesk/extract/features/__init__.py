"""What can be seen of each block of a page, as numbers: the input of the model that chooses the body."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

import numpy as np

from copydesk.extract.features.context import CONTEXT, WORDING, context, stacked, wording
from copydesk.extract.features.places import PLACES, places
from copydesk.extract.features.sheet import Array, Sheet
from copydesk.extract.features.text import TEXT, Known, text
from copydesk.extract.lexicon import Lexicon
from copydesk.models import Block

FEATURES: Final = ("told", *TEXT, *PLACES, *CONTEXT, *WORDING)

__all__ = ["FEATURES", "Array", "Known", "features"]


def features(blocks: Sequence[Block], told: Sequence[bool], known: Known, lexicon: Lexicon) -> Array:
    """One row a block, one column for each of FEATURES.

    `told` is which blocks the page's data (JSON-LD) or the feed give as the article's text.
    """
    if not blocks:
        return np.zeros((0, len(FEATURES)), np.float32)
    sheet = Sheet(blocks, lexicon)
    told_column = np.array(told, np.float64)
    return stacked([told_column, *text(sheet, known), *places(sheet), *context(sheet, known.title), *wording(sheet)])
