"""What a page says of who wrote it: each function reads one kind of evidence from one text."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Any

from copydesk.attribute.agencies import UNNAMED, agencies
from copydesk.clean.patterns import compile_pattern
from copydesk.folding import REMEMBERED_CHARS, fold, fold_pattern

OPENING_CHARS = 160  # a dateline stands in the first characters of a paragraph
MAX_LINE_CHARS = 400
MAX_NAME_CHARS = 120
MAX_PLACE_CHARS = 45
MAX_PLACE_WORDS = 7
MAX_DATELINE_WORDS = 10
MIN_TEXT_CHARS = 20  # of text behind a dateline

_MORE = r"(?: ?[/,+&-] ?| and | et | und | y | e | و ?| и | ve )"  # between two agencies of one line
_PLACE = r"[\pL][\pL0-9 .,'/-]*?"
_FROM = (
    "by|from|par|por|von|di|da|de|del|with|avec|mit|con|com|via|agence|agency|"
    "من|عن|بقلم|خدمة|وكالة|с|по материалам|از|מאת"
)
_DESK = "staff|news|agency|newsroom|stringer|editors?|reporters?|writers?|wire|service|desk|redaktion|redacción|redação"
_SOURCE = (
    "(?:news )?sources?|quellen?|fuentes?|fontes?|fonti|via|المصدر|المصادر|مصدر|مصادر|источники?|по материалам|"
    "kaynak|kaynaklar|منبع|منابع|מקור|המקור|来源|文章来源|来源于|출처|出典|bron|källa|kilde|źródło"
)
_SAYS = (
    "originally published (?:by|on|at|in)|first published (?:by|on|in)|courtesy of|"
    "(?:re)?published (?:courtesy|with permission) of|from the wires of|نقلا عن|عن وكالة|نقلت(?:ه)?|по сообщению"
)
_RIGHTS = r"(?:[ ,.]+(?:\d{4}|all rights.*|.*reserved.*))"
_INPUTS = "(?:with|additional) (?:inputs?|reporting|information|material|files) (?:from|by)"
_TOLD = "told|قال(?:ت)? ل|لوكالة|صرح(?:ت)? ل|сказал(?:а)?|reported by|according to"


@dataclass(frozen=True, slots=True)
class Evidence:
    """One sign that `agency` wrote the text. `quote` is the page's own words; `confidence` between 0 and 1."""

    agency: str
    method: str
    quote: str
    confidence: float


@cache
def _pattern(name: str) -> Any:  # noqa: ANN401 - re2 has no types
    """The compiled patterns, each with the agency in its first group. They see folded text."""
    who = f"(?P<agency>{agencies().any_name})"
    others = r"(?:(?: ?[/,+&=-] ?)[\pL0-9 ./&-]*)?"
    patterns = {
        "bracketed-place": rf"{_PLACE},? ?[(\[/] ?{who}{others}[)\]/] ?(?P<mark>[-:.,]*)",
        "bracketed-first": rf"[(\[/] ?(?:\pL+ ?= ?)?{who}{others}[)\]/][ ]?(?P<mark>[-:.,]*)",
        "dashed-place": rf"{_PLACE} ?[-/:|.] ?(?:وكالة |خبرگزاری )?{who} ?[-:|/.]",
        "place-line": rf"[\pL.']+(?: [\pL.']+)? - (?:وكالة )?{who}",
        "first-word": rf"{who} ?(?: - |-- ?|: )",
        "chinese": rf"[(\[]?(?:据)?{who}(?:记者|[\pL0-9]*?[0-9]+日?(?:[\pL() ]*)?电|[\pL0-9]*电)",
        "author": rf"(?:(?:{_FROM}) )*(?:the )?{who}(?: (?:{_DESK}))*",
        "author-of": rf".*(?:[,|/(•·-] ?| for | de l'| pour | للـ?)(?:the )?{who}(?: (?:{_DESK}))*[)]?",
        "source": rf"[(\[]?(?:{_SOURCE}) ?[:/|-] ?(?:the |وكالة |وكالات )?{who}(?:{_MORE}.*)?[)\]]?",
        "says": rf".*(?:{_SAYS}) (?:the )?{who}(?:[ .,)].*)?",
        "copyright": rf"(?:copyright ?)?(?:©|\(c\))(?: ?\d{{4}})? ?(?:the )?{who}{_RIGHTS}?",
        "alone": rf"[(\[-]* ?(?:the )?{who}(?:{_MORE}(?:{agencies().any_name}))* ?[)\]]?",
        "ending": rf".*[.!?\"'] ?[(\[/] ?{who}(?:{_MORE}[\pL0-9 ./-]+)* ?[)\]/]",
        "inputs": rf".*{_INPUTS} (?:the )?{who}(?:\W.*)?",
        "contributed": rf"(?:the )?{who}(?: [\pL ]+)? contributed to this (?:report|story|article).*",
        "told": rf".*(?:{_TOLD}) ?(?:the )?{who}(?:\W.*)?",
    }
    return compile_pattern(fold_pattern(patterns[name]))


@lru_cache(maxsize=1024)
def _may_name(text: str) -> bool:
    """Could this text name an agency? Most do not, and one look tells so for all kinds of evidence."""
    return len(text) > REMEMBERED_CHARS or bool(agencies().names.matching(fold(text)))


def dateline(text: str) -> Evidence | None:
    """BEIRUT (Reuters) - …; (رويترز) - …; بيروت - أ ف ب; МОСКВА, 3 марта. /ТАСС/.; 新华社北京3月3日电."""
    if not _may_name(text):
        return None
    opening = fold(text[:OPENING_CHARS])
    for name in ("bracketed-first", "bracketed-place", "chinese"):
        match = _pattern(name).match(opening)
        if match and (name == "chinese" or _opens_a_paragraph(text, opening, match)):
            return _evidence(match, "dateline", text, 0.95)
    match = _pattern("dashed-place").match(opening)
    if match and len(match[0]) <= MAX_PLACE_CHARS and len(match[0].split()) <= MAX_PLACE_WORDS:
        return _evidence(match, "dateline", text, 0.9)
    match = _pattern("first-word").match(opening)
    return _evidence(match, "dateline", text, 0.8) if match else None


def author(name: str) -> Evidence | None:
    """An author that is an agency ("Reuters Staff"), or a person of one ("Jane Roe, Associated Press")."""
    if not _may_name(name):
        return None
    folded = fold(name[:MAX_NAME_CHARS])
    match = _pattern("author").fullmatch(folded) or _pattern("author-of").fullmatch(folded)
    return _evidence(match, "author", name, 0.9) if match else None


def source_line(text: str) -> Evidence | None:
    """Source: AP; المصدر: وكالات; © AFP 2024; originally published by …: a line of its own that names the agency."""
    folded = _short(text)
    for name, confidence in (("source", 0.9), ("copyright", 0.85), ("says", 0.8)):
        match = _line(name, folded)
        if match:
            return _evidence(match, "agency-line", text, confidence)
    return None


def name_alone(text: str) -> Evidence | None:
    """A line that is nothing but an agency's name: telling before and behind the text, a photo credit inside it."""
    match = _line("alone", _short(text))
    return _evidence(match, "agency-line", text, 0.8) if match else None


def place_line(text: str) -> Evidence | None:
    """بيروت - رويترز: a dateline on a line of its own."""
    match = _line("place-line", _short(text))
    return _evidence(match, "dateline", text, 0.6) if match else None


def ending(text: str) -> Evidence | None:
    """A last line that only one agency writes, or a last paragraph that ends with "(Reuters)"."""
    folded = fold(text[-MAX_LINE_CHARS:])
    own_words = min(agencies().ending_patterns.matching(folded), default=None)
    if own_words is not None:
        named = source_line(text)
        return named or Evidence(agencies().ending_names[own_words], "credit-line", _quote(text), 0.85)
    if not _may_name(text):
        return None
    match = _pattern("ending").fullmatch(folded)
    return Evidence(_agency(match), "credit-line", _quote(text[-MAX_NAME_CHARS:]), 0.85) if match else None


def contribution(text: str) -> Evidence | None:
    """Additional reporting by AFP; the Associated Press contributed to this report: part of it is theirs."""
    folded = _short(text)
    match = _line("inputs", folded) or _line("contributed", folded)
    return _evidence(match, "credit-line", text, 0.5) if match else None


def mention(text: str) -> str | None:
    """The words in which the text itself quotes an outlet ("told Reuters"): no sign that the outlet wrote it."""
    if not _may_name(text):
        return None
    match = _pattern("told").fullmatch(fold(text[:MAX_LINE_CHARS]))
    return _quote(text) if match else None


def _line(name: str, folded: str) -> Any:  # noqa: ANN401 - re2 has no types
    """The match of a pattern with a whole line, None where there is none. Most lines are empty, and need no look."""
    return _pattern(name).fullmatch(folded) if folded else None


def _short(text: str) -> str:
    """The folded text when it may be a line of credit, else the empty text, which no pattern matches."""
    return fold(text) if len(text) <= MAX_LINE_CHARS and _may_name(text) else ""


def _opens_a_paragraph(text: str, opening: str, match: Any) -> bool:  # noqa: ANN401 - re2 has no types
    """True when what was matched is set off as datelines are: by a dash, in capitals, or in a script without capitals.

    "The report (AFP) said" is prose, a line that is only "(AFP)" a credit.
    """
    if len(opening) - len(match[0]) < MIN_TEXT_CHARS or len(match[0].split()) > MAX_DATELINE_WORDS:
        return False
    place = re.split(r"[(\[/（]", text, maxsplit=1)[0]
    letters = [letter for letter in place if letter.isalpha()]
    return any(mark in match["mark"] for mark in "-:.") or all(letter.upper() == letter for letter in letters)


def _evidence(match: Any, method: str, text: str, confidence: float) -> Evidence:  # noqa: ANN401 - re2 has no types
    agency = _agency(match)
    return Evidence(agency, method, _quote(text), confidence if agency != UNNAMED else min(confidence, 0.6))


def _agency(match: Any) -> str:  # noqa: ANN401 - re2 has no types
    name = agencies().named(match["agency"] or "")
    return name if name is not None else UNNAMED


def _quote(text: str) -> str:
    return text if len(text) <= MAX_NAME_CHARS else f"{text[: MAX_NAME_CHARS - 1]}…"
