"""An element tree to the ordered blocks of all visible text of the page.

A block is what a reader sees as one paragraph, heading, list item or table row. Every visible character but white space
stands in exactly one block. White space is normalised: one space between words, a line feed for `<br>`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from lxml import etree

from copydesk.errors import PermanentPageError
from copydesk.extract.elements import CELLS, INLINE, INVISIBLE, PAGE, is_hidden, is_picture, meaning, stronger
from copydesk.extract.tree import MAX_DEPTH, too_deep
from copydesk.models import Block, Label, Outcome, Reason

MAX_PATH_DEPTH: Final = 40  # deeper elements share their ancestor's path
MAX_BLOCKS: Final = 50_000  # on a page; what is done with a block takes up to 0.15 ms, and a page may take 10 s

# Control characters; marks without width or sound: soft hyphen, zero width space, byte order mark; and the embeddings
# and overrides that could turn a line of ours around. Joiners stay (Persian, emoji), and so do direction marks.
_MARKS: Final = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\ud800-\udfff\u200b\ufeff\u202a-\u202e\u2060-\u206f]"
)
_SENTENCE_END: Final = re.compile(r"[.!?:…。！？؟۔»”\"')\]]\Z")


def blocks(tree: etree._Element, url: str = "", *, hidden: bool = False) -> tuple[Block, ...]:
    """All visible text under `tree`, in document order; positions count from 0.

    With `hidden`, elements that their own markup hides count as visible.
    Raises PermanentPageError (TOO_COSTLY) for elements nested too deep, and for more than MAX_BLOCKS.
    """
    walker = _Walker(hidden=hidden)
    walk = etree.iterwalk(tree, events=("start", "end"))
    for event, element in walk:
        if event == "end":
            walker.leave(element)
        elif not walker.enter(element):
            walk.skip_subtree()
        if walker.depth > MAX_DEPTH:
            raise too_deep(url)
        if len(walker.blocks) > MAX_BLOCKS:
            detail = f"more than {MAX_BLOCKS:,} blocks of text"
            raise PermanentPageError(url, Outcome.REFUSED, Reason.TOO_COSTLY, detail)
    walker.flush()
    return tuple(walker.blocks)


def squeeze(text: str) -> str:
    """Text with one space where there was any white space, none at its ends, and no invisible marks."""
    single = " ".join(text.split())
    return single if single.isprintable() else " ".join(_MARKS.sub("", text).split())  # no such mark is printable


class _Walker:
    """The state of one walk over a tree: what is open, and the text of the block that is being read."""

    def __init__(self, *, hidden: bool) -> None:
        self.blocks: list[Block] = []
        self.depth = 0
        self._show_hidden = hidden
        self._paths = [""]  # of each open element
        self._labels = [Label.BODY]  # of each open element
        self._links = 0  # open <a> elements
        self._skipped: etree._Element | None = None
        self._image = False  # since the last text
        self._reset()

    def _reset(self) -> None:
        self._pieces: list[str] = []
        self._linked: list[str] = []
        self._anchor = -1  # depth of the deepest element around all of the block's text
        self._low = MAX_DEPTH * 2  # shallowest depth since the block's last text
        self._opened: tuple[list[str], list[Label]] = ([], [])  # paths and labels of what was open at the first text

    def enter(self, element: etree._Element) -> bool:
        """Open an element; False if nothing in it is visible."""
        tag = element.tag
        if tag in INVISIBLE or (not self._show_hidden and is_hidden(element)):
            self._skipped = element
            return False
        if tag == "br":
            self._pieces.append("\n")
        elif tag not in INLINE:
            self._boundary(tag)
        if tag == "a":
            self._links += 1
        elif self._anchor < 0 and not self._image and is_picture(element):
            self._image = True
        self.depth += 1
        self._push(element, tag)
        if element.text:
            self._text(element.text)
        return True

    def leave(self, element: etree._Element) -> None:
        """Close an element and read the text behind it."""
        if element is self._skipped:
            self._skipped = None
        else:
            tag = element.tag
            self.depth -= 1
            self._paths.pop()
            self._labels.pop()
            self._low = min(self._low, self.depth)
            if tag == "a":
                self._links -= 1
            if tag != "br" and tag not in INLINE:
                self._boundary(tag)
        if element.tail:
            self._text(element.tail)

    def flush(self) -> None:
        """End the block that is being read, if it has any text."""
        if self._anchor < 0:
            self._pieces.clear()
            return
        path, label = self._opened[0][self._anchor], self._opened[1][self._anchor]
        raw = "".join(self._pieces)
        density = round(min(1.0, _letters("".join(self._linked)) / max(1, _letters(raw))), 3)
        first = len(self.blocks)
        self.blocks.extend(
            Block(position, text, label, path, density, self._image and position == first)
            for position, text in _paragraphs(raw, first)
        )
        self._image = False
        self._reset()

    def _boundary(self, tag: str) -> None:
        # Cells of a row stand in one block unless they hold blocks themselves.
        if tag in CELLS:
            self._pieces.append(" ")
        else:
            self.flush()

    def _push(self, element: etree._Element, tag: str) -> None:
        path, label = self._paths[-1], self._labels[-1]
        step, own = meaning(element)
        if self.depth <= MAX_PATH_DEPTH and (path or tag not in PAGE):
            path = f"{path}>{step}" if path else step
        self._paths.append(path)
        if label is Label.TABLE and tag not in INLINE and tag not in CELLS:
            label = Label.BODY  # a block inside a cell: the table is layout
        self._labels.append(stronger(label, own))

    def _text(self, text: str) -> None:
        if self._anchor < 0:
            if text.isspace() or not _MARKS.sub("", text).strip():
                return
            self._anchor, self._opened = self.depth, (self._paths.copy(), self._labels.copy())
        elif not text.isspace():
            self._anchor = min(self._anchor, self._low, self.depth)
        self._pieces.append(text.replace("\n", " ") if "\n" in text else text)
        if self._links:
            self._linked.append(text)
        self._low = self.depth


def _letters(text: str) -> int:
    return len("".join(text.split()))


def _paragraphs(raw: str, position: int) -> Iterator[tuple[int, str]]:
    """Positions and texts: an empty line, or a line end behind the end of a sentence, parts two paragraphs."""
    lines: list[str] = []
    for line in (*map(squeeze, raw.split("\n")), ""):
        if lines and (not line or _SENTENCE_END.search(lines[-1])):
            yield position, "\n".join(lines)
            position += 1
            lines.clear()
        if line:
            lines.append(line)
