"""The whole flow against the demo newswire on loopback: from feeds to rows, twice, edited, and killed half-way."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from copydesk import feeds
from copydesk.audit import Books, audit
from copydesk.database import Connection, connect, transaction
from copydesk.models import Reason
from copydesk.newswire import Newswire, expected, serving_in_thread
from copydesk.pipeline import (
    Fetched,
    Filed,
    Polled,
    Validated,
    claim_batch,
    clean_batch,
    fetch_batch,
    load_batch,
    poll,
    validate_batch,
)
from copydesk.settings import Settings

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of what Great Expectations imports


@pytest.fixture
def newswire() -> Iterator[Newswire]:
    with serving_in_thread() as running:
        yield running


def now() -> datetime:
    return datetime.now(UTC)


def rows(connection: Connection, text: str) -> list[tuple[object, ...]]:
    with transaction(connection), connection.cursor() as cursor:
        cursor.execute(text)
        return cursor.fetchall()


def subscribed(settings: Settings, newswire: Newswire) -> None:
    with connect(settings.database) as connection:
        feeds.add(connection, [feeds.Wanted(url) for url in newswire.feed_urls])


def asked_again(settings: Settings) -> Polled:
    with connect(settings.database) as connection:
        feeds.make_due(connection, [], revisit=True)
    return poll(settings)


def drained(settings: Settings) -> tuple[Fetched, Validated, Filed]:
    """One batch through every step."""
    batch_id = claim_batch(settings, now())
    assert batch_id is not None
    fetched = fetch_batch(settings, batch_id)
    clean_batch(settings, batch_id, workers=2)
    validated = validate_batch(settings, batch_id, now())
    return fetched, validated, load_batch(settings, batch_id, now())


def books(settings: Settings) -> Books:
    with connect(settings.database) as connection, transaction(connection):
        return audit(connection, now())


GOOD = {path: truth for path, truth in expected().items() if not truth.quarantine}
BAD = len(expected()) - len(GOOD)


def test_feeds_become_rows_and_a_second_run_changes_nothing(settings: Settings, newswire: Newswire) -> None:
    subscribed(settings, newswire)
    assert poll(settings).added.new == len(expected())
    fetched, validated, filed = drained(settings)
    assert (fetched.pages, validated.accepted, validated.quarantined) == (len(expected()), len(GOOD), BAD)
    assert filed.counts == {Reason.NEW: len(GOOD)}
    with connect(settings.database) as connection:
        loaded = rows(connection, "SELECT url, title, language FROM news.articles")
    assert {(url, title, language) for url, title, language in loaded} == {
        (newswire.url(path), truth.title, truth.language) for path, truth in GOOD.items()
    }
    assert books(settings).clean

    assert asked_again(settings).added.revisits == len(expected())
    fetched, validated, filed = drained(settings)
    assert fetched.sentence == f"{BAD} fetched, {len(GOOD)} unchanged: not-modified"
    assert (validated.accepted, validated.still, filed.loaded) == (0, BAD, 0)
    assert books(settings).clean
    assert books(settings).ended == 2 * len(expected())

    path = next(iter(GOOD))
    newswire.edit(path, 0, "This passage was corrected after publication, and says something else altogether now.")
    asked_again(settings)
    assert drained(settings)[2].counts == {Reason.REVISED: 1}
    with connect(settings.database) as connection:
        revisions = rows(connection, "SELECT url, count(*) FROM news.revisions GROUP BY url HAVING count(*) > 1")
    assert revisions == [(newswire.url(path), 2)]
    assert books(settings).clean
