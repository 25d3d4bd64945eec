"""A page may kill its worker, and nothing else. Workers evaluate expressions here, so that each can do its worst."""

from __future__ import annotations

import multiprocessing.process
import os
import signal
import subprocess
import sys
import time

import psutil
import pytest

from copydesk import isolate
from copydesk.errors import PageError
from copydesk.isolate import Limits, Workers, isolated

TIGHT = Limits(cpu_seconds=0.5, memory_bytes=64 * 1024 * 1024)
LOOP = "any(iter(int, 1))"
HOARD = "len(bytearray(512 * 1024 * 1024))"
CRASH = "__import__('os').kill(__import__('os').getpid(), 11)"
RAISE = "1 / 0"
WHO = "__import__('os').getpid()"


def outcomes(expressions: list[str], workers: int = 1) -> list[object]:
    results = isolated(eval, expressions, url=lambda text: f"https://example.org/{text}", workers=workers, limits=TIGHT)
    return [result.reason.value if isinstance(result, PageError) else result for result in results]


@pytest.mark.parametrize("workers", [1, 2, 5])
def test_results_stand_in_the_items_order_whatever_happens_to_some(workers: int) -> None:
    expressions = ["1", LOOP, "2", HOARD, "3", CRASH, "4", RAISE, "5"]
    expected = [1, "too-costly", 2, "too-costly", 3, "crashed", 4, "crashed", 5]
    assert outcomes(expressions, workers) == expected


def test_an_error_names_the_page_it_is_about() -> None:
    (error,) = isolated(eval, [RAISE], url=lambda _: "https://example.org/a", limits=TIGHT)
    assert isinstance(error, PageError)
    assert error.url == "https://example.org/a"
    assert "division by zero" in error.detail


def test_a_worker_is_started_once_for_many_pages() -> None:
    assert len(set(outcomes([WHO] * 20))) == 1


def test_workers_that_serve_several_lists_are_started_once() -> None:
    with Workers(eval, 2) as workers:
        pids = {pid for _ in range(3) for pid in workers.each([WHO, WHO], url=str)}
    assert len(pids) == 2
    assert not any(psutil.pid_exists(pid) for pid in pids if isinstance(pid, int))


def test_a_list_that_is_given_up_leaves_nothing_to_the_next_one() -> None:
    with Workers(eval, 2) as workers:
        given_up = workers.each(["1", LOOP, "2"], url=str)
        assert next(given_up) == 1
        given_up.close()
        assert list(workers.each(["3", "4"], url=str)) == [3, 4]


def test_a_worker_is_replaced_after_many_pages(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(isolate, "ITEMS_A_WORKER", 3)
    pids = outcomes([WHO] * 7)
    assert [pids.count(pid) for pid in dict.fromkeys(pids)] == [3, 3, 1]


def test_more_workers_than_pages_are_not_started() -> None:
    assert len(set(outcomes([WHO], workers=8))) == 1


def test_a_daemonic_process_as_celery_has_may_start_workers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(multiprocessing.process.current_process()._config, "daemon", True)  # type: ignore[attr-defined]
    assert outcomes(["1"]) == [1]


@pytest.mark.parametrize(("threads", "has_it"), [(0, "[True]"), (1, "[False]")])
def test_a_worker_has_what_its_parent_imported_unless_other_threads_run(threads: int, has_it: str) -> None:
    program = (
        "import sys, threading\nfrom copydesk.isolate import isolated\n"
        f"for _ in range({threads}): threading.Thread(target=threading.Event().wait, daemon=True).start()\n"
        "sys.modules['of_the_parent'] = sys\n"
        """print(list(isolated(eval, ["'of_the_parent' in __import__('sys').modules"], url=str)))"""
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == has_it


def test_what_workers_need_is_prepared_once_in_their_parent_and_only_for_work() -> None:
    program = (
        "import os\nfrom copydesk.isolate import Workers\n"
        "def prepare(): os.environ['PREPARED'] = f\"{os.environ.get('PREPARED', '')}{os.getpid()} \"\n"
        "with Workers(eval, prepare=prepare) as pool:\n"
        "    idle = [*pool.each([], url=str), os.environ.get('PREPARED')]\n"
        """    asked = "__import__('os').environ['PREPARED']"\n"""
        "    print(idle, [*pool.each([asked, asked], url=str)] == [f'{os.getpid()} '] * 2)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[None] True"


def test_no_worker_outlives_a_consumer_that_stops_early() -> None:
    results = isolated(eval, [WHO, LOOP], url=str, workers=2)
    pid = next(results)
    results.close()
    assert isinstance(pid, int)
    assert not psutil.pid_exists(pid)


def test_no_worker_outlives_its_parent() -> None:
    program = (
        "from copydesk.isolate import isolated\n"
        f"results = isolated(eval, [{WHO!r}, {LOOP!r}, {LOOP!r}], url=str, workers=2)\n"
        "print(next(results), flush=True)\nnext(results)\n"
    )
    command = [sys.executable, "-c", program]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as parent:
        assert parent.stdout is not None
        worker = int(parent.stdout.readline())
        os.kill(parent.pid, signal.SIGKILL)
        parent.wait()
    for _ in range(100):
        if not psutil.pid_exists(worker):
            break
        time.sleep(0.05)
    assert not psutil.pid_exists(worker)
