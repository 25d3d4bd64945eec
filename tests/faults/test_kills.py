"""Processes are killed while they work; the books must add up and no article may be lost or loaded twice."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from datetime import UTC, datetime

import psutil
import psycopg2
import pytest

from copydesk.database import connect
from copydesk.feeds import Wanted, add
from copydesk.newswire import Newswire, expected, serving_in_thread
from copydesk.stack.processes import MARK
from copydesk.stack.smoke import check_books
from running import RunningStack, eventually

INGEST_SECONDS = 300
RECOVERY_SECONDS = 700  # the five minutes' schedule finds what a kill left unannounced, and is a run of its own then
GOOD = sorted(path for path, one in expected().items() if not one.quarantine)


def scheduler(stack: RunningStack) -> int:
    return _one(stack, lambda process: process.name().startswith("airflow") and "scheduler" in _line(process))


def postgres(stack: RunningStack) -> int:
    return int((stack.home / "postgres" / "postmaster.pid").read_text().splitlines()[0])


def task(stack: RunningStack) -> int:
    """A process that runs a task right now."""
    return _one(stack, lambda process: "airflow task" in _line(process) or "airflow worker -- 0" in _line(process))


@pytest.mark.parametrize("victim", [task, scheduler, postgres])
def test_what_is_killed_in_mid_run_loses_and_doubles_nothing(
    stack: RunningStack, victim: Callable[[RunningStack], int]
) -> None:
    with serving_in_thread() as newswire:
        ask_for(stack, newswire)
        eventually(lambda: count(stack, newswire, "stage <> 'waiting'"), "the first claim", INGEST_SECONDS)
        os.kill(eventually(lambda: victim(stack), f"a {victim.__name__}", INGEST_SECONDS), signal.SIGKILL)
        all_ended = f"count(*) = {len(expected())} FROM ingest.entries WHERE stage = 'done'"
        try:
            eventually(lambda: ask(stack, newswire, all_ended), "the end of every visit", RECOVERY_SECONDS)
        except AssertionError as error:
            raise AssertionError(f"{error}; {left(stack, newswire)}") from error
        loaded = ask(stack, newswire, "array_agg(canonical_url ORDER BY canonical_url) FROM ingest.articles WHERE true")
    assert sorted(loaded) == sorted(newswire.url(path) for path in GOOD)
    assert check_books(stack.environment["COPYDESK_DATABASE"], datetime.now(UTC))


def ask_for(stack: RunningStack, newswire: Newswire) -> None:
    with connect(stack.database) as connection:
        add(connection, [Wanted(url) for url in newswire.feed_urls])


def count(stack: RunningStack, newswire: Newswire, condition: str) -> object:
    return ask(stack, newswire, f"count(*) FROM ingest.entries WHERE {condition}")


def left(stack: RunningStack, newswire: Newswire) -> str:
    """What stands where it should not, in the frontier and in Airflow: the stack is gone when the failure is read."""
    entries = "json_object_agg(canonical_url, concat_ws(' ', stage, batch_id, lease_until)) FROM ingest.entries"
    waiting = ask(stack, newswire, f"{entries} WHERE stage <> 'done'")
    runs = stack.runs("ingest_articles")[:4]
    address = "/api/v2/dags/~/dagRuns/~/taskInstances"
    open_states = ("running", "queued", "scheduled", "up_for_retry", "failed", "upstream_failed")
    tasks = stack.api.get(address, params={"state": open_states, "limit": 30}).json().get("task_instances", ())
    return (
        f"entries: {waiting}; runs: {[(run['dag_run_id'], run['state']) for run in runs]}; "
        f"tasks: {[(task['dag_id'], task['task_id'], task['state'], task['try_number']) for task in tasks]}"
    )


def ask(stack: RunningStack, newswire: Newswire, rest: str) -> object:
    """One value about what the newswire serves; None while Postgres does not answer."""
    sites = [site.base_url + "/%" for site in newswire.sites]
    try:
        connection = psycopg2.connect(stack.database)
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT {rest} AND canonical_url LIKE ANY (%s)", (sites,))
            return cursor.fetchone()[0]
    except psycopg2.Error:
        return None


def _one(stack: RunningStack, wanted: Callable[[psutil.Process], bool]) -> int:
    """The id of a process of the stack that is wanted, 0 if there is none."""
    for process in psutil.process_iter():
        try:
            if process.environ().get(MARK) == str(stack.home) and wanted(process):
                return process.pid
        except (psutil.Error, OSError):
            continue
    return 0


def _line(process: psutil.Process) -> str:
    return " ".join(process.cmdline())
