"""Make stored articles again from their stored pages, by today's rules and profiles, and see what would differ."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from copydesk.database import Connection, Row, query, transaction
from copydesk.edit import load
from copydesk.errors import PageError, PermanentPageError
from copydesk.frontier.rows import entry_of
from copydesk.isolate import isolated
from copydesk.load import revise
from copydesk.load.identity import content_key
from copydesk.load.plan import Arrival
from copydesk.load.standing import lock_sites
from copydesk.models import Candidate, Entry, Outcome, Page, Reason
from copydesk.pages import page_of_entry
from copydesk.pipeline.make import Draft, Work, make
from copydesk.profiles.known import Known
from copydesk.profiles.store import trusted
from copydesk.urls import registrable_domain
from copydesk.validate import validate

ARTICLES_A_CHUNK = 50  # as many are in memory at once, and are revised in one transaction


@dataclass(frozen=True, slots=True)
class Stored:
    """An article as it stands, and the entry its newest revision comes from. `lines` are its kept blocks.

    It was last read at `read_url`.
    """

    article_id: int
    url: str
    read_url: str
    title: str
    text: str
    lines: tuple[str, ...]
    entry: Entry


@dataclass(frozen=True, slots=True)
class Recleaned:
    """A stored article and what its page makes today."""

    stored: Stored
    candidate: Candidate

    @property
    def differs(self) -> bool:
        """True when title or text would be another one, which makes a revision."""
        article = self.candidate.article
        old = content_key(self.stored.title, self.stored.text)
        return content_key(article.metadata.title, article.text) != old

    @property
    def gone(self) -> tuple[tuple[str, str], ...]:
        """Each line that would go, with the rule that takes it; an empty rule when the reading left it out."""
        rules = {removal.text: removal.rule for removal in self.candidate.article.removals}
        kept = {block.text for block in self.candidate.article.blocks}
        return tuple((line, rules.get(line, "")) for line in self.stored.lines if line not in kept)

    @property
    def back(self) -> tuple[str, ...]:
        """Each line that would come back."""
        before = set(self.stored.lines)
        return tuple(block.text for block in self.candidate.article.blocks if block.text not in before)


Result = Recleaned | PageError


def reclean(connection: Connection, site: str | None = None, workers: int = 1) -> Iterator[Sequence[Result]]:
    """Every stored article of `site` (all without one) made again, in chunks, in the order of their ids.

    Writes nothing. An article whose page cannot be read today, or is not stored any more, is a PageError.
    """
    after = 0
    while True:
        with transaction(connection):
            rows = query(connection, "stored_articles", {"after": after, "site": site, "most": ARTICLES_A_CHUNK})
            known = trusted(connection, sorted({row.domain for row in rows}))
        if not rows:
            return
        after = rows[-1].article_id
        yield _chunk(connection, [_stored(row) for row in rows], known, workers)


def apply(connection: Connection, results: Sequence[Result], now: datetime) -> tuple[int, int]:
    """Write a revision for each result that differs and passes the gate; how many were written, how many it refused.

    An article that a visit has revised since it was read is left as that made it.
    """
    changed = [result for result in results if isinstance(result, Recleaned) and result.differs]
    accepted = set(validate([result.candidate for result in changed], now).accepted)
    good = [result for result in changed if result.candidate.entry_id in accepted]
    with transaction(connection):
        arrivals = [
            Arrival(result.candidate, result.stored.read_url, result.stored.read_url, result.stored.url)
            for result in _standing(connection, good)
        ]
        decisions = revise(connection, arrivals, now)
    written = sum(decision.outcome is Outcome.LOADED for decision in decisions)
    return written, len(changed) - len(good)


def _standing(connection: Connection, results: Sequence[Recleaned]) -> list[Recleaned]:
    """The results for articles that still come from the page that was read; nobody else loads these until commit."""
    urls = (url for one in results for url in (one.stored.url, one.stored.read_url))
    lock_sites(connection, {registrable_domain(url) for url in urls})
    read = {
        "article_ids": [one.stored.article_id for one in results],
        "entry_ids": [one.stored.entry.entry_id for one in results],
    }
    standing = {row.article_id for row in query(connection, "articles_as_read", read)}
    return [one for one in results if one.stored.article_id in standing]


def _chunk(
    connection: Connection, articles: Sequence[Stored], known: dict[str, Known], workers: int
) -> Sequence[Result]:
    pages = {one.article_id: _page(connection, one.entry) for one in articles}
    stored = [(page, one.entry) for one in articles if (page := pages[one.article_id]) is not None]
    works: list[Work] = [(page, entry, known.get(entry.domain)) for page, entry in stored]
    made = isolated(make, works, url=lambda work: work[0].url, workers=workers, prepare=load)
    return [_result(one, next(made) if pages[one.article_id] else None) for one in articles]


def _result(stored: Stored, draft: Draft | PageError | None) -> Result:
    if draft is None:
        return PermanentPageError(stored.url, Outcome.FAILED, Reason.UNREADABLE, "its page is not stored any more")
    return draft if isinstance(draft, PageError) else Recleaned(stored, draft.candidate)


def _page(connection: Connection, entry: Entry) -> Page | None:
    try:
        with transaction(connection):
            return page_of_entry(connection, entry.entry_id or 0)
    except LookupError:  # retention took it
        return None


def _stored(row: Row) -> Stored:
    lines = tuple(block["text"] for block in row.blocks)
    said = (row.article_title, row.article_text)
    return Stored(row.article_id, row.article_url, row.read_url, *said, lines, entry_of(row))
