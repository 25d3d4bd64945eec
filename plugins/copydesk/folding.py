"""One form for texts that read the same: letter case, accents, Arabic letter variants, digits, quotes, invisible marks.

Cleaning rules and agency names are compared in this form only, so that a rule is written once.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

REMEMBERED_CHARS = 2000
_QUOTES = "\u00ab\u00bb\u201c\u201d\u201e\u201f\u2033\u300c\u300d\u300e\u300f\u05f4"
_APOSTROPHES = "\u2018\u2019\u201a\u201b\u2032\u2039\u203a\u00b4`\u05f3\u02bc"
_DASHES = "\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u05be\uff0d"
_ARABIC = {"ى": "ي", "ی": "ي", "ې": "ي", "ک": "ك", "ڪ": "ك", "ة": "ه", "ە": "ه", "ہ": "ه", "ھ": "ه", "ٱ": "ا"}
_PUNCTUATION = {"،": ",", "؛": ";", "؟": "?", "۔": ".", "。": ".", "、": ",", "।": ".", "٫": ".", "٬": ","}
# What people leave out: Latin, Greek and Cyrillic accents, Hebrew points, Arabic harakat, hamza marks and tatweel.
_DROPPED = [
    (0x300, 0x36F),
    (0x591, 0x5BD),
    (0x5BF, 0x5C7),
    (0x610, 0x61A),
    (0x640, 0x640),
    (0x64B, 0x65F),
    (0x6D6, 0x6ED),
]
# Format characters (zero-width, bidirectional, soft hyphen, byte order mark) and variation selectors show nothing.
_INVISIBLE = "\u00ad\u061c\u180e\u200b\u200c\u200d\u200e\u200f\u2060\u2061\u2062\u2063\u2064\ufeff\ufe0e\ufe0f"
_BIDI = [(0x202A, 0x202E), (0x2066, 0x206F)]
_DECORATION = " \t\n|*>=_~-+•·∙●○◦▪▫■□◆◇►▶▸▷→⇒←◄◀◂⬅➡➤➔✓✔★☆\u00a6"
_NOT_ASCII = re.compile(r"[^\x00-\x7f]+")
_OTHER_LETTERS = re.compile("[\u0370-\u1dff\u2c00-\uffff]")
_PATTERN_MARKS = re.compile(r"[.?,;\-\"'()\[\]]")


def _table() -> dict[int, str | None]:
    table: dict[int, str | None] = {ord(source): target for source, target in (_ARABIC | _PUNCTUATION).items()}
    table |= dict.fromkeys(map(ord, _QUOTES), '"') | dict.fromkeys(map(ord, _APOSTROPHES), "'")
    table |= dict.fromkeys(map(ord, _DASHES), "-") | dict.fromkeys(map(ord, _INVISIBLE))
    for first, last in _DROPPED + _BIDI:
        table |= dict.fromkeys(range(first, last + 1))
    for zero in (0x660, 0x6F0, 0x966):
        table |= {zero + digit: str(digit) for digit in range(10)}
    return table | {0x670: None, ord("ı"): "i", ord("…"): "...", ord("ⓒ"): "©", ord("Ⓒ"): "©"}


_TABLE = _table()
_SAID = {chr(source): target or "" for source, target in _TABLE.items()}
# Looking for the few signs that change is several times faster than translating every sign of a text.
_CHANGES = re.compile("[" + re.escape("".join(_SAID)) + "]")


def fold(text: str) -> str:
    """`text` in its compared form, single spaces, without bullets, arrows and the like at its ends."""
    return _remembered(text) if len(text) <= REMEMBERED_CHARS else _folded(text)


def _folded(text: str) -> str:
    folded = _fold_characters(text)
    if "  " in folded or not folded.isprintable():  # else all white space is single spaces: it need not be read again
        folded = " ".join(folded.split())
    return _trimmed(folded)


_remembered = lru_cache(maxsize=1024)(_folded)  # cleaning and attribution read the same lines


def fold_pattern(pattern: str) -> str:
    """A regular expression whose non-ASCII letters are in the compared form, so that authors write natural spelling."""
    composed = unicodedata.normalize("NFC", pattern)
    return _NOT_ASCII.sub(lambda run: _PATTERN_MARKS.sub(r"\\\g<0>", _fold_characters(run[0])), composed)


def _fold_characters(text: str) -> str:
    if text.isascii():
        return text.casefold().replace("`", "'")
    if _OTHER_LETTERS.search(text):
        return _folded_whole(text)
    return _NOT_ASCII.sub(lambda run: _folded_run(run[0]), text).casefold().replace("`", "'")


def _folded_whole(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", _changed(text))
    return unicodedata.normalize("NFC", _changed(decomposed).casefold())


# In Latin script the same few accented letters and quotes come again and again. They fold by themselves, as what would
# join them to an ASCII letter is dropped.
_folded_run = lru_cache(maxsize=4096)(_folded_whole)


def _changed(text: str) -> str:
    return _CHANGES.sub(lambda sign: _SAID[sign[0]], text)


def _trimmed(text: str) -> str:
    text = text.strip(_DECORATION)
    start, end = 0, len(text)
    while start < end and _is_decoration(text[start]):
        start += 1
    while end > start and _is_decoration(text[end - 1]):
        end -= 1
    return text[start:end]


def _is_decoration(character: str) -> bool:
    return character in _DECORATION or (character > "\u2000" and unicodedata.category(character) == "So")
