"""Names alone on a line in scripts without capital letters, known by the given name that they begin with."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Final

from copydesk.extract.metadata.months import fold
from copydesk.extract.metadata.openings import OTHERS
from copydesk.extract.metadata.parts import is_picture_credit, marked_parts
from copydesk.extract.metadata.reporters import at_joined_and
from copydesk.extract.metadata.roles import ROLE

MAX_WORDS: Final = 3  # but for particles
MAX_CHARS: Final = 40
FILE: Final = Path(__file__).with_name("given.toml")

_CASELESS: Final = re.compile(r"[\u05d0-\u05ea\u0620-\u06d3]")
# Parts of a line; what stands before a colon is a place, a role, or who is quoted.
_PLACE: Final = re.compile(r"[^:|]{2,40}:(?=\s)")
_PARTICLES: Final = frozenset(("عبد", "بن", "ابن", "بنت", "ابو", "ام", "ولد", "ال", "سيد", "محمد", "בן", "בר"))
_PIECES: Final = re.compile(r"\s+[–—-]+\s*|\s*[–—-]+\s+|\s*[,،;؛:/|()«»“”]\s*|\s*\"(?=\s|\Z)|(?:(?<=\s)|\A)\"")
_DIGIT: Final = re.compile(r"\d")
# What stands before a name: degrees, "from", and reporters, whose paper may stand behind that.
_TITLE: Final = re.compile(
    r"(?:(?:ا\.?)?د\.|(?:ال)?دكتور[هة]?|م\.|ا\.|(?:ال)?استاذ[هة]?|دکتر|دكتر|مهندس|سيد[هة]?\s(?=محمد|علي)|"
    r"ד[\"״]ר|פרופ['׳]?|עו[\"״]ד|ח[\"״]כ|ה?רב|מן|"
    r"من|از|قلم|بقلم|اعداد|تقرير|گزارش|كتب[تةه]?)\s*",
)
_REPORTER: Final = re.compile(r"(?:ال)?مراسل(?:ه|ة|نا|تنا)?|موفد(?:نا|تنا)?|خبرنگار|ה?כתב(?:ת|נו|תנו)?|ב?שליחת?נו")


def bearers(line: str) -> tuple[str, ...]:
    """The names in a line of a script without capital letters whose first word is one that people are given."""
    if line.isascii() or not _CASELESS.search(line) or is_picture_credit(line):
        return ()
    parts = (_PLACE.sub("", OTHERS.sub("", part)) for part in marked_parts(line))
    pieces = [piece for part in parts for piece in _PIECES.split(part) if piece]
    names = (_bearer(name.strip()) for piece in pieces for name in at_joined_and(piece.replace("  ", " ")))
    return tuple(dict.fromkeys(name for name in names if name))


def _bearer(piece: str) -> str | None:
    words = piece.split()
    start = 0
    while start < len(words) and _TITLE.fullmatch(f"{fold(words[start])} ".strip()):
        start += 1
    if start < len(words) and _REPORTER.fullmatch(words[start]):
        start = next((i for i in range(start + 1, len(words) - 1) if fold(words[i]) in _given()), len(words))
    name = " ".join(words[start:])
    length = sum(fold(word) not in _PARTICLES for word in words[start:])
    is_fitting = len(words) - start > 1 and length <= MAX_WORDS and len(name) <= MAX_CHARS and not _DIGIT.search(name)
    return name if is_fitting and fold(words[start]) in _given() and not ROLE.search(name) else None


@cache
def _given() -> frozenset[str]:
    """The given names of given.toml in the compared form, read once a process."""
    names = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return frozenset(fold(name) for of_language in names.values() for name in of_language.split())
