"""What the newswire has to tell: fictional stories, publishers and editions, from the TOML files beside this."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
KINDS = {"## ": "heading", "> ": "quote", "- ": "list"}


@dataclass(frozen=True, slots=True)
class Passage:
    """A part of a story's own text. `kind` is paragraph, heading, quote or list; only a list has several lines."""

    kind: str
    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Photo:
    """A picture's two lines under it."""

    caption: str
    credit: str


@dataclass(frozen=True, slots=True)
class Story:
    """A story as filed. `agency` is the canonical name, `agency_line` the line of credit under the text."""

    key: str
    language: str
    title: str
    summary: str
    section: str
    tags: tuple[str, ...]
    passages: tuple[Passage, ...]
    photos: tuple[Photo, ...]
    authors: tuple[str, ...] = ()
    agency: str | None = None
    agency_line: str | None = None


@dataclass(frozen=True, slots=True)
class Edition:
    """A story as one publisher carries it. `quarantine` says why the gate must refuse it, "" when it must not."""

    story: Story
    path: str
    published_at: datetime
    modified_at: datetime
    quarantine: str = ""


@dataclass(frozen=True, slots=True)
class Publisher:
    """A site of the newswire. `feed` is excerpts, full or atom.

    `words`, by language, are what it prints around an article; `places` says behind which passages photos, read_also,
    newsletter and advertisement stand, 0 being above the text.
    """

    key: str
    name: str
    language: str
    charset: str
    feed: str
    editions: tuple[Edition, ...]
    words: Mapping[str, Mapping[str, Any]]
    places: Mapping[str, tuple[int, ...]]


@cache
def publishers() -> tuple[Publisher, ...]:
    """The publishers in the order of their ports."""
    stories = {path.stem: _story(path) for path in sorted((HERE / "stories").glob("*.toml"))}
    furniture = _toml(HERE / "furniture.toml")
    return tuple(_publisher(record, furniture, stories) for record in _toml(HERE / "publishers.toml")["publishers"])


def edited(edition: Edition, passage: int, text: str) -> Edition:
    """The edition with the text of its passage number `passage` (from 0) replaced, as changed an hour later."""
    passages = list(edition.story.passages)
    passages[passage] = Passage(passages[passage].kind, (text,))
    story = replace(edition.story, passages=tuple(passages))
    return replace(edition, story=story, modified_at=edition.modified_at + timedelta(hours=1))


def _toml(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))


def _publisher(record: dict[str, Any], furniture: dict[str, Any], stories: Mapping[str, Story]) -> Publisher:
    return Publisher(
        key=record["key"],
        name=record["name"],
        language=record["language"],
        charset=record["charset"],
        feed=record["feed"],
        editions=tuple(_edition(edition, stories[edition["story"]]) for edition in record["editions"]),
        words={language: _named(words, record["name"]) for language, words in furniture.items()},
        places={kind: tuple(numbers) for kind, numbers in record["places"].items()},
    )


def _named(words: Mapping[str, Any], publisher: str) -> dict[str, Any]:
    """The words with the site's name put in."""
    return {
        key: word.replace("{publisher}", publisher) if isinstance(word, str) else word for key, word in words.items()
    }


def _edition(record: dict[str, Any], story: Story) -> Edition:
    """A copy may have its own `title` and `authors`, and cut passages (`without`, numbered from 1)."""
    cut = set(record.get("without", ()))
    story = replace(
        story,
        title=record.get("title", story.title),
        authors=tuple(record.get("authors", story.authors)),
        passages=tuple(passage for number, passage in enumerate(story.passages, 1) if number not in cut),
    )
    published = record["published"]
    return Edition(story, record["path"], published, record.get("modified", published), record.get("quarantine", ""))


def _story(path: Path) -> Story:
    record = _toml(path)
    return Story(
        key=path.stem,
        language=record["language"],
        title=record["title"],
        summary=record["summary"],
        section=record["section"],
        tags=tuple(record["tags"]),
        passages=tuple(_passage(text) for text in record["body"].strip().split("\n\n")),
        photos=tuple(Photo(**photo) for photo in record.get("photos", ())),
        authors=tuple(record.get("authors", ())),
        agency=record.get("agency"),
        agency_line=record.get("agency_line"),
    )


def _passage(text: str) -> Passage:
    for mark, kind in KINDS.items():
        if text.startswith(mark):
            return Passage(kind, tuple(line.removeprefix(mark).strip() for line in text.splitlines()))
    return Passage("paragraph", (" ".join(text.split()),))
