"""The supervisor on real processes."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psutil
import pytest

from copydesk.stack.processes import MARK, Component, StackError, Supervisor, stop_leftovers

WAIT_SECONDS = 20
SLEEPER = "import time; print('up', flush=True); time.sleep(600)"
DEAF = "import signal, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); print('up', flush=True); time.sleep(600)"
PARENT = (
    "import subprocess, sys, time\n"
    "child = subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(600)'], start_new_session=True)\n"
    "print(child.pid, flush=True); time.sleep(600)"
)


@pytest.fixture
def said() -> list[str]:
    return []


@pytest.fixture
def supervisor(tmp_path: Path, said: list[str]) -> Iterator[Supervisor]:
    supervisor = Supervisor(tmp_path, tmp_path, said.append)
    yield supervisor
    supervisor.stop()


def component(name: str, code: str, **options: object) -> Component:
    return Component(name, (sys.executable, "-c", code), dict(os.environ), **options)  # type: ignore[arg-type]


def first_line(supervisor: Supervisor, name: str) -> str:
    log = supervisor.log_of(name)
    return supervisor.wait_for(lambda: log.read_text() if "\n" in log.read_text() else None, name, WAIT_SECONDS)


def test_what_dies_is_started_again_and_said(supervisor: Supervisor, said: list[str]) -> None:
    supervisor.start(component("part", SLEEPER))
    killed = supervisor.pid_of("part")
    os.kill(killed, signal.SIGKILL)
    supervisor.wait_for(lambda: supervisor.pid_of("part") != killed, "revival", WAIT_SECONDS)
    assert psutil.pid_exists(supervisor.pid_of("part"))
    assert said == ["part ended (killed by SIGKILL); starting it again"]


def test_the_children_of_what_dies_end_with_it(supervisor: Supervisor) -> None:
    supervisor.start(component("parent", PARENT.replace("start_new_session=True", "start_new_session=False")))
    child = int(first_line(supervisor, "parent"))
    killed = supervisor.pid_of("parent")
    os.kill(killed, signal.SIGKILL)
    supervisor.wait_for(lambda: supervisor.pid_of("parent") != killed, "revival", WAIT_SECONDS)
    assert _ended(child)


def test_what_keeps_dying_is_an_error_with_the_end_of_its_log(supervisor: Supervisor) -> None:
    supervisor.start(component("part", "print('cannot find my hat'); raise SystemExit(3)"))
    with pytest.raises(StackError, match=r"part keeps ending \(exit code 3\)[\s\S]*cannot find my hat"):
        supervisor.wait_for(lambda: None, "nothing", WAIT_SECONDS)


def test_a_one_time_process_is_waited_for(supervisor: Supervisor, tmp_path: Path) -> None:
    supervisor.start(component("job", f"open({str(tmp_path / 'made')!r}, 'w')", once=True))
    supervisor.finish("job", WAIT_SECONDS)
    assert (tmp_path / "made").exists()


def test_a_one_time_process_that_fails_is_an_error_with_the_end_of_its_log(supervisor: Supervisor) -> None:
    supervisor.start(component("job", "raise SystemExit('the disk is full')", once=True))
    with pytest.raises(StackError, match="the disk is full"):
        supervisor.finish("job", WAIT_SECONDS)


def test_waiting_too_long_is_an_error_that_says_for_what(supervisor: Supervisor) -> None:
    with pytest.raises(StackError, match="boiling an egg took more than 0 seconds"):
        supervisor.wait_for(lambda: None, "boiling an egg", 0)


def test_stopping_ends_grandchildren_in_sessions_of_their_own_too(supervisor: Supervisor) -> None:
    supervisor.start(component("parent", PARENT))
    grandchild = int(first_line(supervisor, "parent"))
    assert psutil.pid_exists(grandchild)
    supervisor.stop()
    assert _ended(grandchild)


def test_what_does_not_listen_is_killed(supervisor: Supervisor) -> None:
    supervisor.start(component("deaf", DEAF, stop_seconds=0.2))
    first_line(supervisor, "deaf")
    pid = supervisor.pid_of("deaf")
    supervisor.stop()
    assert _ended(pid)


def test_lower_ranks_have_ended_before_higher_ones_are_asked(supervisor: Supervisor, tmp_path: Path) -> None:
    order = tmp_path / "order"
    code = (
        "import signal, sys, time\n"
        f"def end(*_): time.sleep(0.3 * (2 - {{rank}})); open({str(order)!r}, 'a').write('{{rank}}'); sys.exit()\n"
        "signal.signal(signal.SIGTERM, end); print('up', flush=True); time.sleep(600)"
    )
    for rank in (1, 0):
        supervisor.start(component(f"part-{rank}", code.format(rank=rank), stop_rank=rank))
    for rank in (1, 0):
        first_line(supervisor, f"part-{rank}")
    supervisor.stop()
    assert order.read_text() == "01"


def test_leftovers_of_this_home_are_stopped_and_others_are_left_alone(tmp_path: Path) -> None:
    ours, other = tmp_path / "ours", tmp_path / "other"
    command = [sys.executable, "-c", SLEEPER]
    left = subprocess.Popen(command, env={**os.environ, MARK: str(ours)}, stdout=subprocess.DEVNULL)
    foreign = subprocess.Popen(command, env={**os.environ, MARK: str(other)}, stdout=subprocess.DEVNULL)
    try:
        assert _eventually(lambda: stop_leftovers(str(ours)) == 1)
        assert _ended(left.pid)
        assert not _ended(foreign.pid)
    finally:
        for process in (left, foreign):
            process.kill()
            process.wait()


def test_the_log_of_the_last_time_is_kept(supervisor: Supervisor) -> None:
    for word in ("first", "second"):
        supervisor.start(component("job", f"print({word!r})", once=True))
        supervisor.finish("job", WAIT_SECONDS)
    log = supervisor.log_of("job")
    assert log.read_text() == "second\n"
    assert log.with_name("job.log.1").read_text() == "first\n"


def _ended(pid: int) -> bool:
    return not psutil.pid_exists(pid) or psutil.Process(pid).status() == psutil.STATUS_ZOMBIE


def _eventually(check: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < deadline:
        if check():
            return True
        time.sleep(0.05)
    return False
