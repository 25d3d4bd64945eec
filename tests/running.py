"""`copydesk run` in a process of its own, for tests that need all of Airflow."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import httpx

START_SECONDS = 400
STOP_SECONDS = 90
NOTE_SECONDS = 120
PORT = 18081
LAST_LINE = "Ctrl-C stops everything."

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class RunningStack:
    """A stack that is up: its home, its UI's address, the DSN of its database's owner, and its REST interface."""

    home: Path
    ui: str
    database: str
    password: str
    process: subprocess.Popen[bytes]
    api: httpx.Client

    @property
    def output(self) -> str:
        """What it has printed so far."""
        return (self.home / "output").read_text(encoding="utf-8")

    @property
    def environment(self) -> dict[str, str]:
        """The environment in which the command `copydesk` uses its database, as the writing role."""
        return {**os.environ, "COPYDESK_DATABASE": self.database.replace("postgres@", "copydesk_writer@")}

    def runs(self, dag_id: str) -> list[dict[str, Any]]:
        """The runs of a DAG, newest first."""
        answer = self.api.get(f"/api/v2/dags/{dag_id}/dagRuns", params={"order_by": "-run_after"})
        runs: list[dict[str, Any]] = answer.raise_for_status().json()["dag_runs"]
        return runs

    def loading_run(self) -> dict[str, Any]:
        """The run that loaded the demo's articles, once it has ended: its rows are there a little before that."""
        return eventually(
            lambda: next((run for run in self.runs("ingest_articles") if "loaded" in (run["note"] or "")), None),
            "the note of the run that loaded articles",
            NOTE_SECONDS,
        )


@contextmanager
def running(home: Path) -> Iterator[RunningStack]:
    """Start the demo in `home`; at the end Ctrl-C, after which it must have ended well."""
    command = [str(Path(sys.executable).with_name("copydesk")), "run", "--home", str(home), "--port", str(PORT)]
    with (home / "output").open("wb") as output:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, stderr=subprocess.STDOUT)
    try:
        stack = _started(home, process)
        with closing(stack.api):
            yield stack
    finally:
        process.send_signal(signal.SIGINT)
        try:
            code = process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            raise
    assert code == 0, (home / "output").read_text()


def eventually(look: Callable[[], T | None], what: str, seconds: float) -> T:
    """What `look` returns once it is true. Fails after `seconds`."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if found := look():
            return found
        time.sleep(0.3)
    raise AssertionError(f"{what} did not come about in {seconds:.0f} s")


def _started(home: Path, process: subprocess.Popen[bytes]) -> RunningStack:
    output = home / "output"
    eventually(
        lambda: process.poll() is not None or LAST_LINE in output.read_text(), "the stack's start", START_SECONDS
    )
    assert process.poll() is None, output.read_text()
    addresses = json.loads((home / "stack.json").read_text())
    password = json.loads((home / "airflow" / "passwords.json").read_text())["admin"]
    api = httpx.Client(base_url=addresses["ui"], timeout=120, trust_env=False)
    token = api.post("/auth/token", json={"username": "admin", "password": password}).json()["access_token"]
    api.headers["Authorization"] = f"Bearer {token}"
    return RunningStack(home, addresses["ui"], addresses["database"], password, process, api)
