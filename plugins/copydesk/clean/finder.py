"""Rules found for a text by its first signs, its words and its rare signs, so that few patterns are tried on it.

RE2 builds its automata while it reads new texts, which costs more than all else in cleaning: trying hundreds of rules
on each block is what this saves.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from operator import itemgetter
from typing import Final

from copydesk.clean.clues import START_CHARS, WORD, WORD_CHARS, Kind
from copydesk.clean.groups import Groups
from copydesk.clean.signs import END

TEXTS_KEPT: Final = 512  # of the last ones: a page's edges are asked for twice, a site's pages share lines
MAX_SIGNS: Final = 20  # and pieces that are looked for beside a key; looking for more costs what it saves
_SIZES: Final = range(1, START_CHARS + len(END) + 1)
_words = re.compile(WORD).findall
_beginning = itemgetter(slice(WORD_CHARS))
_APART: Final = "".join(sign if re.match(WORD, sign) else " " for sign in map(chr, range(0x80)))  # parts words in ASCII


def _ascii_words(text: str) -> list[str]:
    """As `_words`, in a third of the time."""
    return text.translate(_APART).split()


@dataclass(frozen=True, slots=True)
class _Held:
    """A rule's number under one of its keys, and what a text that has this key must have one of, if anything."""

    number: int
    words: frozenset[str] = frozenset()
    signs: tuple[str, ...] = ()
    alone: bool = True

    def is_meant(self, words: set[str], text: str) -> bool:
        """Has a text, of which the first signs of its words are given, what is wanted beside the key?"""
        if self.alone or not self.words.isdisjoint(words):
            return True
        for sign in self.signs:  # noqa: SIM110 - `any` takes twice as long, and this is asked hundreds of times a page
            if sign in text:
                return True
        return False


class Finder:
    """The numbers of rules, held by what a text must have for their patterns to match it."""

    def __init__(self, rules: Iterable[tuple[int, Groups | None]]) -> None:
        self._held: dict[Kind, dict[str, tuple[_Held, ...]]] = {kind: {} for kind in Kind}
        self._untold: list[int] = []
        for number, told in rules:
            self._hold(number, told)
        signs = self._held[Kind.SIGN]
        self._signs = re.compile(f"[{re.escape(''.join(signs))}]") if signs else None
        self._pieces = tuple(self._held[Kind.PIECE].items())
        self._words = frozenset(self._held[Kind.WORD])
        self.suspects = lru_cache(TEXTS_KEPT)(self._found)

    def _hold(self, number: int, told: Groups | None) -> None:
        if told is None:
            self._untold.append(number)
            return
        for group in told:
            alone = not (group.words or group.signs) or len(group.signs) > MAX_SIGNS
            one = (_Held(number, group.words, group.signs, alone),)  # one tuple for thousands of keys
            for kind, keys in group.keys.items():
                held = self._held[kind]
                for key in keys:
                    others = held.get(key)
                    held[key] = (*others, *one) if others else one

    def _found(self, text: str) -> frozenset[int]:
        """The numbers of the rules that may match a folded text; all others do not."""
        starts, by_word, signs = self._held[Kind.START], self._held[Kind.WORD], self._held[Kind.SIGN]
        head = text[:START_CHARS] + END
        words = set(map(_beginning, set(_ascii_words(text) if text.isascii() else _words(text))))
        held = [starts[head[:size]] for size in _SIZES if head[:size] in starts]
        held += [by_word[word] for word in self._words & words]
        # Few rules are known by pieces: looking for each in the text costs less than cutting its words up.
        held += [of_piece for piece, of_piece in self._pieces if piece in text]
        if self._signs:
            held += [signs[sign] for sign in set(self._signs.findall(text))]
        numbers = {one.number for one in chain.from_iterable(held) if one.alone or one.is_meant(words, text)}
        return frozenset(numbers.union(self._untold))
