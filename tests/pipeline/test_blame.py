"""What the database cannot do for now is no article's fault, however long it lasts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from tests.pipeline.conftest import Web, feed, rows

from copydesk.database import Connection, connect, transaction
from copydesk.errors import DatabaseAwayError, DatabaseError
from copydesk.frontier import add
from copydesk.models import Entry
from copydesk.pipeline import claim_batch, fetch_batch
from copydesk.settings import LEASE_SECONDS, MAX_ATTEMPTS, Settings

NOW = datetime(2031, 5, 3, 12, tzinfo=UTC)
LEASE = timedelta(seconds=LEASE_SECONDS)
URL = "https://a.example/1"


@pytest.fixture
def web() -> Web:
    return Web({URL: replace(feed(URL), body=b"<p>news</p>")})


@pytest.fixture
def waiting(connection: Connection) -> None:
    with transaction(connection):
        add(connection, [Entry(URL, URL, "a.example")], NOW)


@pytest.fixture
def owner(dsn: str) -> Iterator[Connection]:
    with connect(dsn) as connection:
        yield connection


def refuse_pages(owner: Connection, code: str) -> None:
    """Have Postgres answer as if the disk were full, or with another error, when a page is to be stored."""
    with transaction(owner), owner.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION public.refuse() RETURNS trigger LANGUAGE plpgsql AS"
            f" $$ BEGIN RAISE EXCEPTION 'could not extend file' USING ERRCODE = '{code}'; END $$;"
            " CREATE TRIGGER refuse BEFORE INSERT ON ingest.pages FOR EACH ROW EXECUTE FUNCTION public.refuse()"
        )


def attempt(settings: Settings, web: Web, now: datetime) -> None:
    batch_id = claim_batch(settings, now)
    assert batch_id is not None, "nothing waits any more"
    for _ in range(3):  # as Airflow does
        with pytest.raises(DatabaseError, match="could not extend file"):
            fetch_batch(settings, batch_id, fetcher=web, clock=lambda: now)


@pytest.mark.usefixtures("waiting")
def test_a_disk_that_is_full_for_hours_ends_no_entry_and_is_said_with_what_to_do(
    settings: Settings, connection: Connection, owner: Connection, web: Web
) -> None:
    refuse_pages(owner, "53100")
    for number in range(3 * MAX_ATTEMPTS):
        attempt(settings, web, NOW + number * LEASE)
    assert rows(connection, "SELECT stage, attempts FROM ingest.entries") == [("claimed", 0)]
    batch_id = claim_batch(settings, NOW + 3 * MAX_ATTEMPTS * LEASE)
    assert batch_id is not None
    with pytest.raises(DatabaseAwayError, match="make room on the database's disk"):
        fetch_batch(settings, batch_id, fetcher=web, clock=lambda: NOW)


@pytest.mark.usefixtures("waiting")
def test_what_the_database_will_never_take_ends_as_crashed(
    settings: Settings, connection: Connection, owner: Connection, web: Web
) -> None:
    refuse_pages(owner, "54000")  # program limit exceeded: the page's own doing
    for number in range(MAX_ATTEMPTS):
        attempt(settings, web, NOW + number * LEASE)
    assert claim_batch(settings, NOW + MAX_ATTEMPTS * LEASE) is None
    assert rows(connection, "SELECT outcome, reason FROM ingest.entries") == [("failed", "crashed")]


@pytest.mark.usefixtures("waiting")
def test_a_claim_that_goes_on_with_a_batch_is_another_attempt_to_take_back(
    settings: Settings, connection: Connection, owner: Connection, web: Web
) -> None:
    refuse_pages(owner, "53100")
    for expected in (0, 0):
        batch_id = claim_batch(settings, NOW, holder="run 1")
        assert batch_id is not None
        with pytest.raises(DatabaseAwayError):
            fetch_batch(settings, batch_id, fetcher=web, clock=lambda: NOW)
        assert rows(connection, "SELECT attempts FROM ingest.entries") == [(expected,)]
