from __future__ import annotations

import shutil
import stat
import tempfile
from collections.abc import Iterator
from pathlib import Path

import psycopg2
import pytest
from psycopg2.extensions import parse_dsn

from copydesk.errors import UsageError
from copydesk.stack.postgres import SOCKET_NAME, Postgres, prepare
from copydesk.stack.processes import Supervisor

LONG = "a-folder-with-a-name-that-is-longer-than-the-path-of-a-socket-may-be" * 2


@pytest.fixture
def root() -> Iterator[Path]:
    """A folder that is not one of pytest's, to which other users have no way when tests run as root."""
    root = Path(tempfile.mkdtemp(prefix="copydesk-test-"))
    yield root
    shutil.rmtree(root)


def test_a_path_too_long_for_a_socket_works_through_a_private_short_one(root: Path) -> None:
    server = prepare(root / LONG / "postgres")
    supervisor = Supervisor(root, root, print)
    try:
        supervisor.start(server.component())
        supervisor.wait_for(server.is_ready, "starting Postgres", 60)
        assert len(str(server.sockets / SOCKET_NAME)) <= 103
        assert stat.S_IMODE(server.sockets.stat().st_mode) == 0o700
        server.make_database("copydesk")
        assert server.has_database("copydesk")
        psycopg2.connect(server.url("copydesk")).close()
    finally:
        supervisor.stop()
        shutil.rmtree(server.sockets)


def test_a_url_of_a_folder_with_any_name_leads_to_its_server(root: Path) -> None:
    server = Postgres(root / "a b+c 100%", root / "a b+c 100%", None)
    assert parse_dsn(server.url("copydesk"))["host"] == str(server.sockets)
    assert " " not in server.url("copydesk")  # which libpq 18 refuses


def test_a_socket_folder_that_others_could_enter_is_refused(root: Path) -> None:
    data = root / LONG / "postgres"
    sockets = prepare(data).sockets
    try:
        sockets.chmod(0o777)
        with pytest.raises(UsageError, match="not a private folder"):
            prepare(data)
    finally:
        shutil.rmtree(sockets)


def test_data_that_was_half_made_is_made_again(root: Path) -> None:
    data = root / "postgres"
    data.mkdir()
    (data / "base").mkdir()
    prepare(data)
    assert (data / "PG_VERSION").exists()
