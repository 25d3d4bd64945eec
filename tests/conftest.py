"""A real Postgres for tests: one embedded server a session, one migrated template database, cloned for each test."""

from __future__ import annotations

import itertools
import shutil
import tempfile
from collections.abc import Iterator
from ipaddress import ip_network
from pathlib import Path

import psycopg2
import pytest

from copydesk.database import Connection
from copydesk.database import connect as connect_to
from copydesk.migrate import migrate
from copydesk.settings import Settings
from copydesk.stack.postgres import prepare
from copydesk.stack.processes import Supervisor
from running import RunningStack, running

_numbers = itertools.count(1)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs the server or the whole stack, so that `-m "not postgres and not airflow"` is the fast part.

    What adds articles to the stack that others look at comes late, and last what kills parts of it.
    """
    items.sort(key=lambda item: 2 if "faults" in item.path.parts else item.path.match("stack/test_push.py"))
    for item in items:
        fixtures = getattr(item, "fixturenames", ())
        if "postgres_uri" in fixtures:
            item.add_marker(pytest.mark.postgres)
        if "stack" in fixtures:
            item.add_marker(pytest.mark.airflow)


@pytest.fixture(scope="session")
def postgres_uri() -> Iterator[str]:
    """The server's URI for database `postgres`, as its superuser.

    Its directory isn't one of pytest's: Postgres runs as a user of its own when tests run as root, and every pytest
    session that starts takes other users' rights away from pytest's common directory.
    """
    directory = Path(tempfile.mkdtemp(prefix="copydesk-test-"))
    server = prepare(directory / "pg")
    supervisor = Supervisor(directory, directory, print)
    supervisor.start(server.component())
    supervisor.wait_for(server.is_ready, "starting Postgres", 60)
    uri = server.url("postgres")
    # nothing here outlives a power cut
    for setting in ("fsync = off", "full_page_writes = off", "synchronous_commit = off"):
        _execute(uri, f"ALTER SYSTEM SET {setting}")
    _execute(uri, "SELECT pg_reload_conf()")
    yield uri
    supervisor.stop()
    shutil.rmtree(directory, ignore_errors=True)


@pytest.fixture(scope="session")
def template_database(postgres_uri: str) -> str:
    """The name of a database with every migration applied and nothing in it."""
    _execute(postgres_uri, "CREATE DATABASE copydesk_template")
    migrate(_at(postgres_uri, "copydesk_template"))
    return "copydesk_template"


@pytest.fixture(scope="session")
def stack() -> Iterator[RunningStack]:
    """`copydesk run` as a user starts it, with the demo ingested; stopped by Ctrl-C at the session's end."""
    home = Path(tempfile.mkdtemp(prefix="copydesk-stack-"))
    with running(home) as stack:
        yield stack
    shutil.rmtree(home, ignore_errors=True)


@pytest.fixture
def empty_dsn(postgres_uri: str) -> Iterator[str]:
    """A database of this test's own, before any migration, as its owner."""
    yield from _database(postgres_uri, "template1")


@pytest.fixture
def dsn(postgres_uri: str, template_database: str) -> Iterator[str]:
    """A migrated, empty database of this test's own, as its owner."""
    yield from _database(postgres_uri, template_database)


@pytest.fixture
def writer_dsn(dsn: str) -> str:
    """The test's database as copydesk_writer, the role that the pipeline runs as."""
    return psycopg2.extensions.make_dsn(dsn, user="copydesk_writer")


@pytest.fixture
def reader_dsn(dsn: str) -> str:
    """The test's database as copydesk_reader, the role that people query as."""
    return psycopg2.extensions.make_dsn(dsn, user="copydesk_reader")


@pytest.fixture
def connection(writer_dsn: str) -> Iterator[Connection]:
    """A connection to the test's database as copydesk_writer."""
    with connect_to(writer_dsn) as connection:
        yield connection


@pytest.fixture
def settings(writer_dsn: str, tmp_path: Path) -> Settings:
    """Settings of a run on the test's database that may reach loopback and makes no pause between requests."""
    return Settings(
        database=writer_dsn,
        home=tmp_path,
        user_agent="copydesk-test/1 (+https://example.com/bot)",
        allowed_networks=(ip_network("127.0.0.0/8"), ip_network("::1/128")),
        pause_seconds=0.0,
        data_docs=None,
    )


def _database(uri: str, template: str) -> Iterator[str]:
    name = f"test_{next(_numbers)}"
    _execute(uri, f"CREATE DATABASE {name} TEMPLATE {template}")
    yield _at(uri, name)
    _execute(uri, f"DROP DATABASE {name} WITH (FORCE)")


def _at(uri: str, database: str) -> str:
    dsn: str = psycopg2.extensions.make_dsn(uri, dbname=database)
    return dsn


def _execute(uri: str, statement: str) -> None:
    connection = psycopg2.connect(uri)
    try:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(statement)
    finally:
        connection.close()
