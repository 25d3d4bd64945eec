"""Which blocks of a page are the article's body."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from copy import copy
from typing import Final

from lxml import html

from copydesk.extract.match import matched
from copydesk.models import Block, Label

MAX_LINKS: Final = 0.5  # of a heading's characters; more is a teaser


def read_body(tree: html.HtmlElement, blocks: Sequence[Block], url: str) -> list[bool]:
    """For each block whether it belongs to the body, as trafilatura reads the page."""
    from trafilatura import bare_extraction  # noqa: PLC0415 - the CLI starts without it

    document = bare_extraction(copy(tree), url=url, include_comments=False, with_metadata=False)
    text = getattr(document, "text", None) or ""
    return with_headings(blocks, matched(blocks, text))


def with_headings(blocks: Sequence[Block], chosen: Sequence[bool]) -> list[bool]:
    """The same with the headings inside of the body that trafilatura drops because a picture or an advert follows them.

    A heading is inside when it stands between two chosen blocks, in the element that holds most of the body.
    """
    kept = [index for index, is_chosen in enumerate(chosen) if is_chosen]
    homes = Counter(_parent(blocks[index]) for index in kept if blocks[index].label is Label.BODY)
    home = max(homes, key=homes.__getitem__, default=None)
    return [
        is_chosen or (kept[0] < index < kept[-1] and _is_heading_in(block, home) if kept else False)
        for index, (block, is_chosen) in enumerate(zip(blocks, chosen, strict=True))
    ]


def _is_heading_in(block: Block, home: str | None) -> bool:
    return block.label is Label.HEADING and _parent(block) == home and block.link_density < MAX_LINKS


def _parent(block: Block) -> str:
    return block.path.rpartition(">")[0]
