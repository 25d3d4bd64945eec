"""What must never be learned as a site's own text: the lines that say which agency wrote an article, and where."""

from __future__ import annotations

from copydesk.attribute.evidence import contribution, dateline, ending, name_alone, place_line, source_line

A_SENTENCE = " The ship sailed on Monday."  # a dateline may stand in a block of its own, before the text


def is_evidence(text: str) -> bool:
    """Is this a dateline, an agency's name, a source line or the like, however many articles it stands on?"""
    readers = (dateline, name_alone, source_line, place_line, ending, contribution)
    return any(read(text) is not None for read in readers) or dateline(text + A_SENTENCE) is not None
