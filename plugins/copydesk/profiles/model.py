"""What is learned of a site, as frozen types, and their JSON."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

LEARNER_VERSION = 12  # raised when the same pages would teach something else


@dataclass(frozen=True, slots=True)
class Ruling:
    """What holds for one element path in a container: does text that stands there belong to the body?

    `path` is relative to the container and may end in `@links` or `@bold`, for pieces that are nothing else. `share` is
    the part of its characters that the teacher took for body, in `blocks` pieces on `pages` pages; `why` is for people.
    `label` is what rules call most of what stands there, if it is no body and they know it.
    """

    path: str
    body: bool
    pages: int
    blocks: int
    share: float
    why: str
    example: str
    label: str = ""


@dataclass(frozen=True, slots=True)
class Repeat:
    """A text (or, where `opening`, the beginning of texts) that stands on `pages` distinct articles: never body.

    `key` is the text itself, of an opening its plain form (lower case, letters and digits); `place` is where it mostly
    stands: head, inside, tail. An opening ends at a colon or, with `by_words`, at a word's end; where it was `linked`,
    only lines with links are meant. With an `ending`, in plain form too, lines are meant that also end so; the opening
    may then be empty.
    """

    key: str
    opening: bool
    pages: int
    place: str
    example: str
    by_words: bool = False
    linked: bool = False
    ending: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """Where readers see a metadata field: the first element that `xpath` finds, or its `attribute`.

    `field` is titles, authors, published or tags; bylines are authors who are believed before those of the page's data.

    It stood on `pages` pages and agreed with what was known of the field on `agreed` of the `known` ones.
    """

    field: str
    xpath: str
    attribute: str | None
    pages: int
    known: int
    agreed: int
    example: str

    @property
    def says(self) -> str:
        """The metadata field that stands here."""
        return "authors" if self.field == "bylines" else self.field


@dataclass(frozen=True, slots=True)
class Template:
    """One layout of a site: the container that holds the body, and what in it does not belong to the body.

    It stood on `pages` pages, on `agreed` it held what the teacher read. `characters` is the shortest body seen.
    `standfirst`: most pages show their summary, word for word, above the text.
    """

    name: str
    container: str
    pages: int
    agreed: int
    characters: int
    standfirst: bool
    rulings: tuple[Ruling, ...]


@dataclass(frozen=True, slots=True)
class Profile:
    """What is known of a site. Made from `pages` pages; the same pages in any order make the same profile.

    `vocabulary` are the class tokens and roles that are the site's, `languages` those that its articles are written in.
    """

    domain: str
    pages: int
    vocabulary: tuple[str, ...]
    templates: tuple[Template, ...]
    repeats: tuple[Repeat, ...]
    places: tuple[Place, ...]
    languages: tuple[str, ...] = ()
    learner: int = LEARNER_VERSION

    def to_json(self) -> str:
        """Canonical JSON: equal profiles are equal bytes."""
        return json.dumps(dataclasses.asdict(self), ensure_ascii=False, sort_keys=True, separators=(",", ":"))

    @classmethod
    def from_json(cls, text: str) -> Profile:
        """The profile that `to_json` wrote. Raises ValueError when the text is not one."""
        try:
            return cls.from_record(json.loads(text))
        except (KeyError, TypeError, ValueError) as error:
            raise ValueError(f"not a site profile: {error}") from error

    @classmethod
    def stored(cls, domain: str, text: str) -> Profile:
        """The profile of a site as it lies in a database; one that knows nothing of the site where it cannot be read.

        While copydesk is being replaced by a newer or an older version of itself, each meets profiles of the other.
        What it does not understand may be what keeps a profile from taking body text off: it is not read in part.
        """
        try:
            return cls.from_json(text)
        except ValueError:
            return cls(domain, pages=0, vocabulary=(), templates=(), repeats=(), places=(), learner=0)

    @classmethod
    def from_record(cls, record: Mapping[str, Any]) -> Profile:
        """The profile from parsed JSON. Raises KeyError or TypeError when a part is missing or unknown."""
        templates = tuple(_template(part) for part in record["templates"])
        return cls(
            domain=record["domain"],
            pages=record["pages"],
            vocabulary=tuple(record["vocabulary"]),
            templates=templates,
            repeats=tuple(Repeat(**part) for part in record["repeats"]),
            places=tuple(Place(**part) for part in record["places"]),
            languages=tuple(record["languages"]),
            learner=record["learner"],
        )


def _template(record: Mapping[str, Any]) -> Template:
    return Template(**{**record, "rulings": tuple(Ruling(**part) for part in record["rulings"])})
