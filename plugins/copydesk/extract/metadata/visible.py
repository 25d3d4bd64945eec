"""What a page's visible text and its inline markup say of the article: headings, bylines, dates."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Final

from lxml import etree

from copydesk.extract.blocks import squeeze
from copydesk.extract.metadata.bylines import author_lines, said
from copydesk.extract.metadata.claims import Claims
from copydesk.extract.metadata.datelines import Dated, near_dates, other_dates, stated_dates
from copydesk.extract.metadata.places import ABOVE, FAR, Places, in_masthead
from copydesk.models import Block, Label, Source

MAX_LINE_CHARS: Final = 200
MAX_MARKED: Final = 200
SOON: Final = 6  # blocks below the headline where a date is still the article's

# One attribute a step: a condition over many of them on every element takes four times as long.
_MARKED: Final = etree.XPath(
    "descendant::h1 | descendant::time | descendant::a[contains(@rel, 'author')] | descendant::*[@data-datetime]"
    " | descendant::*[@itemprop][@itemprop='datePublished' or @itemprop='dateModified' or @itemprop='author'"
    " or @itemprop='headline'] | descendant::*[@data-published]"
    " | descendant::abbr[@class='published'] | descendant::span[@class='published']"
)
# Steps of an address behind which a person's name or number stands.
_PAGES: Final = (
    "author authors autor autoren autores autori autorin auteur auteurs autore autrice writer writers contributor "
    "contributors profile profiles profil staff staff-member staff-members team our-team meet-the-team team-member "
    "team-members our-authors our-experts journalist journalists journaliste journalistes by columnist columnists "
    "reporter reporters producers expert experts redakteur redakteure redactie redaccion redacteur redacteurs yazar "
    "yazarlar muhabir bio bios member members user users forfatter skribent signature creator creators editor editors "
    "firma firmas kolumnist kolumnisten avtor author_name"
)
_PERSONS_PAGES: Final = frozenset(_PAGES.split())
_UPDATED: Final = re.compile(
    r"modif|update|aktualis|mise à jour|actualiz|aggiorn|обновл|تحديث|güncel|更新",
    re.IGNORECASE,
)


def read_visible(
    tree: etree._Element,
    blocks: Sequence[Block],
    body_start: int,
    title: str | None = None,
    body_end: int | None = None,
    *,
    signed: bool = False,
) -> Claims:
    """What stands around the headline and the body (positions of its first and last block), and what is marked up.

    Where the page's data have it `signed` by a person, only a byline that says "By" is looked for beside that.
    Of elements marked as times and authors, those behind the headline come first.
    """
    end = body_start if body_end is None else body_end
    places = Places(_headline(blocks, title, body_start), body_start, end)
    near = places.above_text(blocks)
    marked = list(_marked(tree, title))
    machine = {one.text: one.value for one in marked if one.text and one.kind in ("published", "modified")}
    shown = near_dates(near, machine)
    stated = [one for one in marked if one.stated]
    sure: list[Dated | _Marked] = [*shown, *stated]
    other = [] if any(one.kind == "published" for one in sure) else other_dates(blocks, places, machine)
    dates = [*sure, *other, *marked]
    bylines = said(near)
    named = [one.text for one in marked if one.kind == "author"]
    behind = stated_dates(blocks, places)
    soon = range(places.headline, max(places.start, places.headline + SOON) + 1)
    return Claims(
        Source.VISIBLE,
        titles=tuple(one.value for one in marked if one.kind == "headline"),
        authors=bylines
        or (() if signed else author_lines(blocks, places, near, named, title=title, linked=_linked(tree))),
        bylines=bylines,
        published=(
            *(one.value for one in behind if one.kind == "original"),
            *(one.value for one in dates if one.kind == "published"),
        ),
        modified=tuple(one.value for one in dates if one.kind == "modified"),
        datelines=(
            *(one.value for one in shown if one.kind == "published" and one.position in soon),
            *(one.value for one in behind),
        ),
        lines=tuple(block.text for block in near if not in_masthead(block)),
    )


def headings(tree: etree._Element) -> list[str]:
    """The texts of the page's top headings, in order."""
    found = [squeeze(" ".join(map(str, heading.itertext()))) for heading in tree.iter("h1")]
    return [text for text in found if text]


def _headline(blocks: Sequence[Block], title: str | None, body_start: int) -> int:
    """The position of the block that is the title or holds it, the nearest to the body, those before it first.

    Where there is none nearby, the nearest heading above the body; the body's own position if there is none either.
    """
    if not title:
        return body_start
    near = [block for block in blocks if abs(body_start - block.position) <= FAR]
    same = [block.position for block in near if block.text == title]
    held = same or [b.position for b in near if len(b.text) <= MAX_LINE_CHARS and title in b.text]
    above = range(body_start - ABOVE, body_start)
    places = held or [b.position for b in near if b.label is Label.HEADING and b.position in above]
    return min(places, key=lambda place: (place > body_start, abs(body_start - place)), default=body_start)


@dataclass(frozen=True, slots=True)
class _Marked:
    """What an element is marked as, what it says to machines, and what to readers.

    `stated`: it says by itself what it is, as microdata does; a bare `<time>` may be about anything.
    """

    kind: str
    value: str
    text: str
    stated: bool = True


def _marked(tree: etree._Element, title: str | None) -> Iterator[_Marked]:
    """Each marked element: those behind the headline, then those before it."""
    found = _MARKED(tree)
    listed = found if isinstance(found, list) else []
    elements = [one for one in listed if isinstance(one, etree._Element)]  # noqa: SLF001 - it has no other name
    tops = [index for index, one in enumerate(elements) if one.tag == "h1"]
    start = next((index for index in tops if title and _text(elements[index]) == title), tops[0] if tops else 0)
    for element in (elements[start:] + elements[:start])[:MAX_MARKED]:
        if element.tag != "h1" or element.get("itemprop"):
            yield from _meaning(element)


def _meaning(element: etree._Element) -> Iterator[_Marked]:
    names = f"{element.get('itemprop') or ''} {element.get('class') or ''}"
    text = _text(element)
    value = element.get("datetime") or element.get("content") or element.get("data-datetime") or text
    if not value or len(value) > MAX_LINE_CHARS:
        return
    if "author" in names.split() or "author" in (element.get("rel") or ""):
        yield _Marked("author", value, text or value)
    elif element.get("itemprop") == "headline":
        yield _Marked("headline", value, text)
    elif "dateModified" in names or (_UPDATED.search(names) and "published" not in names.split()):
        yield _Marked("modified", value, text)
    else:
        yield _Marked("published", value, text, stated="datePublished" in names)


def _linked(tree: etree._Element) -> list[str]:
    """The texts of links whose address is that of a person's page."""
    links = (link for link in tree.iter("a") if _is_persons_page(link.get("href") or ""))
    return [text for link in islice(links, MAX_MARKED) if (text := _text(link)) and len(text) <= MAX_LINE_CHARS]


def _is_persons_page(address: str) -> bool:
    *steps, last = address.lower().rstrip("/").split("/")
    return bool(last) and (not _PERSONS_PAGES.isdisjoint(steps) or "?author=" in last)


def _text(element: etree._Element) -> str:
    return squeeze(" ".join(map(str, element.itertext())))
