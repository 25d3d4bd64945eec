"""Brings a local stack up, step by step: Postgres, both databases, Airflow's processes, ready for work."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from importlib.metadata import version

from copydesk.database import connect, query, transaction
from copydesk.house import free_leases
from copydesk.migrate import migrate
from copydesk.stack.api import AirflowApi
from copydesk.stack.environment import (
    ADMIN,
    POOLS,
    Site,
    airflow_program,
    child_environment,
    copydesk_environment,
    door_environment,
)
from copydesk.stack.home import Home, Secrets, load_secrets, write_private
from copydesk.stack.ports import Ports
from copydesk.stack.postgres import Postgres, binary, prepare
from copydesk.stack.processes import Component, Say, StackError, Supervisor

UI_PORT = 8080
NEWSWIRE_PORTS = (8101, 8102, 8103)
DAGS = ("poll_feeds", "ingest_articles", "keep_house")
DEMO_PAUSE_SECONDS = 0.1
POSTGRES_SECONDS = 60
MIGRATION_SECONDS = 300
AIRFLOW_SECONDS = 180
# the last to stop is the database, before it what the tasks talk to
NEWSWIRE_RANK, API_RANK = 2, 2


@dataclass(frozen=True, slots=True)
class Wish:
    """What a person asked for: these feeds, or the demo newswire when there are none."""

    home: Home
    feeds: tuple[str, ...] = ()
    port: int = UI_PORT

    @property
    def is_demo(self) -> bool:
        """Whether the demo newswire is served."""
        return not self.feeds


@dataclass(frozen=True, slots=True)
class Stack:
    """A stack that is up."""

    site: Site
    environment: dict[str, str]
    supervisor: Supervisor
    api: AirflowApi
    feeds: tuple[str, ...]
    is_new: bool


def start_postgres(home: Home, supervisor: Supervisor, say: Say) -> Postgres:
    """Postgres, ready for connections, with the databases `airflow` and `copydesk`."""
    if not (home.postgres / "PG_VERSION").exists():
        say("making the database")
    postgres = prepare(home.postgres)
    supervisor.start(postgres.component())
    supervisor.wait_for(postgres.is_ready, "starting Postgres", POSTGRES_SECONDS)
    for name in ("airflow", "copydesk"):
        if not postgres.has_database(name):
            postgres.make_database(name)
    return postgres


def start_stack(wish: Wish, supervisor: Supervisor, ports: Ports, say: Say, allow_loopback: bool) -> Stack:
    """Everything that ingestion needs, in parallel where it can be."""
    secrets, is_new = load_secrets(wish.home)
    postgres = start_postgres(wish.home, supervisor, say)
    (port,) = ports.take(wish.port)
    site = Site(wish.home, secrets, postgres, port)
    own = copydesk_environment(
        site, allow_loopback=allow_loopback, pause_seconds=DEMO_PAUSE_SECONDS if wish.is_demo else None
    )
    environment = child_environment(site, own)
    write_psql(wish.home, postgres)
    begin_airflow_migration(site, supervisor, environment, say)
    applied = migrate(postgres.dsn("copydesk")).applied
    say(f"Postgres is up{f', {len(applied)} migrations applied' if applied else ''}")
    if held := free_leases(postgres.dsn("copydesk")):  # we hold the home's lock, so nobody works on them any more
        say(f"{held} entries that an earlier run left unfinished are taken up again")
    feeds = start_newswire(wish.home, supervisor, ports, environment) if wish.is_demo else wish.feeds
    finish_airflow_migration(site, supervisor)
    start_airflow(supervisor, environment, door_environment(site))
    return Stack(site, environment, supervisor, AirflowApi(site.address), feeds, is_new)


def begin_airflow_migration(site: Site, supervisor: Supervisor, environment: dict[str, str], say: Say) -> None:
    """Start `airflow db migrate`, unless this version of Airflow has already migrated the database."""
    if _migrated_by(site.postgres) == _airflow_version():
        return
    say("making Airflow's tables")
    command = (str(airflow_program()), "db", "migrate")
    supervisor.start(Component("airflow-migrate", command, environment, once=True))


def finish_airflow_migration(site: Site, supervisor: Supervisor) -> None:
    """Wait for the migration and note in the database itself which version made it."""
    if not supervisor.knows("airflow-migrate"):
        return
    supervisor.finish("airflow-migrate", MIGRATION_SECONDS)
    with connect(site.postgres.dsn("postgres")) as connection, transaction(connection):
        query(connection, "stack_note_migration", {"version": _airflow_version()})


def start_airflow(supervisor: Supervisor, environment: dict[str, str], doors: dict[str, str]) -> None:
    """What Airflow needs to run tasks. Their logs are read from the disk, so no component serves them on a port."""
    airflow = str(airflow_program())
    commands = {
        "api-server": ("api-server",),
        "scheduler": ("scheduler", "--skip-serve-logs"),
        "dag-processor": ("dag-processor",),
    }
    for name, command in commands.items():
        is_api = name == "api-server"
        told = environment | doors if is_api else environment
        supervisor.start(Component(name, (airflow, *command), told, stop_rank=API_RANK if is_api else 0))


def start_triggerer(supervisor: Supervisor, environment: dict[str, str]) -> None:
    """The fourth process of Airflow: it hears of entries that something else adds, and is not needed before that."""
    command = (str(airflow_program()), "triggerer", "--skip-serve-logs")
    supervisor.start(Component("triggerer", command, environment))


def start_newswire(home: Home, supervisor: Supervisor, ports: Ports, environment: dict[str, str]) -> tuple[str, ...]:
    """The demo newswire on the ports it had before, so that its articles keep their addresses; its feeds' URLs."""
    kept = home.root / "newswire-ports.json"
    usual = json.loads(kept.read_text(encoding="utf-8")) if kept.exists() else NEWSWIRE_PORTS
    taken = ports.take(*usual)
    kept.write_text(json.dumps(taken), encoding="utf-8")
    command = (sys.executable, "-m", "copydesk.newswire", "--ports", ",".join(map(str, taken)))
    supervisor.start(Component("newswire", command, environment, stop_rank=NEWSWIRE_RANK))
    log = supervisor.log_of("newswire")
    first = supervisor.wait_for(_first_line_of(log.read_text), "starting the demo newswire", POSTGRES_SECONDS)
    return tuple(json.loads(first)["feeds"])


def wait_for_airflow(stack: Stack) -> None:
    """Until the api-server answers and the DAGs are known; the scheduler takes up what it finds when it is there."""
    api, supervisor, secrets = stack.api, stack.supervisor, stack.site.secrets
    supervisor.wait_for(api.is_up, "starting Airflow's api-server", AIRFLOW_SECONDS)
    api.warm()
    _log_in(api, secrets)
    for pool, slots in POOLS.items():
        api.make_pool(pool, slots)
    supervisor.wait_for(lambda: all(map(api.has_dag, DAGS)), "reading the DAGs", AIRFLOW_SECONDS)
    for dag in DAGS:
        api.unpause(dag)
    start_triggerer(supervisor, stack.environment)


def write_psql(home: Home, postgres: Postgres) -> None:
    """A script that opens the stack's database with the embedded server's own psql, as the role for readers."""
    dsn = postgres.url("copydesk", "copydesk_reader")
    write_private(home.psql, f'#!/bin/sh\nexec "{binary("psql")}" "{dsn}" "$@"\n')
    home.psql.chmod(0o700)


def _log_in(api: AirflowApi, secrets: Secrets) -> None:
    try:
        api.login(ADMIN, secrets.admin_password)
    except StackError as error:
        raise StackError(f"cannot log in to Airflow as {ADMIN}: {error}") from error


def _first_line_of(read: Callable[[], str]) -> Callable[[], str | None]:
    def first_line() -> str | None:
        line, newline, _ = read().partition("\n")
        return line if newline else None

    return first_line


def _migrated_by(postgres: Postgres) -> str | None:
    with connect(postgres.dsn("postgres")) as connection, transaction(connection):
        (row,) = query(connection, "stack_read_migration")
        note: str | None = row.note
        return note


def _airflow_version() -> str:
    return f"migrated by apache-airflow {version('apache-airflow')}"
