"""The gate as a step: what fails ends in quarantine, a batch that fails as a whole is an error, nothing is lost."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from copydesk.audit import audit
from copydesk.database import Connection, transaction
from copydesk.drafts import store_drafts
from copydesk.frontier import Ended, add, advance, claim, finish, free_sites
from copydesk.load import load
from copydesk.models import Article, Attribution, Block, Candidate, Entry, Metadata, Outcome, Reason
from copydesk.pipeline import BatchRejectedError, load_batch, validate_batch
from copydesk.settings import Settings

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of what Great Expectations imports
NOW = datetime(2031, 5, 3, 12, tzinfo=UTC)
TEXT = "The harvest will begin on time this year although the rains came late to the north of the country."
NOBODY = Attribution(None, None, "none", None, 0.0)


def cleaned(connection: Connection, **texts: str) -> int:
    """A batch with one cleaned draft a text; the last part of its URL is the text's name."""
    urls = {f"https://a.example/{name}": text for name, text in texts.items()}
    with transaction(connection):
        add(connection, [Entry(url, url, "a.example") for url in urls], NOW)
        batch = claim(connection, NOW, limit=100, per_domain=100)
        assert batch is not None
        free_sites(connection, batch.batch_id)
        candidates = [
            Candidate(
                entry.entry_id or 0,
                "a.example",
                Article(entry.url, Metadata(title="Harvest", language="en"), (Block(0, urls[entry.url]),), (), "x"),
                NOBODY,
                None,
            )
            for entry in batch.entries
        ]
        store_drafts(connection, candidates, NOW)
        advance(connection, batch.batch_id, [candidate.entry_id for candidate in candidates], "cleaned")
    return batch.batch_id


def rows(connection: Connection, text: str) -> list[tuple[object, ...]]:
    with transaction(connection), connection.cursor() as cursor:
        cursor.execute(text)
        return cursor.fetchall()


def test_one_bad_article_goes_to_quarantine_and_the_rest_loads(settings: Settings, connection: Connection) -> None:
    batch_id = cleaned(connection, good=TEXT, short="Too short.")
    validated = validate_batch(settings, batch_id, NOW)
    assert validated.sentence == "1 accepted, 1 quarantined: text-length, text-is-more-than-its-title"
    assert load_batch(settings, batch_id, NOW).sentence == "1 new"
    assert rows(connection, "SELECT url, expectation, column_name, observed FROM news.quarantine ORDER BY 2") == [
        ("https://a.example/short", "text-is-more-than-its-title", "characters_beyond_title", "10"),
        ("https://a.example/short", "text-length", "characters", "10"),
    ]
    assert rows(connection, "SELECT candidate #>> '{article,blocks,0,text}' FROM ingest.rejections LIMIT 1") == [
        ("Too short.",)
    ]
    with transaction(connection):
        assert audit(connection, NOW).clean


def test_a_batch_in_which_everything_fails_is_an_error_each_time_it_is_asked(
    settings: Settings, connection: Connection
) -> None:
    batch_id = cleaned(connection, one="Too short.", two="Shorter.")
    for _ in range(2):
        with pytest.raises(BatchRejectedError, match=r"all 2 articles failed the gate.*text-length"):
            validate_batch(settings, batch_id, NOW)
    assert rows(connection, "SELECT outcome, count(*) FROM ingest.entries GROUP BY 1") == [("quarantined", 2)]
    with transaction(connection):
        assert audit(connection, NOW).clean


def test_a_batch_that_is_good_but_for_what_is_known_to_be_bad_is_no_error(
    settings: Settings, connection: Connection
) -> None:
    batch_id = cleaned(connection, good=TEXT, short="Too short.")
    with transaction(connection), connection.cursor() as cursor:
        cursor.execute("SELECT entry_id FROM ingest.entries WHERE url LIKE '%good'")
        [(entry_id,)] = cursor.fetchall()
        finish(connection, [Ended(entry_id, Outcome.UNCHANGED, Reason.NOT_MODIFIED, "fetch")], NOW)
    assert validate_batch(settings, batch_id, NOW).quarantined == 1


def test_a_bad_page_that_still_says_the_same_is_not_put_into_quarantine_again(
    settings: Settings, connection: Connection
) -> None:
    def visited(text: str) -> str:
        with transaction(connection), connection.cursor() as cursor:
            cursor.execute("UPDATE ingest.entries SET item_hash = '' WHERE stage = 'done'")  # the feed says it changed
        return validate_batch(settings, cleaned(connection, good=f"{TEXT} {text}", short=text), NOW).sentence

    assert visited("Too short.").startswith("1 accepted, 1 quarantined: ")
    for _ in range(2):
        with transaction(connection):
            load_all(connection)
        assert visited("Too short.") == "1 accepted, 1 still in quarantine"
    with transaction(connection):
        load_all(connection)
    assert visited("Also short.").startswith("1 accepted, 1 quarantined: ")
    assert rows(connection, "SELECT outcome, reason FROM ingest.entries WHERE url LIKE '%short' ORDER BY entry_id") == [
        ("quarantined", "expectation"),
        ("unchanged", "still-quarantined"),
        ("unchanged", "still-quarantined"),
        ("quarantined", "expectation"),
    ]
    assert rows(connection, "SELECT count(DISTINCT entry_id) FROM news.quarantine") == [(2,)]
    with transaction(connection):
        load_all(connection)
        assert audit(connection, NOW).clean


def load_all(connection: Connection) -> None:
    """Load what the gate let pass, in whatever batch."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT DISTINCT batch_id FROM ingest.entries WHERE stage = 'accepted'")
        for (batch_id,) in cursor.fetchall():
            load(connection, batch_id, NOW)


def test_a_batch_of_pages_that_are_still_bad_is_no_error(settings: Settings, connection: Connection) -> None:
    with pytest.raises(BatchRejectedError):
        validate_batch(settings, cleaned(connection, short="Too short."), NOW)
    with transaction(connection), connection.cursor() as cursor:
        cursor.execute("UPDATE ingest.entries SET item_hash = ''")
    assert validate_batch(settings, cleaned(connection, short="Too short."), NOW).sentence == "1 still in quarantine"


def test_validating_again_does_nothing_more(settings: Settings, connection: Connection) -> None:
    batch_id = cleaned(connection, good=TEXT)
    assert validate_batch(settings, batch_id, NOW).sentence == "1 accepted"
    assert validate_batch(settings, batch_id, NOW).sentence == "nothing to validate"
    assert load_batch(settings, batch_id, NOW).loaded == 1
    assert load_batch(settings, batch_id, NOW).sentence == "nothing to load"


def test_a_wall_that_answers_for_every_page_is_refused_and_remembered(
    settings: Settings, connection: Connection
) -> None:
    wall = "To read on, please accept what our one hundred and sixty partners would like to do with you. Thank you."
    first = cleaned(connection, good=TEXT, **{f"page{number}": wall for number in range(4)})
    assert validate_batch(settings, first, NOW).quarantined == 0  # three copies may be one article in three sections
    load_batch(settings, first, NOW)
    second = cleaned(connection, other=f"{TEXT} It is good.", page9=wall)
    assert validate_batch(settings, second, NOW).sentence == "1 accepted, 1 quarantined: text-is-not-the-sites-wall"
    third = cleaned(connection, another=f"{TEXT} It is.", **{f"wall{number}": f"{wall} Really." for number in range(5)})
    assert validate_batch(settings, third, NOW).quarantined == 5
