"""The command `copydesk`: one module a command, imported only when that command is asked for."""

from __future__ import annotations

import errno
import importlib
import io
import sys
from typing import NamedTuple, NoReturn

import click

from copydesk.errors import CopydeskError, UsageError


class Place(NamedTuple):
    """Where a command is, as module:name, and the first sentence of its help, so that `--help` imports none."""

    path: str
    help: str


COMMANDS = {
    "audit": Place("copydesk.cli.audit:audit", "Prove that everything discovered is accounted for."),
    "db": Place("copydesk.cli.db:db", "Apply sql/migrations, or see which are pending."),
    "extract": Place("copydesk.cli.extract:extract", "Make articles of HTML, or of JSON lines, on standard input."),
    "feeds": Place("copydesk.cli.feeds:feeds", "Say which feeds are polled, and see what they say."),
    "ingest": Place("copydesk.cli.ingest:ingest", "Poll, fetch, clean, validate and load until nothing is due."),
    "learn": Place("copydesk.cli.learn:learn", "Learn how the pages of SITES (domains, or URLs of them) are built."),
    "profile": Place("copydesk.cli.profile:profile", "Show what was learned of SITE (a domain, or a URL of it)."),
    "push": Place("copydesk.cli.push:push", "Let partners push URLs and articles."),
    "reclean": Place("copydesk.cli.reclean:reclean_articles", "Make stored articles again, and show what differs."),
    "rules": Place("copydesk.cli.rules:rules", "The rules by which blocks are taken off."),
    "run": Place("copydesk.cli.run:run", "Start Postgres and Airflow here, and ingest feeds."),
    "sites": Place("copydesk.cli.sites:sites", "Say how a site is asked, or that it is not."),
    "try": Place("copydesk.cli.try_page:try_page", "Show what would be kept of PAGE, and what removed."),
}


class LazyGroup(click.Group):
    """A group whose commands are imported when they are used, so that `copydesk extract` starts without Airflow."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """The names, sorted."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002 - click's signature
        """The command of that name, None if there is none."""
        if cmd_name not in COMMANDS:
            return None
        module, name = COMMANDS[cmd_name].path.split(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """List the commands with their sentences."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, COMMANDS[name].help) for name in self.list_commands(ctx)])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
def copydesk() -> None:
    """Notice, fetch, extract, clean, validate and load syndicated news.

    COPYDESK_DATABASE says which Postgres database to use; `copydesk COMMAND --help` tells more of each command.
    """


def main() -> None:
    """Entry point: our errors end in one sentence on stderr; exit code 2 for bad input, 1 for what failed."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal that is not Unicode shows ? for what it has no letter for
            stream.reconfigure(errors="replace")
    try:
        copydesk(prog_name="copydesk")
    except UsageError as error:
        _end(error, 2)
    except CopydeskError as error:
        _end(error, 1)
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        _end(error.strerror, 1)


def _end(problem: object, code: int) -> NoReturn:
    click.echo(f"copydesk: {problem}", err=True)
    sys.exit(code)
