"""The whole job without Airflow, as a user runs it: the demo newswire in, rows out that equal its truth."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass
from typing import Any

import psycopg2
import psycopg2.extras
import pytest
from click.testing import CliRunner
from psycopg2.extensions import ISOLATION_LEVEL_AUTOCOMMIT, make_dsn

from copydesk.cli import copydesk
from copydesk.newswire import Newswire, expected, serving_in_thread
from copydesk.settings import ROOT

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of what Great Expectations imports

LOADED = [path for path, truth in expected().items() if not truth.quarantine]
QUARANTINED = [path for path, truth in expected().items() if truth.quarantine]
EDITED = "/2025/10/glacier-hidden-valley"
SQL_EXAMPLES = re.findall(r"```sql\n(.+?)```", (ROOT / "README.md").read_text(encoding="utf-8"), re.DOTALL)

Rows = list[Mapping[str, Any]]


@dataclass(frozen=True, slots=True)
class Desk:
    """A served newswire and the database that it is ingested into."""

    newswire: Newswire
    dsn: str

    def run(self, *arguments: str) -> str:
        """What a `copydesk` command prints, run so that it may reach loopback and makes no pause."""
        environment = {
            "COPYDESK_DATABASE": make_dsn(self.dsn, user="copydesk_writer"),
            "COPYDESK_ALLOW_NETWORKS": "127.0.0.0/8",
            "COPYDESK_PAUSE_SECONDS": "0",
        }
        result = CliRunner().invoke(copydesk, arguments, env=environment, catch_exceptions=False)
        assert result.exit_code == 0, result.output
        return result.output

    def ingest(self) -> str:
        return self.run("ingest", *(argument for url in self.newswire.feed_urls for argument in ("--feed", url)))

    def rows(self, statement: str, user: str = "copydesk_reader", **parameters: object) -> Rows:
        with closing(psycopg2.connect(self.dsn, user=user)) as connection:
            cursor = connection.cursor(cursor_factory=psycopg2.extras.RealDictCursor)
            cursor.execute(statement, parameters or None)
            return list(cursor.fetchall())

    def article(self, path: str) -> Mapping[str, Any]:
        (row,) = self.rows("SELECT * FROM news.articles WHERE url = %(url)s", url=self.newswire.url(path))
        return row

    def removed(self, path: str) -> Rows:
        return self.rows("SELECT * FROM news.removed_text WHERE url = %(url)s", url=self.newswire.url(path))


@pytest.fixture(scope="module")
def desk(postgres_uri: str, template_database: str) -> Iterator[Desk]:
    """The newswire, ingested once. Tests that ingest again edit only EDITED."""
    with closing(psycopg2.connect(postgres_uri)) as connection:
        connection.set_isolation_level(ISOLATION_LEVEL_AUTOCOMMIT)
        connection.cursor().execute(f"CREATE DATABASE end_to_end TEMPLATE {template_database}")
        with serving_in_thread() as newswire:
            desk = Desk(newswire, make_dsn(postgres_uri, dbname="end_to_end"))
            desk.ingest()
            yield desk
        connection.cursor().execute("DROP DATABASE end_to_end WITH (FORCE)")


def test_truth_has_articles_to_load_and_to_refuse() -> None:
    assert len(LOADED) >= 24
    assert QUARANTINED


@pytest.mark.parametrize("path", LOADED)
def test_row_has_every_line_of_the_article_and_nothing_else(desk: Desk, path: str) -> None:
    (first,) = desk.rows(
        "SELECT title, text FROM news.revisions WHERE url = %(url)s AND revision = 1", url=desk.newswire.url(path)
    )
    assert first["text"].split("\n\n") == list(expected()[path].lines)
    assert first["title"] == expected()[path].title


@pytest.mark.parametrize("path", LOADED)
def test_row_says_who_wrote_it_when_and_in_which_language(desk: Desk, path: str) -> None:
    row, truth = desk.article(path), expected()[path]
    assert row["agency"] == truth.agency
    assert row["language"] == truth.language
    assert row["published_at"] == truth.published_at
    assert tuple(row["authors"]) == truth.authors


@pytest.mark.parametrize("path", LOADED)
def test_what_was_taken_off_is_in_the_ledger(desk: Desk, path: str) -> None:
    among = " ".join(row["text"] for row in desk.removed(path))
    assert [line for line in expected()[path].among_the_text if line not in among] == []


def test_ledger_says_what_each_removed_block_is(desk: Desk) -> None:
    labels = {row["label"] for row in desk.removed("/article/10427")}
    assert {"caption", "credit", "disclaimer", "related", "comments-notice"} <= labels


@pytest.mark.parametrize("path", QUARANTINED)
def test_article_that_fails_the_gate_is_in_quarantine_and_not_loaded(desk: Desk, path: str) -> None:
    url = desk.newswire.url(path)
    assert desk.rows("SELECT 1 AS one FROM news.quarantine WHERE url = %(url)s", url=url)
    assert not desk.rows("SELECT 1 AS one FROM news.articles WHERE url = %(url)s", url=url)


def test_every_entry_ended_once_and_is_counted(desk: Desk) -> None:
    outcomes = Counter[str]()
    for row in desk.rows("SELECT outcome, count FROM news.funnel"):
        outcomes[row["outcome"]] += row["count"]
    assert outcomes["discovered"] == outcomes.total() - outcomes["discovered"]
    desk.run("audit")


def test_second_run_loads_only_what_was_edited_and_keeps_the_old_revision(desk: Desk) -> None:
    before = desk.rows("SELECT article_id, last_loaded_at FROM news.articles")
    desk.newswire.edit(
        EDITED, 1, "The valley runs for 18 kilometres and is still being measured from both of its ends."
    )
    output = desk.ingest()
    after = desk.rows("SELECT article_id, last_loaded_at FROM news.articles")
    changed = {tuple(row.values()) for row in after} - {tuple(row.values()) for row in before}
    texts = desk.rows(
        "SELECT text FROM news.revisions WHERE url = %(url)s ORDER BY revision", url=desk.newswire.url(EDITED)
    )
    assert "unchanged" in output
    assert {article_id for article_id, _ in changed} == {desk.article(EDITED)["article_id"]}
    assert [("17 kilometres" in row["text"], "18 kilometres" in row["text"]) for row in texts] == [
        (True, False),
        (False, True),
    ]
    desk.run("audit")


def test_readme_shows_how_to_query() -> None:
    assert len(SQL_EXAMPLES) >= 5


@pytest.mark.parametrize("statement", SQL_EXAMPLES, ids=lambda statement: statement.strip().splitlines()[0])
def test_sql_of_the_readme_runs_for_a_reader(desk: Desk, statement: str) -> None:
    assert desk.rows(statement)
