"""Articles whose URLs lead elsewhere, on a real Postgres: one row an article, its revisions, the URLs that it had."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from copydesk import feeds
from copydesk.audit import audit
from copydesk.database import Connection, connect, transaction
from copydesk.drafts import store_drafts
from copydesk.frontier import add, advance, claim, free_sites
from copydesk.load import load
from copydesk.load.plan import Loaded
from copydesk.models import Article, Attribution, Block, Candidate, Entry, Label, Metadata, Reason, Removal
from copydesk.urls import registrable_domain

NOW = datetime(2031, 5, 3, 12, tzinfo=UTC)
OLD, NEW, THIRD = (f"https://a.example/2031/05/{slug}" for slug in ("rains", "late-rains", "harvest-saved"))
TEXT = (
    "The harvest will begin on time this year although the rains came late to the north of the country. "
    "Farmers there had feared for weeks that the wheat would stay too short to be cut before the end of June."
)
EDITED = TEXT.replace("north", "south")
ELSE = "The council approved a new tram line on Tuesday after a debate that lasted well into the night, said the mayor."
CREDIT = Removal(0, "Photo: Example", Label.CREDIT, "credit.photo", "1", "p")
numbers = count()


@dataclass(frozen=True, slots=True)
class Visit:
    """A visit to a URL: where redirects led, only permanent ones or not, and what was there."""

    url: str
    final_url: str
    text: str = TEXT
    for_good: bool = True
    guid: str | None = None
    claimed: str | None = None


def batch_of(connection: Connection, visits: Sequence[Visit], feed_id: int | None = None) -> int:
    """A batch of these visits, one a URL, that passed the gate."""
    now = NOW + timedelta(minutes=next(numbers))
    by_url = {visit.url: visit for visit in visits}
    with transaction(connection):
        entries = [
            Entry(one.url, one.url, registrable_domain(one.url), feed_id=feed_id, guid=one.guid, title=f"{now}")
            for one in by_url.values()
        ]
        add(connection, entries, now)
        batch = claim(connection, now, limit=100, per_domain=100)
        assert batch is not None
        free_sites(connection, batch.batch_id)
        ids = {entry.url: entry.entry_id or 0 for entry in batch.entries}
        with connection.cursor() as cursor:
            for url, visit in by_url.items():
                led = (visit.final_url, visit.for_good and visit.final_url != url, ids[url])
                cursor.execute("UPDATE ingest.entries SET final_url = %s, moved = %s WHERE entry_id = %s", led)
        store_drafts(connection, [_candidate(ids[url], visit) for url, visit in by_url.items()], now)
        advance(connection, batch.batch_id, list(ids.values()), "accepted")
    return batch.batch_id


def _candidate(entry_id: int, visit: Visit) -> Candidate:
    known = Metadata(title="Harvest", canonical_url=visit.claimed)
    article = Article(visit.final_url, known, (Block(1, visit.text),), (CREDIT,), "page")
    return Candidate(entry_id, "a.example", article, Attribution(None, None, "none", None, 0), None)


def visited(connection: Connection, *visits: Visit, feed_id: int | None = None) -> list[tuple[Reason, int, int]]:
    """Load them as one batch; what became of each, as reason, article and revision."""
    batch_id = batch_of(connection, visits, feed_id)
    with transaction(connection):
        loaded = load(connection, batch_id, NOW)
        assert audit(connection, NOW).clean
    return [(one.reason, one.article_id, one.revision) for one in loaded]


def rows(connection: Connection, text: str) -> list[tuple[object, ...]]:
    with transaction(connection), connection.cursor() as cursor:
        cursor.execute(text)
        return cursor.fetchall()


def at(url: str, text: str = TEXT, guid: str | None = None) -> Visit:
    return Visit(url, url, text, guid=guid)


@pytest.fixture
def feed_id(connection: Connection) -> int:
    feeds.add(connection, [feeds.Wanted("https://a.example/feed")])
    [(feed_id,)] = rows(connection, "SELECT feed_id FROM ingest.feeds")
    assert isinstance(feed_id, int)
    return feed_id


@pytest.mark.parametrize("text", [TEXT, EDITED])
def test_a_moved_article_is_one_row_with_a_revision_that_says_where_and_a_ledger_of_its_own(
    connection: Connection, text: str
) -> None:
    visited(connection, at(OLD))
    assert visited(connection, Visit(OLD, NEW, text)) == [(Reason.MOVED, 1, 2)]
    assert rows(connection, "SELECT url, text, revision FROM news.articles") == [(NEW, text, 2)]
    then = rows(connection, "SELECT revision, url_then, text FROM news.revisions ORDER BY revision")
    assert then == [(1, OLD, TEXT), (2, NEW, text)]
    assert rows(connection, "SELECT revision, text FROM news.removed_text ORDER BY 1") == [
        (1, CREDIT.text),
        (2, CREDIT.text),
    ]
    assert rows(connection, "SELECT url, article_id, current_url FROM news.former_urls") == [(OLD, 1, NEW)]
    for again in (Visit(OLD, NEW, text), at(NEW, text)):
        [(reason, article_id, revision)] = visited(connection, again)
        assert (reason in (Reason.SAME_TEXT, Reason.SAME_ARTICLE), article_id, revision) == (True, 1, 2)


def test_an_article_that_moves_on_and_back_keeps_all_its_urls(connection: Connection) -> None:
    visited(connection, at(OLD))
    for url, to in ((OLD, NEW), (NEW, THIRD), (THIRD, OLD)):
        assert visited(connection, Visit(url, to))[0][0] is Reason.MOVED
    assert rows(connection, "SELECT article_id, url, revision FROM news.articles") == [(1, OLD, 4)]
    assert rows(connection, "SELECT url, current_url FROM news.former_urls ORDER BY url DESC") == [
        (NEW, OLD),
        (THIRD, OLD),
    ]


def test_the_same_item_of_a_feed_under_another_url_moves_its_article(connection: Connection, feed_id: int) -> None:
    visited(connection, at(OLD, guid="7"), feed_id=feed_id)
    assert visited(connection, at(NEW, EDITED, guid="7"), feed_id=feed_id) == [(Reason.MOVED, 1, 2)]
    assert visited(connection, at(THIRD, guid="8"), feed_id=feed_id)[0][0] is Reason.NEW
    assert visited(connection, Visit(OLD, NEW, EDITED), feed_id=feed_id) == [(Reason.SAME_ARTICLE, 1, 2)]


def test_a_guid_of_any_length_and_one_that_all_items_share_are_no_trouble(connection: Connection, feed_id: int) -> None:
    for number, guid in enumerate(("g" * 100_000, *["same"] * 8)):
        url, text = f"https://a.example/{number}", f"{number} {number}s of which nothing was told before. " * 5
        assert visited(connection, at(url, text, guid), feed_id=feed_id) == [(Reason.NEW, number + 1, 1)]


def test_a_url_that_leads_to_another_article_merges_nothing(connection: Connection) -> None:
    visited(connection, at(OLD))
    visited(connection, at(NEW))
    assert visited(connection, Visit(OLD, NEW, EDITED)) == [(Reason.REDIRECTED, 1, 1)]
    found = "SELECT url, text, revision, redirects_to FROM news.articles ORDER BY article_id"
    assert rows(connection, found) == [(OLD, TEXT, 1, NEW), (NEW, TEXT, 1, None)]
    ended = "SELECT outcome, detail FROM ingest.entries ORDER BY entry_id DESC LIMIT 1"
    assert rows(connection, ended) == [("gone", f"article 1, revision 1, {OLD}, whose URL leads to {NEW}")]
    visited(connection, at(OLD))
    assert rows(connection, found) == [(OLD, TEXT, 1, None), (NEW, TEXT, 1, None)]


def test_a_url_that_was_left_is_the_next_articles_own(connection: Connection) -> None:
    visited(connection, at(OLD))
    visited(connection, Visit(OLD, NEW))
    assert visited(connection, at(OLD, ELSE))[0][0] is Reason.NEW
    assert rows(connection, "SELECT url FROM news.former_urls") == []
    assert rows(connection, "SELECT url_then FROM news.revisions WHERE article_id = 1 ORDER BY revision") == [
        (OLD,),
        (NEW,),
    ]


def test_articles_that_one_url_led_to_and_that_are_read_on_another_host_are_looked_for_once(
    connection: Connection,
) -> None:
    """The rains are read at a URL that led to the tram later: each of them leads to where the other one was read."""
    rains, tram = (f"https://a.example/2031/05/{slug}" for slug in ("rains", "tram"))
    on_mobile = {url: url.replace("//", "//m.") for url in (rains, tram)}
    visited(connection, Visit(on_mobile[rains], on_mobile[rains], claimed=rains))
    visited(connection, Visit(on_mobile[rains], on_mobile[tram], ELSE, for_good=False, claimed=tram))
    found = rows(connection, "SELECT url, text FROM news.articles ORDER BY article_id")
    assert found == [(rains, TEXT), (tram, ELSE)]
    assert visited(connection, at(rains, EDITED)) == [(Reason.REVISED, 1, 2)]


def test_two_workers_at_once_at_both_urls_make_one_article_of_one(
    writer_dsn: str, connection: Connection, feed_id: int
) -> None:
    for number in range(4):
        old, new = (f"https://s{number}.example/{slug}" for slug in ("old", "new"))
        visited(connection, at(old, guid=f"{number}"), feed_id=feed_id)
        pair = (Visit(old, new, EDITED, guid=f"{number}"), at(new, EDITED, guid=f"{number}"))
        batches = [batch_of(connection, [visit], feed_id) for visit in pair]

        def loader(batch_id: int) -> tuple[Loaded, ...]:
            with connect(writer_dsn) as own, transaction(own):
                return load(own, batch_id, NOW)

        with ThreadPoolExecutor(2) as pool:
            reasons = {one.reason for result in pool.map(loader, batches) for one in result}
        assert reasons == {Reason.MOVED, Reason.SAME_ARTICLE}
    assert rows(connection, "SELECT count(*), min(revision), max(revision) FROM news.articles") == [(4, 2, 2)]
    with transaction(connection):
        assert audit(connection, NOW).clean


PATHS = st.sampled_from(["{}/a", "{}/b", "{}/c", "{}/category/d", "m.{}/a", "m.{}/b"])
LED = st.tuples(PATHS, PATHS, st.sampled_from([TEXT, EDITED, ELSE]), st.booleans(), st.sampled_from(["1", "2", None]))


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(batches=st.lists(st.lists(st.tuples(LED, st.none() | PATHS), min_size=1, max_size=3), max_size=6))
def test_whatever_leads_where_the_books_are_clean_and_each_url_finds_its_article(
    connection: Connection, feed_id: int, batches: list[list[tuple[tuple[str, str, str, bool, str | None], str | None]]]
) -> None:
    site = f"s{next(numbers)}.example"  # of its own for each example

    def on_site(place: str) -> str:
        return f"https://{place.format(site)}"

    for led in batches:
        visits = [
            Visit(on_site(url), on_site(to), text, for_good, guid, claimed and on_site(claimed))
            for (url, to, text, for_good, guid), claimed in led
        ]
        visited(connection, *visits, feed_id=feed_id)
    lost = (
        "SELECT r.canonical_url FROM ingest.revisions AS r"
        " WHERE r.canonical_url NOT IN (SELECT canonical_url FROM ingest.articles UNION ALL"
        " SELECT url FROM ingest.former_urls)"
    )
    assert rows(connection, lost) == []
