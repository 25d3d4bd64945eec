"""The command `copydesk`: one module a command, imported only when that command is asked for."""

from __future__ import annotations

import importlib
import sys

import click

from copydesk.errors import CopydeskError, UsageError

COMMANDS = {
    "audit": "copydesk.cli.audit:audit",
    "db": "copydesk.cli.db:db",
    "extract": "copydesk.cli.extract:extract",
    "feeds": "copydesk.cli.feeds:feeds",
    "ingest": "copydesk.cli.ingest:ingest",
    "learn": "copydesk.cli.learn:learn",
    "profile": "copydesk.cli.profile:profile",
    "push": "copydesk.cli.push:push",
    "reclean": "copydesk.cli.reclean:reclean_articles",
    "rules": "copydesk.cli.rules:rules",
    "run": "copydesk.cli.run:run",
    "sites": "copydesk.cli.sites:sites",
    "try": "copydesk.cli.try_page:try_page",
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
        module, name = COMMANDS[cmd_name].split(":")
        command: click.Command = getattr(importlib.import_module(module), name)
        return command


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
def copydesk() -> None:
    """Notice, fetch, extract, clean, validate and load syndicated news.

    COPYDESK_DATABASE says which Postgres database to use; `copydesk COMMAND --help` tells more of each command.
    """


def main() -> None:
    """Entry point: our errors end in one sentence on stderr; exit code 2 for bad input, 1 for what failed."""
    try:
        copydesk(prog_name="copydesk")
    except UsageError as error:
        click.echo(f"copydesk: {error}", err=True)
        sys.exit(2)
    except CopydeskError as error:
        click.echo(f"copydesk: {error}", err=True)
        sys.exit(1)
