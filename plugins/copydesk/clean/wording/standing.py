"""How a line stands on its page: what tells wrapping from text beside the line's words.

Each fact has a name in `standing.json`, where its weight is; most are so or not, two are counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from copydesk.clean.lines import Line, Surroundings
from copydesk.clean.verdict import Verdict
from copydesk.models import Label

SOME_LINKS = 0.05  # of a line's characters
_DIGIT = re.compile(r"\d")
_INITIALS = re.compile(r"\b[^\W\d_]{2,}\b")
Facts = dict[str, int]


def facts(lines: Sequence[Line], found: Sequence[Verdict | None], around: Surroundings, index: int) -> Facts:
    """What is so of line `index`, with how often: by its own form, and by which of the other lines are `found` out."""
    line = lines[index]
    told = {name: 1 for name, is_so in (*_form(line), *_place(lines, found, around, index)) if is_so}
    told["doublings"] = len(line.folded).bit_length()
    told["beside-a-scrap"] = sum(_is_kept(found, beside) and not _is_said(lines[beside]) for beside in _beside(index))
    return told


def _form(line: Line) -> Iterator[tuple[str, bool]]:
    yield "sentence", line.is_sentence
    yield "prose", line.is_prose
    yield "colon", line.folded.endswith(":")
    yield "set-apart", line.block.label is not Label.BODY
    yield "links", line.block.link_density >= SOME_LINKS
    yield "quotation", '"' in line.folded
    yield "digits", bool(_DIGIT.search(line.folded))
    text = line.block.text
    yield "initials", not text.isupper() and any(word.isupper() for word in _INITIALS.findall(text))


def _place(
    lines: Sequence[Line], found: Sequence[Verdict | None], around: Surroundings, index: int
) -> Iterator[tuple[str, bool]]:
    yield "before-the-text", not _has_text(lines, found, range(index))
    yield "behind-the-text", not _has_text(lines, found, range(len(lines) - 1, index, -1))
    yield "last", not any(verdict is None for verdict in found[index + 1 :])
    yield "in-the-tail", around.in_tail(index)
    yield "behind-wrapping", index > 0 and found[index - 1] is not None
    yield "before-wrapping", index + 1 < len(found) and found[index + 1] is not None


def _has_text(lines: Sequence[Line], found: Sequence[Verdict | None], places: Iterable[int]) -> bool:
    return any(found[place] is None and lines[place].is_text for place in places)


def _beside(index: int) -> tuple[int, int]:
    return index - 1, index + 1


def _is_kept(found: Sequence[Verdict | None], index: int) -> bool:
    return 0 <= index < len(found) and found[index] is None


def _is_said(line: Line) -> bool:
    return line.is_sentence or line.is_prose
