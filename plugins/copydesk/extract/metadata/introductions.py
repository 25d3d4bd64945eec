"""Authors whom a line introduces: "Ana Roe is a writer in Lune"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final

from copydesk.extract.metadata.given import bearers
from copydesk.extract.metadata.persons import persons, says_by, whole_names
from copydesk.extract.metadata.places import BEHIND, BESIDE, INTO, Places, in_frame, is_label, is_short, steps
from copydesk.models import Block, Label

_INTRODUCTION: Final = re.compile(
    r",?\s(?:is|was|has|writes|works|covers|reports|joined|lives|specializes|est|écrit|ist|schreibt|arbeitet|es|escribe|è|"
    r"scrive|é|escreve|schrijft|jest|pisze|är|er|هو|هي|כותב|כותבת)\s|は、|是"
)
# Elements that present the author, and headings above a line that does.
_BOX: Final = re.compile(r"author|bio\b|biograph|byline|contributor|about-the-writer", re.IGNORECASE)
_ABOUT: Final = re.compile(
    r"(?:about|meet) (?:the|our) (?:author|writer|blogger)s?|über (?:den autor|die autorin)|zum autor|zur autorin|"
    r"(?:à propos|au sujet) de l['’]aut(?:eur|rice)|(?:sobre|acerca de) (?:el |la |o |a )?autora?|"
    r"(?:sull['’]|l['’])aut(?:ore|rice)|over de auteur|o autor(?:ze|ce)|об авторе|(?:نبذة )?عن الكاتبة?|عن المؤلف|"
    r"درباره نویسنده|yazar hakkında|על (?:הכותבת?|המחברת?)|关于作者|作者简介|"
    r"著者(?:について|紹介)|この記事を書いた人|저자 소개",
    re.IGNORECASE,
)
HEADING_CHARS: Final = 40  # of a heading about the author
MIN_BIO_WORDS: Final = 5
LAST: Final = 6  # blocks of the text, among which one may be about its author
JOINING_CHARS: Final = 7  # between two names: " and ", ", "
_STYLES: Final = frozenset(("b", "strong", "i", "em", "span", "small", "u", "font"))
_DASHES: Final = re.compile(r"^[\s—–~-]+")
_WORD: Final = re.compile(r"[^\W\d_]{2,}")
_ADDRESS: Final = re.compile(r"\S{1,64}@\S{1,255}|\b\w{1,40}(?:\.\w{1,40}){1,4}")
_SUBJECT: Final = re.compile(
    rf"(?:(?:Dr|Prof)\.?\s)?((?:[^\W\d_][\w.'’-]*\s){{1,3}}[^\W\d_][\w'’-]*)(?::\s|{_INTRODUCTION.pattern})"
)


def introduced(blocks: Sequence[Block], places: Places, lines: Sequence[Block]) -> Iterator[str]:
    """The name that stands alone around the text and that a line behind it introduces: "Ana Roe is a writer in Lune".

    A text that names it more than once is about it.
    """
    behind = places.ending(blocks)
    openings = {word.rstrip(",") for line in behind for word in line.text.split(maxsplit=1)[:1]}
    outside = (block for block in lines if block.position not in range(places.start + 1, places.end))
    for block in (block for block in outside if is_short(block) and block.text.split(maxsplit=1)[0] in openings):
        name = block.text
        if not any(_introduces(line, block) for line in behind) or in_frame(block) or persons([name]) != (name,):
            continue
        text = (other.text for other in blocks if places.start <= other.position <= places.end)
        if sum(name.split()[-1] in line for line in text) <= 1 and not is_ordinary(name, ordinary_words(blocks)):
            yield name
            return


def biography(blocks: Sequence[Block], places: Places) -> Iterator[str]:
    """The name that begins a line behind the text, in a box or under a heading about the author."""
    is_headed = False
    for block in (block for block in blocks if places.end - LAST < block.position <= places.end + BEHIND):
        if (is_headed or any(map(_BOX.search, steps(block)))) and (name := _subject(block.text)):
            yield name
            return
        is_headed = len(block.text) <= HEADING_CHARS and _ABOUT.search(block.text) is not None


def signed_off(blocks: Sequence[Block], places: Places) -> Iterator[str]:
    """The name that is all of a paragraph at the text's end, as papers and letters are signed; not one told of before.

    Titles of sections, links and fields of forms stand there too.
    """
    near = [block for block in blocks if places.start < block.position and abs(block.position - places.end) <= INTO + 1]
    last = (block for above, block in pairwise(near) if above.label is not Label.HEADING or is_label(above))
    for block in (block for block in last if is_short(block) and _is_paragraph(block) and not says_by(block.text)):
        line = _DASHES.sub("", block.text)
        names = whole_names(line) or bearers(line)
        others = [other for other in blocks if other is not block]
        is_all = len(line) <= sum(map(len, names)) + len(names) * JOINING_CHARS
        if not names or not is_all or _are_told(names, others, places):
            continue
        ordinary = ordinary_words(blocks)
        if not any(is_ordinary(name, ordinary) for name in names):
            yield line
            return


def _is_paragraph(block: Block) -> bool:
    """Whether a block is a paragraph, perhaps in bold or italics, and not a link."""
    if block.label not in (Label.BODY, Label.BYLINE, Label.AUTHOR_BIO) or block.link_density:
        return False
    own = [step for step in steps(block) if _tag(step) not in _STYLES]
    return bool(own) and _tag(own[-1]) == "p"


def _tag(step: str) -> str:
    return re.split(r"[.#]", step, maxsplit=1)[0]


def _are_told(names: Iterable[str], blocks: Iterable[Block], places: Places) -> bool:
    """Whether the text is about one of the names, in more than lines that begin with it."""
    text = [block.text for block in blocks if places.start <= block.position <= places.end]
    return any(name.split()[-1] in line and not _begins(line, name) for name in names for line in text)


def _begins(line: str, name: str) -> bool:
    return line.lstrip("—–~- ").startswith(name)


def _subject(line: str) -> str | None:
    """The person whom a sentence is about."""
    found = _SUBJECT.match(line)
    is_sentence = found is not None and len(line.split()) >= MIN_BIO_WORDS
    return next(iter(persons([found[1]])), None) if found and is_sentence else None


def _introduces(line: Block, name: Block) -> bool:
    """Whether a line goes on about a name that it begins with; below it, by its first part: "Ana writes for us"."""
    is_below = 0 < line.position - name.position <= BESIDE
    called = name.text if line.text.startswith(name.text) or not is_below else name.text.split(maxsplit=1)[0]
    return line.text.startswith(called) and _INTRODUCTION.match(line.text, len(called)) is not None


def ordinary_words(blocks: Iterable[Block]) -> frozenset[str]:
    """The words that the page writes in lower case; an author's address or account ("ana.roe") is none of them."""
    texts = (_ADDRESS.sub(" ", block.text) if _may_address(block) else block.text for block in blocks)
    return frozenset(word for text in texts for word in _WORD.findall(text) if word[0].islower())


def _may_address(block: Block) -> bool:
    return "@" in block.text or ("." in block.text and is_short(block))


def is_ordinary(name: str, ordinary: frozenset[str]) -> bool:
    """Whether one of a name's words is ordinary; particles ("von", "de") always are."""
    return any(word.lower() in ordinary for word in _WORD.findall(name) if not word[0].islower())
