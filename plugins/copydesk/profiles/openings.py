"""Openings that a site gives many of its lines, with a rest that differs: "Read also: …", "Photo – …", "Told by …".

Two kinds are learned. A *label* is what stands before a line's first colon. An *opening by words* is the first words of
short lines, any number standing for any other: "Seen by 88 people" is one too. As body text may begin alike by chance,
something must speak against it: links, the teacher's no, or that nearly every article has just one such line, in one
place. That is not enough where teacher and words agree that it is the article's own: reports of one kind have standing
phrases ("The market opened …", "Final score: …"). Endings by words are learned on these last terms alone.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import takewhile

from copydesk.profiles.model import Repeat
from copydesk.profiles.structure import plain

MIN_LABEL_CHARS = 3
MAX_LABEL_CHARS = 45
LINKED = 0.3  # of a line's characters
MIN_WORDS = 2
MIN_WORD_CHARS = 3
MAX_WORDS = 8
MIN_END_WORDS = 3
MAX_LINE_CHARS = 200  # longer lines are prose
MAX_FIXTURE_CHARS = 100
MIN_ARTICLES = 3
NEARLY_ALL = 0.8  # of the articles
EDGE = 0.15  # of a body's pieces are its head, and as many its tail
EDGE_PIECES = 3  # at least
INSIDE = "inside"

_NUMBER = re.compile(r"\d+")
_LABEL = re.compile(rf"^([^:：]{{{MIN_LABEL_CHARS},{MAX_LABEL_CHARS}}})[:：]\s*\S")


@dataclass(frozen=True, slots=True)
class Line:
    """A piece of some page's container. `article` numbers distinct articles; `place` is as `place_of` says.

    `at_home`: it stands where body stands too, so that its path tells nothing. `set_off`: all of it is emphasised.
    `own`: the teacher is sure that it is the article's, and so are its words; `wraps`: its words say that it is the
    site's. `heads`: it is a heading with text `below`, which is the next piece, as `above` is the one before. `frame`
    is what stands before and behind the article's title or author in it.
    """

    article: int
    text: str
    place: str
    links: float
    taught: bool
    at_home: bool = True
    set_off: bool = False
    own: bool = False
    wraps: bool = False
    heads: bool = False
    above: str = ""
    below: str = ""
    frame: tuple[str, str] | None = None


def label_of(text: str) -> str:
    """What stands before a line's first colon, in plain form; empty when that is no label of a few words."""
    match = _LABEL.match(text) if ":" in text[: MAX_LABEL_CHARS + 1] or "：" in text else None
    return plain(match[1]) if match else ""


def labels(lines: Iterable[Line], least: int, total: int) -> dict[str, list[Line]]:
    """The labels that are the site's, on at least `least` of its `total` articles, with their lines."""
    groups = _grouped(lines, lambda line: label_of(line.text))
    return {key: found for key, found in groups.items() if key and _is_label(found, least, total)}


def by_words(lines: Iterable[Line], least: int, total: int) -> dict[str, list[Line]]:
    """The openings by words that are the site's, with their lines."""
    least = max(MIN_ARTICLES, least)
    rest = [line for line in lines if line.at_home and len(line.text) <= MAX_LINE_CHARS]
    made: dict[str, list[Line]] = {}
    for count in range(MIN_WORDS, MAX_WORDS + 1):
        groups = _grouped(rest, lambda line, count=count: first_words(line.text, count))  # type: ignore[misc]
        own = {_common(found): found for key, found in groups.items() if key and _is_label(found, least, total)}
        taken = {line for found in own.values() for line in found}
        rest = [line for line in rest if line not in taken]
        made |= own
    return made


def endings(lines: Iterable[Line], total: int) -> dict[str, list[Line]]:
    """The endings by words that are the site's, with their lines."""
    short = [line for line in lines if line.at_home and len(line.text) <= MAX_FIXTURE_CHARS]
    groups = _grouped(short, lambda line: last_words(line.text, MIN_END_WORDS))
    return {_common(found, at_end=True): found for key, found in groups.items() if key and _is_fixture(found, total)}


def beginning(repeats: Iterable[Repeat]) -> Callable[[str, float], bool]:
    """Says of a text and the share of links in it whether it begins with one of these openings by words."""
    linked = {repeat.key: repeat.linked for repeat in repeats}
    counts = sorted({len(key.split()) for key in linked})

    def begins(text: str, links: float) -> bool:
        if not counts or len(text) > MAX_LINE_CHARS:
            return False
        words = plain_words(text)
        found = (linked.get(" ".join(words[:count])) for count in counts if len(words) >= count)
        return any(wants is not None and (links >= LINKED or not wants) for wants in found)

    return begins


def first_words(text: str, count: int) -> str:
    """The first `count` words in plain form, empty where there are fewer, or none but numbers and particles."""
    return _telling(plain_words(text)[:count], count)


def last_words(text: str, count: int) -> str:
    """The last `count` words, as `first_words`."""
    return _telling(plain_words(text)[-count:], count)


def _telling(words: Sequence[str], count: int) -> str:
    tells = len(words) == count and any(len(word) >= MIN_WORD_CHARS for word in words)
    return " ".join(words) if tells else ""


def plain_words(text: str) -> list[str]:
    """The words of a text in plain form, each number as 0."""
    return _NUMBER.sub("0", plain(text)).split()


def articles(lines: Iterable[Line]) -> int:
    """On how many articles these lines stand."""
    return len({line.article for line in lines})


def place_of(index: int, count: int) -> str:
    """Where the piece of that index stands among `count`: head, inside or tail."""
    edge = max(EDGE_PIECES, round(EDGE * count))
    if index < edge and index < count - 1 - index:
        return "head"
    return "tail" if count - 1 - index < edge else INSIDE


def are_linked(found: Sequence[Line]) -> bool:
    """Do most of these lines lead elsewhere?"""
    return 2 * sum(line.links >= LINKED for line in found) > len(found)


def are_own(found: Sequence[Line]) -> bool:
    """Are most of these lines the articles' own?"""
    return 2 * sum(line.own for line in found) > len(found)


def _is_label(found: Sequence[Line], least: int, total: int) -> bool:
    """Body text may begin alike ("Update:"); what a site adds is linked, left out by the teacher, or always there."""
    if articles(found) < least:
        return False
    untaught = sum(not line.taught for line in found)
    return are_linked(found) or 2 * untaught > len(found) or _is_fixture(found, total)


def _is_fixture(found: Sequence[Line], total: int) -> bool:
    """Has nearly every article exactly one such line, short, at the same edge, set off, or in words as sites have them?

    Lines of which most are the text's own are none, however many.
    """
    on = articles(found)
    if on < max(MIN_ARTICLES, NEARLY_ALL * total) or len(found) > on:
        return False
    if are_own(found) or any(len(line.text) > MAX_FIXTURE_CHARS for line in found):
        return False
    places = {line.place for line in found}
    is_at_edge = len(places) == 1 and INSIDE not in places
    return is_at_edge or all(line.set_off for line in found) or all(line.wraps for line in found)


def _common(found: Sequence[Line], *, at_end: bool = False) -> str:
    """The words with which all of these lines begin, or end."""
    step = -1 if at_end else 1
    columns = zip(*(plain_words(line.text)[::step] for line in found), strict=False)
    words = [column[0] for column in takewhile(lambda column: len(set(column)) == 1, columns)]
    return " ".join(words[:MAX_WORDS][::step])


def _grouped(lines: Iterable[Line], key: Callable[[Line], str]) -> Mapping[str, list[Line]]:
    groups: defaultdict[str, list[Line]] = defaultdict(list)
    for line in lines:
        groups[key(line)].append(line)
    return groups
