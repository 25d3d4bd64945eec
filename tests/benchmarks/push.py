"""Push to row in a running stack: how long one article takes, how many runs a burst of a thousand needs, and what a
flood of hostile requests does to it.

Starts a stack as `make run` does, in a folder of its own, unless --home names one that runs already.
"""

from __future__ import annotations

import asyncio
import json
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path

import click
import flood as flooding
import httpx
from farm import GeneratedPage, pages
from psycopg2.extensions import make_dsn
from serve import serving_farm

from copydesk.cli.output import print_json, print_table
from copydesk.database import connect, transaction
from copydesk.push import sources
from copydesk.stack.home import Home

START_SECONDS = 600
ROW_SECONDS = 120
BURST_SECONDS = 1800
LOOK_SECONDS = 0.05
SETTLE_SECONDS = 2.0  # the run that made a row has an end of its own to come to
BURST_REQUESTS = 50
FLOOD_RATE = 1000.0
HONEST_PUSHES = 6
FAILED_TASKS = "SELECT count(*) FROM task_instance WHERE state IN ('failed', 'up_for_retry') AND start_date >= %s"
SOURCE = f"bench-{time.time_ns()}"


@dataclass(frozen=True, slots=True)
class Running:
    """A stack that is up: where its api-server is, and its database as the owner."""

    address: str
    dsn: str


@dataclass(frozen=True, slots=True)
class Latency:
    """Seconds from the push's request to the committed row, over `pushes` single pushes."""

    pushes: int
    p50: float
    p95: float
    worst: float
    runs: int


@dataclass(frozen=True, slots=True)
class Burst:
    """`urls` pushed at once: seconds until all had ended, how they did, and the runs of ingest_articles for it."""

    urls: int
    sites: int
    accepted_after: float
    done_after: float
    outcomes: dict[str, int]
    runs: int


@dataclass(frozen=True, slots=True)
class Flood:
    """Hostile requests: how many were answered how, counted in the books, and became entries; and what became of the
    honest pushes meanwhile (seconds to their rows, the median; failed tasks of all DAGs)."""

    sent: int
    per_second: float
    answers: dict[str, int]
    counted: int
    entries: int
    honest_pushes: int
    honest_p50: float
    failed_tasks: int


@click.command()
@click.option("--home", type=click.Path(path_type=Path), help="The home of a stack that runs already.")
@click.option("--pushes", default=30, show_default=True)
@click.option("--burst", default=1000, show_default=True, help="URLs pushed at once; 0 for none.")
@click.option("--sites", default=50, show_default=True)
@click.option("--flood", default=10, show_default=True, help="Seconds of hostile requests; 0 for none.")
@click.option("--json", "as_json", is_flag=True)
def main(home: Path | None, pushes: int, burst: int, sites: int, flood: int, *, as_json: bool) -> None:
    """Print p50 and p95 of push to row, what became of a burst, and what a flood did."""
    results: list[Latency | Burst | Flood] = []
    with _stack(home) as running, _partner(running) as secret:
        if pushes:
            results.append(_latency(running, secret, pages(pushes, sites)))
        if burst:
            results.append(_burst(running, secret, pages(burst, sites)))
        if flood:
            results.append(_flood(running, secret, pages(HONEST_PUSHES, HONEST_PUSHES), flood))
    for result in results:
        if as_json:
            print_json(asdict(result))
        else:
            print_table(list(asdict(result)), [list(asdict(result).values())])


def _latency(running: Running, secret: str, generated: Sequence[GeneratedPage]) -> Latency:
    seconds = []
    began = datetime.now(UTC)
    with serving_farm([generated]) as [feeds]:
        for url in _urls(generated, feeds):
            seconds.append(_seconds_to_row(running, secret, url))
            time.sleep(SETTLE_SECONDS)
        runs = _runs_since(running, began)
    ordered = sorted(seconds)
    p95 = ordered[max(0, round(len(ordered) * 0.95) - 1)]
    return Latency(len(seconds), round(statistics.median(seconds), 2), round(p95, 2), round(ordered[-1], 2), runs)


def _burst(running: Running, secret: str, generated: Sequence[GeneratedPage]) -> Burst:
    with serving_farm([generated]) as [feeds]:
        urls = _urls(generated, feeds)
        began, start = datetime.now(UTC), time.monotonic()
        each = max(1, len(urls) // BURST_REQUESTS)
        parts = [urls[at : at + each] for at in range(0, len(urls), each)]
        with ThreadPoolExecutor(8) as pool:
            list(pool.map(lambda part: _push(running, secret, part), parts))
        accepted = time.monotonic() - start
        outcomes = _wait_for_all(running, urls)
        done = time.monotonic() - start
    return Burst(len(urls), len(feeds), round(accepted, 2), round(done, 1), outcomes, _runs_since(running, began))


def _flood(running: Running, secret: str, generated: Sequence[GeneratedPage], seconds: int) -> Flood:
    began, known, path = datetime.now(UTC), _refusals(running), f"/copydesk/push/{SOURCE}"
    with serving_farm([generated]) as [feeds], ThreadPoolExecutor(1 + HONEST_PUSHES) as pool:
        first, *urls = _urls(generated, feeds)
        target = flooding.Target(running.address, path, secret, _push(running, secret, [first]))
        flooded = pool.submit(lambda: asyncio.run(flooding.flood(target, FLOOD_RATE, seconds)))
        time.sleep(1)
        latencies = list(pool.map(lambda url: _seconds_to_row(running, secret, url), urls))
        tally = flooded.result()
    time.sleep(SETTLE_SECONDS)
    return Flood(
        sent=tally.sent,
        per_second=round(tally.sent / tally.seconds, 1),
        answers=dict(sorted(tally.answers.items())),
        counted=_refusals(running) - known,
        entries=_value(running.dsn, "SELECT count(*) FROM ingest.entries WHERE url LIKE 'https://flood.%'"),
        honest_pushes=len(latencies),
        honest_p50=round(statistics.median(latencies), 2),
        failed_tasks=_value(make_dsn(running.dsn, dbname="airflow"), FAILED_TASKS, began),
    )


def _refusals(running: Running) -> int:
    return _value(running.dsn, "SELECT coalesce(sum(count), 0)::integer FROM news.push_refusals")


def _value(dsn: str, statement: str, *parameters: object) -> int:
    with connect(dsn) as connection, connection.cursor() as cursor:
        cursor.execute(statement, parameters or None)
        value: int = cursor.fetchone()[0]
        return value


def _seconds_to_row(running: Running, secret: str, url: str) -> float:
    start = time.monotonic()
    _push(running, secret, [url])
    _wait_for_row(running, url)
    return time.monotonic() - start


def _urls(generated: Sequence[GeneratedPage], feeds: Sequence[str]) -> list[str]:
    """The pages' URLs; no URL twice in a stack's life, since ports are reused."""
    bases = dict(zip(sorted({page.site for page in generated}), feeds, strict=True))
    unique = time.time_ns()
    return [f"{bases[page.site].removesuffix('/feed/0')}{page.path}?bench={unique}" for page in generated]


def _push(running: Running, secret: str, urls: Sequence[str]) -> tuple[flooding.Headers, bytes]:
    """Push some URLs; the request that was accepted."""
    body = json.dumps({"urls": list(urls)}).encode()
    headers = flooding.signed(secret, body, int(time.time()))
    response = httpx.post(f"{running.address}/copydesk/push/{SOURCE}", content=body, headers=headers, timeout=60)
    if response.status_code != httpx.codes.ACCEPTED:
        raise click.ClickException(f"the push was not accepted: {response.status_code} {response.text}")
    return headers, body


def _wait_for_row(running: Running, url: str) -> None:
    deadline = time.monotonic() + ROW_SECONDS
    with connect(running.dsn) as connection, connection.cursor() as cursor:
        connection.autocommit = True
        while time.monotonic() < deadline:
            cursor.execute("SELECT FROM news.articles WHERE url = %s", (url,))
            if cursor.fetchone() is not None:
                return
            time.sleep(LOOK_SECONDS)
        cursor.execute("SELECT stage, outcome, reason, detail FROM ingest.entries WHERE canonical_url = %s", (url,))
        raise click.ClickException(f"{url} is no row after {ROW_SECONDS} s: {cursor.fetchone()}")


def _wait_for_all(running: Running, urls: Sequence[str]) -> dict[str, int]:
    deadline = time.monotonic() + BURST_SECONDS
    with connect(running.dsn) as connection, connection.cursor() as cursor:
        connection.autocommit = True
        while True:
            cursor.execute(
                "SELECT coalesce(outcome, 'unfinished') FROM ingest.entries WHERE canonical_url = any(%s)",
                (list(urls),),
            )
            outcomes = Counter(outcome for (outcome,) in cursor.fetchall())
            if outcomes["unfinished"] == 0 or time.monotonic() > deadline:
                return {outcome: count for outcome, count in outcomes.items() if count}
            time.sleep(1)


def _runs_since(running: Running, instant: datetime) -> int:
    runs = "SELECT count(*) FROM dag_run WHERE dag_id = 'ingest_articles' AND queued_at >= %s"
    return _value(make_dsn(running.dsn, dbname="airflow"), runs, instant)


@contextmanager
def _partner(running: Running) -> Iterator[str]:
    with connect(running.dsn) as connection:
        with transaction(connection):
            secret = sources.add(connection, SOURCE, [], datetime.now(UTC))
        try:
            yield secret
        finally:
            with transaction(connection):
                sources.remove(connection, SOURCE)


@contextmanager
def _stack(home: Path | None) -> Iterator[Running]:
    if home is not None:
        yield _read_ready(home)
        return
    with tempfile.TemporaryDirectory(prefix="copydesk-bench-") as folder:
        command = [str(Path(sys.executable).with_name("copydesk")), "run", "--home", folder]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as stack:
            try:
                _wait_until_up(stack)
                yield _read_ready(Path(folder))
            finally:
                stack.send_signal(signal.SIGINT)
                stack.communicate()


def _wait_until_up(stack: subprocess.Popen[str]) -> None:
    for line in stack.stdout or ():
        click.echo(line.rstrip(), err=True)
        if line.startswith("Ctrl-C"):
            return
    raise click.ClickException("the stack did not come up")


def _read_ready(home: Path) -> Running:
    ready = json.loads(Home(home).ready.read_text(encoding="utf-8"))
    return Running(ready["ui"], ready["database"])


if __name__ == "__main__":
    main()
