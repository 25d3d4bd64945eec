"""Pages a second of trafilatura, of copydesk's extraction and cleaning, and of the whole job, over the same pages.

All are measured in turns in one run, each in a process of its own, so that a busy machine slows all alike: read the
ratios, and of those the ones of processor time. Feeds and pages come from a server in this program's own process, whose
work is counted nowhere.
"""

from __future__ import annotations

import os
import resource
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from hashlib import sha256
from ipaddress import ip_network
from multiprocessing import get_context
from pathlib import Path
from tempfile import gettempdir
from typing import TYPE_CHECKING

import click
from farm import GeneratedPage, pages
from fixed import FIXED
from serve import serving_farm
from server import migrated_databases
from usage import peak_memory, postgres_of, server_cpu_seconds

from copydesk.cli.output import print_json, print_table
from copydesk.models import Page
from copydesk.settings import Settings

if TYPE_CHECKING:
    from copydesk.profiles.known import Known

TURNS = 3
LESSONS = 5  # pages a site in the first turn, which warms each process and is not counted
BASE = "trafilatura alone"
WRAPPED = {"whole job": "extract + clean", "whole job with profiles": "with site profiles"}

_profiles: dict[int, Known] = {}  # of the process that measures with them, by site


@dataclass(frozen=True, slots=True)
class Task:
    """One turn's pages, their feeds, the database of whoever measures, and whether this is the turn to learn from."""

    pages: Sequence[GeneratedPage]
    feeds: Sequence[str]
    dsn: str
    first: bool


@dataclass(frozen=True, slots=True)
class Turn:
    """What one turn cost: seconds, processor seconds of its processes and of Postgres, and the most memory."""

    pages: int
    seconds: float
    cpu_seconds: float
    postgres_seconds: float = 0.0
    peak_mebibytes: float = 0.0


@dataclass(frozen=True, slots=True)
class Result:
    """One line of the table. `ratio` and `cpu_ratio` are to trafilatura; `of_what_it_wraps` is to the extraction.

    The latter counts the processor time of copydesk and of Postgres.
    """

    what: str
    pages: int
    pages_per_second: float
    ratio: float
    cpu_milliseconds_a_page: float
    cpu_ratio: float
    postgres_milliseconds_a_page: float
    of_what_it_wraps: float | None
    peak_mebibytes: float


def trafilatura_alone(task: Task) -> None:
    """trafilatura as it comes: text and metadata."""
    from trafilatura import bare_extraction  # noqa: PLC0415 - its memory counts only where it is measured

    for page in task.pages:
        bare_extraction(page.html, with_metadata=True)


def extract_and_clean(task: Task) -> None:
    """copydesk from bytes to clean blocks, with metadata and the ledger, of sites that it does not know."""
    from copydesk.clean import clean  # noqa: PLC0415 - as above
    from copydesk.extract import extract  # noqa: PLC0415

    _warm(task)
    for page in task.pages:
        clean(extract(_fetched(page)))


def with_profiles(task: Task) -> None:
    """The same with what was learned of each site from its pages of the first turn, which is not counted."""
    from copydesk.clean import clean  # noqa: PLC0415 - as above
    from copydesk.profiles.known import take  # noqa: PLC0415

    _warm(task)
    known = _profiles or _learn(task.pages)
    for page in task.pages:
        clean(take(_fetched(page), None, known.get(page.site)).extract)


def _warm(task: Task) -> None:
    """Make the process as warm as a worker; what that costs is in the table of what is paid once."""
    from copydesk.pipeline.make import warm  # noqa: PLC0415 - as above

    if task.first:
        warm(all_scripts=True)


def _learn(lessons: Sequence[GeneratedPage]) -> Mapping[int, Known]:
    from copydesk.profiles.known import Known  # noqa: PLC0415 - as above
    from copydesk.profiles.relearn import judge  # noqa: PLC0415

    for site in {page.site for page in lessons}:
        pages_of_site = [_fetched(page) for page in lessons if page.site == site]
        profile, decision = judge(f"site{site}.example", pages_of_site, None)
        if decision.accepted:
            _profiles[site] = Known(profile.domain, 1, profile.to_json())
    assert _profiles, "no site could be learned"
    return _profiles


def _fetched(page: GeneratedPage) -> Page:
    url = f"http://site{page.site}.example{page.path}"
    return Page(url, url, 200, {}, page.html, datetime.now(UTC), sha256(page.html).digest())


def whole_job(task: Task) -> None:
    """From the feeds over HTTP to committed rows, in a process as warm as a worker, with no pause between requests."""
    from copydesk.ingest import ingest  # noqa: PLC0415 - as above

    _warm(task)
    done = ingest(_settings(task.dsn), task.feeds, say=lambda _: None)
    loaded = sum(tally.loaded for tally in done.tallies)
    assert loaded >= 0.95 * len(task.pages), f"only {loaded} of {len(task.pages)} pages became rows"


def whole_job_with_profiles(task: Task) -> None:
    """The same, with profiles that are learned from the rows of the first turn."""
    from copydesk.profiles.relearn import learn_sites  # noqa: PLC0415 - as above

    whole_job(task)
    if task.first:
        learned = learn_sites(task.dsn, datetime.now(UTC), daily=True)
        assert learned.learned, "no site could be learned"


def _settings(dsn: str) -> Settings:
    allowed = (ip_network("127.0.0.0/8"),)
    return Settings(dsn, Path(gettempdir()), "copydesk-benchmark/1", allowed, pause_seconds=0.0, data_docs=None)


STAGES: dict[str, Callable[[Task], None]] = {
    BASE: trafilatura_alone,
    "extract + clean": extract_and_clean,
    "with site profiles": with_profiles,
    "whole job": whole_job,
    "whole job with profiles": whole_job_with_profiles,
}


def measure(stage: str, task: Task) -> Turn:
    """Run a stage over a turn's pages, in the process that this is called in."""
    before, started = _cpu_seconds(), time.perf_counter()
    STAGES[stage](task)
    return Turn(len(task.pages), time.perf_counter() - started, _cpu_seconds() - before)


def run(count: int, sites: int) -> list[Result]:
    """All stages over `count` pages of `sites` sites."""
    lessons = LESSONS * sites
    generated = pages(count + lessons, sites)
    turns = [generated[:lessons], *(generated[lessons + start :: TURNS] for start in range(TURNS))]
    taken: dict[str, list[Turn]] = {stage: [] for stage in STAGES}
    with migrated_databases(len(STAGES)) as dsns, serving_farm(turns) as feeds, _processes(dsns[0]) as submit:
        for number, (turn, of_turn) in enumerate(zip(turns, feeds, strict=True)):
            for stage, dsn in zip(STAGES, dsns, strict=True):
                taken[stage].append(submit(stage, Task(turn, of_turn, dsn, first=number == 0)))
    return _results({stage: _total(stage_turns[1:]) for stage, stage_turns in taken.items()})


def _results(totals: Mapping[str, Turn]) -> list[Result]:
    return [_result(stage, total, totals[BASE], totals.get(WRAPPED.get(stage, ""))) for stage, total in totals.items()]


def _total(turns: Sequence[Turn]) -> Turn:
    return Turn(
        sum(turn.pages for turn in turns),
        sum(turn.seconds for turn in turns),
        sum(turn.cpu_seconds for turn in turns),
        sum(turn.postgres_seconds for turn in turns),
        max(turn.peak_mebibytes for turn in turns),
    )


def _result(stage: str, total: Turn, base: Turn, wrapped: Turn | None) -> Result:
    everything = total.cpu_seconds + total.postgres_seconds
    return Result(
        what=stage,
        pages=total.pages,
        pages_per_second=round(total.pages / total.seconds, 1),
        ratio=round(total.seconds / base.seconds, 2),
        cpu_milliseconds_a_page=round(1000 * total.cpu_seconds / total.pages, 1),
        cpu_ratio=round(total.cpu_seconds / base.cpu_seconds, 2),
        postgres_milliseconds_a_page=round(1000 * total.postgres_seconds / total.pages, 1) if wrapped else 0.0,
        of_what_it_wraps=round(everything / wrapped.cpu_seconds, 2) if wrapped else None,
        peak_mebibytes=round(total.peak_mebibytes),
    )


@contextmanager
def _processes(dsn: str) -> Iterator[Callable[[str, Task], Turn]]:
    """One process a stage, each alive over all turns; memory and Postgres are watched from here."""
    pools = {stage: ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn")) for stage in STAGES}
    pids = {stage: pool.submit(os.getpid).result() for stage, pool in pools.items()}
    server = postgres_of(dsn)

    def submit(stage: str, task: Task) -> Turn:
        before = server_cpu_seconds(server)
        with peak_memory(pids[stage]) as peak:
            turn = pools[stage].submit(measure, stage, task).result()
        of_postgres = server_cpu_seconds(server) - before
        return Turn(turn.pages, turn.seconds, turn.cpu_seconds, of_postgres, peak())

    try:
        yield submit
    finally:
        for pool in pools.values():
            pool.shutdown()


def _cpu_seconds() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in used)


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--pages", "count", default=600, show_default=True, help="How many pages.")
@click.option("--sites", default=12, show_default=True, help="On how many sites, each with a template of its own.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line of the tables.")
def main(count: int, sites: int, as_json: bool) -> None:
    """Measure and print: what a page costs, then what is paid once a process and once a batch."""
    results = run(count, sites)
    once = [measured() for measured in FIXED]
    if as_json:
        for line in (*results, *once):
            print_json(asdict(line))
        return
    columns = (
        "",
        "pages",
        "pages/s",
        "time ratio",
        "CPU ms/page",
        "CPU ratio",
        "Postgres ms",
        "of wrapped",
        "peak MiB",
    )
    print_table(columns, [tuple(asdict(result).values()) for result in results])
    print_table(("paid once", "CPU ms"), [tuple(asdict(one).values()) for one in once])


if __name__ == "__main__":
    main()
