"""Push to row in a running stack: how long one article takes, and how many runs a burst of a thousand needs.

Starts a stack as `make run` does, in a folder of its own, unless --home names one that runs already.
"""

from __future__ import annotations

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
import httpx
import psycopg2
from farm import GeneratedPage, pages
from psycopg2.extensions import make_dsn
from serve import serving_farm

from copydesk.cli.output import print_json, print_table
from copydesk.database import connect, transaction
from copydesk.push import sources
from copydesk.push.signing import sign
from copydesk.stack.home import Home

START_SECONDS = 600
ROW_SECONDS = 120
BURST_SECONDS = 1800
LOOK_SECONDS = 0.05
SETTLE_SECONDS = 2.0  # the run that made a row has an end of its own to come to
BURST_REQUESTS = 50
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


@click.command()
@click.option("--home", type=click.Path(path_type=Path), help="The home of a stack that runs already.")
@click.option("--pushes", default=30, show_default=True)
@click.option("--burst", default=1000, show_default=True, help="URLs pushed at once; 0 for none.")
@click.option("--sites", default=50, show_default=True)
@click.option("--json", "as_json", is_flag=True)
def main(home: Path | None, pushes: int, burst: int, sites: int, *, as_json: bool) -> None:
    """Print p50 and p95 of push to row, and what became of a burst."""
    results: list[Latency | Burst] = []
    with _stack(home) as running, _partner(running) as secret:
        if pushes:
            results.append(_latency(running, secret, pages(pushes, sites)))
        if burst:
            results.append(_burst(running, secret, pages(burst, sites)))
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
            start = time.monotonic()
            _push(running, secret, [url])
            _wait_for_row(running, url)
            seconds.append(time.monotonic() - start)
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


def _urls(generated: Sequence[GeneratedPage], feeds: Sequence[str]) -> list[str]:
    """The pages' URLs; no URL twice in a stack's life, since ports are reused."""
    bases = dict(zip(sorted({page.site for page in generated}), feeds, strict=True))
    unique = time.time_ns()
    return [f"{bases[page.site].removesuffix('/feed/0')}{page.path}?bench={unique}" for page in generated]


def _push(running: Running, secret: str, urls: Sequence[str]) -> None:
    body = json.dumps({"urls": list(urls)}).encode()
    stamp = int(time.time())
    headers = {
        "content-type": "application/json",
        "x-copydesk-timestamp": str(stamp),
        "x-copydesk-signature": sign(secret, stamp, body),
    }
    response = httpx.post(f"{running.address}/copydesk/push/{SOURCE}", content=body, headers=headers, timeout=60)
    if response.status_code != httpx.codes.ACCEPTED:
        raise click.ClickException(f"the push was not accepted: {response.status_code} {response.text}")


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
    with psycopg2.connect(make_dsn(running.dsn, dbname="airflow")) as connection, connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM dag_run WHERE dag_id = 'ingest_articles' AND queued_at >= %s", (instant,))
        runs: int = cursor.fetchone()[0]
    connection.close()
    return runs


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
