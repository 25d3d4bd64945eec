"""Whose site it is, where an article that nobody signs is told in the first person."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from copydesk.extract.metadata.introductions import is_ordinary, ordinary_words
from copydesk.extract.metadata.persons import whole_names
from copydesk.models import Block

MIN_TOLD: Final = 5  # words for oneself in a text that is told by one person
WORDS_A_TELLER: Final = 200  # of the text, for each such word at most
MAX_NAME_WORDS: Final = 3
COPYRIGHT_CHARS: Final = 200

_ONESELF: Final = re.compile(
    r"\b(?:I|I['’](?:m|ve|ll|d)|[Mm]y|[Mm]yself|[Ii]ch|[Mm]ein(?:e[mnrs]?)?|[Jj]e|[Jj]['’]\w+|[Mm]oi|[Yy]o|[Ee]u|[Mm]eus?|"
    r"[Mm]inhas?|[Ii]k|[Mm]ijn|[Яя]|мне|меня)\b"
)
_COPYRIGHT: Final = re.compile(
    r"(?:©|\(c\)|copyright)\s*(?:(?:©|\(c\)|copyright)\s*)?(?:(?:19|20)\d\d(?:\s?[-–]\s?(?:(?:19|20)?\d\d|present))?,?\s*)?(?:by\s+)?"
    r"([^\W\d_][^©|·•.,\d]{3,40})",
    re.IGNORECASE,
)
_POSSESSIVE: Final = re.compile(r"['’]s?\s.*$")  # "Ana Roe's Harbour Blog"
_RIGHTS: Final = re.compile(r"\s*(?:all rights.*)?$", re.IGNORECASE)


def owners(blocks: Sequence[Block], body: Sequence[Block], site_names: Iterable[str]) -> Iterator[str]:
    """The persons who the site's name or its copyright line says it belongs to, if one person tells the text."""
    if not _is_told_by_one(" ".join(block.text for block in body)):
        return
    end = max((block.position for block in body), default=0)  # copyright lines before it are of pictures
    short = (block.text for block in blocks if block.position >= end and len(block.text) <= COPYRIGHT_CHARS)
    holders = (_RIGHTS.sub("", found[1]) for text in short for found in _COPYRIGHT.finditer(text))
    ordinary = ordinary_words(body)
    for name in (*holders, *(_POSSESSIVE.sub("", name) for name in site_names)):
        if whole_names(name) == (name,) and _is_bearable(name) and not is_ordinary(name, ordinary):
            yield name


def _is_told_by_one(text: str) -> bool:
    told = len(_ONESELF.findall(text))
    return told >= MIN_TOLD and told * WORDS_A_TELLER >= len(text.split())


def _is_bearable(name: str) -> bool:
    """Whether a name may be a person's: no acronym, and of few words."""
    words = name.split()
    return len(words) <= MAX_NAME_WORDS and not any(len(word) > 1 and word.isupper() for word in words)
