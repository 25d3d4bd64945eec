"""`copydesk feeds resume` and `copydesk feeds move`: what a person decides about a feed that is paused or lost."""

from __future__ import annotations

import click

from copydesk.cli.output import print_json
from copydesk.settings import Settings

database_option = click.option("--database", metavar="DSN", help="Connection string; default COPYDESK_DATABASE.")
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON lines.")


@click.command("resume")
@click.argument("names", metavar="FEED…", nargs=-1, required=True)
@database_option
@json_option
def feeds_resume(names: tuple[str, ...], database: str | None, *, as_json: bool) -> None:
    """Ask paused or failed feeds again, given by URL or number."""
    from copydesk.database import connect  # noqa: PLC0415 - psycopg2 only for this command
    from copydesk.feeds import resume  # noqa: PLC0415

    with connect(database or Settings.from_environment().database) as connection:
        for url in resume(connection, names):
            print_outcome(url, "due now", as_json=as_json)


@click.command("move")
@click.argument("name", metavar="FEED")
@click.argument("url", metavar="[URL]", required=False)
@database_option
@json_option
def feeds_move(name: str, url: str | None, database: str | None, *, as_json: bool) -> None:
    """Give FEED (a URL or number) another URL.

    By default the one that `copydesk feeds list` suggests. It stays the same feed: what is known of its items and
    its rhythm stays with it.
    """
    from copydesk.database import connect  # noqa: PLC0415 - psycopg2 only for this command
    from copydesk.feeds import move  # noqa: PLC0415
    from copydesk.urls import canonicalize  # noqa: PLC0415

    with connect(database or Settings.from_environment().database) as connection:
        moved_to = move(connection, name, canonicalize(url) if url else None)
    print_outcome(moved_to, "due now", as_json=as_json)


def print_outcome(url: str, outcome: str, *, as_json: bool) -> None:
    """Say what became of one feed."""
    if as_json:
        print_json({"url": url, "outcome": outcome})
    else:
        click.echo(f"{url}: {outcome}")
