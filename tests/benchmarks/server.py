"""An embedded Postgres with a migrated database, for as long as a benchmark needs it."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from copydesk.migrate import migrate
from copydesk.stack.postgres import prepare
from copydesk.stack.processes import Supervisor


@contextmanager
def migrated_database() -> Iterator[str]:
    """The connection string of a new server's database, as its owner; durable as in production."""
    with migrated_databases(1) as [dsn]:
        yield dsn


@contextmanager
def migrated_databases(count: int) -> Iterator[list[str]]:
    """The same for several databases of one new server."""
    directory = Path(tempfile.mkdtemp(prefix="copydesk-bench-"))
    server = prepare(directory / "pg")
    supervisor = Supervisor(directory, directory, lambda _: None)
    supervisor.start(server.component())
    names = ["copydesk", *(f"copydesk{number}" for number in range(1, count))]
    try:
        supervisor.wait_for(server.is_ready, "starting Postgres", 60)
        for name in names:
            server.make_database(name)
            migrate(server.dsn(name))
        yield [server.dsn(name) for name in names]
    finally:
        supervisor.stop()
        shutil.rmtree(directory, ignore_errors=True)
