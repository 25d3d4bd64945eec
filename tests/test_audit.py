"""The audit: clean books pass, and each way of breaking them is found by its own rule."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner

from copydesk.audit import CHECKS, Books, audit, snapshot
from copydesk.cli.audit import audit as command
from copydesk.database import Connection, connect, transaction
from copydesk.drafts import store_drafts
from copydesk.errors import DatabaseError
from copydesk.frontier import Ended, add, advance, claim, finish
from copydesk.load import load
from copydesk.models import Article, Attribution, Block, Candidate, Entry, Label, Metadata, Outcome, Reason, Removal

NOW = datetime(2031, 5, 3, 12, tzinfo=UTC)
GONE = (
    "UPDATE ingest.entries SET stage = 'waiting', outcome = NULL, reason = NULL, finished_at = NULL WHERE entry_id = 4"
)


def candidate(entry: Entry) -> Candidate:
    removal = Removal(0, "Getty", Label.CREDIT, "credit.getty", "1")
    article = Article(
        entry.url, Metadata(title="Title"), (Block(0, f"Text of {entry.url}"),), (removal,), "trafilatura"
    )
    return Candidate(entry.entry_id or 0, "a.example", article, Attribution(None, None, "none", None, 0), None)


@pytest.fixture
def books(dsn: str, writer_dsn: str) -> str:
    """One loaded article, one accepted draft, one entry under way, one gone, one waiting; the owner's DSN."""
    with connect(writer_dsn) as connection, transaction(connection):
        add(connection, [Entry(f"https://a.example/{n}", f"https://a.example/{n}", "a.example") for n in range(5)], NOW)
        batch = claim(connection, NOW, limit=4, per_domain=4)
        assert batch is not None
        loaded, accepted, _, gone = batch.entries
        store_drafts(connection, [candidate(loaded), candidate(accepted)], NOW)
        advance(connection, batch.batch_id, [loaded.entry_id or 0], "accepted")
        load(connection, batch.batch_id, NOW)
        advance(connection, batch.batch_id, [accepted.entry_id or 0], "accepted")
        finish(connection, [Ended(gone.entry_id or 0, Outcome.GONE, Reason.NOT_FOUND, "fetch")], NOW)
    return dsn


def audited(dsn: str) -> Books:
    with connect(dsn) as connection:
        snapshot(connection)
        with transaction(connection):
            return audit(connection, NOW)


def broken(dsn: str) -> set[str]:
    return {finding.check for finding in audited(dsn).findings if finding.broken}


def execute(dsn: str, statement: str) -> None:
    with connect(dsn) as connection, transaction(connection), connection.cursor() as cursor:
        cursor.execute(statement)


def test_books_in_the_middle_of_work_are_clean(books: str) -> None:
    found = audited(books)
    assert found.clean
    assert (found.discovered, found.ended, found.waiting, found.under_way, found.overdue) == (5, 2, 1, 2, 0)


def test_empty_books_are_clean(dsn: str) -> None:
    assert audited(dsn).clean


@pytest.mark.parametrize(
    ("statement", "checks"),
    [
        ("DELETE FROM ingest.entries WHERE stage = 'waiting'", {"books", "discovered"}),
        ("UPDATE ingest.outcomes SET count = count + 1 WHERE outcome = 'gone'", {"books", "outcomes"}),
        (GONE, {"books", "outcomes"}),
        ("UPDATE ingest.entries SET article_id = NULL", {"loaded"}),
        ("DELETE FROM ingest.revisions", {"loaded", "revisions"}),
        ("UPDATE ingest.revisions SET revision = 2", {"revisions"}),
        ("UPDATE ingest.articles SET content_key = ''", {"revisions"}),
        ("DELETE FROM ingest.attributions", {"revisions"}),
        ("INSERT INTO ingest.former_urls SELECT canonical_url, article_id, now() FROM ingest.articles", {"urls"}),
        ("UPDATE ingest.entries SET page_hash = 'x' WHERE entry_id = 1", {"pages"}),
        ("UPDATE ingest.revisions SET page_hash = 'x'", {"pages"}),
        ("INSERT INTO ingest.rejections VALUES (1, 'x', 'x', 'x', '{}')", {"quarantine"}),
        ("INSERT INTO ingest.drafts VALUES (1, '{}')", {"drafts"}),
        ("DELETE FROM ingest.drafts", {"drafts"}),
        ("UPDATE ingest.entries SET lease_until = now() WHERE stage = 'done'", {"leases"}),
        ("UPDATE ingest.entries SET batch_id = NULL WHERE stage = 'claimed'", {"leases"}),
    ],
)
def test_each_way_of_breaking_the_books_is_found(books: str, statement: str, checks: set[str]) -> None:
    execute(books, "ALTER TABLE ingest.removals DROP CONSTRAINT removals_article_id_revision_fkey")
    execute(books, statement)
    assert broken(books) == checks


def test_every_check_is_broken_by_some_test_above() -> None:
    [mark] = [m for m in test_each_way_of_breaking_the_books_is_found.pytestmark if m.name == "parametrize"]
    assert {f"audit_{check}" for _, checks in mark.args[1] for check in checks} == set(CHECKS)


def test_the_ledger_cannot_outlive_its_revision(books: str) -> None:
    with pytest.raises(DatabaseError, match="violates foreign key"):
        execute(books, "UPDATE ingest.revisions SET revision = 2")


def test_the_command_says_clean_with_exit_code_0_and_broken_with_1(books: str, connection: Connection) -> None:
    runner = CliRunner()
    clean = runner.invoke(command, ["--database", books])
    assert (clean.exit_code, clean.output.splitlines()[-1]) == (0, "the books are clean")
    execute(books, "UPDATE ingest.outcomes SET count = 9 WHERE outcome = 'discovered'")
    dirty = runner.invoke(command, ["--json"], env={"COPYDESK_DATABASE": books})
    assert dirty.exit_code == 1
    report = json.loads(dirty.output)
    assert not report["clean"]
    example = "a.example: 9 discovered, 2 ended, 3 not"
    assert [one["example"] for one in report["findings"] if one["check"] == "books"] == [example]
