"""A supervisor of processes: starts them, starts them again when they die, stops them in order and nothing else."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

import psutil

from copydesk.errors import CopydeskError

MARK = "COPYDESK_STACK"  # environment variable of every process of a stack; its value is the stack's home
TICK_SECONDS = 0.1
LAST_LINES = 15
MAX_DEATHS = 5
DEATHS_WINDOW_SECONDS = 60
KILL_SECONDS = 5
LEFTOVER_SECONDS = 8

Say = Callable[[str], None]
T = TypeVar("T")


class StackError(CopydeskError):
    """A part of the local stack could not be started or kept up."""


@dataclass(frozen=True, slots=True)
class Component:
    """One process to run. Higher `stop_rank` is stopped later; `once` is for a process that ends by itself.

    `account` is the user to run as, None for our own. `stop_seconds` is how long it may take to end when asked.
    """

    name: str
    command: tuple[str, ...]
    environment: Mapping[str, str]
    account: str | None = None
    stop_signal: signal.Signals = signal.SIGTERM
    stop_seconds: float = 10
    stop_rank: int = 0
    once: bool = False


@dataclass(slots=True)
class _Running:
    component: Component
    process: subprocess.Popen[bytes]
    deaths: list[float] = field(default_factory=list)


class Supervisor:
    """Runs components with their logs in one folder, each in a session of its own, so that Ctrl-C reaches only us."""

    def __init__(self, logs: Path, home: Path, say: Say) -> None:
        self._logs = logs
        self._mark = {MARK: str(home), "SPT_NOENV": "1"}  # Airflow's process titles must not overwrite the mark
        self._say = say
        self._running: dict[str, _Running] = {}

    def start(self, component: Component) -> None:
        """Start a component; its log of the last time is kept as NAME.log.1."""
        log = self.log_of(component.name)
        if log.exists():
            log.replace(log.with_name(f"{log.name}.1"))
        self._running[component.name] = _Running(component, self._spawn(component))

    def log_of(self, name: str) -> Path:
        """Where a component's output goes."""
        return self._logs / f"{name}.log"

    def pid_of(self, name: str) -> int:
        """The process id of a running component."""
        return self._running[name].process.pid

    def knows(self, name: str) -> bool:
        """Whether a component was started; a one-time process is forgotten when it has ended well."""
        return name in self._running

    def tend(self) -> None:
        """Start again what died. Raises StackError for what keeps dying and for a one-time process that failed."""
        for name, running in list(self._running.items()):
            code = running.process.poll()
            if code is None:
                continue
            if running.component.once:
                del self._running[name]
                if code != 0:
                    raise StackError(f"{name} failed ({_ending(code)}). {self._last_lines(name)}")
            else:
                self._revive(running, code)

    def wait_for(self, ready: Callable[[], T | None], what: str, seconds: float) -> T:
        """Tend the processes until `ready` returns something true. Raises StackError after `seconds`."""
        deadline = time.monotonic() + seconds
        while True:
            self.tend()
            if result := ready():
                return result
            if time.monotonic() > deadline:
                raise StackError(f"{what} took more than {seconds:.0f} seconds; the logs are in {self._logs}")
            time.sleep(TICK_SECONDS)

    def finish(self, name: str, seconds: float) -> None:
        """Wait for a one-time process. Raises StackError when it fails or takes too long."""
        self.wait_for(lambda: not self.knows(name), name, seconds)

    def stop(self) -> None:
        """Stop everything that was started: lower ranks first, killing what does not end in its time."""
        ranks = sorted({running.component.stop_rank for running in self._running.values()})
        for rank in ranks:
            _stop_all([running for running in self._running.values() if running.component.stop_rank == rank])
        self._running.clear()
        stop_leftovers(self._mark[MARK])

    def _spawn(self, component: Component) -> subprocess.Popen[bytes]:
        with self.log_of(component.name).open("ab") as log:
            return subprocess.Popen(  # noqa: S603 - the command is ours
                component.command,
                env={**component.environment, **self._mark},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                user=component.account,
                group=component.account,
                extra_groups=[] if component.account else None,
            )

    def _revive(self, running: _Running, code: int) -> None:
        now = time.monotonic()
        name = running.component.name
        running.deaths = [at for at in running.deaths if now - at < DEATHS_WINDOW_SECONDS] + [now]
        if len(running.deaths) > MAX_DEATHS:
            raise StackError(f"{name} keeps ending ({_ending(code)}). {self._last_lines(name)}")
        self._say(f"{name} ended ({_ending(code)}); starting it again")
        # Its children hold on to what it had open: Postgres would keep the locks of a scheduler that was killed.
        _kill_after(_session(running.process.pid), 0)
        time.sleep(0.5 * len(running.deaths))
        running.process = self._spawn(running.component)

    def _last_lines(self, name: str) -> str:
        log = self.log_of(name)
        lines = log.read_text(encoding="utf-8", errors="replace").splitlines()[-LAST_LINES:]
        return "\n".join([f"The end of {log}:", *lines])


def stop_leftovers(mark: str) -> int:
    """Stop processes that a supervisor which was killed left in the home `mark`; how many there were."""
    found = [process for process in psutil.process_iter() if _is_marked(process, mark)]
    servers = [process for process in found if _name(process) == "postgres"]
    others = [process for process in found if process not in servers]
    for process in others:
        _signal(process, signal.SIGTERM)
    _kill_after(others, LEFTOVER_SECONDS)
    for process in servers:
        _signal(process, signal.SIGINT)  # Postgres' fast shutdown
    _kill_after(servers, LEFTOVER_SECONDS)
    return len(found)


def _stop_all(group: list[_Running]) -> None:
    families = [(running, _family(running.process.pid)) for running in group]
    for running, _ in families:
        if running.process.poll() is None:
            running.process.send_signal(running.component.stop_signal)
    for running, family in families:
        try:
            running.process.wait(running.component.stop_seconds)
        except subprocess.TimeoutExpired:
            running.process.kill()
            running.process.wait()
        _kill_after(family, 0)


def _family(pid: int) -> list[psutil.Process]:
    try:
        return psutil.Process(pid).children(recursive=True)
    except psutil.NoSuchProcess:
        return []


def _session(leader: int) -> list[psutil.Process]:
    """What is left of the session of a component that has ended."""
    left = []
    for process in psutil.process_iter():
        try:
            if os.getsid(process.pid) == leader:
                left.append(process)
        except OSError:
            continue  # it ended meanwhile
    return left


def _kill_after(processes: list[psutil.Process], seconds: float) -> None:
    _, alive = psutil.wait_procs(processes, timeout=seconds)
    for process in alive:
        _signal(process, signal.SIGKILL)
    psutil.wait_procs(alive, timeout=KILL_SECONDS)


def _is_marked(process: psutil.Process, mark: str) -> bool:
    """Whether a process carries the mark. A server process of Postgres is left to its parent, the postmaster."""
    try:
        if process.pid == os.getpid() or process.environ().get(MARK) != mark:
            return False
        parent = process.parent()
        return not (parent and process.name() == "postgres" and parent.name() == "postgres")
    except (psutil.Error, OSError):
        return False  # it ended meanwhile, or is another user's and so not ours


def _name(process: psutil.Process) -> str:
    try:
        return process.name()
    except psutil.Error:
        return ""


def _signal(process: psutil.Process, number: signal.Signals) -> None:
    try:
        process.send_signal(number)
    except psutil.Error:
        return  # it ended meanwhile


def _ending(code: int) -> str:
    return f"killed by {signal.Signals(-code).name}" if code < 0 else f"exit code {code}"
