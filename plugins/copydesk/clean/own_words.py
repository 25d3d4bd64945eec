"""Blocks that only repeat what the page's metadata says: its title, its summary, its authors, its tags."""

from __future__ import annotations

import re

from copydesk.clean.lines import Line, Surroundings
from copydesk.clean.verdict import Verdict
from copydesk.folding import fold
from copydesk.models import Label, Metadata

MAX_BIO_CHARS = 400
SUMMARY_CHARS = 60  # as many equal ones at their start make a block the page's own summary
# Names that sites give to the paragraph between the headline and the text.
_DECK = re.compile(
    r"[.#][\w-]*(?:deck|dek\b|vorspann|sub-?title|sub-?headline|standfirst|lead-?text|lede\b|preface|intro\b|intro-?_?_?text"
    r"|chapo|entradilla|bajada|sommario|excerpt|article-summary|sub-?tit|lead-?in\b|short-?text)[\w-]*[^>]*(?:>[^>]*)?$",
    re.IGNORECASE,
)
_NOT_WORDS = re.compile(r"[\W_]+")


def own_verdict(line: Line, metadata: Metadata, around: Surroundings, index: int) -> Verdict | None:
    """A verdict for title, summary or author again before the text; for a tag or who the author is behind it."""
    if around.before[index] == 0:
        if metadata.title and _same(line.folded, metadata.title):
            return Verdict(Label.OTHER_BOILERPLATE, "page.repeated-title", "1")
        if any(_same(line.folded, author) for author in metadata.authors):
            return Verdict(Label.BYLINE, "page.author", "1")
        if _is_deck(line, metadata):
            return Verdict(Label.OTHER_BOILERPLATE, "page.deck", "1")
    if around.behind[index] == 0 and any(_same(line.folded, tag) for tag in metadata.tags):
        return Verdict(Label.TAGS, "page.tag", "1")
    if around.behind[index] == 0 and _introduces(line.folded, metadata):
        return Verdict(Label.AUTHOR_BIO, "page.author-bio", "1")
    return None


def _is_deck(line: Line, metadata: Metadata) -> bool:
    """True when a block repeats the summary that the page declares and is marked up as standing apart from the text."""
    if not metadata.summary or not _DECK.search(line.block.path):
        return False
    summary, own = fold(metadata.summary), line.folded
    return own == summary or (len(own) > SUMMARY_CHARS and summary.startswith(own[:SUMMARY_CHARS]))


def _introduces(folded: str, metadata: Metadata) -> bool:
    """True when a line begins with an author's name and says that the site is where that author writes."""
    if not metadata.site_name or len(folded) > MAX_BIO_CHARS or fold(metadata.site_name) not in folded:
        return False
    return any(folded.startswith(fold(author) + " ") for author in metadata.authors)


def _same(folded: str, value: str) -> bool:
    """True when both say the same words. Lengths are compared first: this runs for every block of every page."""
    return abs(len(folded) - len(value)) <= len(value) // 4 + 4 and _words(folded) == _words(fold(value)) != ""


def _words(folded: str) -> str:
    return _NOT_WORDS.sub(" ", folded).strip()
