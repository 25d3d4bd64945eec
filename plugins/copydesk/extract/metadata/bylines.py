"""Which visible lines say who wrote the article: by their words, their markup, or where they stand."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from copydesk.extract.metadata.persons import (
    pen_names,
    persons,
    says_by,
    signers,
    whole_names,
)
from copydesk.models import Block, Label

ABOVE: Final = 8  # blocks above the headline where a byline or date may stand
BELOW: Final = 8  # blocks below it at least, also where the text begins at once
FAR: Final = 40  # blocks below it at most
INTO: Final = 2  # blocks of the text that may still be a byline
BEHIND: Final = 30  # blocks behind the text, where a box may present the author
LINE_CHARS: Final = 200
LABEL_CHARS: Final = 24
SHORT_CHARS: Final = 80  # a name of its own
NAMES_CHARS: Final = 150  # names of their own, with what they are
GAP: Final = 2  # blocks between two authors of one byline
PEN_NAME_WORDS: Final = 3  # of a line, "by" included
LINKED: Final = 0.5  # of a line's characters, from where it is a link
BESIDE: Final = 2  # blocks between a name and a date of one line

_BYLINE: Final = re.compile(
    r"by-?line|author|authro|auteur|autor|writ(?:er|ten)|contribut|reporter|journalist",
    re.IGNORECASE,
)
_NAMED: Final = re.compile(r"(?:author|byline|writer)[\w-]*name", re.IGNORECASE)
_NOT_BYLINE: Final = re.compile(
    r"bio|about|comment|related|social|image|photo|avatar|share|follow|desc|title|job|role|box|more|date|time|read|thor-?link|modal|popup|toggle",
    re.IGNORECASE,
)
_YEAR: Final = re.compile(r"(?:19|20)\d\d|[٠-٩۰-۹]{4}|\bmin(?:ute)?s?\s+read", re.IGNORECASE)
_LABEL: Final = re.compile(
    r"(?:(?:written|posted|story|words|authored|article|published|(?:medically |fact[ -]?)?(?:reviewed|checked|edited))"
    r" )?by:?|authors?:|autor(?:in)?:|von:?|par:?",
    re.IGNORECASE,
)
_WRITTEN: Final = re.compile(
    r"\b(?:written|authored|posted|article|story|post|words|updated)\b[^.]{0,40}?\bby\b|\b(?:posts|articles|stories)\s+(?:by|from)\b"
    r"|écrit par|verfasst von|escrito por|scritto da|بقلم|автор|作者|yazan",
    re.IGNORECASE,
)
# Elements whose lines are about other articles or other works, and those of the site's frame, which name topics.
_OTHER: Final = re.compile(
    r"related|teaser|recommend|popular|trending|comment|[.#-]credit|caption|latest-|more-(?:from|articles|posts|news)",
    re.IGNORECASE,
)
_CAPTION: Final = re.compile(r"caption|[.#-]credit", re.IGNORECASE)
_BRACKETS: Final = ("(", "[", "（", "［", "【")
_TEAM: Final = re.compile(
    r"(?:[A-Z][\w&'’.-]*\s){1,4}(?:Team|Staff|Editors|Crew|Redaktion)|(?:Team|Redaktion|Équipe|Equipo)\s[A-Z]\w*"
)
_FRAME: Final = re.compile(
    r"breadcrumb|[.#]menu|[.#]nav|^nav|^footer|^form|^button|[.#]footer|categor|[.#]tax-|terms|[.#-]tags?\b|[.#-]topic|filter"
    r"|dropdown|subscribe|product",
    re.IGNORECASE,
)
_INTRODUCTION: Final = re.compile(
    r",?\s(?:is|was|has|writes|works|covers|reports|joined|lives|specializes|est|écrit|ist|schreibt|arbeitet|es|escribe|è|"
    r"scrive|é|escreve|schrijft|jest|pisze|är|er|هو|هي|כותב|כותבת)\s|は、|是"
)
STEPS: Final = 7  # of a path that say where a line stands
_WORD: Final = re.compile(r"[^\W\d_]{2,}")


@dataclass(frozen=True, slots=True)
class Places:
    """Where a page's article stands, as positions of blocks: its headline, and the first and last of its text."""

    headline: int
    start: int
    end: int

    def above_text(self, blocks: Iterable[Block]) -> list[Block]:
        """The lines around the headline and down to the text: those below it first, the nearer before the farther."""
        first = max(min(self.headline, self.start), self.headline - FAR) - ABOVE
        last = min(max(self.start + INTO, self.headline + BELOW), self.headline + FAR)
        near = _lines(blocks, first, min(last, max(self.end, self.start)))
        near.sort(
            key=lambda block: (
                block.position < self.headline,
                abs(block.position - self.headline),
            )
        )
        return near

    def behind_text(self, blocks: Iterable[Block]) -> list[Block]:
        """The text's last lines, and those behind it."""
        return _lines(blocks, self.end - INTO + 1, self.end + BEHIND)


def _lines(blocks: Iterable[Block], first: int, last: int) -> list[Block]:
    """The lines between two positions, each with the label that stands alone before it ("Written by")."""
    found: list[Block] = []
    label = ""
    for block in blocks:
        if first <= block.position <= last and len(block.text) <= LINE_CHARS:
            found.append(replace(block, text=f"{label} {block.text}") if label and _is_short(block) else block)
            label = block.text if len(block.text) <= LABEL_CHARS and _LABEL.fullmatch(block.text) else ""
    return found


def _is_short(block: Block) -> bool:
    return len(block.text) <= SHORT_CHARS


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
    tail = [block for block in places.behind_text(blocks) if not _is_other(block)]
    named = [block for block in own if _is_byline(block)]
    boxed = [block for block in tail if _is_byline(block) and _is_short(block)]
    kinds: tuple[Iterable[str], ...] = (
        _together(block for block in named if persons([block.text])),
        [text for text in marked if persons([text]) and any(text in block.text for block in own)],
        [text for text in linked if persons([text]) and any(text in block.text for block in above)],
        _names(blocks, places, own, title),
        _introduced(blocks, places, [*own, *tail]),
        _together(block for block in tail if _presents(block) and _says_person(block)),
        _closing(blocks, places, tail),
        _together(block for block in boxed if any(" " in name for name in persons([block.text]))),
        [text for text in linked if whole_names(text) and any(text == block.text for block in tail)],
        _together(block for block in own if says_by(block.text) and _is_signed(block.text)),
        [text for text in marked if persons([text])],
        [text for text in linked if any(text in block.text for block in above)],
        [block.text for block in above if _TEAM.fullmatch(block.text) and signers([block.text])],
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


def _is_signed(text: str) -> bool:
    return bool(signers([text])) or (len(text.split()) <= PEN_NAME_WORDS and bool(pen_names([text])))


def _presents(block: Block) -> bool:
    """Whether a line behind the text is about this article's author: a teaser of another one says only "By"."""
    return block.label is Label.AUTHOR_BIO or _WRITTEN.search(block.text) is not None


def _is_other(block: Block) -> bool:
    steps = _steps(block)
    if block.label is Label.BYLINE or steps[-1].startswith("address"):  # whatever the style is called
        return any(map(_names_other, (step for step in steps if not _CAPTION.search(step))))
    return block.label in (Label.RELATED, Label.CREDIT, Label.CAPTION) or any(map(_names_other, steps))


def _is_frame(block: Block) -> bool:
    return block.label is Label.HEADING or _in_frame(block)


def _in_frame(block: Block) -> bool:
    return block.label is Label.OTHER_BOILERPLATE or any(map(_names_frame, _steps(block)))


def _steps(block: Block) -> list[str]:
    return block.path.rsplit(">", STEPS)[-STEPS:]


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
        and (places.headline < block.position < places.start + INTO or is_dated(block))
        and (
            block.position <= places.headline + BESIDE or any(abs(block.position - place) <= BESIDE for place in dated)
        )
    ]
    found = [names for block in beside if (names := whole_names(block.text))]
    if not found:
        return []
    ordinary = _ordinary(blocks)
    kept = ([one for one in names if not _is_ordinary(one, ordinary) and one not in (title or "")] for names in found)
    return next((names for names in kept if names), [])


def _closing(blocks: Sequence[Block], places: Places, tail: Sequence[Block]) -> Iterator[str]:
    """The one line behind the text that says "By" and no more, if it is not below a heading or link of its own.

    A line in brackets is an agency's: it names its desk, and who wrote in another language.
    """
    said_by = [block for block in tail if not block.text.startswith(_BRACKETS) and _says_person(block)]
    if len({block.text for block in said_by}) != 1 or not _is_short(said_by[0]):
        return
    before = next((block for block in reversed(blocks) if block.position < said_by[0].position), None)
    if before and before.label is not Label.HEADING and (before.link_density < LINKED or before.position <= places.end):
        yield said_by[0].text


def _introduced(blocks: Sequence[Block], places: Places, lines: Sequence[Block]) -> Iterator[str]:
    """The name that stands alone around the text and that a line behind it introduces: "Ana Roe is a writer in Lune".

    A text that names it more than once is about it.
    """
    behind = [block for block in blocks if places.end - INTO < block.position <= places.end + BEHIND]
    openings = {word.rstrip(",") for line in behind for word in line.text.split(maxsplit=1)[:1]}
    outside = (block for block in lines if block.position not in range(places.start + 1, places.end))
    for block in (block for block in outside if _is_short(block) and block.text.split(maxsplit=1)[0] in openings):
        name = block.text
        if not any(_introduces(line, block) for line in behind) or _in_frame(block) or persons([name]) != (name,):
            continue
        text = (other.text for other in blocks if places.start <= other.position <= places.end)
        if sum(name.split()[-1] in line for line in text) <= 1 and not _is_ordinary(name, _ordinary(blocks)):
            yield name
            return


def _introduces(line: Block, name: Block) -> bool:
    """Whether a line goes on about a name that it begins with; below it, by its first part: "Ana writes for us"."""
    is_below = 0 < line.position - name.position <= BESIDE
    called = name.text if line.text.startswith(name.text) or not is_below else name.text.split(maxsplit=1)[0]
    return line.text.startswith(called) and _INTRODUCTION.match(line.text, len(called)) is not None


def _ordinary(blocks: Iterable[Block]) -> frozenset[str]:
    """The words that the page writes in lower case."""
    return frozenset(word for block in blocks for word in _WORD.findall(block.text) if word[0].islower())


def _is_ordinary(name: str, ordinary: frozenset[str]) -> bool:
    return any(word.lower() in ordinary for word in _WORD.findall(name))


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


@lru_cache(maxsize=20_000)
def _names_frame(step: str) -> bool:
    return _FRAME.search(step) is not None
