"""What must come out of each page of the newswire: for the smoke run and for tests."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from copydesk.newswire.pages import furnishings
from copydesk.newswire.stock import Edition, Publisher, publishers


@dataclass(frozen=True, slots=True)
class Expected:
    """The truth of one page. `lines` are the article's own blocks in order, `boilerplate` the blocks that are not.

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
    quarantine: str


def expected() -> Mapping[str, Expected]:
    """The truth of every page by its URL's path, which is unique across the publishers."""
    return {edition.path: _expected(publisher, edition) for publisher in publishers() for edition in publisher.editions}


def _expected(publisher: Publisher, edition: Edition) -> Expected:
    story = edition.story
    deck = (story.summary,) if publisher.prints_deck else ()
    return Expected(
        publisher=publisher.name,
        path=edition.path,
        title=story.title,
        lines=(*deck, *(line for passage in story.passages for line in passage.lines)),
        language=story.language,
        agency=story.agency,
        authors=story.authors,
        published_at=edition.published_at,
        boilerplate=_boilerplate(publisher, edition),
        quarantine=edition.quarantine,
    )


def _boilerplate(publisher: Publisher, edition: Edition) -> tuple[str, ...]:
    printed = publisher.words[edition.story.language]
    among = [line for item in furnishings(publisher, edition) for line in item.lines]
    below = [printed[name] for name in ("disclaimer", "comments_closed", "copyright", "share", "cookies")]
    credit = [edition.story.agency_line] if edition.story.agency_line else []
    return tuple(dict.fromkeys([*among, *credit, *below]))
