"""What must come out of each page of the newswire: for the smoke run and for tests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from copydesk.newswire.pages import furnishings
from copydesk.newswire.stock import Edition, Publisher, publishers


@dataclass(frozen=True, slots=True)
class Expected:
    """The truth of one page. `lines` are the article's own blocks in order.

    `boilerplate` are blocks that are not its own; those of them that stand among the text or right under it, where the
    ledger has to show them, are `among_the_text`.
    `quarantine` says in words why the gate must refuse it; "" when it must be loaded.
    """

    publisher: str
    path: str
    title: str
    lines: tuple[str, ...]
    language: str
    agency: str | None
    authors: tuple[str, ...]
    published_at: datetime
    boilerplate: tuple[str, ...]
    among_the_text: tuple[str, ...]
    quarantine: str


def expected() -> Mapping[str, Expected]:
    """The truth of every page by its URL's path, which is unique across the publishers."""
    return {edition.path: _expected(publisher, edition) for publisher in publishers() for edition in publisher.editions}


def _expected(publisher: Publisher, edition: Edition) -> Expected:
    story = edition.story
    among = _among_the_text(publisher, edition)
    return Expected(
        publisher=publisher.name,
        path=edition.path,
        title=story.title,
        lines=tuple(line for passage in story.passages for line in passage.lines),
        language=story.language,
        agency=story.agency,
        authors=story.authors,
        published_at=edition.published_at,
        boilerplate=(*among, *_around_the_text(publisher, edition)),
        among_the_text=among,
        quarantine=edition.quarantine,
    )


def _among_the_text(publisher: Publisher, edition: Edition) -> tuple[str, ...]:
    found = [line for item in furnishings(publisher, edition) for line in item.lines]
    credit = [edition.story.agency_line] if edition.story.agency_line else []
    return (*found, *credit, publisher.words[edition.story.language]["disclaimer"])


def _around_the_text(publisher: Publisher, edition: Edition) -> tuple[str, ...]:
    words = publisher.words[edition.story.language]
    return tuple(words[name] for name in ("comments_closed", "copyright", "share", "cookies"))
