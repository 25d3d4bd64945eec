"""Texts and openings of texts that a site puts on many articles, and which articles are really distinct."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from copydesk.profiles.model import Repeat
from copydesk.profiles.structure import plain

SHARE_OF_PAGES = 0.03  # of a site's articles, once there are many
SAME_ARTICLE = 0.5  # share of its lines that one page has in common with another
MIN_OPENING_CHARS = 3
MAX_OPENING_CHARS = 45
LINKED = 0.3
EDGE = 0.15  # of a body's pieces are its head, and as many its tail

_OPENING = re.compile(rf"^([^:：]{{{MIN_OPENING_CHARS},{MAX_OPENING_CHARS}}})[:：]\s*\S")


@dataclass(frozen=True, slots=True)
class Line:
    """A piece of some page's container. `article` numbers distinct articles; `place` runs from 0 (first) to 1."""

    article: int
    text: str
    place: float
    links: float
    taught: bool


def needed(articles: int) -> int:
    """On how many distinct articles a text must stand to be the site's and not an article's."""
    if articles < 10:  # noqa: PLR2004 - few pages: two are what can be had
        return 2
    return max(3, round(SHARE_OF_PAGES * articles))


def distinct(bodies: Sequence[frozenset[str]]) -> list[int]:
    """Which pages to keep so that each article is there once: print views and second addresses share most lines."""
    kept: list[int] = []
    for index, lines in enumerate(bodies):
        if all(_overlap(lines, bodies[other]) < SAME_ARTICLE for other in kept):
            kept.append(index)
    return kept


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    smaller = min(len(one), len(other))
    return len(one & other) / smaller if smaller else 0.0


def find(lines: Iterable[Line], articles: int, is_evidence: Callable[[str], bool]) -> tuple[Repeat, ...]:
    """The texts and openings that repeat, sorted. What `is_evidence` (agency lines, datelines) is never one of them."""
    whole = _group(lines, lambda line: line.text)
    least = needed(articles)
    texts = {key: found for key, found in whole.items() if _articles(found) >= least and not is_evidence(key)}
    rest = [line for found in whole.values() for line in found if line.text not in texts and not is_evidence(line.text)]
    openings = {key: found for key, found in _group(rest, opening).items() if key and _is_opening(found, least)}
    made = [_repeat(key, False, found) for key, found in texts.items()]
    made += [_repeat(key, True, found) for key, found in openings.items()]
    return tuple(sorted(made, key=lambda repeat: (repeat.opening, repeat.key)))


def matcher(repeated: Iterable[Repeat]) -> Callable[[str], bool]:
    """Says of a text whether the site puts it, or its opening, on many articles."""
    texts, openings = set[str](), set[str]()
    for repeat in repeated:
        (openings if repeat.opening else texts).add(repeat.key)
    return lambda text: text in texts or (bool(openings) and opening_of(text) in openings)


def opening(line: Line) -> str:
    """What stands before a line's first colon, in plain form; empty when that is no label of a few words."""
    return opening_of(line.text)


def opening_of(text: str) -> str:
    """The same for a text."""
    match = _OPENING.match(text) if ":" in text[: MAX_OPENING_CHARS + 1] or "：" in text else None
    return plain(match[1]) if match else ""


def _is_opening(found: Sequence[Line], least: int) -> bool:
    """Body text may begin alike ("Update:"); a site's label leads to links or is left out by the teacher."""
    linked = sum(line.links >= LINKED for line in found)
    untaught = sum(not line.taught for line in found)
    return _articles(found) >= least and 2 * max(linked, untaught) > len(found)


def _group(lines: Iterable[Line], key: Callable[[Line], str]) -> dict[str, list[Line]]:
    groups: defaultdict[str, list[Line]] = defaultdict(list)
    for line in lines:
        groups[key(line)].append(line)
    return groups


def _articles(lines: Iterable[Line]) -> int:
    return len({line.article for line in lines})


def _repeat(key: str, is_opening: bool, found: Sequence[Line]) -> Repeat:
    places = Counter(_place(line.place) for line in found)
    place = min(places, key=lambda name: (-places[name], name))
    return Repeat(key, is_opening, _articles(found), place, min(line.text for line in found)[:160])


def _place(place: float) -> str:
    if place <= EDGE:
        return "head"
    return "tail" if place >= 1 - EDGE else "inside"
