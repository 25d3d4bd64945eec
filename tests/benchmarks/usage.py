"""What processes use, as the system counts it: processor time of Postgres, memory of a process with its children."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, suppress

import psutil

from copydesk.database import connect

SAMPLE_SECONDS = 0.25


def postgres_of(dsn: str) -> psutil.Process:
    """The server's first process, which has all others as children. It must run on this machine."""
    with connect(dsn) as connection:
        backend = psutil.Process(connection.info.backend_pid)
        server = backend.parent()
    assert server is not None, "a backend has the server's first process as its parent"
    return server


def server_cpu_seconds(server: psutil.Process) -> float:
    """Processor seconds of a server so far: its own, its living children's, and those of children that ended.

    Looks again when a child ended meanwhile, as that one would be counted twice or not at all.
    """
    while True:
        before = server.cpu_times()
        living = _cpu_seconds(server.children())
        after = server.cpu_times()
        if before[2:4] == after[2:4]:
            return living + sum(after[:4])


def _cpu_seconds(processes: Iterable[psutil.Process]) -> float:
    seconds = 0.0
    for process in processes:
        with suppress(psutil.NoSuchProcess):
            used = process.cpu_times()
            seconds += used.user + used.system
    return seconds


@contextmanager
def peak_memory(pid: int) -> Iterator[Callable[[], float]]:
    """Yields a function that tells the most MiB that a process and its children held while inside.

    What several of them share is counted once (proportional set size).
    """
    peak, over = 0, threading.Event()

    def watch() -> None:
        nonlocal peak
        while not over.wait(SAMPLE_SECONDS):
            peak = max(peak, _held(pid))

    thread = threading.Thread(target=watch, name="memory", daemon=True)
    thread.start()
    try:
        yield lambda: peak / 2**20
    finally:
        over.set()
        thread.join()


def _held(pid: int) -> int:
    held = 0
    with suppress(psutil.NoSuchProcess):
        process = psutil.Process(pid)
        for one in (process, *process.children(recursive=True)):
            with suppress(psutil.NoSuchProcess):
                held += one.memory_full_info().pss
    return held
