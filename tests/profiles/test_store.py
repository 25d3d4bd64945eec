from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

import psycopg2
import pytest

from copydesk.database import Connection, connect, transaction
from copydesk.models import Page
from copydesk.pages import store_pages
from copydesk.profiles import store
from copydesk.profiles.explain import explain
from copydesk.profiles.known import Observed
from copydesk.profiles.relearn import due, learn_due, relearn, sites_due
from copydesk.profiles.store import Site as Waiting
from copydesk.profiles.teacher import Reading, reading
from copydesk.profiles.trust import Record

DOMAIN = "gazette.example"
NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
Site = Callable[..., list]


@pytest.fixture
def file_pages(writer_dsn: str) -> Callable[[Sequence[Page]], None]:
    """Stores pages as the pipeline leaves them behind: visits that ended loaded."""

    def run(pages: Sequence[Page]) -> None:
        with connect(writer_dsn) as connection, transaction(connection), connection.cursor() as cursor:
            store_pages(connection, pages)
            cursor.execute("INSERT INTO ingest.sites (domain) VALUES (%s) ON CONFLICT DO NOTHING", (DOMAIN,))
            for page in pages:
                cursor.execute(
                    "INSERT INTO ingest.entries (url, canonical_url, domain, source, item_hash, stage, outcome, reason,"
                    " finished_at, fetched_at, page_hash)"
                    " VALUES (%s, %s, %s, 'feed', '', 'done', 'loaded', 'new', %s, %s, %s)",
                    (page.url, page.url, DOMAIN, NOW, NOW, psycopg2.Binary(page.content_hash)),
                )

    return run


@pytest.fixture
def teacher(site: Site) -> Callable[[Page], Reading]:
    """Knows the truth of all pages of the site, so that nothing here waits for trafilatura."""
    known = {
        told.page.content_hash: reading(list(told.body), told.title, [told.author], "", "")
        for layout in ("old", "new")
        for told in site(60, layout=layout)
    }
    return lambda page: known[page.content_hash]


@pytest.fixture
def connection(writer_dsn: str):  # noqa: ANN201 - a generator of the next line's type
    with connect(writer_dsn) as made:
        yield made


def states(connection: Connection) -> list[tuple[int, str]]:
    with transaction(connection):
        return [(one.version, one.state) for one in store.versions(connection, DOMAIN)]


def test_a_site_is_learned_from_its_stored_pages_and_used(
    connection: Connection, site: Site, file_pages: Callable, teacher: Callable
) -> None:
    file_pages([told.page for told in site(6)])
    learned = relearn(connection, DOMAIN, NOW, teacher=teacher)
    assert (learned.version, learned.accepted, learned.pages) == (1, True, 6)
    with transaction(connection):
        known = store.trusted(connection, [DOMAIN, "elsewhere.example"])
    assert {domain: one.version for domain, one in known.items()} == {DOMAIN: 1}


def test_four_pages_are_too_few(connection: Connection, site: Site, file_pages: Callable, teacher: Callable) -> None:
    file_pages([told.page for told in site(4)])
    learned = relearn(connection, DOMAIN, NOW, teacher=teacher)
    assert (learned.version, learned.accepted) == (None, False)
    assert states(connection) == []


def test_learning_again_from_the_same_pages_makes_no_new_version(
    connection: Connection, site: Site, file_pages: Callable, teacher: Callable
) -> None:
    file_pages([told.page for told in site(6)])
    relearn(connection, DOMAIN, NOW, teacher=teacher)
    again = relearn(connection, DOMAIN, NOW, teacher=teacher)
    assert (again.version, again.reason) == (1, "nothing new")
    assert states(connection) == [(1, "active")]


def test_a_worse_version_stays_in_the_shadow_with_its_reason(
    connection: Connection, site: Site, file_pages: Callable, teacher: Callable
) -> None:
    file_pages([told.page for told in site(6)])
    relearn(connection, DOMAIN, NOW, teacher=teacher)
    file_pages([told.page for told in site(12, start=6)])
    first = teacher(site(1)[0].page)
    worse = relearn(
        connection, DOMAIN, NOW, teacher=lambda page: first if page.url.endswith("7/story.html") else Reading()
    )
    assert (worse.version, worse.accepted) == (2, False)
    assert states(connection) == [(2, "shadow"), (1, "active")]


def test_rollback_brings_the_version_before_back_and_keeps_learning_away(
    connection: Connection, site: Site, file_pages: Callable, teacher: Callable
) -> None:
    file_pages([told.page for told in site(6)])
    relearn(connection, DOMAIN, NOW, teacher=teacher)
    file_pages([told.page for told in site(6, start=20)])
    relearn(connection, DOMAIN, NOW, teacher=teacher)
    assert states(connection) == [(2, "active"), (1, "retired")]
    with transaction(connection):
        assert store.roll_back(connection, DOMAIN, NOW) == (2, 1)
    assert states(connection) == [(2, "retired"), (1, "active")]
    file_pages([told.page for told in site(20, start=30)])
    assert learn_due(connection, NOW, daily=True) == []
    with transaction(connection):
        store.free(connection, DOMAIN)
        assert [site.held for site in store.sites_to_learn(connection)] == [False]


def test_a_load_wakes_learning_only_if_a_site_of_its_own_batch_is_due(
    connection: Connection, site: Site, file_pages: Callable
) -> None:
    file_pages([told.page for told in site(4)])
    with transaction(connection), connection.cursor() as cursor:
        cursor.execute("UPDATE ingest.entries SET batch_id = 7")
    assert sites_due(connection, daily=False, batch_id=7) == []
    file_pages([site(1, start=20)[0].page])
    assert sites_due(connection, daily=False, batch_id=7) == [DOMAIN]
    assert sites_due(connection, daily=False, batch_id=8) == []
    assert sites_due(connection, daily=False) == [DOMAIN]


def test_rollback_of_the_first_version_leaves_none_and_of_none_says_so(
    connection: Connection, site: Site, file_pages: Callable, teacher: Callable
) -> None:
    file_pages([told.page for told in site(6)])
    relearn(connection, DOMAIN, NOW, teacher=teacher)
    with transaction(connection):
        assert store.roll_back(connection, DOMAIN, NOW) == (1, None)
        assert store.roll_back(connection, DOMAIN, NOW) is None
        assert store.trusted(connection, [DOMAIN]) == {}


def test_a_template_that_stops_fitting_is_given_up_and_learned_anew(
    connection: Connection, site: Site, file_pages: Callable, teacher: Callable
) -> None:
    file_pages([told.page for told in site(6)])
    relearn(connection, DOMAIN, NOW, teacher=teacher)
    with transaction(connection):
        name = store.versions(connection, DOMAIN)[0].profile.templates[0].name
        store.note(connection, 1, [Observed(DOMAIN, 1, name, Record(hits=1))] * 30, NOW)
        assert store.trusted(connection, [DOMAIN])[DOMAIN].given_up == ()
        store.note(connection, 2, [Observed(DOMAIN, 1, name, Record(misses=1))] * 50, NOW + timedelta(days=1))
        assert store.trusted(connection, [DOMAIN])[DOMAIN].given_up == (name,)
    file_pages([told.page for told in site(20, layout="new")])
    learned = relearn(connection, DOMAIN, NOW, teacher=teacher)
    assert (learned.version, learned.accepted) == (2, True)
    with transaction(connection):
        assert store.trusted(connection, [DOMAIN])[DOMAIN].given_up == ()


def test_a_profile_that_cannot_be_read_is_learned_anew(
    connection: Connection, site: Site, file_pages: Callable, teacher: Callable
) -> None:
    file_pages([told.page for told in site(6)])
    relearn(connection, DOMAIN, NOW, teacher=teacher)
    with transaction(connection), connection.cursor() as cursor:
        cursor.execute("UPDATE ingest.profiles SET profile = '{\"of_tomorrow\": 1}'")
    with transaction(connection):
        assert store.versions(connection, DOMAIN)[0].profile.templates == ()
    learned = relearn(connection, DOMAIN, NOW, teacher=teacher)
    assert (learned.version, learned.accepted) == (2, True)


def test_a_batch_that_notes_twice_adds_to_its_own_row(
    connection: Connection, site: Site, file_pages: Callable, teacher: Callable
) -> None:
    file_pages([told.page for told in site(6)])
    relearn(connection, DOMAIN, NOW, teacher=teacher)
    with transaction(connection):
        for _ in range(2):
            store.note(connection, 9, [Observed(DOMAIN, 1, "t", Record(hits=2, judged=1, agreed=1))], NOW)
        assert store.template_records(connection, [DOMAIN])[DOMAIN] == {"t": Record(4, 0, 2, 2)}


def test_learning_does_not_wait_for_ingestion_nor_ingestion_for_learning(
    connection: Connection, writer_dsn: str, site: Site, file_pages: Callable, teacher: Callable
) -> None:
    file_pages([told.page for told in site(6)])
    with connect(writer_dsn) as ingestion, transaction(ingestion), ingestion.cursor() as cursor:
        cursor.execute("SELECT * FROM ingest.sites WHERE domain = %s FOR UPDATE", (DOMAIN,))
        cursor.execute("SELECT * FROM ingest.entries FOR UPDATE")
        with transaction(connection), connection.cursor() as own:
            own.execute("SET LOCAL lock_timeout = '2s'")
            store.pages_of_site(connection, DOMAIN, 10)
            store.sites_to_learn(connection)
            store.trusted(connection, [DOMAIN])


@pytest.mark.parametrize(
    ("site", "daily", "expected"),
    [
        (Waiting("a", 4, None, held=False), False, False),
        (Waiting("a", 5, None, held=False), False, True),
        (Waiting("a", 19, 1, held=False), False, False),
        (Waiting("a", 20, 1, held=False), False, True),
        (Waiting("a", 99, 2, held=False), False, False),
        (Waiting("a", 100, 7, held=False), False, True),
        (Waiting("a", 5, 7, held=False), True, True),
        (Waiting("a", 4, 7, held=False), True, False),
        (Waiting("a", 500, 7, held=True), True, False),
    ],
)
def test_a_site_is_due_at_5_then_20_then_100_new_pages_and_daily_with_a_few(
    site: Waiting, daily: bool, expected: bool
) -> None:
    assert due(site, daily=daily) is expected


def test_a_profile_explains_itself_with_examples(
    connection: Connection, site: Site, file_pages: Callable, teacher: Callable
) -> None:
    file_pages([told.page for told in site(6)])
    relearn(connection, DOMAIN, NOW, teacher=teacher)
    with transaction(connection):
        version = store.versions(connection, DOMAIN)[0]
    text = "\n".join(explain(version.profile, {}))
    assert "learned from 6 articles" in text
    assert "Text_body__" in text
    assert "Get the morning letter" in text
    assert version.reason.startswith("reads 100% of 6 stored pages")
