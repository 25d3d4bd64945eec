"""Which element of a site's pages holds the body: candidates from each page, judged by all pages."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache

from lxml import etree

from copydesk.profiles.structure import Element, Piece, pieces, plain, tokens_of
from copydesk.profiles.teacher import Reading

MAJORITY = 0.9  # of the teacher's characters must stand in a page's own candidate
AGREEMENT = 0.6  # an element with a lower score is not what the teacher read
RECALL_WEIGHT = 2.0  # rulings repair a container that is too wide, nothing repairs one that is too narrow
MIN_BODY_CHARS = 150
MIN_TEACHERS = 2  # what one page shows is no pattern
MAX_LEVELS = 3
_ID = re.compile(r"[A-Za-z_-]{1,60}\Z")  # an id with digits in it is an article's own
ONLY_ONES = frozenset({"article", "main", "h1", "time", "address"})  # tags that are mark enough
TEXT_ELEMENTS = frozenset("p li ul ol h1 h2 h3 h4 h5 h6 blockquote pre td tr table tbody figcaption dd dt dl".split())  # noqa: SIM905 - reads better


@dataclass(frozen=True, slots=True)
class Lesson:
    """A page as the learner sees it: its body element, all its pieces, and what the teacher read.

    `taught` is the characters of body that stand in an element, for each that has any, those that the teacher doubts
    in part; `held` all characters.
    """

    url: str
    body: Element
    reading: Reading
    pieces: tuple[Piece, ...]
    taught: dict[Element, float] = field(repr=False)
    held: dict[Element, int] = field(repr=False)

    def score(self, element: Element | None) -> float:
        """How well an element fits what the teacher read: F-measure of characters, between 0 and 1."""
        right = self.taught.get(element, 0)
        if not right:
            return 0.0
        precision, recall = right / self.held[element], right / self.taught[self.body]
        square = RECALL_WEIGHT**2
        return (1 + square) * precision * recall / (square * precision + recall)


def weigh(url: str, body: Element, reading: Reading) -> Lesson:
    """Weigh each element of a page by the text in it."""
    found = tuple(pieces(body, _unsigned))
    taught: defaultdict[Element, float] = defaultdict(float)
    held: defaultdict[Element, int] = defaultdict(int)
    for piece in found:
        text = plain(piece.text)
        share = 0.0 if text == reading.title else reading.share(text)
        for element in _upwards(piece.element, body):
            held[element] += len(piece.text)
            if share:
                taught[element] += share * len(piece.text)
    return Lesson(url, body, reading, found, dict(taught), dict(held))


def _unsigned(element: Element) -> str:  # paths play no part here
    return str(element.tag)


def _upwards(element: Element, top: Element) -> Iterable[Element]:
    while element is not None:
        yield element
        if element is top:
            return
        element = element.getparent()


def candidate(page: Lesson) -> Element | None:
    """The deepest element that holds nearly all that the teacher read; None when the teacher read next to nothing."""
    total = page.taught.get(page.body, 0)
    if total < MIN_BODY_CHARS:
        return None
    element = page.body
    while deeper := [child for child in element if page.taught.get(child, 0) >= MAJORITY * total]:
        element = deeper[0]
    while element.tag in TEXT_ELEMENTS and element is not page.body:
        element = element.getparent()
    return element


def addresses(element: Element) -> list[str]:
    """XPaths that may find this element again on another page, from its own marks and those of its ancestors."""
    found = [f"//{mark}" for mark in _marks(element)]
    below, parent = str(element.tag), element.getparent()
    own = list(found)
    for _ in range(MAX_LEVELS):
        if parent is None or parent.tag in {"html", "body"}:
            break
        for mark in _marks(parent):
            found.append(f"//{mark}/{below}")
            found.extend(f"//{mark}/{path[2:]}" for path in own if below == element.tag)
        below, parent = f"{parent.tag}/{below}", parent.getparent()
    return found


def _marks(element: Element) -> list[str]:
    tag = element.tag
    found = [f"{tag}{_condition(token)}" for token in tokens_of(element)]
    name = element.get("id")
    if name and _ID.match(name):
        found.append(f'{tag}[@id="{name}"]')
    if tag in ONLY_ONES:
        found.append(tag)
    return found


def _condition(token: str) -> str:
    if token.startswith("["):
        name, value = token[1:-1].split("=", 1)
        return f'[@{name}="{value}"]'
    if token.endswith(("_", "--")):  # the hashed ending was cut off
        return f'[contains(@class,"{token[1:]}")]'
    return f'[contains(concat(" ",normalize-space(@class)," ")," {token[1:]} ")]'


_CLASS_TEST = re.compile(r'contains\(concat\(" ",normalize-space\(@class\)," "\)," ([^" ]+) "\)')


@cache
def compiled(xpath: str) -> etree.XPath:
    """A compiled XPath. A class is looked for as it is written before its attribute is taken apart."""
    return etree.XPath(_CLASS_TEST.sub(r'contains(@class,"\1") and \g<0>', xpath))


def first(tree: Element, xpath: str) -> Element | None:
    """The first element that an XPath finds, None when there is none."""
    found = compiled(f"({xpath})[1]")(tree)
    return found[0] if isinstance(found, list) and found else None


def choose(lessons: Sequence[Lesson]) -> list[tuple[str, list[Lesson]]]:
    """The containers of a site's templates with the pages that agree on each, the most common first.

    Each XPath that finds some page's candidate is scored on all pages; the best is taken, the pages that it explains
    are put aside, and so on while at least two pages agree.
    """
    scores = {xpath: [page.score(first(page.body, xpath)) for page in lessons] for xpath in _proposals(lessons)}
    open_pages = set(range(len(lessons)))
    chosen = []
    while scores:
        best = min(scores, key=lambda xpath: (-_worth(scores[xpath], open_pages), *_preference(xpath)))
        agreeing = {index for index in open_pages if scores[best][index] >= AGREEMENT}
        if len(agreeing) < MIN_TEACHERS:
            break
        chosen.append((best, [lessons[index] for index in sorted(agreeing)]))
        open_pages -= agreeing
        del scores[best]
    return chosen


def _proposals(lessons: Sequence[Lesson]) -> list[str]:
    found: set[str] = set()
    for page in lessons:
        element = candidate(page)
        for _ in range(MAX_LEVELS):
            if element is None or element is page.body:
                break
            found.update(addresses(element))
            element = element.getparent()
    return sorted(found)


def _preference(xpath: str) -> tuple[bool, int, int, str]:
    """Of equally good XPaths the one that names the element itself, with few steps: it survives most changes."""
    steps = xpath[2:].split("/")
    return ("[" not in steps[-1], len(steps), len(xpath), xpath)


def _worth(scores: Sequence[float], pages: set[int]) -> float:
    return round(sum(scores[index] for index in pages if scores[index] >= AGREEMENT), 6)
