"""A summary that only repeats how a page begins, without the blocks of it that were taken off."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from copydesk.models import Block, Label, Metadata, Removal

MIN_CUT_CHARS: Final = 12  # of what was taken off, with which a summary that is cut there ends
_CUT: Final = "…"


def own_summary(metadata: Metadata, kept: Sequence[Block], removals: Sequence[Removal]) -> Metadata:
    """The metadata with a summary of what readers came for.

    Content systems make a summary of a post that has none from how its text begins, captions, credits and disclaimers
    included. Where a summary is the page's blocks one after the other, those go from it that went from the article;
    none is left of several that all went. Any other summary stays as it is.
    """
    summary = " ".join((metadata.summary or "").split())
    known = list(filter(_is_known, removals))
    if not any(removal.text[:MIN_CUT_CHARS] in summary for removal in known):
        return metadata
    found = _Reading(summary)
    found.follow(sorted([*kept, *known], key=lambda block: block.position))
    summary = found.summary()
    if not found.dropped or (found.dropped == 1 and not summary):  # one block may well be what the publisher chose
        return metadata
    if summary:
        return replace(metadata, summary=summary)
    sources = {name: source for name, source in metadata.sources.items() if name != "summary"}
    return replace(metadata, summary=None, sources=sources)


def _is_known(removal: Removal) -> bool:
    """Whether it is known what the block is; what is only left out may be the deck, of which a summary may be made."""
    return removal.label is not Label.OTHER_BOILERPLATE


@dataclass(slots=True)
class _Reading:
    """How far a summary was found in the blocks of its page. `rest` is still to be found.

    `doubtful` are blocks that were taken off, at the end of what was found: the rest must go on as the page does, else
    the summary only uses the same words, and they stay.
    """

    rest: str
    kept: list[str] = field(default_factory=list)
    doubtful: list[str] = field(default_factory=list)
    dropped: int = 0

    def follow(self, blocks: Iterable[Block | Removal]) -> None:
        """Find the summary in the blocks, in their order."""
        for block in blocks:
            text = " ".join(block.text.split())
            if not self.rest:
                break
            if text and (self.rest == text or self.rest.startswith(f"{text} ")):
                self._take(text, is_kept=isinstance(block, Block))
            elif text.startswith(self.rest.removesuffix(_CUT)) and self.rest.endswith(_CUT):
                self._end(is_kept=isinstance(block, Block))
        self._settle(is_sure=not self.rest)

    def summary(self) -> str:
        """The summary without the blocks that were dropped."""
        return " ".join([*self.kept, *([self.rest] if self.rest else [])])

    def _take(self, text: str, *, is_kept: bool) -> None:
        self.rest = self.rest[len(text) :].lstrip()
        if is_kept:
            self._settle(is_sure=True)
            self.kept.append(text)
        else:
            self.doubtful.append(text)

    def _end(self, *, is_kept: bool) -> None:
        """The summary is cut in a block."""
        if is_kept:
            self._settle(is_sure=True)
            self.kept.append(self.rest)
            self.rest = ""
        elif len(self.rest) > MIN_CUT_CHARS:
            self.doubtful.append(self.rest)
            self.rest = ""

    def _settle(self, *, is_sure: bool) -> None:
        if is_sure:
            self.dropped += len(self.doubtful)
        else:
            self.kept += self.doubtful
        self.doubtful = []
