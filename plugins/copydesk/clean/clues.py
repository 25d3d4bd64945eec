"""What a text must begin with, or have in it, for a pattern to match it whole: worked out from the pattern.

Most texts match no rule, and looking up a text's first signs and its words tells so for nearly all rules at once. Every
text that a pattern matches has one of its clues, and of what is wanted beside that clue one too; most texts that have
such are not matched all the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from enum import StrEnum
from functools import cache, reduce
from math import fsum
from string import ascii_lowercase, digits
from typing import Final

from copydesk.clean.beginnings import EDGE, Wanted, begun
from copydesk.clean.signs import ANY, END, Boundary, Either, Part, Parts, Repeat, Run, Sign, is_of_word, read

START_CHARS: Final = 5  # of a text, by which rules are looked up
WORD_CHARS: Final = 5  # of a word, the same
PIECE_CHARS: Final = 4  # of a piece of a word
# A word is a run of ASCII letters or of other ones: the edge of a word that RE2 knows is between those too.
WORD: Final = r"[0-9_a-z]+|[^\W0-9_a-z]+"
DEPTH: Final = 3  # of branches within branches that are looked at one by one
MAX_STARTS: Final = 500  # of one branch
MAX_KEYS: Final = 300  # of any other kind
RARE: Final = 0.03  # of texts: what tells as much tells enough
_LEAD: Final = 4  # signs before a word that may be punctuation
_COMMON: Final = frozenset(ascii_lowercase + digits + " .,'-:?" + END)  # signs that say nothing of a text
_ALPHABETS: Final = (("\u0370", "\u1fff"), ("\u3040", "\u30ff"))  # from Greek on, and kana: nor do these of theirs
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
    Kind.PIECE: {3: 0.1, 4: 0.05},  # fewer in truth, but each is looked for by itself
    Kind.SIGN: {1: 0.05},
}
Key = tuple[Kind, str]
Keys = frozenset[Key]
Clues = Mapping[Key, Keys]  # with what is wanted beside a key: one of those, or nothing where there are none
_NOTHING: Final[Keys] = frozenset()


@cache
def clues(pattern: str) -> Clues | None:
    """Of these a text has one at least if the pattern matches it; None if nothing can be said."""
    try:
        return _clues(read(pattern), (), (), DEPTH)
    except ValueError:
        return None


def _clues(parts: Parts, behind: Parts, beside: Sequence[Clues], depth: int) -> Clues | None:
    """How a text begins, if that is known, else what stands in it: branch by branch where the parts begin with such.

    `beside` is what is known of texts by what stands `behind` the parts.
    """
    first = parts[0] if parts else None
    if depth and isinstance(first, Either):
        rest = (*parts[1:], *behind)
        known = _rarest(*beside, *_told_by(parts[1:], behind, _ends_apart(first, True)))
        by_branch = _of_all([_clues(branch, rest, known, depth - 1) for branch in first.branches])
        if by_branch:
            return by_branch
    starts = _starts((*parts, *behind))
    if starts and min(len(key) for _, key in starts) > 1:
        return _with(dict.fromkeys(starts, _NOTHING), beside or _told_behind_first(parts, behind))
    told = _rarest(*beside, *_told_by(parts, behind, True))
    return _both(told) or (dict.fromkeys(starts, _NOTHING) if starts else None)


def _starts(parts: Parts) -> Keys | None:
    """What every text begins with, an END behind what is a text already."""
    for size in (START_CHARS, 3, 2):
        with suppress(OverflowError):
            found = begun(parts, _of_size(size))
            texts = (*found.closed, *(text + END for text in found.open))
            return _keys(Kind.START, map(_bare, texts))
    return None


def _bare(text: str) -> str:
    before, end, _ = text.replace(EDGE, "").partition(END)
    return before + end


def _of_size(size: int) -> Wanted:
    def cut(text: str) -> str | None:
        bare = text.replace(EDGE, "")
        return bare[:size] if len(bare) >= size else None

    return Wanted(cut, MAX_STARTS)


def _keys(kind: Kind, keys: Iterable[str | None]) -> Keys | None:
    """Keys of one kind, None if one of them is not known or empty."""
    found = set(keys)
    return frozenset((kind, key) for key in found if key) if all(found) else None


def _told_behind_first(parts: Parts, behind: Parts) -> list[Clues]:
    """What parts tell of but for the first one, with which a text begins."""
    return _told_by(parts[1:], behind, _ends_apart(parts[0], True), enough=1) if parts else []


def _told_by(parts: Parts, behind: Parts, apart: bool, enough: int = 2) -> list[Clues]:
    """Words, pieces of them and rare signs that parts tell of: of each of these every text has one. Rarest first.

    `behind` is what follows the parts. `apart`: no letter can stand before them. No more are looked for when there are
    `enough` rare ones.
    """
    found: list[Clues] = []
    for index, part in enumerate(parts):
        told = _told_by_one(part, (*parts[index + 1 :], *behind), apart)
        if told:
            found.append(told)
        if sum(_share(one) < RARE for one in found) >= enough:
            break
        apart = _ends_apart(part, apart)
    return _rarest(*found)


def _rarest(*told: Clues) -> list[Clues]:
    """Three are enough: the rarest, and two of which one is wanted beside it, as a key may say the other itself."""
    return sorted(told, key=_share)[:3]


def _told_by_one(part: Part, rest: Parts, apart: bool) -> Clues | None:
    if isinstance(part, Either):
        return _of_all([_both(_told_by(branch, rest, apart)) for branch in part.branches])
    if isinstance(part, Repeat):
        return (_both(_told_by((part.part,), (ANY,), apart)) or _told_at(part, rest, apart)) if part.least else None
    return _told_at(part, rest, apart) if isinstance(part, Sign | Run) else None


def _told_at(part: Sign | Run | Repeat, rest: Parts, apart: bool) -> Clues | None:
    keys = _at(part, rest, apart)
    return dict.fromkeys(keys, _NOTHING) if keys else None


def _both(told: Sequence[Clues]) -> Clues | None:
    """The rarest with the next of them beside it."""
    return _with(told[0], told[1:]) if told else None


def _with(found: Clues, others: Sequence[Clues]) -> Clues:
    """`found` where what is wanted beside its keys is the rarest that is known and not said by the key itself."""
    known = [(frozenset(one), tuple(sign for _, sign in one)) for one in others]
    return {key: _beside(key[1], beside, known) for key, beside in found.items()}


def _beside(key: str, beside: Keys, others: Sequence[tuple[Keys, Sequence[str]]]) -> Keys:
    """The rarer of what is wanted already and of the first of `others`, the rarest first, that `key` does not say."""
    telling = next((keys for keys, signs in others if not any(sign in key for sign in signs)), _NOTHING)
    return min(beside, telling, key=_share) if beside and telling else beside or telling


def _at(part: Sign | Run | Repeat, rest: Parts, apart: bool) -> Keys | None:
    """What stands where this part does."""
    told = _spelled(part, rest, apart) if isinstance(part, Run) else None
    if told:
        return frozenset((told,))
    with suppress(OverflowError):
        if _is_in_word(part):
            words = _word_at((part, *rest)) if apart else None
            return _rarer(words or _piece_at((part, *rest)), _sign(part))
    return _sign(part)


def _spelled(run: Run, rest: Parts, apart: bool) -> Key | None:
    """The word, or the piece of one, that plain signs are: most parts are such, and need not be spelled out."""
    if not is_of_word(run.text[0]):
        return None
    following = rest[0].text if rest and isinstance(rest[0], Run) else ""
    if apart:
        word = _KNOWN_WORD.match(run.text + following)
        return (Kind.WORD, word[1]) if word else None
    piece = _PIECE.search(run.text)
    return (Kind.PIECE, piece[0]) if piece else None


def _is_in_word(part: Part) -> bool:
    if isinstance(part, Repeat):
        return _is_in_word(part.part)
    if isinstance(part, Boundary | Either):
        return False
    return is_of_word(part.text[0]) if isinstance(part, Run) else part.in_words and bool(part.chars)


def _word_at(parts: Parts) -> Keys | None:
    found = begun(parts, _WORD_WANTED)
    return _keys(Kind.WORD, map(_word, (*found.closed, *(text + END for text in found.open))))


def _piece_at(parts: Parts) -> Keys | None:
    found = begun(parts, _PIECE_WANTED)
    return _keys(Kind.PIECE, map(_piece, found.open | found.closed))


def _sign(part: Part) -> Keys | None:
    """The rare signs that a part is one of, or has."""
    if isinstance(part, Sign) and part.chars:
        return _keys(Kind.SIGN, part.chars) if all(map(_is_rare, part.chars)) else None
    rare = sorted(filter(_is_rare, part.text))[:1] if isinstance(part, Run) else []
    return _keys(Kind.SIGN, rare) if rare else None


def _is_rare(sign: str) -> bool:
    return sign not in _COMMON and not any(first <= sign <= last for first, last in _ALPHABETS)


def _known_word(text: str) -> str | None:
    word = _KNOWN_WORD.match(text)
    if word:
        return word[1] + END
    return text if len(text) > _LEAD + WORD_CHARS else None


def _known_piece(text: str) -> str | None:
    return text if _PIECE.search(text) or len(text) >= _LEAD + PIECE_CHARS else None


_WORD_WANTED: Final = Wanted(_known_word, MAX_KEYS)
_PIECE_WANTED: Final = Wanted(_known_piece, MAX_KEYS)


def _word(text: str) -> str | None:
    """The first word's first signs; None where more of them would have to be known."""
    word = _KNOWN_WORD.match(text)
    return word[1] if word else None


def _piece(text: str) -> str | None:
    found = _PIECE.search(text) or _SHORT_PIECE.search(text)
    return found[0] if found else None


def _rarer(one: Keys | None, other: Keys | None) -> Keys | None:
    return min(one, other, key=_share) if one and other else one or other


def _share(keys: Iterable[Key]) -> float:
    """Roughly the share of texts that have one of these keys."""
    return fsum(_SHARES[kind][min(len(key), WORD_CHARS)] for kind, key in keys)  # in any order the same


def _of_all(found: Sequence[Clues | None]) -> Clues | None:
    """All keys of all branches, None when one of them has none. What two branches want beside a key, either gives."""
    merged: dict[Key, Keys] = {}
    for one in found:
        if not one:
            return None
        for key, beside in one.items():
            known = merged.get(key)
            merged[key] = beside if known is None else known | beside if known and beside else _NOTHING
    return merged or None


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
