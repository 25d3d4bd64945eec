"""Rules found for a text by its first signs, its words and its rare signs, so that few patterns are tried on it.

RE2 builds its automata while it reads new texts, which costs more than all else in cleaning: trying hundreds of rules
on each block is what this saves.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import lru_cache
from typing import Final

from copydesk.clean.clues import START_CHARS, WORD, WORD_CHARS, Kind, clues
from copydesk.clean.rule import Rule
from copydesk.clean.signs import END

TEXTS_KEPT: Final = 512  # of the last ones: a page's edges are asked for twice, a site's pages share lines
_SIZES: Final = range(1, START_CHARS + len(END) + 1)
_words = re.compile(WORD).findall


class Finder:
    """Rules, each with its number, held by what a text must have for their patterns to match it."""

    def __init__(self, rules: Iterable[tuple[int, Rule]]) -> None:
        self._held: dict[Kind, dict[str, list[int]]] = {kind: defaultdict(list) for kind in Kind}
        self._untold: list[int] = []
        for number, rule in rules:
            self._hold(number, rule)
        signs = self._held[Kind.SIGN]
        self._signs = re.compile(f"[{re.escape(''.join(signs))}]") if signs else None
        self.suspects = lru_cache(TEXTS_KEPT)(self._found)

    def _hold(self, number: int, rule: Rule) -> None:
        told = clues(rule.pattern)
        if told is None:
            self._untold.append(number)
        for kind, key in told or ():
            self._held[kind][key].append(number)

    def _found(self, text: str) -> frozenset[int]:
        """The numbers of the rules that may match a folded text; all others do not."""
        starts, words, signs = self._held[Kind.START], self._held[Kind.WORD], self._held[Kind.SIGN]
        head = text[:START_CHARS] + END
        numbers = set(self._untold)
        numbers.update(*filter(None, (starts.get(head[:size]) for size in _SIZES)))
        begun = {word[:WORD_CHARS] for word in _words(text)}
        numbers.update(*map(words.__getitem__, words.keys() & begun))
        # Few rules are known by pieces: looking for each in the text costs less than cutting its words up.
        numbers.update(*(held for piece, held in self._held[Kind.PIECE].items() if piece in text))
        if self._signs:
            numbers.update(*map(signs.__getitem__, self._signs.findall(text)))
        return frozenset(numbers)
