"""The proof of the pace: many hosts, several workers, one of them killed; what every host saw, and what was granted.

A host's own log proves the pause of hosts that take one request at a time: the next turn is granted a pause after the
answer was read, so no delay of server or scheduler can make the gap in its log smaller. With several requests at a time
the pause is between beginnings, which such delays blur; there the grants in the database are what is held to it.
"""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from itertools import pairwise
from pathlib import Path
from typing import Any

import click

from benchmarks.pace_farm import RETRY_AFTER_SECONDS, Farm, Host, largest_concurrency, serving
from benchmarks.server import migrated_database
from copydesk import frontier, sites
from copydesk.cli.output import print_json, print_table
from copydesk.database import Connection, connect, transaction
from copydesk.models import Entry
from granted import granted, log_turns

GENERAL_PAUSE_SECONDS = 0.4
STEP_SECONDS = 3.0
LEASE_SECONDS = 9.0
TURN_SECONDS = 5.0
REFUSALS = (429, 503)
TESTS = Path(__file__).parents[1]
# Clocks are read in microseconds, and the server's may be set back a little while it runs.
CLOCK_SECONDS = 0.005


@dataclass(frozen=True, slots=True)
class Kind:
    """What hosts of one kind saw. `smallest_gap` is from an answer to the next request; for hosts that take several at
    a time, from grant to grant."""

    kind: str
    hosts: int
    requests: int
    pause: float
    smallest_gap: float
    concurrency: int
    largest_concurrency: int


@dataclass(frozen=True, slots=True)
class Proof:
    """What came of a run; `violations` are sentences, none if the pace was kept."""

    kinds: tuple[Kind, ...]
    seconds: float
    urls: int
    ended: dict[str, int]
    left_by_the_killed: int
    taken_over: int
    refusals: int
    violations: tuple[str, ...]


def prove(dsn: str, hosts: int, workers: int, *, kill: bool, patience: float) -> Proof:
    """Let `workers` work on a farm of `hosts`, one of them killed after a third of the pages; `dsn` is the owner's."""
    log_turns(dsn)
    with serving(hosts) as farm, connect(dsn) as connection:
        urls = _list(connection, farm)
        begun = time.monotonic()
        with _working(dsn, workers) as processes:
            held = _kill_one(connection, farm, processes, urls // 3) if kill else ()
            _wait(processes, begun + patience)
        seconds = time.monotonic() - begun
        grants = granted(dsn, TURN_SECONDS)
        return Proof(
            kinds=tuple(_kinds(farm, grants)),
            seconds=round(seconds, 1),
            urls=urls,
            ended=_outcomes(connection),
            left_by_the_killed=len(held),
            taken_over=_loaded(connection, held),
            refusals=sum(one.status in REFUSALS for host in farm.hosts for one in host.asked),
            violations=tuple(each for host in farm.hosts for each in _violations(host, grants[host.domain])),
        )


def _list(connection: Connection, farm: Farm) -> int:
    """Put every host's pages into the frontier, and what operators set; how many URLs that are."""
    now = datetime.now(UTC)
    entries = [Entry(url, url, host.domain) for host in farm.hosts for url in host.urls()]
    with transaction(connection):
        frontier.add(connection, entries, now)
        for host in farm.hosts:
            wanted = sites.Wanted(host.operator_pause, host.concurrency if host.concurrency > 1 else None)
            sites.put(connection, host.domain, wanted, now)
    return len(entries)


@contextmanager
def _working(dsn: str, workers: int) -> Iterator[list[subprocess.Popen[bytes]]]:
    environment = {
        **os.environ,
        "PYTHONPATH": os.pathsep.join([str(TESTS), os.environ.get("PYTHONPATH", "")]),
        "COPYDESK_DATABASE": dsn,
        "COPYDESK_ALLOW_NETWORKS": "127.0.0.0/8",
        "COPYDESK_PAUSE_SECONDS": str(GENERAL_PAUSE_SECONDS),
    }
    command = [sys.executable, "-m", "benchmarks.pace_worker", *map(str, (STEP_SECONDS, LEASE_SECONDS, TURN_SECONDS))]
    with ExitStack() as stack:
        processes = [stack.enter_context(subprocess.Popen(command, env=environment)) for _ in range(workers)]
        try:
            yield processes
        finally:
            for process in processes:
                process.kill()


def _kill_one(
    connection: Connection, farm: Farm, processes: Sequence[subprocess.Popen[bytes]], after: int
) -> tuple[int, ...]:
    """Kill a worker that is fetching, once `after` requests were made; the entries that it leaves behind."""
    while sum(len(host.asked) for host in farm.hosts) < after:
        time.sleep(0.02)
    while any(process.poll() is None for process in processes):
        for victim in processes:
            if _held(connection, victim.pid) and (held := _killed_with(connection, victim)):
                return held
    raise AssertionError("everything ended before a worker could be killed")


def _killed_with(connection: Connection, victim: subprocess.Popen[bytes]) -> tuple[int, ...]:
    """Kill a worker unless it has just let go of everything; what it held. It is stopped first, so that it holds on."""
    victim.send_signal(signal.SIGSTOP)
    time.sleep(0.1)  # what it had sent to the database is done by then
    held = _held(connection, victim.pid)
    victim.send_signal(signal.SIGKILL if held else signal.SIGCONT)
    if held:
        victim.wait()
    return held


def _wait(processes: Sequence[subprocess.Popen[bytes]], deadline: float) -> None:
    """Until every worker has ended; those that were not killed end well, as nothing is left to do."""
    for process in processes:
        code = process.wait(max(deadline - time.monotonic(), 0.1))
        assert code in (0, -signal.SIGKILL), f"a worker ended with {code}"


def _held(connection: Connection, pid: int) -> tuple[int, ...]:
    text = """
        SELECT entry_id FROM ingest.entries INNER JOIN ingest.batches USING (batch_id)
        WHERE stage = 'claimed' AND starts_with(holder, %s)
    """
    return tuple(entry_id for (entry_id,) in _rows(connection, text, f"{pid}/"))


def _loaded(connection: Connection, entry_ids: Sequence[int]) -> int:
    text = "SELECT count(*) FROM ingest.entries WHERE entry_id = any(%s) AND outcome = 'loaded'"
    [(count,)] = _rows(connection, text, list(entry_ids))
    return count


def _outcomes(connection: Connection) -> dict[str, int]:
    return dict(_rows(connection, "SELECT coalesce(outcome, stage), count(*) FROM ingest.entries GROUP BY 1"))


def _rows(connection: Connection, text: str, *values: object) -> list[tuple[Any, ...]]:
    with transaction(connection), connection.cursor() as cursor:
        cursor.execute(text, values or None)
        return cursor.fetchall()


def _kinds(farm: Farm, grants: Mapping[str, Sequence[datetime]]) -> Iterator[Kind]:
    """One row a kind of hosts."""
    names = {_kind(host): None for host in farm.hosts}
    for name in names:
        hosts = [host for host in farm.hosts if _kind(host) == name]
        gaps = [gap for host in hosts for gap in (_granted_gaps if host.concurrency > 1 else _gaps)(host, grants)]
        yield Kind(
            kind=name,
            hosts=len(hosts),
            requests=sum(len(host.asked) for host in hosts),
            pause=hosts[0].pause(GENERAL_PAUSE_SECONDS),
            smallest_gap=round(min(gaps), 3),
            concurrency=hosts[0].concurrency,
            largest_concurrency=max(largest_concurrency(host.asked) for host in hosts),
        )


def _kind(host: Host) -> str:
    named = {
        "robots.txt with a crawl-delay": host.crawl_delay,
        "an operator's own pause": host.operator_pause,
        "an operator's concurrency": host.concurrency > 1,
        "a page that drops the connection at first": host.drops,
        "a page that answers 429 at first": host.refusal == REFUSALS[0],
        "a page that answers 503 at first": host.refusal == REFUSALS[1],
    }
    return next((name for name, is_so in named.items() if is_so), "any other")


def _gaps(host: Host, _: Mapping[str, Sequence[datetime]]) -> Iterator[float]:
    """Seconds from each answer to the next request, as the host saw them."""
    for earlier, later in pairwise(sorted(host.asked, key=lambda one: one.came)):
        yield later.came - earlier.done


def _granted_gaps(host: Host, grants: Mapping[str, Sequence[datetime]]) -> Iterator[float]:
    """Seconds from each turn that was granted to the next one."""
    for earlier, later in pairwise(grants[host.domain]):
        yield (later - earlier).total_seconds()


def _violations(host: Host, grants: Sequence[datetime]) -> Iterator[str]:
    """What the host could complain of."""
    pause = host.pause(GENERAL_PAUSE_SECONDS)
    gaps = _granted_gaps(host, {host.domain: grants}) if host.concurrency > 1 else _gaps(host, {})
    for gap in gaps:
        if gap < pause - CLOCK_SECONDS:
            yield f"{host.domain} was asked again after {gap:.3f} s instead of {pause:g}"
    if (most := largest_concurrency(host.asked)) > host.concurrency:
        yield f"{host.domain} was asked {most} things at a time instead of {host.concurrency}"
    if len(grants) < len(host.asked):
        yield f"{host.domain} was asked {len(host.asked)} times and only {len(grants)} turns were granted"
    for refusal in (one for one in host.asked if one.status in REFUSALS):
        until = refusal.done + RETRY_AFTER_SECONDS - CLOCK_SECONDS
        if early := [one.path for one in host.asked if refusal.done < one.came < until]:
            yield f"{host.domain} was asked for {early} though it had asked for {RETRY_AFTER_SECONDS} s of rest"


@click.command(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("--hosts", default=200, show_default=True)
@click.option("--workers", default=4, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="One JSON object.")
def main(hosts: int, workers: int, *, as_json: bool) -> None:
    """Run the proof with one worker killed by `kill -9`, and print it. Exit code 1 if it fails."""
    with migrated_database() as dsn:
        proof = prove(dsn, hosts, workers, kill=True, patience=900)
    if as_json:
        print_json(asdict(proof))
    else:
        _print(proof, hosts, workers)
    sys.exit(0 if holds(proof) else 1)


def holds(proof: Proof) -> bool:
    """Whether the pace was kept and everything ended."""
    return not proof.violations and proof.ended == {"loaded": proof.urls} and proof.taken_over > 0


def _print(proof: Proof, hosts: int, workers: int) -> None:
    columns = ("hosts with", "hosts", "requests", "pause", "smallest gap", "at a time", "most at a time")
    print_table(columns, [tuple(asdict(kind).values()) for kind in proof.kinds])
    requests = sum(kind.requests for kind in proof.kinds)
    ended = ", ".join(f"{count:,} {outcome}" for outcome, count in proof.ended.items())
    lines = (
        f"{requests:,} requests of {workers} workers to {hosts} hosts in {proof.seconds:.0f} s, robots.txt included",
        f"{proof.urls:,} URLs ended: {ended}",
        f"a worker was killed with {proof.left_by_the_killed} entries; others loaded {proof.taken_over} of them",
        f"{proof.refusals} answers 429 and 503: each host was left alone for the {RETRY_AFTER_SECONDS} s it asked for"
        if proof.refusals
        else "",
        *proof.violations,
        "the pace was kept" if holds(proof) else "the proof FAILED",
    )
    click.echo("\n" + "\n".join(line for line in lines if line))


if __name__ == "__main__":
    main()
