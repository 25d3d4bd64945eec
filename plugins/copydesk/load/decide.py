"""What loading does with each candidate: a new article, a revision, nothing new, or a copy of one we have. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from copydesk.load.identity import content_key, same_article
from copydesk.models import Candidate, Outcome, Reason


@dataclass(frozen=True, slots=True)
class Arrival:
    """A candidate, the canonical URL of its entry, and the URL that its page goes by.

    `claimed_url` is another page that this one says it is a variant of (AMP, mobile, print): believed when texts agree.
    """

    candidate: Candidate
    entry_url: str
    article_url: str
    claimed_url: str | None = None

    @property
    def content_key(self) -> bytes:
        """SHA-256 of its title and text."""
        return content_key(self.candidate.article.metadata.title, self.candidate.article.text)


@dataclass(frozen=True, slots=True)
class Existing:
    """An article as it stands. `entry_url` is the canonical URL of the entry that its newest revision comes from.

    `claimed_url` is the page that it says it is a variant of, if that page was not seen yet.
    """

    url: str
    entry_url: str
    content_key: bytes
    text: str
    revision: int
    claimed_url: str | None = None

    def agrees(self, arrival: Arrival) -> bool:
        """Whether the arrival is the same article, by its words."""
        return self.content_key == arrival.content_key or same_article(self.text, arrival.candidate.article.text)


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of an arrival: the article's URL, the entry's outcome and reason, the article's revision.

    `claimed_url` is to be remembered of a new article, until the page there is seen.
    """

    arrival: Arrival
    url: str
    outcome: Outcome
    reason: Reason
    revision: int
    claimed_url: str | None = None


@dataclass(frozen=True, slots=True)
class Move:
    """An article that is kept under another URL from now on."""

    url: str
    new_url: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What to write: first the moves, in order, then the decisions."""

    moves: tuple[Move, ...]
    decisions: tuple[Decision, ...]


def decide_all(arrivals: Iterable[Arrival], known: Mapping[str, Existing], claiming: Sequence[Existing] = ()) -> Plan:
    """Decide one after the other, each on what the ones before it will have left.

    `known` are articles by URL: those at a URL of an arrival, and those that come from one; `claiming` are articles
    that claim such a URL.
    """
    desk = _Desk(dict(known), stored=set(known) | {article.url for article in claiming})
    for article in claiming:
        desk.articles.setdefault(article.url, article)
    for arrival in arrivals:
        desk.file(arrival)
    return Plan(tuple(desk.moves), tuple(desk.decisions))


@dataclass(slots=True)
class _Desk:
    """The articles as the decisions so far will have left them. `stored` are the URLs that the database has."""

    articles: dict[str, Existing]
    stored: set[str]
    moves: list[Move] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)

    def file(self, arrival: Arrival) -> None:
        """Decide on one arrival."""
        decision = self._decide(arrival)
        self.decisions.append(decision)
        if decision.outcome is Outcome.LOADED:
            self.articles[decision.url] = _after(decision)

    def _decide(self, arrival: Arrival) -> Decision:
        """What the page was before; else what it claims, if texts agree; else what is at its own URL."""
        if mine := self._of_same_visit(arrival):
            return _again(mine, arrival)
        if original := self._original(arrival):
            return _copy(original, arrival)
        return self._at_its_url(arrival)

    def _at_its_url(self, arrival: Arrival) -> Decision:
        there = self.articles.get(arrival.article_url)
        if there is None:
            return self._adopt(arrival) or _new(arrival)
        if there.agrees(arrival):
            return _again(there, arrival) if arrival.entry_url == there.url else _copy(there, arrival)
        if arrival.entry_url == there.url:  # who lives there has come; the other one only said that it did
            self._send_home(there)
            return _new(arrival)
        return self._at_its_url(replace(arrival, article_url=arrival.entry_url, claimed_url=None))

    def _of_same_visit(self, arrival: Arrival) -> Existing | None:
        """The article that the last visit to the same URL made, wherever it is kept."""
        return next((article for article in self.articles.values() if article.entry_url == arrival.entry_url), None)

    def _original(self, arrival: Arrival) -> Existing | None:
        """The article that the page says it is a variant of, or another variant of that one; None if texts differ."""
        if arrival.claimed_url is None:
            return None
        there = self.articles.get(arrival.claimed_url)
        others = self._claiming(arrival.claimed_url)
        return next((article for article in (there, *others) if article and article.agrees(arrival)), None)

    def _adopt(self, arrival: Arrival) -> Decision | None:
        """The article that came as a variant of this page before: it goes by this page's URL from now on."""
        variant = next((one for one in self._claiming(arrival.article_url) if one.agrees(arrival)), None)
        if variant is None:
            return None
        return _again(self._move(variant, arrival.article_url), arrival)

    def _claiming(self, url: str) -> list[Existing]:
        return [article for article in self.articles.values() if article.claimed_url == url]

    def _send_home(self, article: Existing) -> None:
        """Keep an article under the URL that it comes from; one that is there without coming from there goes before.

        No two come from one URL, so such a row of guests ends; how long it is, a site decides.
        """
        guests = [article]
        while (there := self.articles.get(guests[-1].entry_url)) and there.entry_url != there.url:
            guests.append(there)
        for guest in reversed(guests):
            self._move(guest, guest.entry_url)

    def _move(self, article: Existing, url: str) -> Existing:
        """Keep an article under another URL; one that is not stored yet is filed there in the first place."""
        del self.articles[article.url]
        if article.url in self.stored:
            self.stored = self.stored - {article.url} | {url}
            self.moves.append(Move(article.url, url))
        self.decisions = [
            replace(decision, url=url, claimed_url=None) if decision.url == article.url else decision
            for decision in self.decisions
        ]
        moved = self.articles[url] = replace(article, url=url, claimed_url=None)
        return moved


def _new(arrival: Arrival) -> Decision:
    return Decision(arrival, arrival.article_url, Outcome.LOADED, Reason.NEW, 1, arrival.claimed_url)


def _again(existing: Existing, arrival: Arrival) -> Decision:
    """A visit to where the article comes from, or to its own URL: only such a visit revises it.

    Variants of a page word some things differently, and would else take turns in revising it.
    """
    if existing.content_key != arrival.content_key:
        return Decision(arrival, existing.url, Outcome.LOADED, Reason.REVISED, existing.revision + 1)
    if existing.entry_url == arrival.entry_url:
        return Decision(arrival, existing.url, Outcome.UNCHANGED, Reason.SAME_TEXT, existing.revision)
    return _copy(existing, arrival)


def _copy(existing: Existing, arrival: Arrival) -> Decision:
    return Decision(arrival, existing.url, Outcome.DUPLICATE, Reason.SAME_ARTICLE, existing.revision)


def _after(decision: Decision) -> Existing:
    arrival = decision.arrival
    text = arrival.candidate.article.text
    return Existing(decision.url, arrival.entry_url, arrival.content_key, text, decision.revision, decision.claimed_url)
