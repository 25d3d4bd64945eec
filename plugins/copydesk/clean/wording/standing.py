"""How a line stands on its page: what tells wrapping from text beside the line's words.

Each fact has a name in `standing.json`, where its weight is; most are so or not, two are counts. What is so of a
sentence, or of prose, is told once more under the form's name: to stand last says more of a sentence than of a scrap.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from copydesk.clean.lines import Line, Surroundings
from copydesk.clean.verdict import Verdict
from copydesk.models import Label

SENTENCE, PROSE = "sentence", "prose"
SOME_LINKS = 0.05  # of a line's characters
_DIGIT = re.compile(r"\d")
_INITIALS = re.compile(r"\b[^\W\d_]{2,}\b")
Facts = dict[str, int]


class Standing:
    """How the lines of one page stand while more and more of them are `found` out: none comes back.

    What was looked for once is looked for no farther in than there, so that a page of wrapping alone takes no longer.
    """

    def __init__(self, lines: Sequence[Line], found: Sequence[Verdict | None], around: Surroundings) -> None:
        self._lines = lines
        self._found = found
        self._around = around
        self._first_text = 0
        self._last_text = self._last_kept = len(lines) - 1

    def facts(self, index: int) -> Facts:
        """What is so of a line, with how often: by its own form, and by which of the other lines are out."""
        line = self._lines[index]
        told = {name: 1 for name, is_so in (*_form(line), *self._place(index)) if is_so}
        told |= {name: 1 for form in (SENTENCE, PROSE) if form in told for name in _within(form, told)}
        told["doublings"] = len(line.folded).bit_length()
        told["beside-a-scrap"] = sum(map(self._is_scrap, (index - 1, index + 1)))
        return told

    def _place(self, index: int) -> Iterator[tuple[str, bool]]:
        self._narrow()
        yield "before-the-text", self._first_text >= index
        yield "behind-the-text", self._last_text <= index
        yield "last", self._last_kept <= index
        yield "in-the-tail", self._around.in_tail(index)
        yield "behind-wrapping", index > 0 and self._found[index - 1] is not None
        yield "before-wrapping", index + 1 < len(self._found) and self._found[index + 1] is not None

    def _narrow(self) -> None:
        end = len(self._lines)
        while self._first_text < end and not self._is_text(self._first_text):
            self._first_text += 1
        while self._last_text >= 0 and not self._is_text(self._last_text):
            self._last_text -= 1
        while self._last_kept >= 0 and self._found[self._last_kept] is not None:
            self._last_kept -= 1

    def _is_text(self, index: int) -> bool:
        return self._found[index] is None and self._lines[index].is_text

    def _is_scrap(self, index: int) -> bool:
        is_kept = 0 <= index < len(self._found) and self._found[index] is None
        return is_kept and not (self._lines[index].is_sentence or self._lines[index].is_prose)


def _form(line: Line) -> Iterator[tuple[str, bool]]:
    yield SENTENCE, line.is_sentence
    yield PROSE, line.is_prose
    yield "colon", line.folded.endswith(":")
    yield "set-apart", line.block.label is not Label.BODY
    yield "links", line.block.link_density >= SOME_LINKS
    yield "quotation", '"' in line.folded
    yield "digits", bool(_DIGIT.search(line.folded))
    text = line.block.text
    yield "initials", not text.isupper() and any(word.isupper() for word in _INITIALS.findall(text))


def _within(form: str, told: Facts) -> Iterator[str]:
    """What is told of a line, under the name of its form."""
    return (f"{form} {name}" for name in told if name not in {SENTENCE, form})
