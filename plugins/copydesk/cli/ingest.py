"""`copydesk ingest`: the whole job without Airflow."""

from __future__ import annotations

from dataclasses import asdict, astuple, replace
from typing import TYPE_CHECKING

import click

from copydesk.cli.output import print_json, print_table
from copydesk.settings import Settings

if TYPE_CHECKING:
    from copydesk.ingest import Ingested

COLUMNS = ("publisher", "loaded", "unchanged", "duplicates", "quarantined", "not usable", "removed blocks")


@click.command()
@click.option("--feed", "feeds", multiple=True, metavar="URL", help="A feed to add and to visit now; may be repeated.")
@click.option("--database", metavar="DSN", help="Connection string; default COPYDESK_DATABASE.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object a publisher.")
@click.pass_context
def ingest(context: click.Context, feeds: tuple[str, ...], database: str | None, *, as_json: bool) -> None:
    """Poll, fetch, clean, validate and load until nothing is due.

    Without --feed, the feeds that are due are polled. A given feed's items are visited again even if nothing says
    that they changed. Exit code 1 if a given feed failed.
    """
    settings = Settings.from_environment()
    from copydesk.ingest import ingest as run  # noqa: PLC0415 - heavy: all steps

    settings = replace(settings, database=database or settings.database)
    done = run(settings, feeds, say=lambda line: click.echo(line, err=True))
    _print(done, as_json=as_json)
    for url, problem in done.problems:
        click.echo(f"copydesk: feed {url}: {problem}", err=True)
    context.exit(1 if done.problems else 0)


def _print(done: Ingested, *, as_json: bool) -> None:
    if as_json:
        for tally in done.tallies:
            print_json(asdict(tally))
    elif done.tallies:
        print_table(COLUMNS, [astuple(tally) for tally in done.tallies])
    else:
        click.echo("nothing was due")
