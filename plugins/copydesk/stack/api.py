"""Airflow's REST interface, as much of it as starting the stack needs."""

from __future__ import annotations

from collections.abc import Mapping
from types import TracebackType
from typing import Self

import httpx

from copydesk.stack.processes import StackError

REQUEST_SECONDS = 120  # a machine that is busy with other things takes its time
CONFLICT = 409
NOT_FOUND = 404


class AirflowApi:
    """A client of the api-server at `address`, logged in by `login`."""

    def __init__(self, address: str) -> None:
        self._client = httpx.Client(base_url=address, timeout=REQUEST_SECONDS, trust_env=False)

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self._client.close()

    def is_up(self) -> bool:
        """Whether it answers."""
        try:
            return self._client.get("/api/v2/version", timeout=2).is_success
        except httpx.HTTPError:
            return False

    def warm(self) -> None:
        """Let it build its routes for tasks, which takes it longer the first time than tasks wait."""
        self._ask("GET", "/execution/health")

    def login(self, user: str, password: str) -> None:
        """Get a token. Raises StackError when the password is not the right one."""
        answer = self._ask("POST", "/auth/token", {"username": user, "password": password})
        self._client.headers["Authorization"] = f"Bearer {answer.json()['access_token']}"

    def make_pool(self, name: str, slots: int) -> None:
        """Make a pool, unless there is one of that name, whose size is then its operator's."""
        self._ask("POST", "/api/v2/pools", {"name": name, "slots": slots}, also=CONFLICT)

    def has_dag(self, dag_id: str) -> bool:
        """Whether the DAG has been read."""
        return self._ask("GET", f"/api/v2/dags/{dag_id}", also=NOT_FOUND).is_success

    def unpause(self, dag_id: str) -> None:
        """Let the DAG be scheduled."""
        self._ask("PATCH", f"/api/v2/dags/{dag_id}?update_mask=is_paused", {"is_paused": False})

    def trigger(self, dag_id: str, conf: Mapping[str, object]) -> str:
        """Start a run; its id."""
        answer = self._ask("POST", f"/api/v2/dags/{dag_id}/dagRuns", {"logical_date": None, "conf": conf})
        run_id: str = answer.json()["dag_run_id"]
        return run_id

    def run_state(self, dag_id: str, run_id: str) -> str:
        """The state of a run: queued, running, success, failed; unknown while the server does not answer."""
        try:
            answer = self._client.get(f"/api/v2/dags/{dag_id}/dagRuns/{run_id}")
        except httpx.HTTPError:
            return "unknown"
        state: str = answer.json()["state"] if answer.is_success else "unknown"
        return state

    def _ask(self, method: str, path: str, body: object = None, also: int | None = None) -> httpx.Response:
        try:
            answer = self._client.request(method, path, json=body)
        except httpx.HTTPError as error:
            raise StackError(f"Airflow's api-server does not answer: {error}") from error
        if not answer.is_success and answer.status_code != also:
            raise StackError(f"Airflow refused {method} {path}: {answer.status_code} {answer.text[:300]}")
        return answer
