"""What a page's visible text and its inline markup say of the article: headings, bylines, dates."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from lxml import etree

from copydesk.extract.blocks import squeeze
from copydesk.extract.metadata.bylines import Places, author_lines, said
from copydesk.extract.metadata.claims import Claims
from copydesk.models import Block, Source

MAX_LINE_CHARS: Final = 200
MAX_MARKED: Final = 200
SHORT_CHARS: Final = 80  # a date line of its own

# One attribute a step: a condition over many of them on every element takes four times as long.
_MARKED: Final = etree.XPath(
    "descendant::h1 | descendant::time | descendant::a[contains(@rel, 'author')] | descendant::*[@data-datetime]"
    " | descendant::*[@itemprop][@itemprop='datePublished' or @itemprop='dateModified' or @itemprop='author'"
    " or @itemprop='headline'] | descendant::*[@data-published]"
    " | descendant::abbr[@class='published'] | descendant::span[@class='published']"
)
_DATED: Final = re.compile(
    r"date|datum|fecha|time|publi|posted|meta|byline|info|created|updated",
    re.IGNORECASE,
)
_UPDATED: Final = re.compile(
    r"modif|update|aktualis|mise à jour|actualiz|aggiorn|обновл|تحديث|güncel|更新",
    re.IGNORECASE,
)
_YEAR: Final = re.compile(r"(?:19|20)\d\d|[٠-٩۰-۹]{4}")


def read_visible(
    tree: etree._Element,
    blocks: Sequence[Block],
    body_start: int,
    title: str | None = None,
    body_end: int | None = None,
) -> Claims:
    """What stands around the headline and the body (positions of its first and last block), and what is marked up.

    Of elements marked as times and authors, those behind the headline come first.
    """
    end = body_start if body_end is None else body_end
    places = Places(_headline(blocks, title, body_start), body_start, end)
    near = places.above_text(blocks)
    marked = list(_marked(tree, title))
    published = [value for kind, value in marked if kind == "published"]
    authors = [value for kind, value in marked if kind == "author"]
    bylines = said(near)
    return Claims(
        Source.VISIBLE,
        titles=tuple(value for kind, value in marked if kind == "headline"),
        authors=bylines or author_lines(blocks, places, near, authors, title),
        bylines=bylines,
        published=(*published, *_dated(near)),
        modified=tuple(value for kind, value in marked if kind == "modified"),
    )


def headings(tree: etree._Element) -> list[str]:
    """The texts of the page's top headings, in order."""
    found = [squeeze(" ".join(map(str, heading.itertext()))) for heading in tree.iter("h1")]
    return [text for text in found if text]


def _headline(blocks: Sequence[Block], title: str | None, body_start: int) -> int:
    """The position of the block that is the title, the nearest to the body; the body's own if there is none."""
    places = [block.position for block in blocks if title and block.text == title]
    return min(places, key=lambda place: abs(body_start - place), default=body_start)


def _marked(tree: etree._Element, title: str | None) -> Iterator[tuple[str, str]]:
    """Kind and value of each marked element: those behind the headline, then those before it."""
    found = _MARKED(tree)
    listed = found if isinstance(found, list) else []
    elements = [one for one in listed if isinstance(one, etree._Element)]  # noqa: SLF001 - it has no other name
    tops = [index for index, one in enumerate(elements) if one.tag == "h1"]
    start = next(
        (index for index in tops if title and _text(elements[index]) == title),
        tops[0] if tops else 0,
    )
    for element in (elements[start:] + elements[:start])[:MAX_MARKED]:
        if element.tag != "h1" or element.get("itemprop"):
            yield from _meaning(element)


def _meaning(element: etree._Element) -> Iterator[tuple[str, str]]:
    names = f"{element.get('itemprop') or ''} {element.get('class') or ''}"
    text = _text(element)
    value = element.get("datetime") or element.get("content") or element.get("data-datetime") or text
    if not value or len(value) > MAX_LINE_CHARS:
        return
    if "author" in names.split() or "author" in (element.get("rel") or ""):
        yield "author", text or value
    elif element.get("itemprop") == "headline":
        yield "headline", value
    elif "dateModified" in names or (_UPDATED.search(names) and "published" not in names.split()):
        yield "modified", value
    else:
        yield "published", value


def _text(element: etree._Element) -> str:
    return squeeze(" ".join(map(str, element.itertext())))


def _steps(block: Block) -> list[str]:
    """The last elements of a block's path, each with its names."""
    return block.path.rsplit(">", 3)[-3:]


def _dated(near: Sequence[Block]) -> Iterator[str]:
    dated = [block for block in near if _YEAR.search(block.text)]
    yield from (block.text for block in dated if any(map(_DATED.search, _steps(block))))
    yield from (block.text for block in dated if len(block.text) <= SHORT_CHARS)
