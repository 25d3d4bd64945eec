"""`copydesk ingest` as a person runs it: rows, a table by publisher, and "unchanged" the second time."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from click.testing import CliRunner, Result

from copydesk.cli.ingest import ingest
from copydesk.newswire import Newswire, expected, serving_in_thread

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of what Great Expectations imports


@pytest.fixture
def newswire() -> Iterator[Newswire]:
    with serving_in_thread() as running:
        yield running


def ingested(dsn: str, *arguments: str) -> Result:
    environment = {
        "COPYDESK_DATABASE": dsn,
        "COPYDESK_ALLOW_NETWORKS": "127.0.0.0/8",
        "COPYDESK_PAUSE_SECONDS": "0",
        "COLUMNS": "200",
    }
    return CliRunner().invoke(ingest, arguments, env=environment, catch_exceptions=False)


def test_a_feeds_articles_are_loaded_and_the_second_run_says_unchanged(writer_dsn: str, newswire: Newswire) -> None:
    site = newswire.sites[0]
    truths = [truth for path, truth in expected().items() if site.carries(path)]
    good = [truth for truth in truths if not truth.quarantine]
    first = ingested(writer_dsn, "--feed", site.feed_url, "--json")
    assert first.exit_code == 0
    assert f"poll: 1 feed asked, 1 with changes, {len(truths)} new" in first.stderr
    [tally] = map(json.loads, first.stdout.splitlines())
    assert (tally["loaded"], tally["quarantined"]) == (len(good), len(truths) - len(good))
    assert tally["removed"] > 0
    second = ingested(writer_dsn, "--feed", site.feed_url)
    assert second.exit_code == 0
    columns, line = second.stdout.splitlines()
    assert columns.split()[:3] == ["publisher", "loaded", "unchanged"]
    assert f" 0 {len(good)} 0 " in " ".join(line.split())
    assert ingested(writer_dsn).stdout == "nothing was due\n"


def test_a_feed_that_cannot_be_read_is_named_and_the_exit_code_says_so(writer_dsn: str, newswire: Newswire) -> None:
    result = ingested(writer_dsn, "--feed", newswire.sites[0].base_url)
    assert result.exit_code == 1
    assert f"copydesk: feed {newswire.sites[0].base_url}: " in result.stderr
