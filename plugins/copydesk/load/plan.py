"""What loading is told and what it decides: the types between the reading of the database and the writing."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from copydesk.load.identity import content_key, same_article
from copydesk.models import Candidate, Outcome, Reason

Item = tuple[int, str]
"""A feed's id, and the guid by which that feed knows an article whatever its URL."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """A candidate and what its visit says of whose page it is. All URLs are canonical.

    `entry_url` is what was asked for, `read_url` what answered behind redirects, `article_url` what the page goes by.
    `claimed_url` is another page that this one says it is a variant of (AMP, mobile, print): believed when texts agree.
    `for_good` says that only permanent redirects of one site led from the first to the second. `item` listed it.
    """

    candidate: Candidate
    entry_url: str
    read_url: str
    article_url: str
    claimed_url: str | None = None
    for_good: bool = False
    item: Item | None = None

    @property
    def text(self) -> str:
        """The article's text."""
        return self.candidate.article.text

    @property
    def content_key(self) -> bytes:
        """SHA-256 of its title and text."""
        return content_key(self.candidate.article.metadata.title, self.text)


@dataclass(frozen=True, slots=True)
class Existing:
    """An article as it stands. No two have one `url`, and no two have one `read_url`: where it was last read.

    `entry_url` is what the visit asked for that its newest revision comes from. `claimed_url` is the page that it says
    it is a variant of, if that page was not seen yet; `redirects_to` is where its URL leads now instead of to itself.
    `former_urls` are where it was before; `items` list it.
    """

    url: str
    read_url: str
    entry_url: str
    content_key: bytes
    text: str
    revision: int
    claimed_url: str | None = None
    redirects_to: str | None = None
    former_urls: frozenset[str] = frozenset()
    items: frozenset[Item] = frozenset()

    def agrees(self, arrival: Arrival) -> bool:
        """Whether the arrival is the same article, by its words."""
        return self.content_key == arrival.content_key or same_article(self.text, arrival.text)


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of an arrival: the article's URL, the entry's outcome and reason, the article's revision.

    `read_url` and `redirects_to` are what holds of the article from then on. `claimed_url` is to be remembered of a new
    article, until the page there is seen.
    """

    arrival: Arrival
    url: str
    outcome: Outcome
    reason: Reason
    revision: int
    read_url: str
    redirects_to: str | None = None
    claimed_url: str | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """An article that is kept under another URL from now on."""

    url: str
    new_url: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What to write: first the moves, in order, then the decisions; then which article each URL was left by."""

    moves: tuple[Move, ...]
    decisions: tuple[Decision, ...]
    former: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Loaded:
    """What loading did with one candidate."""

    entry_id: int
    article_id: int
    revision: int
    outcome: Outcome
    reason: Reason
