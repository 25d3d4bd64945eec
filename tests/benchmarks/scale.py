"""What an article costs when 10^4, 10^5, 10^6 are stored already: adding, claiming, and loading in batches of 200."""

from __future__ import annotations

import itertools
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import click
import psycopg2
from farm import GeneratedPage, pages
from psycopg2.extensions import ISOLATION_LEVEL_AUTOCOMMIT
from server import migrated_database

from copydesk import frontier
from copydesk.cli.output import print_json, print_table
from copydesk.database import Connection, connect, transaction
from copydesk.drafts import store_drafts
from copydesk.frontier.claims import advance
from copydesk.load import load
from copydesk.models import Article, Attribution, Block, Candidate, Entry, Metadata

BATCH = 200
SITES = 20
FILL_STEP = 50_000
FILL = (Path(__file__).parent / "fill.sql").read_text(encoding="utf-8")


@dataclass(frozen=True, slots=True)
class Cost:
    """Median milliseconds an article of each step, with `stored` articles in the tables."""

    stored: int
    add: float
    claim: float
    load: float
    whole: float
    ratio: float


def run(sizes: Sequence[int], rounds: int) -> list[Cost]:
    """The cost at each size, one line a size; `ratio` is to the first line."""
    generated = pages(BATCH, SITES)
    numbers = itertools.count()
    costs: list[Cost] = []
    with migrated_database() as dsn, connect(dsn) as connection:
        for before, size in itertools.pairwise([0, *sizes]):
            _fill(dsn, before, size)
            taken = [_round(connection, generated, next(numbers)) for _ in range(rounds + 1)][1:]
            add, claim, loaded = (statistics.median(step) * 1000 / BATCH for step in zip(*taken, strict=True))
            whole = add + claim + loaded
            costs.append(Cost(size, add, claim, loaded, whole, whole / costs[0].whole if costs else 1.0))
    return costs


def _round(connection: Connection, generated: Sequence[GeneratedPage], number: int) -> tuple[float, float, float]:
    """Seconds of adding, claiming and loading one batch of articles that are new."""
    now = datetime.now(UTC)
    listed = [_entry(page, number) for page in generated]
    with _timed() as add, transaction(connection):
        frontier.add(connection, listed, now)
    with _timed() as claim, transaction(connection):
        batch = frontier.claim(connection, now + timedelta(seconds=1), limit=BATCH, per_domain=BATCH)
    assert batch is not None
    assert len(batch.entries) == BATCH
    with transaction(connection):
        by_path = {f"{page.site}{page.path}": page for page in generated}
        store_drafts(connection, [_candidate(entry, by_path[entry.guid or ""]) for entry in batch.entries], now)
        advance(connection, batch.batch_id, [entry.entry_id or 0 for entry in batch.entries], "accepted")
        frontier.free_sites(connection, batch.batch_id)
    with _timed() as loading, transaction(connection):
        loaded = load(connection, batch.batch_id, now)
    assert len(loaded) == BATCH
    return add(), claim(), loading()


def _entry(page: GeneratedPage, number: int) -> Entry:
    domain = f"site{page.site}.example"
    url = f"https://{domain}/{number}{page.path}"
    return Entry(url, url, domain, guid=f"{page.site}{page.path}", title=page.title, published_at=page.published_at)


def _candidate(entry: Entry, page: GeneratedPage) -> Candidate:
    blocks = tuple(Block(position, line) for position, line in enumerate(page.lines))
    article = Article(entry.url, Metadata(title=page.title, language="en"), blocks, (), "trafilatura")
    attribution = Attribution(None, entry.domain, "none", None, 0.0)
    return Candidate(entry.entry_id or 0, entry.domain, article, attribution, None)


def _fill(dsn: str, before: int, size: int) -> None:
    connection = psycopg2.connect(dsn)
    connection.set_isolation_level(ISOLATION_LEVEL_AUTOCOMMIT)
    with connection.cursor() as cursor:
        for first in range(before, size, FILL_STEP):
            cursor.execute(FILL, {"first": first, "last": min(first + FILL_STEP, size) - 1})
        cursor.execute("VACUUM ANALYZE")
        cursor.execute("CHECKPOINT")
    connection.close()


@contextmanager
def _timed() -> Iterator[Callable[[], float]]:
    """Yields a function that tells, afterwards, how many seconds it took."""
    started = ended = time.perf_counter()
    try:
        yield lambda: ended - started
    finally:
        ended = time.perf_counter()


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--sizes", default="10000,100000,1000000", show_default=True, help="Stored articles to measure at.")
@click.option("--rounds", default=15, show_default=True, help="Batches at each size.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line of the table.")
def main(sizes: str, rounds: int, as_json: bool) -> None:
    """Measure and print."""
    costs = run([int(size) for size in sizes.split(",")], rounds)
    if as_json:
        for cost in costs:
            print_json(asdict(cost))
    else:
        columns = ("stored", "add ms", "claim ms", "load ms", "all ms an article", "of the first")
        print_table(columns, [(cost.stored, *(round(x, 3) for x in list(asdict(cost).values())[1:])) for cost in costs])


if __name__ == "__main__":
    main()
