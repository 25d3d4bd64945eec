"""What the stack's processes are told: Airflow's whole configuration as environment variables, and copydesk's own."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from copydesk.settings import ROOT
from copydesk.stack.home import Home, Secrets
from copydesk.stack.ports import LOOPBACK
from copydesk.stack.postgres import Postgres

ADMIN = "admin"
SERVICE = "copydesk"  # as whom the doors in the api-server tell Airflow that something waits
PARALLEL_TASKS = 4
POOLS = {"fetch": 4, "clean": 2}


@dataclass(frozen=True, slots=True)
class Site:
    """What differs from one local stack to another."""

    home: Home
    secrets: Secrets
    postgres: Postgres
    port: int

    @property
    def address(self) -> str:
        """The UI's base URL, without a slash at its end."""
        return f"http://{LOOPBACK}:{self.port}"


def child_environment(site: Site, copydesk: Mapping[str, str]) -> dict[str, str]:
    """The environment of every process of the stack: ours without another Airflow's settings, plus the stack's own."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("AIRFLOW")}
    inherited.pop("PYTHONDONTWRITEBYTECODE", None)  # Airflow would be compiled anew by each process
    return {
        **inherited,
        "PYTHONUNBUFFERED": "1",
        "NO_PROXY": ",".join(filter(None, [inherited.get("NO_PROXY"), LOOPBACK, "localhost"])),
        **_core(site),
        **_servers(site),
        **_pace(),
        **copydesk,
    }


def copydesk_environment(site: Site, *, allow_loopback: bool, pause_seconds: float | None) -> dict[str, str]:
    """The stack's settings of copydesk itself: its database as the writing role, and what fetching may do."""
    settings = {
        "COPYDESK_DATABASE": site.postgres.url("copydesk", "copydesk_writer"),
        "COPYDESK_HOME": str(site.home.root),
        "COPYDESK_DATA_DOCS": str(site.home.data_docs),
    }
    if allow_loopback:
        settings["COPYDESK_ALLOW_NETWORKS"] = "127.0.0.0/8,::1/128"
        settings["COPYDESK_PUBLIC_URL"] = os.environ.get("COPYDESK_PUBLIC_URL") or site.address
    if pause_seconds is not None:
        settings["COPYDESK_PAUSE_SECONDS"] = str(pause_seconds)
    return settings


def door_environment(site: Site) -> dict[str, str]:
    """What only the api-server is told, which has the doors for pushes."""
    return {"COPYDESK_AIRFLOW": f"http://{SERVICE}:{site.secrets.service_password}@{LOOPBACK}:{site.port}"}


def _core(site: Site) -> dict[str, str]:
    return {
        "AIRFLOW_HOME": str(site.home.airflow),
        "AIRFLOW__CORE__DAGS_FOLDER": str(ROOT / "dags"),
        "AIRFLOW__CORE__PLUGINS_FOLDER": str(ROOT / "plugins"),
        "AIRFLOW__CORE__LOAD_EXAMPLES": "False",
        "AIRFLOW__CORE__DAGS_ARE_PAUSED_AT_CREATION": "False",
        "AIRFLOW__CORE__EXECUTOR": "copydesk.airflow_executor.PreloadLocalExecutor",
        "AIRFLOW__CORE__PARALLELISM": str(PARALLEL_TASKS),
        "AIRFLOW__CORE__FERNET_KEY": site.secrets.fernet_key,
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_USERS": f"{ADMIN}:admin,{SERVICE}:op",
        "AIRFLOW__CORE__SIMPLE_AUTH_MANAGER_PASSWORDS_FILE": str(site.home.passwords),
        "AIRFLOW__CORE__EXECUTION_API_SERVER_URL": f"{site.address}/execution/",
        "AIRFLOW__DATABASE__SQL_ALCHEMY_CONN": site.postgres.url("airflow", driver="postgresql+psycopg2"),
        "AIRFLOW__LOGGING__BASE_LOG_FOLDER": str(site.home.logs / "tasks"),
    }


def _servers(site: Site) -> dict[str, str]:
    return {
        "AIRFLOW__API__HOST": LOOPBACK,
        "AIRFLOW__API__PORT": str(site.port),
        "AIRFLOW__API__BASE_URL": site.address,
        "AIRFLOW__API__WORKERS": "1",
        "AIRFLOW__API__INSTANCE_NAME": "copydesk",
        "AIRFLOW__API__SECRET_KEY": site.secrets.api_secret,
        "AIRFLOW__API_AUTH__JWT_SECRET": site.secrets.jwt_secret,
    }


def _pace() -> dict[str, str]:
    """How quickly things are noticed: new work, changed DAG files, tasks and schedulers that were killed."""
    return {
        "AIRFLOW__SCHEDULER__SCHEDULER_IDLE_SLEEP_TIME": "0.1",
        "AIRFLOW__SCHEDULER__TASK_INSTANCE_HEARTBEAT_TIMEOUT": "60",
        "AIRFLOW__SCHEDULER__ORPHANED_TASKS_CHECK_INTERVAL": "20",
        "AIRFLOW__WORKERS__EXECUTION_API_TIMEOUT": "20",
        "AIRFLOW__DAG_PROCESSOR__REFRESH_INTERVAL": "30",
    }


def airflow_program() -> Path:
    """The command `airflow` of the environment that copydesk is installed in."""
    return Path(sys.executable).with_name("airflow")
