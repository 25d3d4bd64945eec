"""Pages a second of trafilatura, of copydesk's extraction and cleaning, and of the whole job, over the same pages.

All are measured in turns in one run, each in a process of its own, so that a busy machine slows all alike: read the
ratios.
"""

from __future__ import annotations

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
from serve import serving_farm
from server import migrated_database

from copydesk.cli.output import print_json, print_table
from copydesk.models import Page
from copydesk.settings import Settings

if TYPE_CHECKING:
    from copydesk.profiles.known import Known

TURNS = 5
LESSONS = 5  # pages a site in the first turn, which warms each process and is not counted
Stage = Callable[[Sequence[GeneratedPage], Sequence[str], str], None]


_profiles: dict[int, Known] = {}  # of the process that measures with them, by site


@dataclass(frozen=True, slots=True)
class Turn:
    """What one turn cost: wall and processor seconds, and the process's peak memory so far."""

    pages: int
    seconds: float
    cpu_seconds: float
    peak_mebibytes: float


@dataclass(frozen=True, slots=True)
class Result:
    """One line of the table. The ratios are a page's time and processor time, of what trafilatura takes."""

    what: str
    pages: int
    pages_per_second: float
    ratio: float
    cpu_milliseconds_a_page: float
    cpu_ratio: float
    peak_mebibytes: float


def trafilatura_alone(turn: Sequence[GeneratedPage], feeds: Sequence[str], dsn: str) -> None:
    """trafilatura as it comes: text and metadata."""
    from trafilatura import bare_extraction  # noqa: PLC0415 - its memory counts only where it is measured

    for page in turn:
        bare_extraction(page.html, with_metadata=True)


def extract_and_clean(turn: Sequence[GeneratedPage], feeds: Sequence[str], dsn: str) -> None:
    """copydesk from bytes to clean blocks, with metadata and the ledger, of sites that it does not know."""
    from copydesk.clean import clean  # noqa: PLC0415 - as above
    from copydesk.extract import extract  # noqa: PLC0415

    for page in turn:
        clean(extract(_fetched(page)))


def with_profiles(turn: Sequence[GeneratedPage], feeds: Sequence[str], dsn: str) -> None:
    """The same with what was learned of each site from its pages of the first turn, which is not counted."""
    from copydesk.clean import clean  # noqa: PLC0415 - as above
    from copydesk.profiles.known import take  # noqa: PLC0415

    known = _profiles or _learn(turn)
    for page in turn:
        clean(take(_fetched(page), None, known.get(page.site)).extract)


def _learn(turn: Sequence[GeneratedPage]) -> Mapping[int, Known]:
    from copydesk.profiles.known import Known  # noqa: PLC0415 - as above
    from copydesk.profiles.relearn import judge  # noqa: PLC0415

    for site in {page.site for page in turn}:
        pages_of_site = [_fetched(page) for page in turn if page.site == site]
        profile, decision = judge(f"site{site}.example", pages_of_site, None)
        if decision.accepted:
            _profiles[site] = Known(profile.domain, 1, profile.to_json())
    assert _profiles, "no site could be learned"
    return _profiles


def _fetched(page: GeneratedPage) -> Page:
    url = f"http://site{page.site}.example{page.path}"
    return Page(url, url, 200, {}, page.html, datetime.now(UTC), sha256(page.html).digest())


def whole_job(turn: Sequence[GeneratedPage], feeds: Sequence[str], dsn: str) -> None:
    """From the feeds over HTTP to committed rows, in a process as warm as a worker, with no pause between requests."""
    from copydesk.ingest import ingest  # noqa: PLC0415 - as above
    from copydesk.pipeline.make import warm  # noqa: PLC0415

    warm()
    done = ingest(_settings(dsn), feeds, say=lambda _: None)
    loaded = sum(tally.loaded for tally in done.tallies)
    assert loaded >= 0.95 * len(turn), f"only {loaded} of {len(turn)} pages became rows"


def _settings(dsn: str) -> Settings:
    allowed = (ip_network("127.0.0.0/8"),)
    return Settings(dsn, Path(gettempdir()), "copydesk-benchmark/1", allowed, pause_seconds=0.0, data_docs=None)


STAGES: dict[str, Stage] = {
    "trafilatura alone": trafilatura_alone,
    "extract + clean": extract_and_clean,
    "with site profiles": with_profiles,
    "whole job": whole_job,
}


def measure(stage: str, turn: Sequence[GeneratedPage], feeds: Sequence[str], dsn: str) -> Turn:
    """Run a stage over a turn's pages, in the process that this is called in."""
    before, started = _cpu_seconds(), time.perf_counter()
    STAGES[stage](turn, feeds, dsn)
    seconds = time.perf_counter() - started
    peak = max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN))
    return Turn(len(turn), seconds, _cpu_seconds() - before, peak / 1024)


def run(count: int, sites: int) -> list[Result]:
    """All stages over `count` pages of `sites` sites."""
    lessons = LESSONS * sites
    generated = pages(count + lessons, sites)
    turns = [generated[:lessons], *(generated[lessons + start :: TURNS] for start in range(TURNS))]
    taken: dict[str, list[Turn]] = {stage: [] for stage in STAGES}
    with migrated_database() as dsn, serving_farm(turns) as feeds, _processes() as submit:
        for turn, of_turn in zip(turns, feeds, strict=True):
            for stage in STAGES:
                taken[stage].append(submit(stage, turn, of_turn, dsn))
    return _results({stage: stage_turns[1:] for stage, stage_turns in taken.items()})


def _results(taken: dict[str, list[Turn]]) -> list[Result]:
    base = _total(taken["trafilatura alone"])
    return [_result(stage, _total(turns), base) for stage, turns in taken.items()]


def _total(turns: Sequence[Turn]) -> Turn:
    return Turn(
        sum(turn.pages for turn in turns),
        sum(turn.seconds for turn in turns),
        sum(turn.cpu_seconds for turn in turns),
        max(turn.peak_mebibytes for turn in turns),
    )


def _result(stage: str, total: Turn, base: Turn) -> Result:
    return Result(
        what=stage,
        pages=total.pages,
        pages_per_second=round(total.pages / total.seconds, 1),
        ratio=round(total.seconds / base.seconds, 2),
        cpu_milliseconds_a_page=round(1000 * total.cpu_seconds / total.pages, 1),
        cpu_ratio=round(total.cpu_seconds / base.cpu_seconds, 2),
        peak_mebibytes=round(total.peak_mebibytes),
    )


@contextmanager
def _processes() -> Iterator[Callable[[str, Sequence[GeneratedPage], Sequence[str], str], Turn]]:
    """One process a stage, each alive over all turns."""
    pools = {stage: ProcessPoolExecutor(max_workers=1, mp_context=get_context("spawn")) for stage in STAGES}
    try:
        yield lambda stage, turn, feeds, dsn: pools[stage].submit(measure, stage, turn, feeds, dsn).result()
    finally:
        for pool in pools.values():
            pool.shutdown()


def _cpu_seconds() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in used)


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--pages", "count", default=600, show_default=True, help="How many pages.")
@click.option("--sites", default=12, show_default=True, help="On how many sites, each with a template of its own.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line of the table.")
def main(count: int, sites: int, as_json: bool) -> None:
    """Measure and print."""
    results = run(count, sites)
    if as_json:
        for result in results:
            print_json(asdict(result))
    else:
        columns = ("", "pages", "pages/s", "time ratio", "CPU ms/page", "CPU ratio", "peak MiB")
        print_table(columns, [tuple(asdict(result).values()) for result in results])


if __name__ == "__main__":
    main()
