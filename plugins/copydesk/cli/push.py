"""`copydesk push`: the partners who may push, and what was refused."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import click

from copydesk.cli.output import print_json, print_table
from copydesk.errors import UsageError
from copydesk.settings import Settings

DATABASE_HELP = "Connection string; default COPYDESK_DATABASE."
NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,62}")

database_option = click.option("--database", metavar="DSN", help=DATABASE_HELP)
json_option = click.option("--json", "as_json", is_flag=True, help="Print one JSON object a line.")


@click.group()
def push() -> None:
    """Let partners push URLs and articles.

    The door is /copydesk/push/SOURCE of Airflow's api-server; see docs/push.md.
    """


@push.group()
def sources() -> None:
    """The partners who may push, each with a secret to sign with."""


@sources.command()
@click.argument("source")
@click.option(
    "--domain",
    "domains",
    multiple=True,
    metavar="DOMAIN",
    help="A site it may speak of, as example.org; may be repeated; * is all.",
)
@click.option("--rate", default=20.0, show_default=True, help="Requests a second, lasting.")
@click.option("--burst", default=1000, show_default=True, help="Requests at once.")
@database_option
@json_option
def add(source: str, domains: tuple[str, ...], rate: float, burst: int, database: str | None, *, as_json: bool) -> None:
    """Add a partner and print its secret, this once.

    Without --domain it may push any URL, which is then fetched, but no whole articles.
    """
    from copydesk.database import connect, transaction  # noqa: PLC0415
    from copydesk.push import sources as books  # noqa: PLC0415

    if not NAME.fullmatch(source) or source == "websub":
        raise UsageError(
            f"{source!r} cannot be a source's name; take small letters, digits and hyphens, but not websub"
        )
    if rate <= 0 or burst < 1:
        raise UsageError("--rate and --burst must be more than 0")
    now = datetime.now(UTC)
    with connect(database or Settings.from_environment().database) as connection, transaction(connection):
        secret = books.add(connection, source, _registrable(domains), now, requests_per_second=rate, burst=burst)
    _show(source, secret, as_json=as_json)


@sources.command("list")
@database_option
@json_option
def list_sources(database: str | None, *, as_json: bool) -> None:
    """List the partners; secrets are not shown."""
    from copydesk.database import connect, transaction  # noqa: PLC0415
    from copydesk.push import sources as books  # noqa: PLC0415

    with connect(database or Settings.from_environment().database) as connection, transaction(connection):
        partners = books.partners(connection, datetime.now(UTC))
    columns = ("source", "domains", "rate", "burst", "last push", "old secret until")
    rows = [
        (
            one.source,
            " ".join(one.domains) or "any URL",
            one.requests_per_second,
            one.burst,
            one.last_push_at,
            one.previous_until,
        )
        for one in partners
    ]
    _print(columns, rows, as_json=as_json)


@sources.command()
@click.argument("source")
@click.option("--overlap-hours", default=24.0, show_default=True, help="How long the present secret stays good.")
@database_option
@json_option
def rotate(source: str, overlap_hours: float, database: str | None, *, as_json: bool) -> None:
    """Give a partner a new secret and print it, this once."""
    from copydesk.database import connect, transaction  # noqa: PLC0415
    from copydesk.push import sources as books  # noqa: PLC0415

    with connect(database or Settings.from_environment().database) as connection, transaction(connection):
        secret = books.rotate(connection, source, datetime.now(UTC), timedelta(hours=overlap_hours))
    _show(source, secret, as_json=as_json)


@sources.command()
@click.argument("source")
@database_option
def remove(source: str, database: str | None) -> None:
    """Shut the door for a partner within seconds; what it pushed stays."""
    from copydesk.database import connect, transaction  # noqa: PLC0415
    from copydesk.push import sources as books  # noqa: PLC0415

    with connect(database or Settings.from_environment().database) as connection, transaction(connection):
        books.remove(connection, source)
    click.echo(f"removed {source}")


@push.command()
@database_option
@json_option
def refusals(database: str | None, *, as_json: bool) -> None:
    """What was refused at the doors, by source and reason."""
    from copydesk.database import connect, query, transaction  # noqa: PLC0415

    with connect(database or Settings.from_environment().database) as connection, transaction(connection):
        rows = query(connection, "push_refusal_sums")
    _print(("door", "source", "reason", "count", "last"), rows, as_json=as_json)


def _print(columns: tuple[str, ...], rows: Sequence[Sequence[object]], *, as_json: bool) -> None:
    if not as_json:
        print_table(columns, rows)
        return
    for row in rows:
        print_json(dict(zip((name.replace(" ", "_") for name in columns), row, strict=True)))


def _registrable(domains: tuple[str, ...]) -> list[str]:
    from copydesk.urls import registrable_domain  # noqa: PLC0415

    return [one if one == "*" else registrable_domain(f"https://{one}/") for one in domains]


def _show(source: str, secret: str, *, as_json: bool) -> None:
    if as_json:
        print_json({"source": source, "secret": secret})
        return
    click.echo(f"secret of {source}, which is not shown again: {secret}")
