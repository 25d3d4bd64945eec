"""Whether a picture stands above a paragraph: then a line that is no sentence is its caption."""

from __future__ import annotations

from collections.abc import Iterable

from copydesk.extract.elements import is_picture
from copydesk.profiles.structure import Element, Piece

MAX_CHARS = 200  # of a piece that may be a caption; longer ones are not looked at
_PICTURES = ("img", "amp-img")


def under_pictures(pieces: Iterable[Piece]) -> set[int]:
    """The places of short paragraphs between which and the text before them a picture stands."""
    found: set[int] = set()
    last: Element | None = None
    for place, piece in enumerate(pieces):
        element = piece.element
        if element.tag == "p" and len(piece.text) <= MAX_CHARS and element is not last and _is_under(element):
            found.add(place)
        last = element
    return found


def _is_under(element: Element) -> bool:
    if not _is_text(element.text):
        inside = _shown(element)
        if inside is not None:
            return inside
    while (parent := element.getparent()) is not None:
        above = _shown(element.itersiblings(preceding=True), tails_first=True)
        if above is not None:
            return above
        if _is_text(parent.text):
            return False
        element = parent
    return False


def _shown(elements: Iterable[Element], *, tails_first: bool = False) -> bool | None:
    """True when the first that is there to see is a picture, False when it is text, None when there is nothing."""
    for element in elements:
        if tails_first and _is_text(element.tail):
            return False
        if any(map(_is_text, element.itertext())):
            return False
        if any(map(is_picture, element.iter(*_PICTURES))):
            return True
        if not tails_first and _is_text(element.tail):
            return False
    return None


def _is_text(text: str | None) -> bool:
    return bool(text and not text.isspace())
