"""What loading does with each candidate: a new article, a revision, nothing new, or a copy of one we have. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from copydesk.load.identity import content_key, same_article
from copydesk.models import Candidate, Outcome, Reason


@dataclass(frozen=True, slots=True)
class Arrival:
    """A candidate, the canonical URL of its entry, and the canonical URL that its page goes by."""

    candidate: Candidate
    entry_url: str
    article_url: str

    @property
    def content_key(self) -> bytes:
        """SHA-256 of its title and text."""
        return content_key(self.candidate.article.metadata.title, self.candidate.article.text)


@dataclass(frozen=True, slots=True)
class Existing:
    """An article as it stands. `entry_url` is the canonical URL of the entry that its newest revision comes from."""

    url: str
    entry_url: str
    content_key: bytes
    text: str
    revision: int


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of an arrival: the article's URL, the entry's outcome and reason, the article's revision."""

    arrival: Arrival
    url: str
    outcome: Outcome
    reason: Reason
    revision: int


def decide(existing: Existing | None, arrival: Arrival) -> Decision | None:
    """What becomes of an arrival whose URL is `existing`'s; None when that is another article after all.

    Only the visit that an article comes from, or one to the article's own URL, revises it: variants of a page (AMP,
    print) word some things differently, and would else take turns in revising it.
    """
    if existing is None:
        return Decision(arrival, arrival.article_url, Outcome.LOADED, Reason.NEW, 1)
    same_text = existing.content_key == arrival.content_key
    if arrival.entry_url == existing.entry_url and same_text:
        return Decision(arrival, existing.url, Outcome.UNCHANGED, Reason.SAME_TEXT, existing.revision)
    if arrival.entry_url in (existing.entry_url, existing.url) and not same_text:
        return Decision(arrival, existing.url, Outcome.LOADED, Reason.REVISED, existing.revision + 1)
    if same_text or same_article(existing.text, arrival.candidate.article.text):
        return Decision(arrival, existing.url, Outcome.DUPLICATE, Reason.SAME_ARTICLE, existing.revision)
    return None


def decide_all(arrivals: Iterable[Arrival], known: Mapping[str, Existing]) -> list[Decision]:
    """Decide one after the other, each on what the ones before it will have left. `known` is by URL."""
    articles = dict(known)
    decisions = []
    for arrival in arrivals:
        decision = _decide_one(arrival, articles)
        decisions.append(decision)
        if decision.outcome is Outcome.LOADED:
            articles[decision.url] = _after(decision)
    return decisions


def _decide_one(arrival: Arrival, articles: Mapping[str, Existing]) -> Decision:
    """By the URL that the page goes by; by the entry's own URL if another article has that one already."""
    decision = decide(articles.get(arrival.article_url), arrival)
    if decision is None:
        own = Arrival(arrival.candidate, arrival.entry_url, arrival.entry_url)
        decision = decide(articles.get(own.article_url), own)
    assert decision is not None, "a visit to an article's own URL always decides"  # noqa: S101 - the rules above
    return decision


def _after(decision: Decision) -> Existing:
    arrival = decision.arrival
    text = arrival.candidate.article.text
    return Existing(decision.url, arrival.entry_url, arrival.content_key, text, decision.revision)
