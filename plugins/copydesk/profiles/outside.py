"""What a page shows around its container, for the ledger: by a scan of its bytes, which costs less than a parse.

Each line is what one block shows. Bytes that are not plainly tags and text are parsed after all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape
from typing import Final

from lxml import etree

from copydesk.profiles.structure import INLINE, UNSEEN, Element, parse, squeezed

MARK: Final = "\ue000container\ue000"  # stands where the container stood; of private use, so in no page's own text

_VOID: Final = frozenset(("meta", "link", "input", "source", "track", "param", "area", "base"))
_MERGED: Final = (INLINE | _VOID) - {"br", "td", "th"}
_UNSEEN: Final = re.compile(rf"<(?:(!--)|({'|'.join(sorted(UNSEEN - _VOID))})(?=[\s/>]))".encode(), re.IGNORECASE)
_TAGS: Final = re.compile(rb"((?:<[/!?a-zA-Z][^<>]*>\s*)+)")
_GAP: Final = re.compile(rb">\s")
_BLOCK: Final = re.compile(rf"<(?!/?(?:{'|'.join(sorted(_MERGED))})[\s/>])".encode(), re.IGNORECASE)


def text_of(html: bytes) -> str:
    """What `html`, a part of a page in UTF-8, shows: a line a block. What the page hides by style may be in it too."""
    seen = _without_unseen(html)
    if seen is not None:
        text = b"\n".join(b" ".join(line.split()) for line in _blocks(seen)).decode("utf-8", "replace")
        if "<" not in text and ">" not in text:
            return _lines(unescape(text).split("\n"))
    tree = parse(b"<body>" + html)
    return _lines(_texts(tree)) if tree is not None else ""


def texts_around(tree: Element, container: Element) -> tuple[str, str]:
    """What a page shows before its container and behind it, as `text_of`. The tree is of no use afterwards."""
    container.clear(keep_tail=True)
    container.text = MARK
    before, _, behind = "\n".join(_texts(tree)).partition(MARK)
    return _lines(before.split("\n")), _lines(behind.split("\n"))


def _without_unseen(html: bytes) -> bytes | None:
    """The bytes without comments, scripts and the like; None if one of them has no end."""
    parts, at = [], 0
    while found := _UNSEEN.search(html, at):
        parts.append(html[at : found.start()])
        closing = b"-->" if found[1] else b"</" + found[2]
        closed = html.find(closing, found.end())
        at = html.find(b">", closed) + 1 if closed >= 0 else 0
        if not at:
            return None
    return b"".join((*parts, html[at:]))


def _blocks(html: bytes) -> Iterator[bytes]:
    """The text between the tags; inline tags part no block."""
    block: list[bytes] = []
    pieces = _TAGS.split(html)
    for text, tags in zip(pieces[::2], (*pieces[1::2], b"<p>"), strict=True):
        block.append(text)
        if _BLOCK.search(tags):
            if any(block):
                yield b"".join(block)
            block = []
        elif _GAP.search(tags):
            block.append(b" ")


def _texts(tree: Element) -> list[str]:
    """The texts of a tree, one a block. Takes the tree apart."""
    body = tree.find("body")
    body = tree if body is None else body
    etree.strip_elements(body, *UNSEEN, with_tail=False)
    etree.strip_tags(body, *_MERGED)
    return [text.replace("\n", " ") for text in body.itertext()]


def _lines(texts: Iterable[str]) -> str:
    return "\n".join(filter(None, map(squeezed, texts)))
