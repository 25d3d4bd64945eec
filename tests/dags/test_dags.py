from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from copydesk.settings import ROOT

MAX_PARSE_SECONDS = 1.0
PROBE = Path(__file__).with_name("probe.py")
EXPECTED = {"poll_feeds", "ingest_articles", "keep_house", "learn_sites"}


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """What a fresh interpreter found in dags/; the second of two readings, as the first one compiles."""
    home = tmp_path_factory.mktemp("airflow")
    environment = {name: value for name, value in os.environ.items() if not name.startswith("AIRFLOW")} | {
        "AIRFLOW_HOME": str(home),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__CORE__PLUGINS_FOLDER": str(ROOT / "plugins"),
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": f"sqlite:///{home}/none.db",
    }
    for _ in range(2):
        answer = subprocess.run(
            [sys.executable, str(PROBE), str(ROOT / "dags")],
            env=environment,
            capture_output=True,
            text=True,
            check=True,
            timeout=120,
        )
    found: dict[str, Any] = json.loads(answer.stdout.splitlines()[-1])
    return found


def test_every_dag_file_is_read_without_an_error(report: dict[str, Any]) -> None:
    assert report["errors"] == {}
    assert set(report["dags"]) >= EXPECTED
    assert len(report["seconds"]) == len(list((ROOT / "dags").glob("*.py")))


def test_reading_dags_imports_nothing_heavy(report: dict[str, Any]) -> None:
    assert report["heavy"] == []


def test_every_dag_file_is_read_in_less_than_a_second(report: dict[str, Any]) -> None:
    assert {file: seconds for file, seconds in report["seconds"].items() if seconds >= MAX_PARSE_SECONDS} == {}


def test_every_dag_has_a_runbook_and_a_tag(report: dict[str, Any]) -> None:
    for dag_id, dag in report["dags"].items():
        assert dag["doc"].startswith("###"), dag_id
        assert dag["tags"] == ["copydesk"], dag_id


@pytest.mark.parametrize(("dag_id", "cron"), [("ingest_articles", "*/5 * * * *"), ("poll_feeds", "* * * * *")])
def test_what_events_start_is_started_by_the_clock_as_well(report: dict[str, Any], dag_id: str, cron: str) -> None:
    assert report["dags"][dag_id]["assets"]
    assert report["dags"][dag_id]["cron"] == cron


def test_every_runbook_names_each_of_its_tasks(report: dict[str, Any]) -> None:
    for dag_id, dag in report["dags"].items():
        for task in dag["tasks"]:
            assert f"`{task.rpartition('.')[2]}`" in dag["doc"], (dag_id, task)
