"""Which visible lines say who wrote the article: by their words, their markup, or where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Final

from copydesk.extract.metadata.given import bearers
from copydesk.extract.metadata.introductions import biography, introduced, is_ordinary, ordinary_words, signed_off
from copydesk.extract.metadata.persons import (
    pen_names,
    persons,
    says_by,
    signers,
    whole_names,
)
from copydesk.extract.metadata.places import BESIDE, INTO, SHORT_CHARS, Places, in_frame, is_short, steps
from copydesk.extract.metadata.roles import STRAY
from copydesk.models import Block, Label

NAMES_CHARS: Final = 150  # names of their own, with what they are
GAP: Final = 2  # blocks between two authors of one byline
PEN_NAME_WORDS: Final = 3  # of a line, "by" included
LINKED: Final = 0.5  # of a line's characters, from where it is a link

_BYLINE: Final = re.compile(
    r"by-?line|author|authro|auteur|autor|writ(?:er|ten)|contribut|reporter|journalist",
    re.IGNORECASE,
)
_NAMED: Final = re.compile(r"(?:author|byline|writer)[\w-]*name", re.IGNORECASE)
_NOT_BYLINE: Final = re.compile(
    r"bio|about|comment|related|social|image|photo|avatar|share|follow|desc|title|job|role|box|more|date|time|read|thor-?link|modal|popup|toggle",
    re.IGNORECASE,
)
_YEAR: Final = re.compile(r"(?:19|20|25)\d\d|\d[./-]\d\d?[./-]\d\d|[٠-٩۰-۹]{4}|\bmin(?:ute)?s?\s+read", re.IGNORECASE)
_WRITTEN: Final = re.compile(
    r"\b(?:written|authored|posted|article|story|post|words|updated)\b[^.]{0,40}?\bby\b"
    r"|\b(?:posts|articles|stories)\s+(?:by|from)\b"
    r"|(?:écrit|publié|posté) par|(?:verfasst|veröffentlicht|eingestellt|gepostet) von"
    r"|(?:escrito|publicado|postado) por|(?:scritto|pubblicato|postato|inserito) da"
    r"|(?:geschreven|geplaatst|gepost) door"
    r"|(?:napisane|opublikowane) przez|بقلم|автор|опубликовал|作者|yazan|gönderen"
    r"|^(?:authors?|auteur|autor(?:in)?|autore)\s*:",
    re.IGNORECASE,
)
# Elements whose lines are about other articles or other works, and those of the site's frame, which name topics.
_OTHER: Final = re.compile(
    r"related|teaser|recommend|popular|trending|comment|[.#-]credit|caption|latest-|more-(?:from|articles|posts|news)",
    re.IGNORECASE,
)
_CAPTION: Final = re.compile(r"caption|[.#-]credit", re.IGNORECASE)
_CREDITED: Final = re.compile(r"\b(?:credit|photo|foto|image|picture)s?\s?:", re.IGNORECASE)
_BRACKETS: Final = ("(", "[", "（", "［", "【")
_TEAM: Final = re.compile(
    r"(?:[A-Z][\w&'’.-]*\s){1,4}(?:Team|Staff|Editors|Crew|Redaktion)|(?:Team|Redaktion|Équipe|Equipo)\s[A-Z]\w*"
)


def said(near: Sequence[Block]) -> tuple[str, ...]:
    """The byline that says "By" and names a person, as readers see it at the headline."""
    return tuple(_together(block for block in near if _says_person(block) and not _is_other(block)))


def author_lines(
    blocks: Sequence[Block],
    places: Places,
    near: Sequence[Block],
    marked: Sequence[str] = (),
    *,
    title: str | None = None,
    linked: Sequence[str] = (),
) -> tuple[str, ...]:
    """The author lines, where no byline is `said`, by the best sign that there is.

    `marked`: texts that the page's markup calls an author; `linked`: those of links to a person's page.
    """
    own = [block for block in near if not _is_other(block)]
    above = [block for block in own if block.position < places.start]
    under = [block for block in near if 0 < block.position - places.headline <= BESIDE]
    tail = [block for block in places.behind_text(blocks) if not _is_other(block)]
    named = [block for block in own if _is_byline(block)]
    boxed = [block for block in tail if _is_byline(block) and is_short(block)]
    kinds: tuple[Iterable[str], ...] = (
        _together(block for block in named if persons([block.text])),
        [text for text in marked if persons([text]) and any(text in block.text for block in own)],
        [text for text in linked if persons([text]) and any(text in block.text for block in above)],
        _names(blocks, places, own, title),
        introduced(blocks, places, [*own, *tail]),
        _together(block for block in tail if _presents(block) and _says_person(block)),
        _closing(blocks, places, tail),
        _together(block for block in boxed if any(" " in name for name in persons([block.text]))),
        [text for text in linked if whole_names(text) and any(text == block.text for block in tail)],
        biography(blocks, places),
        signed_off(blocks, places),
        _together(block for block in own if says_by(block.text) and _is_signed(block.text)),
        [text for text in marked if persons([text])],
        [text for text in linked if any(text in block.text for block in above)],
        [text for text in linked if any(text == block.text for block in under)],
        [block.text for block in above if _is_team(block)],
        [block.text for block in named if len(block.text) <= SHORT_CHARS],
        marked,
        _together(boxed),
    )
    return next((lines for kind in kinds if (lines := tuple(kind))), ())


def is_dated(block: Block) -> bool:
    """Whether a year or a reading time stands in a line."""
    return _YEAR.search(block.text) is not None


def _says_person(block: Block) -> bool:
    return says_by(block.text) and bool(persons([block.text]))


def _is_team(block: Block) -> bool:
    is_named = _TEAM.fullmatch(block.text) is not None and STRAY.search(block.text) is None
    return is_named and not in_frame(block) and bool(signers([block.text]))


def _is_signed(text: str) -> bool:
    return bool(signers([text])) or (len(text.split()) <= PEN_NAME_WORDS and bool(pen_names([text])))


def _presents(block: Block) -> bool:
    """Whether a line behind the text is about this article's author: a teaser of another one says only "By"."""
    return block.label is Label.AUTHOR_BIO or _WRITTEN.search(block.text) is not None


def _is_other(block: Block) -> bool:
    path = steps(block)
    if block.label is Label.BYLINE or path[-1].startswith("address"):  # whatever the style is called
        return any(map(_names_other, (step for step in path if not _CAPTION.search(step))))
    return block.label in (Label.RELATED, Label.CREDIT, Label.CAPTION) or any(map(_names_other, path))


def _is_frame(block: Block) -> bool:
    return block.label is Label.HEADING or in_frame(block)


def _together(found: Iterable[Block]) -> Iterator[str]:
    """The first line and those that follow it closely."""
    last: int | None = None
    for block in found:
        if last is not None and abs(block.position - last) > GAP:
            return
        last = block.position
        yield block.text


def _names(blocks: Sequence[Block], places: Places, near: Sequence[Block], title: str | None) -> list[str]:
    """The names that stand alone beside a date, if their words are not ordinary ones of this page."""
    dated = [block.position for block in near if is_dated(block)]
    beside = [
        block
        for block in near
        if not _is_frame(block)
        and len(block.text) <= NAMES_CHARS
        and not _CREDITED.search(block.text)
        and (places.headline < block.position < places.start + INTO or is_dated(block))
        and (
            block.position <= places.headline + BESIDE or any(abs(block.position - place) <= BESIDE for place in dated)
        )
    ]
    found = [names for block in beside if (names := whole_names(block.text) or bearers(block.text))]
    if not found:
        return []
    ordinary = ordinary_words(blocks)
    kept = ([one for one in names if not is_ordinary(one, ordinary) and one not in (title or "")] for names in found)
    return next((told for names in kept if (told := [one for one in names if not _is_told_of(one, blocks)])), [])


def _is_told_of(name: str, blocks: Iterable[Block]) -> bool:
    """Whether the text is about a name that no capital letters tell from its words: a line may begin with anybody."""
    first = " ".join(name.split()[:2])
    return not name[0].isupper() and any(first in block.text for block in blocks if len(block.text) > NAMES_CHARS)


def _closing(blocks: Sequence[Block], places: Places, tail: Sequence[Block]) -> Iterator[str]:
    """The one line behind the text that says "By" and no more, if it is not below a heading or link of its own.

    A line in brackets is an agency's: it names its desk, and who wrote in another language.
    """
    said_by = [block for block in tail if not block.text.startswith(_BRACKETS) and _says_person(block)]
    if len({block.text for block in said_by}) != 1 or not is_short(said_by[0]):
        return
    before = next((block for block in reversed(blocks) if block.position < said_by[0].position), None)
    if before and before.label is not Label.HEADING and (before.link_density < LINKED or before.position <= places.end):
        yield said_by[0].text


def _is_byline(block: Block) -> bool:
    steps = block.path.rsplit(">", 3)[-3:]
    is_name = "name" in steps[-1] and any("author" in step.lower() for step in steps)
    return block.label is Label.BYLINE or is_name or any(map(_names_author, steps))


@lru_cache(maxsize=20_000)
def _names_author(step: str) -> bool:
    return _NAMED.search(step) is not None or (_BYLINE.search(step) is not None and not _NOT_BYLINE.search(step))


@lru_cache(maxsize=20_000)
def _names_other(step: str) -> bool:
    return _OTHER.search(step) is not None
