"""Usage as the system counts it: children included."""

from __future__ import annotations

import os
import subprocess
import sys
import time

from benchmarks.usage import peak_memory, postgres_of, server_cpu_seconds
from copydesk.database import connect, query

HOLD = "import time; held = bytearray(b'x') * (100 << 20); print(flush=True); time.sleep(60)"


def test_memory_counts_what_children_hold_at_the_same_time() -> None:
    with peak_memory(os.getpid()) as alone:
        pass
    with peak_memory(os.getpid()) as together, subprocess.Popen([sys.executable, "-c", HOLD], stdout=-1) as child:
        assert child.stdout is not None
        child.stdout.readline()
        while together() < 100:
            time.sleep(0.05)
        child.kill()
    assert alone() < together()


def test_a_server_counts_what_its_ended_backends_used(dsn: str) -> None:
    server = postgres_of(dsn)
    before = server_cpu_seconds(server)
    with connect(dsn) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT sum(sqrt(n)) FROM generate_series(1, 3000000) AS n")
        assert query(connection, "audit_totals", {"now": "2026-01-01"})
    assert server_cpu_seconds(server) - before > 0.05
