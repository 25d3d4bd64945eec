"""A summary without what content systems put behind an excerpt: "Continue reading", "[…]", where it appeared."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Final

from copydesk.folding import fold

FILE: Final = Path(__file__).with_name("summaries.toml")
END_CHARS: Final = 700  # of a summary, in which such an end begins
MAX_TITLE_CHARS: Final = 300
MIN_TITLE_CHARS: Final = 8
MAX_PROMPT_CHARS: Final = 40  # around a title behind an ellipsis, in whatever language it asks to read on
MAX_NOTICE_CHARS: Final = 120  # around a title: the rest of "The post … appeared first on The Lune Post."

# "(more…)" is what WordPress itself says where an author cut a post.
_MARKED: Final = (
    r"\[\s*(?:…|\.{3})\s*\]|\((?:more|mehr|suite|más|mais|altro|meer|więcej|ещё|далее|المزيد)?\s*(?:…|\.{3})\s*\)"
)
_ELLIPSIS: Final = rf"(?:{_MARKED}|…|\.{{3}})"
_CUT: Final = re.compile(rf"\s*{_ELLIPSIS}\s*")
# Where such an end may begin: behind an ellipsis or a sentence, or with the word that notices begin with.
_BEGIN: Final = re.compile(
    rf"{_ELLIPSIS}\s*|[.!?。！？؟।»”\"')\]]\s+|(?<=\s)(?=(?:The post|Der Beitrag|L[’']article|La entrada|O post"
    r"|L[’']articolo|Het bericht|Сообщение|Запись|Artykuł|ظهرت المقالة|ظهرت التدوينة|نوشته|הפוסט|投稿)\s)"
)
_BRACKETS: Final = re.compile(rf"\s*(?:{_MARKED})$")
_AT_EDGES: Final = re.compile(r"^[\W_]+|[\W_]+$")
_NOT_WORDS: Final = re.compile(r"[\W_]+")


def without_prompts(summary: str, titles: Iterable[str]) -> str:
    """The summary without what asks to read on or says where it appeared; "…" stands where its text is cut.

    `titles` are what the article is called: most such ends repeat one. Text that only sounds so stays.
    """
    text = summary.strip()
    if not _says(text[-END_CHARS:], _signs()):  # most have no such end, and titles are dear to look for
        return text
    names = [name for title in titles if (name := _pattern(title))]
    while (shorter := _shorter(text, names)) is not None:
        text = shorter
    return _BRACKETS.sub("…", text)


def _shorter(text: str, names: list[re.Pattern[str]]) -> str | None:
    """The text without one such end, None if it has none."""
    for begin in reversed(list(_beginnings(text))):
        before, end = text[: begin.end()], text[begin.end() :]
        is_cut = _CUT.fullmatch(begin[0]) is not None
        if end and _is_prompt(end, names, is_cut):
            return text[: begin.start()].rstrip() + "…" if is_cut else before.rstrip()
    return "" if text and _is_prompt(text, names, is_cut=False) else None


def _beginnings(text: str) -> Iterator[re.Match[str]]:
    return _BEGIN.finditer(text, max(0, len(text) - END_CHARS))


def _is_prompt(end: str, names: list[re.Pattern[str]], is_cut: bool) -> bool:
    """Whether the end of a summary is a prompt to read on, with the title or without, or a notice with the title."""
    if _words(end) in _listed("prompts"):
        return True
    for name in names:
        if found := name.search(end):
            around = f"{_AT_EDGES.sub('', end[: found.start()])} {_AT_EDGES.sub('', end[found.end() :])}"
            words = _words(around)
            is_short = 0 < len(words) <= MAX_PROMPT_CHARS
            if words in _listed("prompts") or (is_cut and is_short and not _has_sentence(around)):
                return True
            if len(around) <= MAX_NOTICE_CHARS and _says(around, _listed("notices")):
                return True
    return False


def _says(text: str, phrases: Iterable[str]) -> bool:
    folded = fold(text)
    return any(phrase in folded for phrase in phrases)


def _has_sentence(around: str) -> bool:
    return any(mark in around for mark in ".!?؟。,،")


def _words(text: str) -> str:
    return _NOT_WORDS.sub(" ", fold(text)).strip()


def _pattern(title: str) -> re.Pattern[str] | None:
    """The title with whatever signs stand between its words; None for one that any sentence may hold."""
    words = _NOT_WORDS.split(title[:MAX_TITLE_CHARS])
    if sum(map(len, words)) < MIN_TITLE_CHARS:
        return None
    return re.compile(r"[\W_]{1,6}".join(re.escape(word) for word in words if word), re.IGNORECASE)


@cache
def _signs() -> tuple[str, ...]:
    """What any such end has in it."""
    return ("...", *_listed("notices"), *_listed("prompts"))


@cache
def _listed(kind: str) -> frozenset[str]:
    """The prompts or notices of all languages in summaries.toml, in the compared form."""
    languages = tomllib.loads(FILE.read_text(encoding="utf-8"))[kind].values()
    return frozenset(fold(phrase) for phrases in languages for phrase in phrases)
