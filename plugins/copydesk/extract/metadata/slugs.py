"""Which of two titles a page's address was made from: sites put the words of a title into it."""

from __future__ import annotations

import re
from typing import Final
from urllib.parse import unquote, urlsplit

from copydesk.folding import fold

MIN_WORDS: Final = 2  # fewer are a section, a topic or a person
_WORD: Final = re.compile(r"[^\W\d_]+")
_ENDING: Final = re.compile(r"\.[a-z]{2,5}$")  # ".html"
_APOSTROPHE: Final = re.compile(r"(?<=\w)'(?=\w)")


def slug(url: str) -> frozenset[str]:
    """The words of that step of an address which has most; empty if none has two."""
    steps = unquote(urlsplit(url).path).split("/")
    longest = max((_words(_ENDING.sub("", step)) for step in steps), key=len)
    return longest if len(longest) >= MIN_WORDS else frozenset()


def is_nearer(title: str, other: str, words: frozenset[str]) -> bool:
    """Whether a title has more of an address's words than the other, and not because it has more words."""
    mine, its = _words(title), _words(other)
    shared, its_shared = len(mine & words), len(its & words)
    return shared > its_shared and shared * len(its) > its_shared * len(mine)


def _words(text: str) -> frozenset[str]:
    return frozenset(_WORD.findall(_APOSTROPHE.sub("", fold(text))))
