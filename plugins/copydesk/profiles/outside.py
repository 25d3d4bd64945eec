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
_STRAY: Final = re.compile(rb"<(?![/!?a-zA-Z])")
_TEXT: Final = re.compile(rb">([^<]*[^<\s][^<]*)")
_BLOCK_TAG: Final = re.compile(rf"<(?!/?(?:{'|'.join(sorted(_MERGED))})[\s/>])".encode())
_SPACE: Final = re.compile(rb">\s")
_PLAIN_HEAD: Final = re.compile(
    rb"\s*(?:<(?:![dD][oO][cC][tT][yY][pP][eE]|/?html|/?head|meta|link|base)(?=[\s/>])[^<>]*>\s*)*"
)
_LINE: Final = "\ue001"  # between two blocks; of private use too
_LINE_BYTES: Final = _LINE.encode()


def text_of(html: bytes) -> str:
    """What `html`, a part of a slim page in UTF-8, shows: a line a block. What is hidden by style may be in it too."""
    if html.count(b"<") == html.count(b">") and _STRAY.search(html) is None:
        text = b"".join(_texts_between(b">" + html)).decode("utf-8", "replace")
        if ">" not in text:
            return _squeezed_lines(unescape(text) if "&" in text else text)
    tree = parse(b"<body>" + html)
    return _lines(_texts(tree)) if tree is not None else ""


def _texts_between(html: bytes) -> Iterator[bytes]:
    """The texts behind the tags' ends, and between any two of them what the tags there are to them."""
    end = 0
    for found in _TEXT.finditer(html):
        start = found.start(1)
        if _BLOCK_TAG.search(html, end, start):
            yield _LINE_BYTES
        elif _SPACE.search(html, end, start):
            yield b" "
        yield found[1]
        end = found.end()


def without_head(html: bytes) -> bytes:
    """The beginning of a slim page from its body on, if nothing stands before that but what belongs there."""
    body = max(0, html.find(b"<body"))
    return html[body:] if _PLAIN_HEAD.fullmatch(html, 0, body) else html


def texts_around(tree: Element, container: Element) -> tuple[str, str]:
    """What a tree shows before its container and behind it, as `text_of`. The tree is of no use afterwards."""
    container.clear(keep_tail=True)
    container.text = MARK
    before, _, behind = "\n".join(_texts(tree)).partition(MARK)
    return _lines(before.split("\n")), _lines(behind.split("\n"))


def _texts(tree: Element) -> list[str]:
    """The texts of a tree, one a block. Takes the tree apart."""
    body = tree.find("body")
    body = tree if body is None else body
    etree.strip_elements(body, *UNSEEN, with_tail=False)
    etree.strip_tags(body, *_MERGED)
    return [text.replace("\n", " ") for text in body.itertext()]


def _squeezed_lines(text: str) -> str:
    """The lines between _LINE signs: white space is made single for all at once."""
    lines = [line.strip() for line in " ".join(text.split()).split(_LINE)]
    return "\n".join(filter(None, lines)) if "".join(lines).isprintable() else _lines(lines)


def _lines(texts: Iterable[str]) -> str:
    return "\n".join(filter(None, map(squeezed, texts)))
