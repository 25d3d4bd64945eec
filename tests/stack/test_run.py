"""What a person gets who starts copydesk: real processes, real DAG runs, rows."""

from __future__ import annotations

import stat
import subprocess
import sys
from pathlib import Path

from copydesk.newswire import expected
from copydesk.newswire.stock import publishers
from running import NOTE_SECONDS, RunningStack, eventually

COPYDESK = Path(sys.executable).with_name("copydesk")
GOOD = {path for path, one in expected().items() if not one.quarantine}


def psql(stack: RunningStack, statement: str) -> list[str]:
    done = subprocess.run(
        [stack.home / "psql", "--no-psqlrc", "-tAc", statement], capture_output=True, text=True, check=True
    )
    return done.stdout.splitlines()


def typed(stack: RunningStack, name: str) -> str:
    """What the command of that name prints that the stack says to try."""
    line = next(line for line in stack.output.splitlines() if line.startswith(f"{name} "))
    command = ["/bin/sh", "-c", line.removeprefix(name).strip()]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout


def test_every_article_of_the_demo_is_a_row_for_readers(stack: RunningStack) -> None:
    paths = psql(stack, "SELECT regexp_replace(url, '^https?://[^/]+', '') FROM news.articles")
    assert sorted(paths) == sorted(GOOD)


def test_the_table_at_the_end_counts_what_was_loaded(stack: RunningStack) -> None:
    total = next(line.split() for line in stack.output.splitlines() if line.startswith("all "))
    assert int(total[1]) == len(GOOD)
    assert int(total[3]) == len(expected()) - len(GOOD)
    assert int(total[5]) > len(GOOD)


def test_the_line_to_try_works(stack: RunningStack) -> None:
    assert f"({len(GOOD)} rows)" in typed(stack, "rows")


def test_commands_reach_the_database_by_the_line_that_says_how(stack: RunningStack) -> None:
    assert typed(stack, "commands").count("healthy") == len(publishers())


def test_readers_see_no_table_behind_the_views(stack: RunningStack) -> None:
    done = subprocess.run(
        [stack.home / "psql", "--no-psqlrc", "-c", "SELECT * FROM ingest.pages"],
        capture_output=True,
        text=True,
        check=False,
    )
    assert "permission denied" in done.stderr


def test_the_runs_note_and_the_tasks_notes_say_what_happened(stack: RunningStack) -> None:
    run = stack.loading_run()
    assert run["state"] == "success"
    answer = stack.api.get(f"/api/v2/dags/ingest_articles/dagRuns/{run['dag_run_id']}/taskInstances")
    notes = {one["task_id"]: one["note"] for one in answer.json()["task_instances"]}
    assert "new" in notes["batch.load"]
    assert "fetched" in notes["batch.fetch"]


def test_who_waits_for_articles_is_told_how_many_there_are(stack: RunningStack) -> None:
    events = stack.api.get("/api/v2/assets/events", params={"source_dag_id": "ingest_articles"}).json()["asset_events"]
    counts = [event["extra"]["counts"] for event in events if event["extra"].get("counts")]
    assert sum(count["new"] for count in counts) >= len(GOOD)


def test_learning_is_woken_by_the_load_that_brings_enough_pages(stack: RunningStack) -> None:
    def woken() -> list[str]:
        return [run["dag_run_id"] for run in stack.runs("learn_sites") if run["run_type"] == "asset_triggered"]

    assert eventually(woken, "a run of learn_sites that a load woke", NOTE_SECONDS)
    events = stack.api.get("/api/v2/assets/events", params={"name_pattern": "lessons"}).json()["asset_events"]
    assert {event["source_task_id"] for event in events} == {"batch.load"}


def test_no_run_has_failed(stack: RunningStack) -> None:
    for dag_id in ("poll_feeds", "ingest_articles", "learn_sites"):
        assert [run["dag_run_id"] for run in stack.runs(dag_id) if run["state"] == "failed"] == []


def test_the_password_is_shown_once_and_kept_for_its_owner_only(stack: RunningStack) -> None:
    assert stack.output.count(stack.password) == 1
    for name in ("secrets.json", "airflow/passwords.json", "stack.json"):
        assert stat.S_IMODE((stack.home / name).stat().st_mode) == 0o600


def test_nobody_is_let_in_without_the_password(stack: RunningStack) -> None:
    nobody = {"Authorization": ""}
    assert stack.api.get("/api/v2/dags", headers=nobody).status_code == 401
    guess = {"username": "admin", "password": "admin"}
    assert stack.api.post("/auth/token", json=guess, headers=nobody).status_code == 401


def test_a_second_start_in_the_same_home_is_refused(stack: RunningStack) -> None:
    done = subprocess.run([COPYDESK, "run", "--home", stack.home], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "already runs" in done.stderr
