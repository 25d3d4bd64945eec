"""What a line's wording is made of: its words cut to their beginnings, where they stand, and a few signs of shape.

Words are written as they are. Their kinds are marked in front: `^` the line's first word, `$` its last, `<` a word
before its colon, bar or arrow, `=` a sign of shape (`=.` ends as a sentence, `="` has a quotation, `=@` an address,
`=14` has at least 14 words). Two words beside each other are written with a space between them.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from itertools import pairwise

from copydesk.clean.lines import Line

SHAPE = "="  # in front of the signs of shape
STEM_CHARS = 5  # of a word: what inflection leaves alone in most languages
_WORD = re.compile(r"[^\W\d_]+|\d+")
_LEAD = re.compile(r"[^:|>»\-]{2,45}?(?=[:|>»]| - )")
_LEAD_SIGNS = 20  # of ideographs
_WORD_SIGNS = 2  # of ideographs
_LENGTHS = (22, 14, 8, 4, 0)  # in words
_IDEOGRAPHS = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")
_SPACED = re.compile(r"[^\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")
_ARABIC_PREFIX = re.compile(r"(?:[وف]?(?:ال|بال|كال|لل)|و)(?=\w{3})")
_HEBREW_PREFIX = re.compile(r"[והשלבמכ]{1,2}(?=\w{3})")
_ADDRESS = re.compile(r"https?:|\bwww\.|\w\.(?:com|org|net|info|example|me|co|ru|ir|tv|news)\b")
_SYMBOLS = re.compile("[\u2190-\u2bff\U0001f000-\U0001faff]")
_CLOSERS = "\"'”’»)] "
_SIGNS = '"@#|'
_ENDS = frozenset(("", ".", ":", "!", "?"))
_OPENERS = frozenset("([")
_CLOSING = frozenset(")]")


def tokens(line: Line) -> set[str]:
    """The tokens of a line, each once."""
    folded = line.folded
    plain = folded.isascii()
    if not plain and _IDEOGRAPHS.search(folded):
        found = set(_ideographic(folded))
    else:
        found = _worded(folded, _ascii_stem if plain else _stem)
    found.update(_shape(line))
    return found


def _worded(folded: str, stem_of: Callable[[str], str]) -> set[str]:
    stems = [stem_of(word) for word in _WORD.findall(folded)]
    found = {*stems, *(f"{one} {other}" for one, other in pairwise(stems)), _length(len(stems))}
    if stems:
        found.add(f"^{stems[0]}")
        found.add(f"${stems[-1]}")
        lead = _LEAD.match(folded)
        if lead:
            found.update(f"<{stem}" for stem in stems[: len(_WORD.findall(lead[0]))])
    return found


def _length(words: int) -> str:
    return f"={next(least for least in _LENGTHS if words >= least)}"


def _ascii_stem(word: str) -> str:
    return word[:STEM_CHARS] if word[0] > "9" else "0"


def _stem(word: str) -> str:
    if word[0] < "\u0590":
        return "0" if word[0].isdigit() else word[:STEM_CHARS]
    prefix = _HEBREW_PREFIX.match(word) if word[0] < "\u0600" else _ARABIC_PREFIX.match(word)
    return (word[prefix.end() :] if prefix else word)[:STEM_CHARS]


def _ideographic(folded: str) -> Iterator[str]:
    """Pairs and triples of signs, as words are not parted; what is in other letters by words."""
    for run in _IDEOGRAPHS.findall(folded):
        yield from _grams(run)
    for run in _SPACED.findall(folded):
        yield from (_stem(word) for word in _WORD.findall(run))
    signs = folded.replace(" ", "")
    yield _length(len(signs) // _WORD_SIGNS)
    yield f"^{signs[:2]}"
    yield f"${signs.rstrip('.!?')[-2:]}"
    lead = _LEAD.match(signs[:_LEAD_SIGNS])
    if lead:
        yield from (f"<{gram}" for gram in _grams(lead[0]))


def _grams(run: str) -> Iterator[str]:
    for start in range(len(run) - 1):
        yield run[start : start + 2]
        if start + 3 <= len(run):
            yield run[start : start + 3]


def _shape(line: Line) -> Iterator[str]:
    folded = line.folded
    end = folded.rstrip(_CLOSERS)[-1:]
    yield f"={end}" if end in _ENDS else "=w"
    for sign in _SIGNS:
        if sign in folded:
            yield f"={sign}"
    if "." in folded and _ADDRESS.search(folded):
        yield "=www"
    if folded[:1] in _OPENERS and folded[-1:] in _CLOSING:
        yield "=()"
    text = line.block.text
    if not text.isascii() and _SYMBOLS.search(text):
        yield "=*"
