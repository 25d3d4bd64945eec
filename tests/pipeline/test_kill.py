"""`kill -9` in the middle of any step, then the same command again: nothing lost, nothing twice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator

import pytest

from copydesk.audit import audit
from copydesk.clock import utc_now
from copydesk.database import Connection, connect, transaction
from copydesk.newswire import Newswire, expected, serving_in_thread
from copydesk.settings import Settings

PATIENCE_SECONDS = 300.0


@pytest.fixture
def newswire() -> Iterator[Newswire]:
    with serving_in_thread() as running:
        yield running


def ingesting(settings: Settings, newswire: Newswire) -> subprocess.Popen[str]:
    """`copydesk ingest` as a person would start it, in a process group of its own."""
    return subprocess.Popen(
        [sys.executable, "-c", "from copydesk.cli import main; main()", "ingest", "--feed", newswire.feed_urls[0]],
        env={
            **os.environ,
            "COPYDESK_DATABASE": settings.database,
            "COPYDESK_ALLOW_NETWORKS": "127.0.0.0/8",
            "COPYDESK_PAUSE_SECONDS": "0.02",
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )


def count(connection: Connection, condition: str) -> int:
    with transaction(connection), connection.cursor() as cursor:
        cursor.execute(f"SELECT count(*) FROM ingest.entries WHERE {condition}")  # noqa: S608 - this file's own
        number: int = cursor.fetchone()[0]
        return number


def killed_when(connection: Connection, process: subprocess.Popen[str], condition: str) -> None:
    """Kill it and all its children as soon as some entry meets a condition."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while not count(connection, condition):
        assert process.poll() is None, process.communicate()[0]
        assert time.monotonic() < deadline
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGKILL)
    process.communicate()


@pytest.mark.parametrize(
    "condition",
    ["stage = 'claimed'", "stage = 'fetched'", "stage = 'cleaned'", "stage = 'accepted' OR reason = 'new'"],
    ids=["claiming", "fetching", "cleaning", "loading"],
)
def test_a_run_that_was_killed_is_finished_by_the_next_one(
    settings: Settings, newswire: Newswire, connection: Connection, condition: str
) -> None:
    site = newswire.sites[0].base_url
    urls = {newswire.url(path): truth for path, truth in expected().items()}
    good = [url for url, truth in urls.items() if url.startswith(site) and not truth.quarantine]
    assert good
    killed_when(connection, ingesting(settings, newswire), condition)
    again = ingesting(settings, newswire)
    output, _ = again.communicate(timeout=PATIENCE_SECONDS)
    assert again.returncode == 0, output
    with connect(settings.database) as own, transaction(own):
        books = audit(own, utc_now())
    assert [finding for finding in books.findings if finding.broken] == []
    assert (books.waiting, books.under_way) == (0, 0)
    with transaction(connection), connection.cursor() as cursor:
        cursor.execute("SELECT url, revision FROM news.articles")
        assert sorted(cursor.fetchall()) == sorted((url, 1) for url in good)
        cursor.execute("SELECT count(*) FROM news.revisions")
        assert cursor.fetchone() == (len(good),)
