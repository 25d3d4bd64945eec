"""What is paid once a process or once a batch, however many pages there are: processor time in a process of its own."""

from __future__ import annotations

import json
import resource
import subprocess
import sys
from collections import deque
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from multiprocessing import get_context

from copydesk.models import Article, Attribution, Block, Candidate, Entry, Metadata, Page

NOW = datetime(2026, 1, 1, tzinfo=UTC)
URL = "http://localhost/1"
BODY = b"<html><title>A</title><body><h1>A</h1><p>" + b"One sentence as long as any other sentence. " * 9


@dataclass(frozen=True, slots=True)
class Once:
    """What is paid, and its processor milliseconds."""

    what: str
    cpu_milliseconds: float


def start_extraction() -> list[float]:
    """Libraries, rules and models, up to the first page."""
    return [_cpu(_warm)]


def work_out_clues() -> list[float]:
    """What a process pays more that finds no clues of the rules kept, or old ones."""
    from copydesk.clean.groups import groups  # noqa: PLC0415 - what is measured
    from copydesk.clean.rulebook import load_rulebook  # noqa: PLC0415

    patterns = {rule.pattern for rule in load_rulebook().rules if rule.is_found_by_words}
    return [_cpu(lambda: deque(map(groups, patterns), maxlen=0))]


def run_command() -> list[float]:
    """`copydesk extract` of one page, from the start of Python to its end."""
    return [_cpu(_extract)]


def start_gate() -> list[float]:
    """Great Expectations and pandas up to the first verdict; then the gate once more."""
    return [_cpu(_judge), _cpu(_judge)]


def start_workers() -> list[float]:
    """Two worker processes, as each batch has, in a process that knows all it needs."""
    _warm()
    return [_cpu(_work)]


def _warm() -> None:
    from copydesk.pipeline.make import warm  # noqa: PLC0415 - what is measured

    warm()


def _extract() -> None:
    command = [sys.executable, "-c", "from copydesk.cli import main; main()", "extract"]
    done = subprocess.run(command, input=BODY, capture_output=True, check=True)
    assert json.loads(done.stdout)["lines"]


def _judge() -> None:
    from copydesk.validate import validate  # noqa: PLC0415 - what is measured

    text = "One sentence as long as any other sentence. " * 9
    article = Article(URL, Metadata(title="A title", language="en"), (Block(0, text),), (), "trafilatura")
    candidate = Candidate(1, "localhost", article, Attribution(None, None, "none", None, 0.0), None)
    assert validate([candidate], NOW).accepted == (1,)


def _work() -> None:
    from copydesk.isolate import isolated  # noqa: PLC0415 - what is measured
    from copydesk.pipeline.make import make  # noqa: PLC0415

    work = (Page(URL, URL, 200, {}, BODY, NOW, b""), Entry(url=URL, canonical_url=URL, domain="localhost"), None)
    assert len(list(isolated(make, [work, work], url=lambda one: one[0].url, workers=2))) == 2


def _cpu(step: Callable[[], object]) -> float:
    before = _cpu_seconds()
    step()
    return 1000 * (_cpu_seconds() - before)


def _cpu_seconds() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in used)


def _measured(what: str, step: Callable[[], list[float]], place: int) -> Once:
    with ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn")) as pool:
        return Once(what, round(pool.submit(step).result()[place]))


FIXED = (
    partial(_measured, "a process: libraries, rules and models of extraction", start_extraction, 0),
    partial(_measured, "clues of all rules, where none are kept", work_out_clues, 0),
    partial(_measured, "copydesk extract of one page", run_command, 0),
    partial(_measured, "a process: Great Expectations and pandas", start_gate, 0),
    partial(_measured, "a batch: the gate", start_gate, 1),
    partial(_measured, "a batch: two workers", start_workers, 0),
)
