"""Paragraphs of prose in a part of a page that a profile leaves out unread, at places where no article showed anything.

They may be body in a box that other articles do not have.
"""

from __future__ import annotations

from collections.abc import Callable, Container
from typing import cast

from lxml import etree

from copydesk.extract.blocks import squeeze
from copydesk.profiles.rulings import FEW_LINKS, bare
from copydesk.profiles.structure import Element

PROSE_CHARS = 80
_long = etree.XPath(f"descendant::p[string-length() >= {PROSE_CHARS}]")


def strange_prose(element: Element, path: str, sign: Callable[[Element], str], seen: Container[str]) -> int:
    """The characters of such paragraphs below an element at `path`; `seen` are the paths of all that was shown."""
    paths: dict[Element, str | None] = {element: path}
    long = cast("list[Element]", _long(element))
    return sum(_prose(paragraph) for paragraph in long if _is_strange(_path(paragraph, paths, sign), seen))


def _prose(paragraph: Element) -> int:
    """The length of a paragraph, 0 for one that is short or has many links."""
    size = len(squeeze("".join(paragraph.itertext())))
    if size < PROSE_CHARS:
        return 0
    links = sum(len("".join(link.itertext()).strip()) for link in paragraph.iterdescendants("a"))
    return size if links < FEW_LINKS * size else 0


def _path(element: Element, paths: dict[Element, str | None], sign: Callable[[Element], str]) -> str | None:
    """The path of an element below those of `paths`, where it is then kept; None if it is part of a link."""
    if element not in paths:
        above = None if element.tag == "a" else _path(element.getparent(), paths, sign)
        paths[element] = None if above is None else f"{above}>{sign(element)}"
    return paths[element]


def _is_strange(path: str | None, seen: Container[str]) -> bool:
    return path is not None and path not in seen and bare(path) not in seen
