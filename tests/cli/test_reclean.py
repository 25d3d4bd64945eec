"""`copydesk reclean` on rows that a real ingestion left."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner

from copydesk.audit import audit
from copydesk.cli.ingest import ingest
from copydesk.cli.reclean import reclean_articles
from copydesk.database import Connection, connect, transaction
from copydesk.errors import UsageError
from copydesk.newswire import Newswire, serving_in_thread
from copydesk.reclean import apply, reclean

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of what Great Expectations imports
OLD_LINE = "A line that an older rule had not taken off."


@pytest.fixture
def newswire() -> Iterator[Newswire]:
    with serving_in_thread() as running:
        yield running


@pytest.fixture
def ingested(writer_dsn: str, newswire: Newswire) -> str:
    """A database with the articles of one site."""
    environment = {
        "COPYDESK_DATABASE": writer_dsn,
        "COPYDESK_ALLOW_NETWORKS": "127.0.0.0/8",
        "COPYDESK_PAUSE_SECONDS": "0",
    }
    CliRunner().invoke(ingest, ["--feed", newswire.sites[0].feed_url], env=environment, catch_exceptions=False)
    return writer_dsn


def recleaned(dsn: str, *arguments: str) -> list[dict[str, object]]:
    result = CliRunner().invoke(
        reclean_articles, ["--json", *arguments], env={"COPYDESK_DATABASE": dsn}, catch_exceptions=False
    )
    assert result.exit_code == 0
    return [json.loads(line) for line in result.stdout.splitlines()]


def clean_less(connection: Connection) -> None:
    """Give the first article a line more, as if the rules had been weaker when it was loaded."""
    with transaction(connection), connection.cursor() as cursor:
        block = json.dumps([{"label": "body", "text": OLD_LINE}])
        cursor.execute(
            "UPDATE ingest.articles SET text = text || %(text)s, blocks = blocks || %(block)s::jsonb, "
            "content_key = 'x' "
            "WHERE article_id = (SELECT min(article_id) FROM ingest.articles)",
            {"text": f"\n\n{OLD_LINE}", "block": block},
        )
        cursor.execute(
            "UPDATE ingest.revisions SET content_key = 'x' WHERE article_id = (SELECT min(article_id) FROM "
            "ingest.articles)"
        )


def test_articles_made_again_by_the_same_rules_are_the_same(ingested: str) -> None:
    [summary] = recleaned(ingested)
    articles = summary.pop("articles")
    assert isinstance(articles, int)
    assert articles > 0
    assert set(summary.values()) == {0}


def test_nothing_is_written_without_apply_and_a_revision_with_it(ingested: str) -> None:
    with connect(ingested) as connection:
        clean_less(connection)
        article, summary = recleaned(ingested)
        assert article["gone"] == [{"text": OLD_LINE, "rule": ""}]
        assert (summary["differ"], summary["lines_gone"], summary["written"]) == (1, 1, 0)
        assert recleaned(ingested, "--apply")[-1]["written"] == 1
        [again] = recleaned(ingested)
        assert again["differ"] == 0
        with transaction(connection), connection.cursor() as cursor:
            cursor.execute("SELECT revision, text FROM ingest.articles ORDER BY article_id LIMIT 1")
            [(revision, text)] = cursor.fetchall()
        assert revision == 2
        assert OLD_LINE not in text
        with transaction(connection):
            assert audit(connection, datetime.now(UTC)).clean


def test_what_a_visit_revised_meanwhile_is_not_set_back_to_the_page_that_was_read(ingested: str) -> None:
    with connect(ingested) as connection:
        clean_less(connection)
        [results] = list(reclean(connection))
        with transaction(connection), connection.cursor() as cursor:
            cursor.execute(
                "WITH visit AS ("
                " INSERT INTO ingest.entries (url, canonical_url, domain, source, item_hash, stage, outcome, reason,"
                " finished_at) SELECT url, canonical_url, domain, source, item_hash, 'done', 'loaded', 'revised', now()"
                " FROM ingest.entries WHERE entry_id = (SELECT min(entry_id) FROM ingest.articles WHERE article_id ="
                " (SELECT min(article_id) FROM ingest.articles)) RETURNING entry_id) "
                "UPDATE ingest.articles SET text = 'Newer', entry_id = (SELECT entry_id FROM visit) "
                "WHERE article_id = (SELECT min(article_id) FROM ingest.articles)"
            )
        assert apply(connection, results, datetime.now(UTC)) == (0, 0)
        with transaction(connection), connection.cursor() as cursor:
            cursor.execute("SELECT text, revision FROM ingest.articles ORDER BY article_id LIMIT 1")
            assert cursor.fetchone() == ("Newer", 1)


def test_one_sites_articles_are_found_by_any_url_of_it(ingested: str, newswire: Newswire) -> None:
    [everything] = recleaned(ingested)
    assert recleaned(ingested, "--site", newswire.sites[0].feed_url) == [everything]
    assert recleaned(ingested, "--site", newswire.sites[0].base_url.removeprefix("http://")) == [everything]


def test_a_site_without_articles_is_a_usage_error(ingested: str) -> None:
    with pytest.raises(UsageError, match=r"no article of elsewhere\.example is stored"):
        recleaned(ingested, "--site", "elsewhere.example")
