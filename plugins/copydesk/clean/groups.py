"""A pattern's clues as finders hold them: those together that want the same beside them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Final

from copydesk.clean.clues import Clues, Key, Keys, Kind, clues

_NO_WORDS: Final[frozenset[str]] = frozenset()


@dataclass(frozen=True, slots=True)
class Group:
    """Keys by their kind, each kind's sorted; of `words` or `signs`, where there are any, a text has one beside them.

    `words` are the first signs of words, `signs` stand anywhere in a text.
    """

    keys: Mapping[Kind, tuple[str, ...]]
    words: frozenset[str] = _NO_WORDS
    signs: tuple[str, ...] = ()


Groups = tuple[Group, ...]


@cache
def groups(pattern: str) -> Groups | None:
    """The clues of a pattern, grouped; None if nothing can be said of texts that it matches."""
    told = clues(pattern)
    return None if told is None else tuple(_grouped(told))


def _grouped(told: Clues) -> Iterator[Group]:
    by_wanted: defaultdict[Keys, set[Key]] = defaultdict(set)
    for key, beside in told.items():
        by_wanted[beside].add(key)
    for beside, keys in sorted(by_wanted.items(), key=lambda item: sorted(item[0])):
        # Words are looked up at once, pieces are looked for one by one.
        turned = frozenset(key for key in keys if key[0] is Kind.PIECE and _are_words(beside))
        if turned:
            yield _group(beside, turned)
        if keys > turned:
            yield _group(keys - turned, beside)


def _group(keys: Iterable[Key], beside: Keys) -> Group:
    by_kind: defaultdict[Kind, list[str]] = defaultdict(list)
    for kind, key in sorted(keys):
        by_kind[kind].append(key)
    words = frozenset(key for kind, key in beside if kind is Kind.WORD)
    signs = tuple(sorted(key for kind, key in beside if kind is not Kind.WORD))
    return Group({kind: tuple(found) for kind, found in by_kind.items()}, words, signs)


def _are_words(keys: Keys) -> bool:
    return bool(keys) and all(kind is Kind.WORD for kind, _ in keys)
