"""The teacher: what trafilatura reads on one page, as text to compare with and the metadata it knows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from copydesk.extract.metadata.languages import detect
from copydesk.models import Page
from copydesk.profiles.structure import plain

MIN_PART_CHARS = 25  # a shorter text is found inside others by chance


@dataclass(frozen=True, slots=True)
class Reading:
    """One page as the teacher reads it: its body's lines, and metadata to recognise elsewhere, all in plain form.

    `date` is a day as YYYY-MM-DD, `language` what the text is written in; both empty where they are not known.
    """

    lines: frozenset[str] = frozenset()
    joined: str = ""
    title: str = ""
    authors: tuple[str, ...] = ()
    summary: str = ""
    date: str = ""
    language: str = ""
    tags: tuple[str, ...] = ()

    def share(self, text: str) -> float:
        """How sure it is that this plain text is part of the body, 0 to 1."""
        return float(self.holds(text))

    def holds(self, text: str) -> bool:
        """Is this plain text part of the body?"""
        return text in self.lines or (len(text) >= MIN_PART_CHARS and text in self.joined)


def read(page: Page) -> Reading:
    """Let trafilatura read a page. A page it cannot read teaches nothing, and is no error."""
    from trafilatura import bare_extraction  # noqa: PLC0415 - heavy

    try:
        found = bare_extraction(page.body, url=page.final_url, with_metadata=True, include_comments=False)
    except Exception:  # noqa: BLE001 - a hostile page may raise anything in a library that is not ours
        return Reading()
    if found is None or isinstance(found, dict):
        return Reading()
    authors = (found.author or "").split("; ")
    return reading(
        (found.text or "").split("\n"), found.title, authors, found.description, found.date, tags=found.tags or ()
    )


def reading(
    lines: Sequence[str],
    title: str | None,
    authors: Sequence[str],
    summary: str | None,
    date: str | None,
    *,
    tags: Sequence[str] = (),
) -> Reading:
    """A reading from the values as a page has them."""
    kept = [line for line in map(plain, lines) if line]
    return Reading(
        lines=frozenset(kept),
        joined=" ".join(kept),
        title=plain(title or ""),
        authors=tuple(filter(None, map(plain, authors))),
        summary=plain(summary or ""),
        date=(date or "")[:10],
        language=detect(" ".join(lines)) or "",
        tags=tuple(filter(None, map(plain, tags))),
    )
