"""Run a function over many pages in worker processes that one page may kill, but not hold.

Each page may take PAGE_CPU_SECONDS of processor time and PAGE_MEMORY_BYTES above what a worker needs at rest; then its
worker dies, the page's result is an error that says so, and a new worker takes the next page. Workers are plain child
processes, not `multiprocessing` ones: those may not be started from the daemonic processes that Celery runs Airflow's
tasks in. They are forked where no other thread runs, so that what is loaded already is shared by all, and started anew
elsewhere. A worker dies with the process that started it (on Linux: with the thread), however that ends.
"""

from __future__ import annotations

import contextlib
import ctypes
import faulthandler
import gc
import os
import resource
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from multiprocessing.connection import Connection, wait
from types import TracebackType
from typing import Any, Final, Generic, Self, TypeVar

from copydesk.errors import PageError, PermanentPageError
from copydesk.models import Outcome, Reason
from copydesk.settings import PAGE_CPU_SECONDS, PAGE_MEMORY_BYTES

ITEMS_A_WORKER: Final = 1000  # so that what memory many pages leave in pieces is not counted against one
WALL_FACTOR: Final = 6  # a page that waits, or a worker that was stopped, ends after this many times its CPU seconds
_PR_SET_PDEATHSIG: Final = 1

Item = TypeVar("Item")
Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Limits:
    """What one page may cost."""

    cpu_seconds: float = PAGE_CPU_SECONDS
    memory_bytes: int = PAGE_MEMORY_BYTES


@dataclass(frozen=True, slots=True)
class _Failure:
    """A PageError on its way between processes."""

    outcome: Outcome
    reason: Reason
    detail: str

    def of(self, url: str) -> PageError:
        return PermanentPageError(url, self.outcome, self.reason, self.detail)


def isolated(
    function: Callable[[Item], Result],
    items: Iterable[Item],
    *,
    url: Callable[[Item], str],
    workers: int = 1,
    limits: Limits = Limits(),
    prepare: Callable[[], None] = lambda: None,
) -> Iterator[Result | PageError]:
    """The function's result, or the PageError it ended with, for each item, in the items' order.

    `function` is a module's own function; it, items and results are pickled. `url` names an item in its error. Errors
    other than PageError become one with Reason.CRASHED. At most `workers` items are worked on at a time. `prepare` is
    called before a worker is forked from this process, to load what all of them need.
    """
    with Workers(function, workers, limits, prepare) as pool:
        yield from pool.each(items, url=url)


@dataclass(slots=True)
class _Worker:
    """A child process, the line to it, and what it works on."""

    process: subprocess.Popen[bytes] | _Forked
    line: Connection
    index: int = -1
    item: Any = None
    items: int = 0
    deadline: float = 0.0


@dataclass(slots=True)
class Workers(Generic[Item, Result]):
    """As many workers as there is work for, up to `size`, kept from one list of items to the next. Use as `with`.

    What a worker has loaded for one page (rules of a language, a site's profile) serves the next ones; dead workers and
    those that had ITEMS_A_WORKER are replaced when there is more work.
    """

    function: Callable[[Item], Result]
    size: int = 1
    limits: Limits = Limits()
    prepare: Callable[[], None] = lambda: None
    idle: deque[_Worker] = field(default_factory=deque)
    busy: list[_Worker] = field(default_factory=list)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._end(self.idle)
        self._end(self.busy)

    def each(self, items: Iterable[Item], *, url: Callable[[Item], str]) -> Iterator[Result | PageError]:
        """As `isolated`. One call at a time; workers whose results nobody waits for any more are killed."""
        results: dict[int, Result | PageError] = {}
        following = 0
        try:
            for index, item, value in self._run(items):
                results[index] = value.of(url(item)) if isinstance(value, _Failure) else value
                while following in results:
                    yield results.pop(following)
                    following += 1
        finally:
            self._end(self.busy)

    def _run(self, items: Iterable[Item]) -> Iterator[tuple[int, Item, Any]]:
        """Index, item and result or failure of each item, in the order they end."""
        for index, item in enumerate(items):
            self._give(index, item)
            while len(self.busy) >= self.size:
                yield from self._collect()
        while self.busy:
            yield from self._collect()

    def _end(self, workers: deque[_Worker] | list[_Worker]) -> None:
        """Kill workers and wait for their end."""
        for worker in workers:
            _end(worker)
        workers.clear()

    def _give(self, index: int, item: Item) -> None:
        worker = self.idle.popleft() if self.idle else _start(self)
        worker.index, worker.item, worker.items = index, item, worker.items + 1
        worker.deadline = time.monotonic() + WALL_FACTOR * self.limits.cpu_seconds
        self.busy.append(worker)
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):  # it died; reading from it will say so
            worker.line.send(item)

    def _collect(self) -> Iterator[tuple[int, Item, Any]]:
        first = min(worker.deadline for worker in self.busy)
        ready = wait([worker.line for worker in self.busy], timeout=max(0.0, first - time.monotonic()))
        late = [worker for worker in self.busy if worker.deadline <= time.monotonic() and worker.line not in ready]
        for worker in [worker for worker in self.busy if worker.line in ready] + late:
            self.busy.remove(worker)
            value = (
                _Failure(Outcome.REFUSED, Reason.TOO_COSTLY, "took too long") if worker in late else _receive(worker)
            )
            if worker in late or worker.items >= ITEMS_A_WORKER or worker.process.poll() is not None:
                _end(worker)
            else:
                self.idle.append(worker)
            yield worker.index, worker.item, value


def _receive(worker: _Worker) -> Any:  # noqa: ANN401 - a result of the caller's function
    try:
        return worker.line.recv()
    except (EOFError, OSError):
        return _death(worker.process.wait())


def _death(status: int) -> _Failure:
    if status == -signal.SIGPROF:
        return _Failure(Outcome.REFUSED, Reason.TOO_COSTLY, "took more processor time than one page may take")
    if status == -signal.SIGKILL:
        return _Failure(Outcome.REFUSED, Reason.TOO_COSTLY, "was killed, most likely for want of memory")
    return _Failure(Outcome.FAILED, Reason.CRASHED, f"the worker ended with status {status}")


def _end(worker: _Worker) -> None:
    worker.line.close()
    worker.process.kill()
    worker.process.wait()


def _start(pool: Workers[Any, Any]) -> _Worker:
    ours, theirs = socket.socketpair()
    with theirs:
        process = _fork(theirs, pool.prepare) if threading.active_count() == 1 else _spawn(theirs)
    line = Connection(ours.detach())
    line.send((pool.function, pool.limits))
    return _Worker(process, line)


def _spawn(theirs: socket.socket) -> subprocess.Popen[bytes]:
    return subprocess.Popen(  # noqa: S603 - this very module
        [sys.executable, "-c", f"from copydesk.isolate import serve; serve({theirs.fileno()}, {os.getpid()})"],
        pass_fds=[theirs.fileno()],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        env={**os.environ, "OPENBLAS_NUM_THREADS": "1", "PYTHONPATH": os.pathsep.join(filter(None, sys.path))},
    )


def _fork(theirs: socket.socket, prepare: Callable[[], None]) -> _Forked:
    prepare()
    parent = os.getpid()
    if pid := os.fork():
        return _Forked(pid)
    status = 1
    try:
        faulthandler.disable()
        gc.freeze()  # what is shared with the parent stays shared: a collection would write into all of it
        for number in (signal.SIGTERM, signal.SIGPROF):
            signal.signal(number, signal.SIG_DFL)  # the parent's handlers speak for the parent
        nowhere = os.open(os.devnull, os.O_RDWR)
        os.dup2(nowhere, 0)
        os.dup2(nowhere, 1)
        serve(os.dup(theirs.fileno()), parent)
        status = 0
    finally:
        os._exit(status)  # not the parent's clean-up: its database connection, its files


@dataclass(slots=True)
class _Forked:
    """A forked child, to be used like a Popen."""

    pid: int
    status: int | None = None

    def poll(self) -> int | None:
        """Its status if it has ended, as Popen gives it: minus the signal's number if one killed it."""
        return self._ended(os.WNOHANG)

    def wait(self) -> int:
        """Its status, once it has ended."""
        status = self._ended(0)
        assert status is not None  # noqa: S101 - waited for
        return status

    def kill(self) -> None:
        """End it, if it has not ended."""
        if self.poll() is None:
            os.kill(self.pid, signal.SIGKILL)

    def _ended(self, options: int) -> int | None:
        if self.status is None:
            pid, status = os.waitpid(self.pid, options)
            if pid:
                self.status = os.waitstatus_to_exitcode(status)
        return self.status


def serve(descriptor: int, parent: int) -> None:
    """What a worker does on its end of a socket pair: take the function, then item by item until the line ends."""
    _die_with(parent)
    line = Connection(descriptor)
    function, limits = line.recv()
    memory = limits.memory_bytes + _address_space()
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    while True:
        try:
            item = line.recv()
        except EOFError:
            return
        signal.setitimer(signal.ITIMER_PROF, limits.cpu_seconds)
        result = _attempt(function, item)
        signal.setitimer(signal.ITIMER_PROF, 0)
        line.send(result)


def _attempt(function: Callable[[Any], Any], item: object) -> Any:  # noqa: ANN401 - a result of the caller's function
    try:
        return function(item)
    except PageError as error:
        return _Failure(error.outcome, error.reason, error.detail)
    except (MemoryError, RecursionError) as error:
        return _Failure(Outcome.REFUSED, Reason.TOO_COSTLY, f"more than one page may take: {type(error).__name__}")
    except Exception as error:  # noqa: BLE001 - one bad page never sinks a batch
        return _Failure(Outcome.FAILED, Reason.CRASHED, f"{type(error).__name__}: {error}"[:500])


def _address_space() -> int:
    """Bytes of address space this process holds now: the libraries it has loaded."""
    with open("/proc/self/statm", encoding="ascii") as statm:  # noqa: PTH123 - as short as it is
        return int(statm.read().split()[0]) * resource.getpagesize()


def _die_with(parent: int) -> None:
    """Have the kernel kill this process when its parent dies; the parent may be dead already."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the parent's affair
    ctypes.CDLL(None, use_errno=True).prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(1)
