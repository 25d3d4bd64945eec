"""What a page shows around its container, for the ledger: by a scan of its bytes, which costs less than a parse.

Each line is what one block shows. Bytes that are not plainly tags and text are parsed after all.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import unescape
from typing import Final

from lxml import etree

from copydesk.extract.blocks import squeeze
from copydesk.profiles.structure import INLINE, UNSEEN, Element, parse

MARK: Final = "\ue000container\ue000"  # stands where the container stood; of private use, so in no page's own text

_VOID: Final = frozenset(("meta", "link", "input", "source", "track", "param", "area", "base"))
_MERGED: Final = (INLINE | _VOID) - {"br", "td", "th"}
_LINE: Final = "\ue001"  # between two blocks; of private use too
_LINE_BYTES: Final = _LINE.encode()
# Tags that part blocks, each with all tags behind it that no text parts from it; and any others. Both read a page once
# if the last `<` has its `>`.
_BLOCK_TAGS: Final = re.compile(
    rf"<(?!/?(?:{'|'.join(sorted(_MERGED))})[\s/>])[/!?a-zA-Z][^>]*>(?:\s*<[/!?a-zA-Z][^>]*>)*".encode()
)
_OTHER_TAG: Final = re.compile(rb"<[/!?a-zA-Z][^<>" + _LINE_BYTES[:1] + rb"]*>")
_PLAIN_HEAD: Final = re.compile(
    rb"\s*(?:<(?:![dD][oO][cC][tT][yY][pP][eE]|/?html|/?head|meta|link|base)(?=[\s/>])[^>]*>\s*)*"
)


def text_of(html: bytes) -> str:
    """What `html`, a part of a slim page in UTF-8, shows: a line a block. What is hidden by style may be in it too."""
    text = _between_tags(html)
    if text is not None:
        return _squeezed_lines(unescape(text) if "&" in text else text)
    tree = parse(b"<body>" + html)
    return _lines(_texts(tree)) if tree is not None else ""


def _between_tags(html: bytes) -> str | None:
    """What stands between tags, _LINE for those that part blocks. None where not every `<` and `>` is a tag's."""
    if html.count(b"<") != html.count(b">") or html.rfind(b"<") > html.rfind(b">"):
        return None
    text = _OTHER_TAG.sub(b"", _BLOCK_TAGS.sub(_LINE_BYTES, html))
    return None if b"<" in text or b">" in text else text.decode("utf-8", "replace")


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
    return "\n".join(filter(None, map(squeeze, texts)))
