"""What a page's visible text and its inline markup say of the article: headings, bylines, dates."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from lxml import etree

from copydesk.extract.blocks import squeeze
from copydesk.extract.metadata.claims import Claims
from copydesk.models import Block, Label, Source

MAX_LINE_CHARS: Final = 200
MAX_LINES: Final = 12

_MARKED: Final = etree.XPath(
    "//time | //*[@itemprop='datePublished' or @itemprop='dateModified' or @itemprop='author' or @itemprop='headline'"
    " or @rel='author' or contains(@class, 'published') or @pubdate or @data-published or @data-datetime]"
)
_BYLINE: Final = re.compile(
    r"(?:^|[.#_-])(?:by-?line|author|auteur|autor|writer|writtenby|written-by|credit-?name|contributor|reporter|journalist)s?"
    r"(?:$|[._-])",
    re.IGNORECASE,
)
_NOT_BYLINE: Final = re.compile(
    r"bio|about|comment|related|social|image|photo|avatar|share|follow|desc|title|job|role|box|more", re.IGNORECASE
)
_DATED: Final = re.compile(
    r"(?:^|[.#_-])(?:date|datum|fecha|data|time|timestamp|published|pubdate|posted|meta|byline|entry-meta|publish|info|dateline|"
    r"created)(?:$|[._-])",
    re.IGNORECASE,
)
_UPDATED: Final = re.compile(
    r"modif|update|aktualis|mise à jour|actualiz|aggiorn|обновл|تحديث|güncel|更新", re.IGNORECASE
)
_BY: Final = re.compile(
    r"(?:written\s+by|by|von|par|por|door|av|di|автор|بقلم|كتب|מאת|作者|记者)[\s:：]+\S", re.IGNORECASE
)
_YEAR: Final = re.compile(r"(?:19|20)\d\d|[٠-٩۰-۹]{4}")


def read_visible(tree: etree._Element, blocks: Sequence[Block], body_start: int) -> Claims:
    """What stands around the body's first block (position `body_start`) and in elements marked as times and authors."""
    marked = list(_marked(tree))
    near = [block for block in blocks if len(block.text) <= MAX_LINE_CHARS and block.position < body_start + MAX_LINES]
    near.sort(key=lambda block: abs(block.position - body_start))
    published = [value for kind, value in marked if kind == "published"]
    return Claims(
        Source.VISIBLE,
        titles=tuple(value for kind, value in marked if kind == "headline"),
        authors=tuple(value for kind, value in marked if kind == "author") + tuple(_bylines(near)),
        published=tuple(published) + tuple(_dated(near)),
        modified=tuple(value for kind, value in marked if kind == "modified"),
    )


def headings(tree: etree._Element) -> list[str]:
    """The texts of the page's top headings, in order."""
    found = [squeeze(" ".join(map(str, heading.itertext()))) for heading in tree.iter("h1")]
    return [text for text in found if text]


def _marked(tree: etree._Element) -> Iterator[tuple[str, str]]:
    found = _MARKED(tree)
    for element in found[:100] if isinstance(found, list) else ():
        if not isinstance(element, etree._Element):  # noqa: SLF001 - the class of elements has no other name
            continue
        names = f"{element.get('itemprop') or ''} {element.get('class') or ''}"
        text = squeeze("".join(map(str, element.itertext())))
        value = element.get("datetime") or element.get("content") or element.get("data-datetime") or text
        if not value or len(value) > MAX_LINE_CHARS:
            continue
        if "author" in names.split() or element.get("rel") == "author":
            yield "author", text or value
        elif element.get("itemprop") == "headline":
            yield "headline", value
        elif "dateModified" in names or (_UPDATED.search(names) and "published" not in names.split()):
            yield "modified", value
        else:
            yield "published", value


def _last_steps(block: Block) -> str:
    return ">".join(block.path.rsplit(">", 3)[-3:])


def _bylines(near: Sequence[Block]) -> Iterator[str]:
    for block in near:
        steps = re.split(r"[>.#]", _last_steps(block))
        named = any(_BYLINE.search(step) and not _NOT_BYLINE.search(step) for step in steps)
        if named or block.label is Label.BYLINE:
            yield block.text
    for block in near:
        if _BY.match(block.text) and len(block.text) <= 80:  # noqa: PLR2004 - a byline is short
            yield block.text


def _dated(near: Sequence[Block]) -> Iterator[str]:
    yield from (
        b.text for b in near if _YEAR.search(b.text) and any(map(_DATED.search, re.split(r"[>.#]", _last_steps(b))))
    )
    yield from (b.text for b in near if _YEAR.search(b.text) and len(b.text) <= 80)  # noqa: PLR2004 - a line of its own
