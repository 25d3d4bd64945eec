"""The blocks of a page as rules see them: folded text, sentence or not, and how much prose stands before and behind."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from copydesk.folding import fold
from copydesk.models import Block, Label

PROSE_CHARS = 80  # a block at least this long that ends as a sentence carries the article
LONG_PROSE_CHARS = 160  # and one this long does so however it ends
SENTENCE_CHARS = 30  # a sentence this long is text, though it may be too short to tell where the article stands
PROSE_LINKS = 0.5  # unless that share of it stands in links
LETTERS_A_SIGN = 4
PROSE_PER_SLACK = 6  # an edge overlooks one prose block in that many
MAX_SLACK = 2
MID_ARTICLE = 10**6
_STOPS = ".。۔।"
_ENDS = _STOPS + "!?؟！？…:"
_CLOSERS = "\"'”’»«“)]）」』 \u200e\u200f\u202c"
# Letters by which a block's scripts are known: rules of a language are tried on blocks of its script only.
SCRIPTS = {
    "latin": re.compile("[a-z]"),
    "arabic": re.compile("[\u0621-\u06ff]"),
    "cyrillic": re.compile("[\u0400-\u04ff]"),
    "hebrew": re.compile("[\u05d0-\u05ea]"),
    "greek": re.compile("[\u0370-\u03ff]"),
    "devanagari": re.compile("[\u0900-\u097f]"),
    "chinese": re.compile("[\u3040-\u30ff\u3400-\u9fff]"),
    "korean": re.compile("[\uac00-\ud7a3]"),
    "turkish": re.compile("[ğĞşŞıİ]"),  # looked for before folding, which makes plain letters of them
    "any": re.compile(""),
}
ANY_SCRIPT = "any"
_BEYOND_LATIN = re.compile("[\u0370-\uffff]")
_ASCII_SCRIPTS = frozenset({"latin", ANY_SCRIPT})
_DENSE_SCRIPTS = frozenset({"chinese", "korean"})
_DENSE = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3]")
_NO_SCRIPT = frozenset({ANY_SCRIPT})
_TURKISH_SCRIPTS = frozenset({"latin", "turkish", ANY_SCRIPT})
_PROSE_LABELS = frozenset({Label.BODY, Label.QUOTE, Label.LIST})


@dataclass(frozen=True, slots=True)
class Line:
    """A block with what is computed of it once: its folded text, whether it ends with a full stop, its scripts."""

    block: Block
    folded: str
    is_sentence: bool
    is_prose: bool
    scripts: frozenset[str]

    @property
    def is_text(self) -> bool:
        """True for any sentence of the text, also one that is too short to be prose."""
        return self.is_prose or (self.is_sentence and len(self.folded) >= SENTENCE_CHARS)


def line_of(block: Block, max_chars: int) -> Line:
    """The line of a block; a text longer than `max_chars` is not folded, as no rule may match it."""
    text = block.text.strip()
    end = text[-40:].rstrip(_CLOSERS)[-1:]
    folded = fold(text) if len(text) <= max_chars else text
    scripts = _scripts(folded, text) if len(text) <= max_chars else frozenset()
    size = _size(text, scripts)
    prose = size >= LONG_PROSE_CHARS or (size >= PROSE_CHARS and end in _ENDS)
    return Line(
        block=block,
        folded=folded,
        is_sentence=end != "" and end in _STOPS and not text.endswith(("...", "…")),
        is_prose=prose and block.link_density < PROSE_LINKS and block.label in _PROSE_LABELS,
        scripts=scripts,
    )


def _size(text: str, scripts: frozenset[str]) -> int:
    """The length of a text in letters of an alphabet: a Chinese sign or a Korean syllable says as much as several."""
    if _DENSE_SCRIPTS.isdisjoint(scripts):
        return len(text)
    return len(text) + (LETTERS_A_SIGN - 1) * len(_DENSE.findall(text))


def _scripts(folded: str, text: str) -> frozenset[str]:
    if not text.isascii() and SCRIPTS["turkish"].search(text) is not None:
        return _TURKISH_SCRIPTS
    if folded.isascii():
        return _ASCII_SCRIPTS
    if _BEYOND_LATIN.search(folded) is None:
        return _ASCII_SCRIPTS if SCRIPTS["latin"].search(folded) else _NO_SCRIPT
    return frozenset(name for name, letters in SCRIPTS.items() if letters.search(folded))


@dataclass(frozen=True, slots=True)
class Surroundings:
    """How many prose blocks stand before and behind each block, and how many of those an edge may overlook.

    Counts are exact near the edges; a block in mid-article has a large number. `first_text` and `last_text` are the
    first and the last block that is any sentence of the text, -1 where there is none.
    """

    before: Sequence[int]
    behind: Sequence[int]
    slack: int
    first_text: int
    last_text: int

    @property
    def has_text(self) -> bool:
        """True when there is a sentence of the text: without one, nothing can be told from how a line stands."""
        return self.first_text >= 0

    def in_head(self, index: int) -> bool:
        """True when the text has not begun before block `index`."""
        return self.before[index] <= min(self.slack, 1)

    def in_tail(self, index: int) -> bool:
        """True when the text has ended before block `index`; a teaser or two behind it do not count as text."""
        return self.behind[index] <= self.slack

    def at_edge(self, index: int) -> bool:
        """True in the head and in the tail."""
        return self.in_head(index) or self.in_tail(index)

    def at_start(self, index: int) -> bool:
        """True when all of the text, and there is some, stands behind block `index`."""
        return index < self.first_text

    def at_end(self, index: int) -> bool:
        """True when all of the text, and there is some, stands before block `index`."""
        return -1 < self.last_text < index


def surroundings(lines: Sequence[Line], is_wrapping: Callable[[int], bool]) -> Surroundings:
    """The surroundings of each line; `is_wrapping` says that some rule would take a line, so that it is no text.

    A long disclaimer would else hide the page's end from itself. Only lines near the edges are asked about.
    """
    slack = min(MAX_SLACK, sum(line.is_prose for line in lines) // PROSE_PER_SLACK)
    forward = range(len(lines))
    before = _counted(lines, forward, slack, is_wrapping)
    behind = _counted(lines, reversed(forward), slack, is_wrapping)
    first = next((index for index in forward if lines[index].is_text and not is_wrapping(index)), -1)
    last = next((index for index in reversed(forward) if lines[index].is_text and not is_wrapping(index)), -1)
    return Surroundings(before, behind, slack, first, last)


def _counted(
    lines: Sequence[Line], order: Iterable[int], slack: int, is_wrapping: Callable[[int], bool]
) -> Sequence[int]:
    """The number of prose lines passed before each line in `order`, until more than `slack` were passed."""
    counts, count = [MID_ARTICLE] * len(lines), 0
    for index in order:
        counts[index] = count
        count += lines[index].is_prose and not is_wrapping(index)
        if count > slack:
            break
    return counts
