"""What HTML's elements and the class names of content systems say of the text in them."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from lxml import etree

from copydesk.models import Label

MAX_CLASSES: Final = 4
MAX_TOKEN_CHARS: Final = 40


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


# No steps of a path. The head is one of them as libxml2 leaves an <article> in it that no <body> stands before.
PAGE: Final = _names("html head body")
INVISIBLE: Final = _names(
    "script style noscript template title svg iframe object embed video audio "
    "canvas select datalist textarea progress meter map area param source track noembed noframes"
)
INLINE: Final = _names(
    "a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark meter nobr output picture "
    "progress q rb rp rt rtc ruby s samp small span strike strong sub sup time tt u var wbr "
    "math mi mn mo mrow mtext msup msub link meta input amp-img"
)
CELLS: Final = _names("td th")
_IMAGES: Final = _names("img amp-img")
# A table's caption says what the table is of and stays with it; what stands under a picture is figcaption.
_LABELS: Final = {
    "figcaption": Label.CAPTION,
    "caption": Label.HEADING,
    "h1": Label.HEADING,
    "h2": Label.HEADING,
    "h3": Label.HEADING,
    "h4": Label.HEADING,
    "h5": Label.HEADING,
    "h6": Label.HEADING,
    "blockquote": Label.QUOTE,
    "li": Label.LIST,
    "dd": Label.LIST,
    "dt": Label.LIST,
    "tr": Label.TABLE,
    "nav": Label.OTHER_BOILERPLATE,
    "button": Label.OTHER_BOILERPLATE,
}
# Names that content systems give to one thing only, as whole class names.
_CLASS_LABELS: Final = {
    "wp-caption-text": Label.CAPTION,
    "wp-element-caption": Label.CAPTION,
    "caption-text": Label.CAPTION,
    "image-caption": Label.CAPTION,
    "photo-caption": Label.CAPTION,
    "gallery-caption": Label.CAPTION,
    "legende": Label.CAPTION,
    "bildunterschrift": Label.CAPTION,
    "didascalia": Label.CAPTION,
    "pie-de-foto": Label.CAPTION,
    "image-credit": Label.CREDIT,
    "photo-credit": Label.CREDIT,
    "byline": Label.BYLINE,
    "sharedaddy": Label.SHARE,
    "jp-relatedposts": Label.RELATED,
    "related-posts": Label.RELATED,
    "post-tags": Label.TAGS,
    "author-bio": Label.AUTHOR_BIO,
    "comment-list": Label.OTHER_BOILERPLATE,
    "comment-respond": Label.OTHER_BOILERPLATE,
    "nocomments": Label.COMMENTS_NOTICE,
    "no-comments": Label.COMMENTS_NOTICE,
    "comments-closed": Label.COMMENTS_NOTICE,
}
# What a block takes from the elements around it, the strongest first: a caption is one whatever stands around it.
_RANK: Final = {
    label: rank for rank, label in enumerate((Label.BODY, Label.QUOTE, Label.TABLE, Label.LIST, Label.HEADING), start=0)
}
_STRONGEST: Final = 9
_TOKEN: Final = re.compile(rf"[\w-]{{1,{MAX_TOKEN_CHARS}}}\Z")
_TINY: Final = re.compile(r"\d{1,2}(?:px)?\Z")  # pixels
_HIDDEN_STYLE: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)


def is_picture(element: etree._Element) -> bool:
    """True for an image that may have a caption: no icon and no tracking pixel, as far as its markup says."""
    return element.tag in _IMAGES and not any(_TINY.match(element.get(side) or "") for side in ("width", "height"))


def is_hidden(element: etree._Element) -> bool:
    """True when the element's own markup hides what is in it."""
    style = element.get("style")
    if element.tag == "dialog" and element.get("open") is None:
        return True
    return (style is not None and _HIDDEN_STYLE.search(style) is not None) or element.get("hidden") is not None


def meaning(element: etree._Element) -> tuple[str, Label]:
    """An element's step in a path, as `div#page.story`, and the label that its tag, classes and `rel` give."""
    identifier, names = element.get("id"), element.get("class")
    step, own = _meaning(
        element.tag,
        identifier and identifier[: MAX_TOKEN_CHARS + 1],
        names and names[: MAX_CLASSES * 2 * MAX_TOKEN_CHARS],
    )
    return step, Label.BYLINE if own is Label.BODY and element.get("rel") == "author" else own


def stronger(around: Label, own: Label) -> Label:
    """The label that holds inside an element that says `own`, in one that says `around`."""
    return own if _RANK.get(own, _STRONGEST) > _RANK.get(around, _STRONGEST) else around


@lru_cache(maxsize=20_000)
def _meaning(tag: str, identifier: str | None, names: str | None) -> tuple[str, Label]:
    """As `meaning`; the same few come again and again."""
    step, own = tag, _LABELS.get(tag, Label.BODY)
    if identifier and _TOKEN.match(identifier):
        step += "#" + identifier
    if names:
        tokens = [name for name in names.split(maxsplit=MAX_CLASSES * 2)[: MAX_CLASSES * 2] if _TOKEN.match(name)]
        step += "".join(f".{name}" for name in tokens[:MAX_CLASSES])
        own = next((_CLASS_LABELS[name] for name in names.split() if name in _CLASS_LABELS), own)
    return step, own
