"""Which blocks of a page are the article's body: by a model of structure and wording, the page's data and the feed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from lxml import etree, html

from copydesk.errors import PermanentPageError
from copydesk.extract.blocks import blocks as read_blocks
from copydesk.extract.blocks import squeeze
from copydesk.extract.features import Declared
from copydesk.extract.gaps import without_gaps
from copydesk.extract.match import letters, matched
from copydesk.extract.metadata import Sources
from copydesk.extract.model import Choice, body_model, choose, expected_f1
from copydesk.extract.repeats import without_repeats
from copydesk.extract.scripts import embedded_html
from copydesk.extract.tree import parse
from copydesk.models import Block, Entry, Label

MAX_LINKS: Final = 0.5  # of a heading's characters; more is a teaser
MIN_TOLD_CHARS: Final = 400  # of a text that JSON-LD or the feed carry; less is a summary
FOUND: Final = 0.6  # of a text's letters; when fewer are in the visible blocks, the text stands elsewhere
BARE_CHARS: Final = 600  # of a body; with less, the article may be in a script
LONGER: Final = 2.0  # times the characters on the page, and a text that is not there is the article
UNSURE: Final = 0.8  # of the F1 to expect of the model's choice; below, trafilatura is asked
MISSED: Final = 0.2  # of that F1; what trafilatura reads is a notice if less is to expect of it, no flash amid teasers
ENOUGH_PROSE: Final = 2_000  # characters on a page; with less, the article may be hidden
MOSTLY_HIDDEN: Final = 4  # times the visible prose
PROSE_CHARS: Final = 80
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
    """The body by the model, by trafilatura where that is unsure; by the page's data or the feed if it is bare."""
    blocks = seen(tree, url)
    known = known_of(sources)
    kept = _choice(blocks, known, [False] * len(blocks))
    told_by, told = _told(tree, sources, entry, bare=_characters(blocks, kept.chosen) < BARE_CHARS)
    told_text = "\n".join(block.text for block in told)
    in_told = matched(blocks, told_text) if told else [False] * len(blocks)
    missing = _found(blocks, in_told) < FOUND * len(letters(told_text))
    if missing and len(told_text) > LONGER * _characters(blocks, kept.chosen):
        lines = [replace(block, position=len(blocks) + block.position) for block in told]
        return Body((*blocks, *lines), (*(False for _ in blocks), *(True for _ in lines)), told_by)
    chosen, reading = or_trafilatura(tree, url, blocks, _choice(blocks, known, in_told) if told else kept)
    return Body(blocks, tuple(without_repeats(blocks, with_headings(blocks, chosen))), reading)


def seen(tree: html.HtmlElement, url: str) -> tuple[Block, ...]:
    """The page's blocks; hidden ones too where most of the prose is hidden, for a script to show it."""
    blocks = read_blocks(tree, url)
    prose = _prose(blocks)
    if prose < ENOUGH_PROSE:
        with_hidden = read_blocks(tree, url, hidden=True)
        if _prose(with_hidden) > max(MIN_TOLD_CHARS, MOSTLY_HIDDEN * prose):
            return with_hidden
    return blocks


def known_of(sources: Sources) -> Declared:
    """What the page's own data say of the article."""
    titles = (*sources.json_ld.titles, *sources.tags.titles, *sources.headings)
    return Declared(next(iter(titles), ""), next(iter((*sources.json_ld.summaries, *sources.tags.summaries)), ""))


def _choice(blocks: Sequence[Block], known: Declared, told: Sequence[bool]) -> Choice:
    choice = choose(body_model().probabilities(blocks, told, known), _sizes(blocks))
    return replace(choice, chosen=without_gaps(blocks, choice.chosen, choice.probabilities))


def _sizes(blocks: Sequence[Block]) -> list[int]:
    return [len(block.text) for block in blocks]


def or_trafilatura(
    tree: html.HtmlElement, url: str, blocks: Sequence[Block], choice: Choice
) -> tuple[Sequence[bool], str]:
    """The choice, or what trafilatura reads where the choice is unsure and that is no mere notice; and which it was."""
    if choice.expected < UNSURE:
        kept = matched(blocks, trafilatura_text(tree, url))
        if any(kept) and expected_f1(choice.probabilities, _sizes(blocks), kept) >= MISSED * choice.expected:
            return kept, "trafilatura"
    return choice.chosen, "page"


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


def _prose(blocks: Sequence[Block]) -> int:
    lengths = (len(block.text) for block in blocks if block.link_density < MAX_LINKS)
    return sum(length for length in lengths if length >= PROSE_CHARS)


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
