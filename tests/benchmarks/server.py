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
    directory = Path(tempfile.mkdtemp(prefix="copydesk-bench-"))
    server = prepare(directory / "pg")
    supervisor = Supervisor(directory, directory, lambda _: None)
    supervisor.start(server.component())
    try:
        supervisor.wait_for(server.is_ready, "starting Postgres", 60)
        server.make_database("copydesk")
        migrate(server.dsn("copydesk"))
        yield server.dsn("copydesk")
    finally:
        supervisor.stop()
        shutil.rmtree(directory, ignore_errors=True)
