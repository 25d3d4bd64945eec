"""What a page's visible text and its inline markup say of the article: headings, bylines, dates."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final

from lxml import etree

from copydesk.extract.blocks import squeeze
from copydesk.extract.metadata.claims import Claims
from copydesk.models import Block, Label, Source

MAX_LINE_CHARS: Final = 200
MAX_LINES: Final = 12

MAX_MARKED: Final = 200
ABOVE: Final = 8  # blocks above the headline where a byline or date may stand
BELOW: Final = 25
SHORT_CHARS: Final = 80  # a byline or a date line of its own

_MARKED: Final = etree.XPath(
    "//h1 | //time | //*[@itemprop='datePublished' or @itemprop='dateModified' or @itemprop='author'"
    " or @itemprop='headline' or @rel='author' or @class='published' or @pubdate or @data-published"
    " or @data-datetime]"
)
_BYLINE: Final = re.compile(r"by-?line|author|auteur|autor|writ(?:er|ten)|contribut|reporter|journalist", re.IGNORECASE)
_NOT_BYLINE: Final = re.compile(
    r"bio|about|comment|related|social|image|photo|avatar|share|follow|desc|title|job|role|box|more|date|time|read|thor-?link",
    re.IGNORECASE,
)
_DATED: Final = re.compile(r"date|datum|fecha|time|publi|posted|meta|byline|info|created|updated", re.IGNORECASE)
_UPDATED: Final = re.compile(
    r"modif|update|aktualis|mise à jour|actualiz|aggiorn|обновл|تحديث|güncel|更新", re.IGNORECASE
)
_BY: Final = re.compile(
    r"(?:(?:written|posted|story|words|text|reviewed)\s+by|by|authors?|contributors?|von|par|por|door|av|di|автор|بقلم|كتب|מאת|作者|记者)"
    r"[\s:：]+\S",
    re.IGNORECASE,
)
_YEAR: Final = re.compile(r"(?:19|20)\d\d|[٠-٩۰-۹]{4}")
_NAME: Final = re.compile(r"(?:[^\W\d_a-z][\w.'’-]*\s+){1,3}[^\W\d_a-z][\w.'’-]*\Z")


def read_visible(tree: etree._Element, blocks: Sequence[Block], body_start: int, title: str | None = None) -> Claims:
    """What stands around the headline and the body's first block (position `body_start`), and what is marked up.

    Of elements marked as times and authors, those behind the headline come first.
    """
    headline = _headline(blocks, title, body_start)
    lines = [block for block in blocks if len(block.text) <= MAX_LINE_CHARS]
    near = [b for b in lines if headline - ABOVE <= b.position <= max(body_start + MAX_LINES, headline + BELOW)]
    near.sort(key=lambda block: (block.position < headline, abs(block.position - headline)))
    marked = list(_marked(tree, title))
    published = [value for kind, value in marked if kind == "published"]
    return Claims(
        Source.VISIBLE,
        titles=tuple(value for kind, value in marked if kind == "headline"),
        authors=(*(value for kind, value in marked if kind == "author"), *_bylines(near, lines)),
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
    start = next((index for index in tops if title and _text(elements[index]) == title), tops[0] if tops else 0)
    for element in (elements[start:] + elements[:start])[:MAX_MARKED]:
        if element.tag != "h1" or element.get("itemprop"):
            yield from _meaning(element)


def _meaning(element: etree._Element) -> Iterator[tuple[str, str]]:
    names = f"{element.get('itemprop') or ''} {element.get('class') or ''}"
    text = _text(element)
    value = element.get("datetime") or element.get("content") or element.get("data-datetime") or text
    if not value or len(value) > MAX_LINE_CHARS:
        return
    if "author" in names.split() or element.get("rel") == "author":
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


def _bylines(near: Sequence[Block], lines: Sequence[Block]) -> Iterator[str]:
    """Author lines: by markup near the headline, by their words, by markup anywhere; then names beside a date."""
    yield from (block.text for block in near if _is_byline(block))
    yield from (block.text for block in near if _BY.match(block.text) and len(block.text) <= SHORT_CHARS)
    yield from (block.text for block in lines if _is_byline(block) and len(block.text) <= SHORT_CHARS)
    dated = {place for block in near if _YEAR.search(block.text) for place in (block.position - 1, block.position + 1)}
    yield from (block.text for block in near if block.position in dated and _is_name(block))


def _is_name(block: Block) -> bool:
    return block.label is Label.BODY and _NAME.match(block.text) is not None


def _is_byline(block: Block) -> bool:
    return block.label is Label.BYLINE or any(map(_names_author, _steps(block)))


@lru_cache(maxsize=20_000)
def _names_author(step: str) -> bool:
    return _BYLINE.search(step) is not None and not _NOT_BYLINE.search(step)


def _dated(near: Sequence[Block]) -> Iterator[str]:
    dated = [block for block in near if _YEAR.search(block.text)]
    yield from (block.text for block in dated if any(map(_DATED.search, _steps(block))))
    yield from (block.text for block in dated if len(block.text) <= SHORT_CHARS)
