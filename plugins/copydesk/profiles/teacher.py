"""The teacher: what trafilatura reads on one page, as text to compare with and the metadata it knows."""

from __future__ import annotations

from dataclasses import dataclass

from copydesk.models import Page
from copydesk.profiles.structure import plain

MIN_PART_CHARS = 25  # a shorter text is found inside others by chance


@dataclass(frozen=True, slots=True)
class Reading:
    """One page as the teacher reads it: its body's lines in plain form, and plain metadata to recognise elsewhere."""

    lines: frozenset[str]
    joined: str
    title: str
    authors: tuple[str, ...]
    summary: str

    def holds(self, text: str) -> bool:
        """Is this plain text part of the body?"""
        return text in self.lines or (len(text) >= MIN_PART_CHARS and text in self.joined)


NOTHING = Reading(frozenset(), "", "", (), "")


def read(page: Page) -> Reading:
    """Let trafilatura read a page. A page it cannot read teaches nothing, and is no error."""
    from trafilatura import bare_extraction  # noqa: PLC0415 - heavy

    try:
        found = bare_extraction(page.body, url=page.final_url, with_metadata=True, include_comments=False)
    except Exception:  # noqa: BLE001 - a hostile page may raise anything in a library that is not ours
        return NOTHING
    if found is None or isinstance(found, dict):
        return NOTHING
    return reading((found.text or "").split("\n"), found.title, (found.author or "").split("; "), found.description)


def reading(lines: list[str], title: str | None, authors: list[str], summary: str | None) -> Reading:
    """A reading from plain values."""
    kept = [line for line in map(plain, lines) if line]
    return Reading(
        lines=frozenset(kept),
        joined=" ".join(kept),
        title=plain(title or ""),
        authors=tuple(filter(None, map(plain, authors))),
        summary=plain(summary or ""),
    )
