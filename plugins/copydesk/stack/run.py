"""`copydesk run`: bring the stack up, let the DAGs ingest, say what came of it, stay until told to stop."""

from __future__ import annotations

import json
import os
import shutil
import signal
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from shlex import quote
from types import FrameType

import click

from copydesk.cli.output import print_table
from copydesk.errors import DatabaseError
from copydesk.stack.environment import ADMIN
from copydesk.stack.feeds import declare_feeds, failing_feeds, names_loopback
from copydesk.stack.home import only_one, write_private
from copydesk.stack.ports import Ports
from copydesk.stack.processes import Say, StackError, Supervisor, stop_leftovers
from copydesk.stack.progress import Mark, Progress, SiteSummary, read_mark, read_progress, read_summary
from copydesk.stack.smoke import check_books, check_rows
from copydesk.stack.start import Stack, Wish, start_stack, wait_for_airflow

INGEST_SECONDS = 900
QUIET_SECONDS = 180
PROGRESS_SECONDS = 1.0
TEND_SECONDS = 0.5
EXAMPLE = "SELECT publisher, language, title FROM news.articles"
STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)


def run(wish: Wish) -> None:
    """Run until interrupted. Raises StackError when the stack cannot be brought or kept up."""
    with _up(wish) as (stack, say):
        try:
            ingest(stack, wish, say)
        except StalledError as error:  # the UI shows why, so it stays up
            say(str(error))
        say_goodbye_lines(stack)
        while True:
            stack.supervisor.tend()
            time.sleep(TEND_SECONDS)


def smoke(wish: Wish) -> None:
    """Run the demo once from an empty home and check its rows. Raises StackError when anything is not as it must be."""
    _empty(wish)
    with _up(wish) as (stack, say):
        ingest(stack, wish, say)
        postgres = stack.site.postgres
        say(check_books(postgres.dsn("copydesk", "copydesk_writer"), datetime.now(UTC)))
        say(check_rows(postgres.dsn("copydesk", "copydesk_reader")))
    click.echo("smoke: everything is as it must be")


def ingest(stack: Stack, wish: Wish, say: Say) -> None:
    """Have every feed polled now and each of its articles visited, and wait until nothing is left to do."""
    owner = stack.site.postgres.dsn("copydesk")
    wait_for_airflow(stack)
    mark = read_mark(owner)
    declare_feeds(owner, wish.home, stack.feeds, is_demo=wish.is_demo)
    feeds = f"{len(stack.feeds)} feed" + "s" * (len(stack.feeds) != 1)
    say(f"Airflow is up at {stack.site.address}; asking for {feeds}")
    run_id = stack.api.trigger("poll_feeds", {"revisit": True})
    follow(stack, mark, run_id, say)
    for line in failing_feeds(owner):
        say(f"a feed could not be read: {line}")
    print_summary(read_summary(owner, mark))


def follow(stack: Stack, mark: Mark, run_id: str, say: Say) -> None:
    """Print what changes until the frontier is drained. Raises StackError when nothing moves for too long."""
    watch = _Watch(stack, mark, run_id, say)
    stack.supervisor.wait_for(watch.look, "ingesting", INGEST_SECONDS)


def print_summary(rows: list[SiteSummary]) -> None:
    """A line a publisher, and one for all of them."""
    columns = ("publisher", "loaded", "unchanged", "quarantined", "not usable", "removed blocks")
    cells = [
        (row.publisher, row.loaded, row.unchanged + row.duplicates, row.quarantined, row.unusable, row.removed_blocks)
        for row in rows
    ]
    sums = ("all", *(sum(cell[column] for cell in cells) for column in range(1, len(columns))))  # type: ignore[misc]
    click.echo()
    print_table(columns, [*cells, sums])
    click.echo()


def say_goodbye_lines(stack: Stack) -> None:
    """Where to look and what to try, once everything is up."""
    home = stack.site.home
    password = (
        f"password {stack.site.secrets.admin_password} (shown this once; kept in {home.passwords})"
        if stack.is_new
        else f"password in {home.passwords}"
    )
    psql, program = (quote(_short(str(path))) for path in (home.psql, _program()))
    lines = (
        f"Airflow   {stack.site.address}  user {ADMIN}, {password}",
        f"rows      {psql} -c '{EXAMPLE}'",
        f"commands  COPYDESK_DATABASE='{stack.environment['COPYDESK_DATABASE']}' {program} feeds list",
        f"logs      {home.logs}",
        "Ctrl-C stops everything.",
    )
    click.echo("\n".join(lines))


def _program() -> Path:
    return Path(sys.executable).with_name("copydesk")


class StalledError(StackError):
    """The stack is up, but ingestion does not come to its end."""


class _Watch:
    """Looks at the books now and then, and says what changed since."""

    def __init__(self, stack: Stack, mark: Mark, run_id: str, say: Say) -> None:
        self._stack, self._mark, self._run_id, self._say = stack, mark, run_id, say
        self._last: Progress | None = None
        self._looked = 0.0
        self._moved = time.monotonic()

    def look(self) -> bool:
        """Whether ingestion has come to its end."""
        now = time.monotonic()
        if now - self._looked < PROGRESS_SECONDS:
            return False
        self._looked = now
        try:
            progress = read_progress(self._stack.site.postgres.dsn("copydesk"), self._mark)
        except DatabaseError:
            return False  # Postgres is being started again
        if progress != self._last:
            self._say(progress.line())
            self._last, self._moved = progress, now
        state = self._stack.api.run_state("poll_feeds", self._run_id)
        if state == "failed":
            raise StalledError(f"the run of poll_feeds failed; see {self._stack.site.address}/dags/poll_feeds")
        if now - self._moved > QUIET_SECONDS:
            raise StalledError(
                f"nothing has moved for {QUIET_SECONDS} s; see {self._stack.site.address}/dags/ingest_articles"
            )
        return state == "success" and progress.is_drained


@contextmanager
def _up(wish: Wish) -> Iterator[tuple[Stack, Say]]:
    """A started stack; whatever happens inside, at the end everything that was started is stopped."""
    say = _teller()
    with only_one(wish.home), Ports() as ports:
        if left := stop_leftovers(str(wish.home.root)):
            say(f"stopped {left} processes that an earlier run left behind")
        supervisor = Supervisor(wish.home.logs, wish.home.root, say)
        with _stop_signals():
            try:
                stack = start_stack(wish, supervisor, ports, say, allow_loopback=_may_loop(wish, say))
                _write_ready(stack)
                with stack.api:
                    yield stack, say
            finally:
                _stop(wish, supervisor, say)


def _stop(wish: Wish, supervisor: Supervisor, say: Say) -> None:
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    signal.signal(signal.SIGHUP, signal.SIG_IGN)
    wish.home.ready.unlink(missing_ok=True)
    say("stopping")
    supervisor.stop()
    say("stopped")


def _write_ready(stack: Stack) -> None:
    postgres = stack.site.postgres
    addresses = {"ui": stack.site.address, "database": postgres.url("copydesk"), "supervisor": os.getpid()}
    write_private(stack.site.home.ready, json.dumps(addresses))


def _may_loop(wish: Wish, say: Say) -> bool:
    if wish.is_demo:
        return True
    if allowed := names_loopback(wish.feeds):
        say("a feed is on this machine, so loopback addresses may be fetched (others that are private may not)")
    return allowed


def _teller() -> Say:
    start = time.monotonic()

    def say(line: str) -> None:
        try:
            click.echo(f"{time.monotonic() - start:4.0f} s  {line}")
        except OSError:  # the terminal was closed; what is left to do is done all the same
            sys.stdout = open(os.devnull, "w", encoding="utf-8")  # noqa: SIM115, PTH123 - stays open until the end

    return say


@contextmanager
def _stop_signals() -> Iterator[None]:
    """Ctrl-C, a polite kill and a closed terminal all interrupt us in the same way."""

    def interrupt(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = {number: signal.signal(number, interrupt) for number in STOP_SIGNALS}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def _empty(wish: Wish) -> None:
    """Remove what an earlier smoke run left, and only that."""
    with only_one(wish.home):
        stop_leftovers(str(wish.home.root))
        for folder in (wish.home.postgres, wish.home.airflow, wish.home.logs, wish.home.data_docs):
            shutil.rmtree(folder, ignore_errors=True)
        (wish.home.root / "secrets.json").unlink(missing_ok=True)
    wish.home.airflow.mkdir()
    wish.home.logs.mkdir()


def _short(path: str) -> str:
    """A path below the working directory as people would type it."""
    here = os.getcwd() + os.sep  # noqa: PTH109 - a string is wanted
    return "./" + path.removeprefix(here) if path.startswith(here) else path
