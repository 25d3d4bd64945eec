"""What a text must begin with, or have in it, for a pattern to match it whole: worked out from the pattern.

Most texts match no rule, and looking up a text's first signs and its words tells so for nearly all rules at once. Every
text that a pattern matches has one of its clues; most texts that have one are not matched all the same.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, reduce
from string import ascii_lowercase, digits
from typing import Final

from copydesk.clean.signs import ANY, END, Boundary, Either, Part, Parts, Repeat, Run, Sign, is_of_word, read

START_CHARS: Final = 5  # of a text, by which rules are looked up
WORD_CHARS: Final = 5  # of a word, the same
PIECE_CHARS: Final = 4  # of a piece of a word
# A word is a run of ASCII letters or of other ones: the edge of a word that RE2 knows is between those too.
WORD: Final = r"[0-9_a-z]+|[^\W0-9_a-z]+"
EDGE: Final = "\1"  # of a word, among signs; no text has it either
DEPTH: Final = 3  # of branches within branches that are looked at one by one
MAX_STARTS: Final = 500  # of one branch
MAX_KEYS: Final = 300  # of any other kind
MOST_TIMES: Final = 8  # that a part is repeated before what is known of a text is enough
RARE: Final = 0.03  # of texts: then no better keys are looked for
_LEAD: Final = 4  # signs before a word that may be punctuation
_COMMON: Final = frozenset(ascii_lowercase + digits + " .,'-:?" + END)  # signs that say nothing of a text
_KNOWN_WORD: Final = re.compile(
    r"\W*([0-9_a-z]{5}|[0-9_a-z]+(?=[^0-9_a-z])|[^\W0-9_a-z]{5}|[^\W0-9_a-z]+(?=\W|[0-9_a-z]))"
)
_PIECE: Final = re.compile(r"[0-9_a-z]{4}|[^\W0-9_a-z]{4}")
_SHORT_PIECE: Final = re.compile(r"[0-9_a-z]{3}|[^\W0-9_a-z]{3}")


class Kind(StrEnum):
    """What a key is: a text's first signs, the first signs of one of its words, one of its signs, a piece of a word."""

    START = "start"
    WORD = "word"
    SIGN = "sign"
    PIECE = "piece"


_SHARES: Final = {  # of texts that have a key of so many signs, roughly
    Kind.START: dict.fromkeys(range(1, WORD_CHARS + 1), 0.001),
    Kind.WORD: {1: 0.2, 2: 0.08, 3: 0.03, 4: 0.008, 5: 0.004},
    Kind.PIECE: {3: 0.05, 4: 0.015},
    Kind.SIGN: {1: 0.05},
}
Keys = frozenset[tuple[Kind, str]]


@cache
def clues(pattern: str) -> Keys | None:
    """Of these a text has one at least if the pattern matches it; None if nothing can be said."""
    try:
        return _clues(read(pattern), DEPTH)
    except ValueError:
        return None


def _clues(parts: Parts, depth: int) -> Keys | None:
    """How a text begins, if that is known, else what stands in it: branch by branch where the parts begin with such."""
    first = parts[0] if parts else None
    if depth and isinstance(first, Either):
        by_branch = _of_all([_clues((*branch, *parts[1:]), depth - 1) for branch in first.branches])
        if by_branch:
            return by_branch
    starts = _starts(parts)
    if starts and min(len(key) for _, key in starts) > 1:
        return starts
    return _inside(parts, (), True) or starts


@dataclass(slots=True)
class _Begun:
    """How texts begin that some parts match. Behind those that are `open` nothing is known to stand yet."""

    open: set[str]
    closed: set[str]


@dataclass(frozen=True, slots=True)
class _Wanted:
    """How much is wanted to be known: `cut` gives that part of a text, None while there is too little. `most` keys."""

    cut: Callable[[str], str | None]
    most: int


def _begun(parts: Iterable[Part], wanted: _Wanted) -> _Begun:
    """How texts begin that these parts match: with as many signs as are `wanted`, or with as many as are known.

    Raises OverflowError when there are too many ways.
    """
    begun = _Begun({""}, set())
    for part in parts:
        begun = _extended(begun, part, wanted)
        if not begun.open:
            break
    return begun


def _extended(begun: _Begun, part: Part, wanted: _Wanted) -> _Begun:
    if isinstance(part, Sign):
        more = _longer(begun.open, part.chars, wanted)
    elif isinstance(part, Run):
        more = _longer(begun.open, (part.text,), wanted)
    elif isinstance(part, Boundary):
        return _Begun({text + EDGE for text in begun.open}, begun.closed)
    elif isinstance(part, Either):
        more = _Begun(set(), set())
        for branch in part.branches:
            way = _chained(begun.open, branch, wanted)
            more.open |= way.open
            more.closed |= way.closed
            if len(more.open) + len(more.closed) > wanted.most:
                raise OverflowError
    else:
        more = _repeated(begun.open, part, wanted)
    more.closed |= begun.closed
    if len(more.open) + len(more.closed) > wanted.most:
        raise OverflowError
    return more


def _longer(texts: set[str], behind: Collection[str], wanted: _Wanted) -> _Begun:
    if not behind:
        return _Begun(set(), set(texts))
    if len(texts) * len(behind) > 2 * wanted.most:
        raise OverflowError
    begun = _Begun(set(), set())
    for text in texts:
        for more in behind:
            cut = wanted.cut(text + more)
            if cut is None:
                begun.open.add(text + more)
            else:
                begun.closed.add(cut)
    return begun


def _chained(texts: set[str], parts: Parts, wanted: _Wanted) -> _Begun:
    begun = _Begun(texts, set())
    for part in parts:
        if not begun.open:
            break
        begun = _extended(begun, part, wanted)
    return begun


def _repeated(texts: set[str], repeat: Repeat, wanted: _Wanted) -> _Begun:
    begun = _Begun(texts, set())
    done = set() if repeat.least else set(texts)
    last = min(repeat.most, repeat.least + MOST_TIMES)
    for number in range(1, last + 1):
        begun = _extended(begun, repeat.part, wanted)
        if number >= repeat.least:
            done |= begun.open
        if not begun.open:
            return _Begun(done, begun.closed)
    unended = begun.open if last < repeat.most else set()
    return _Begun(done, begun.closed | unended)


def _starts(parts: Parts) -> Keys | None:
    """What every text begins with, an END behind what is a text already."""
    for size in (START_CHARS, 3, 2):
        with suppress(OverflowError):
            begun = _begun(parts, _of_size(size, MAX_STARTS))
            texts = (*begun.closed, *(text + END for text in begun.open))
            return _keys(Kind.START, map(_bare, texts))
    return None


def _bare(text: str) -> str:
    before, end, _ = text.replace(EDGE, "").partition(END)
    return before + end


def _of_size(size: int, most: int) -> _Wanted:
    def cut(text: str) -> str | None:
        bare = text.replace(EDGE, "")
        return bare[:size] if len(bare) >= size else None

    return _Wanted(cut, most)


def _keys(kind: Kind, keys: Iterable[str | None]) -> Keys | None:
    """Keys of one kind, None if one of them is not known or empty."""
    found = set(keys)
    return frozenset((kind, key) for key in found if key) if all(found) else None


def _inside(parts: Parts, behind: Parts, apart: bool) -> Keys | None:
    """Words, pieces of them and rare signs of which every text has one: those that the fewest texts have.

    `behind` is what follows the parts. `apart`: no letter can stand before them.
    """
    best: Keys | None = None
    for index, part in enumerate(parts):
        if best and _share(best) < RARE:
            break
        rest = (*parts[index + 1 :], *behind)
        if isinstance(part, Either):
            best = _rarer(best, _of_all([_inside(branch, rest, apart) for branch in part.branches]))
        elif isinstance(part, Repeat) and part.least:
            best = _rarer(best, _inside((part.part,), (ANY,), apart))
        elif isinstance(part, Sign | Run):
            best = _rarer(best, _at(part, rest, apart))
        apart = _ends_apart(part, apart)
    return best


def _at(part: Sign | Run, rest: Parts, apart: bool) -> Keys | None:
    """What stands where this part does."""
    with suppress(OverflowError):
        if _is_in_word(part):
            return _rarer(_word_at((part, *rest)) if apart else _piece_at((part, *rest)), _sign(part))
    return _sign(part)


def _is_in_word(part: Sign | Run) -> bool:
    return is_of_word(part.text[0]) if isinstance(part, Run) else part.in_words and bool(part.chars)


def _word_at(parts: Parts) -> Keys | None:
    begun = _begun(parts, _WORD_WANTED)
    return _keys(Kind.WORD, map(_word, (*begun.closed, *(text + END for text in begun.open))))


def _piece_at(parts: Parts) -> Keys | None:
    begun = _begun(parts, _PIECE_WANTED)
    return _keys(Kind.PIECE, map(_piece, begun.open | begun.closed))


def _sign(part: Part) -> Keys | None:
    """The rare signs that a part is one of, or has."""
    if isinstance(part, Sign) and part.chars:
        return _keys(Kind.SIGN, part.chars) if part.chars.isdisjoint(_COMMON) else None
    rare = sorted(set(part.text) - _COMMON)[:1] if isinstance(part, Run) else []
    return _keys(Kind.SIGN, rare) if rare else None


def _known_word(text: str) -> str | None:
    word = _KNOWN_WORD.match(text)
    if word:
        return word[1] + END
    return text if len(text) > _LEAD + WORD_CHARS else None


_WORD_WANTED: Final = _Wanted(_known_word, MAX_KEYS)
_PIECE_WANTED: Final = _of_size(_LEAD + PIECE_CHARS, MAX_KEYS)


def _word(text: str) -> str | None:
    """The first word's first signs; None where more of them would have to be known."""
    word = _KNOWN_WORD.match(text)
    return word[1] if word else None


def _piece(text: str) -> str | None:
    found = _PIECE.search(text) or _SHORT_PIECE.search(text)
    return found[0] if found else None


def _rarer(one: Keys | None, other: Keys | None) -> Keys | None:
    return min(one, other, key=_share) if one and other else one or other


def _share(keys: Keys) -> float:
    """Roughly the share of texts that have one of these keys."""
    return sum(_SHARES[kind][min(len(key), WORD_CHARS)] for kind, key in keys)


def _of_all(found: Sequence[Keys | None]) -> Keys | None:
    """All keys of all branches, None when one of them has none."""
    return frozenset().union(*(keys for keys in found if keys)) if all(found) else None


def _ends_apart(part: Part, apart: bool) -> bool:
    """Is the sign behind which this part ends surely no letter, if the one before it is none (`apart`)?"""
    if isinstance(part, Boundary):
        return True
    if isinstance(part, Sign):
        return not part.in_words
    if isinstance(part, Run):
        return not is_of_word(part.text[-1])
    if isinstance(part, Repeat):
        return _ends_apart(part.part, False) and (apart or part.least > 0)
    return all(reduce(lambda before, one: _ends_apart(one, before), branch, apart) for branch in part.branches)
