"""Which blocks of a page are the article's body: several readings of the page, and a model that weighs them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

import numpy as np
from lxml import etree, html

from copydesk.errors import PermanentPageError
from copydesk.extract.blocks import blocks as read_blocks
from copydesk.extract.blocks import squeeze
from copydesk.extract.features import features
from copydesk.extract.match import letters, matched
from copydesk.extract.metadata import Sources
from copydesk.extract.model import body_model
from copydesk.extract.scripts import embedded_html
from copydesk.extract.tree import parse
from copydesk.models import Block, Entry, Label

MAX_LINKS: Final = 0.5  # of a heading's characters; more is a teaser
MIN_TOLD_CHARS: Final = 400  # of a text that JSON-LD or the feed carry; less is a summary
FOUND: Final = 0.6  # of a text's letters; when fewer are in the visible blocks, the text stands elsewhere
BARE_CHARS: Final = 600  # of a body; with less, the article may be in a script
LIKELY: Final = 0.5
LONGER: Final = 2.0  # times the characters on the page, and a text that is not there is the article
FEWEST, MOST = 0.4, 3.0  # times the characters that trafilatura kept; beyond these the model is not believed
_TAG: Final = re.compile(r"<(?:p|br|div|h\d|ul|blockquote)\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Body:
    """All blocks of a page, which of them are the body, and what the body was read from."""

    blocks: tuple[Block, ...]
    chosen: tuple[bool, ...]
    reading: str

    @property
    def kept(self) -> tuple[Block, ...]:
        """The body's blocks."""
        return tuple(block for block, is_chosen in zip(self.blocks, self.chosen, strict=True) if is_chosen)


def read_body(tree: html.HtmlElement, sources: Sources, url: str, entry: Entry | None = None) -> Body:
    """The body by trafilatura, the page's own data and the feed together; by the data alone if the page is bare."""
    text = trafilatura_text(tree, url)
    blocks, kept = visible(tree, text, url)
    told_by, told = _told(tree, sources, entry, bare=_characters(blocks, kept) < BARE_CHARS)
    told_text = "\n".join(block.text for block in told)
    in_told = matched(blocks, told_text) if told else [False] * len(blocks)
    missing = _found(blocks, in_told) < FOUND * len(letters(told_text))
    if missing and len(told_text) > LONGER * _characters(blocks, kept):
        lines = [replace(block, position=len(blocks) + block.position) for block in told]
        return Body((*blocks, *lines), (*(False for _ in blocks), *(True for _ in lines)), told_by)
    title = next(iter((*sources.json_ld.titles, *sources.headings)), "")
    chosen = _believed(blocks, kept, choose(blocks, kept, in_told, title))
    return Body(blocks, tuple(with_headings(blocks, chosen)), "trafilatura")


def choose(blocks: Sequence[Block], kept: Sequence[bool], told: Sequence[bool], title: str) -> list[bool]:
    """The model's choice, from what an extractor kept and what the page's data or the feed tell."""
    if not blocks:
        return []
    likely = body_model().probabilities(features(blocks, kept, told, letters(title)))
    return [bool(one) for one in np.asarray(likely > LIKELY)]


def _believed(blocks: Sequence[Block], kept: Sequence[bool], chosen: Sequence[bool]) -> Sequence[bool]:
    """The choice, or what trafilatura kept when the choice is another article altogether, or nothing of it."""
    before, after = _characters(blocks, kept), _characters(blocks, chosen)
    return chosen if before == 0 or FEWEST * before <= after <= MOST * before else kept


def trafilatura_text(tree: html.HtmlElement, url: str) -> str:
    """The text that trafilatura reads, empty if there is none. It works on a copy of the tree."""
    from trafilatura import bare_extraction  # noqa: PLC0415 - the CLI starts without it

    try:
        document = bare_extraction(tree, url=url, include_comments=False, with_metadata=False)
    except (
        ArithmeticError,
        AttributeError,
        LookupError,
        AssertionError,
        etree.LxmlError,
    ):  # on trees as no site has them
        return ""
    return getattr(document, "text", None) or ""


def visible(tree: html.HtmlElement, text: str, url: str) -> tuple[tuple[Block, ...], list[bool]]:
    """The page's blocks and which of them `text` holds; hidden ones too where most of the text stands in those."""
    blocks = read_blocks(tree, url)
    kept = matched(blocks, text)
    found = _found(blocks, kept)
    if found < FOUND * len(letters(text)):
        with_hidden = read_blocks(tree, url, hidden=True)
        kept_hidden = matched(with_hidden, text)
        if _found(with_hidden, kept_hidden) > found:
            return with_hidden, kept_hidden
    return blocks, kept


def _told(
    tree: html.HtmlElement, sources: Sources, entry: Entry | None, *, bare: bool
) -> tuple[str, tuple[Block, ...]]:
    """The longest text that JSON-LD or the feed carry, of a bare page also its scripts; and which of them does."""
    texts = [("json-ld", sources.json_ld.text), ("feed", (entry.content_html if entry else None) or "")]
    if bare:
        texts.append(("script", embedded_html(tree)))
    named = [(name, _pieces(text)) for name, text in texts if len(text) >= MIN_TOLD_CHARS]
    return max(named, key=lambda pair: sum(len(block.text) for block in pair[1]), default=("", ()))


def _pieces(text: str) -> tuple[Block, ...]:
    """The blocks of a text that may be HTML; a line of plain text is one."""
    if _TAG.search(text):
        try:
            return read_blocks(parse(f"<div>{text}</div>", ""))
        except PermanentPageError:
            return ()
    lines = filter(None, map(squeeze, text.splitlines()))
    return tuple(Block(position, line) for position, line in enumerate(lines))


def _characters(blocks: Sequence[Block], chosen: Sequence[bool]) -> int:
    return sum(len(block.text) for block, is_chosen in zip(blocks, chosen, strict=True) if is_chosen)


def _found(blocks: Sequence[Block], chosen: Sequence[bool]) -> int:
    return sum(len(letters(block.text)) for block, is_chosen in zip(blocks, chosen, strict=True) if is_chosen)


def with_headings(blocks: Sequence[Block], chosen: Sequence[bool]) -> list[bool]:
    """The same with the headings inside of the body that are not chosen because a picture or an advert follows them.

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
