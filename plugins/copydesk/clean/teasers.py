"""Headlines of other articles that a bare "read also" announces, in whatever language that is said."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import takewhile

from copydesk.clean.lines import Line
from copydesk.clean.verdict import Verdict
from copydesk.models import Label

MAX_ANNOUNCEMENT_CHARS = 40  # a longer line has a headline of its own
MAX_HEADLINE_CHARS = 140
MIN_HEADLINE_CHARS = 20
MIN_LISTED_CHARS = 8  # a list is judged as a whole
MAX_HEADLINES = 8
MAX_POINTED = 2  # a page with more paragraphs that begin with an arrow has its own lists and prices so
TEASER = Verdict(Label.RELATED, "page.teaser", "1")
POINTED = Verdict(Label.RELATED, "page.pointed", "1")
_HAS_HEADLINE = re.compile(r"[:|>»→] ?\w")  # "Read also: Harbour closed"
_NO_HEADLINE_ENDS = re.compile(r"(?:[.;:,!…]|\.\.\.)$")
_LOW_HEADING = re.compile(r"(?:^|>)h[4-6](?:[.#][^>]*)?$")
_ARROW = re.compile(r"(?:[►▶➤➡👉→☛⇒]|>{2,3}(?=\s*\w))")
_ANNOUNCES = frozenset({Label.BODY, Label.HEADING, Label.RELATED})


def teasers(lines: Sequence[Line], found: Sequence[Verdict | None]) -> list[Verdict | None]:
    """`found` with a verdict for headlines that stand behind a line that announces them and says no headline itself.

    They are a whole list, one small heading, or paragraphs that are no sentences. What stands behind a line with a
    colon is what that line speaks of, though "read also" may stand between them.
    """
    verdicts = list(found)
    for index, verdict in enumerate(found):
        if verdict is not None and verdict.label is Label.RELATED and _announces(lines, index):
            for follower in _headlines(lines, found, index + 1):
                verdicts[follower] = verdicts[follower] or TEASER
    return _pointed(lines, verdicts)


def _pointed(lines: Sequence[Line], verdicts: list[Verdict | None]) -> list[Verdict | None]:
    """`verdicts` with one for each paragraph that begins with an arrow: a way out of the article, amid its text."""
    pointed = [index for index, line in enumerate(lines) if _is_pointed(line)]
    if len(pointed) <= MAX_POINTED:
        for index in pointed:
            if not _follows_colon(lines, index):
                verdicts[index] = verdicts[index] or POINTED
    return verdicts


def _is_pointed(line: Line) -> bool:
    is_short = not line.is_sentence and len(line.folded) <= MAX_HEADLINE_CHARS
    return is_short and line.block.label is Label.BODY and _ARROW.match(line.block.text.lstrip()) is not None


def _announces(lines: Sequence[Line], index: int) -> bool:
    line = lines[index]
    is_bare = len(line.folded) <= MAX_ANNOUNCEMENT_CHARS and not _HAS_HEADLINE.search(line.folded)
    return is_bare and line.block.label in _ANNOUNCES and not _follows_colon(lines, index)


def _follows_colon(lines: Sequence[Line], index: int) -> bool:
    """Whether it is what the line before speaks of."""
    return index > 0 and lines[index - 1].folded.endswith(":")


def _headlines(lines: Sequence[Line], found: Sequence[Verdict | None], start: int) -> Iterator[int]:
    """The places of the headlines from `start` on."""
    kind = lines[start].block.label if start < len(lines) else None
    run = list(takewhile(lambda index: lines[index].block.label is kind, range(start, len(lines))))
    if kind is Label.LIST and len(run) <= MAX_HEADLINES and all(_is_listed(lines[index]) for index in run):
        yield from run
    elif kind is Label.HEADING and _LOW_HEADING.search(lines[start].block.path):
        yield start
    elif kind is Label.BODY:
        yield from takewhile(lambda index: _is_related(found[index]) or _is_headline(lines[index]), run[:MAX_HEADLINES])


def _is_related(verdict: Verdict | None) -> bool:
    return verdict is not None and verdict.label is Label.RELATED


def _is_listed(line: Line) -> bool:
    long_enough = _letters(line.folded) >= MIN_LISTED_CHARS
    return long_enough and not line.is_sentence and not _NO_HEADLINE_ENDS.search(line.folded)


def _is_headline(line: Line) -> bool:
    said = line.folded
    is_text = line.is_sentence or said.startswith(('"', "'", "-")) or _NO_HEADLINE_ENDS.search(said)
    return not is_text and MIN_HEADLINE_CHARS <= _letters(said) <= MAX_HEADLINE_CHARS


def _letters(said: str) -> int:
    return len(said) + sum(sign > "\u2fff" for sign in said)  # a Chinese sign or a Korean syllable says more
