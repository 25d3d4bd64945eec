"""`copydesk audit`: add the books up and say where they don't."""

from __future__ import annotations

from dataclasses import asdict
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from copydesk.cli.output import print_json, print_table
from copydesk.settings import Settings

if TYPE_CHECKING:
    from copydesk.audit import Books


@click.command()
@click.option("--database", metavar="DSN", help="Connection string; default COPYDESK_DATABASE.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_context
def audit(context: click.Context, database: str | None, *, as_json: bool) -> None:
    """Prove that everything discovered is accounted for. Exit code 1 when it is not."""
    from copydesk.audit import audit as add_up  # noqa: PLC0415 - psycopg2 only for this command
    from copydesk.audit import snapshot  # noqa: PLC0415
    from copydesk.database import connect, transaction  # noqa: PLC0415

    with connect(database or Settings.from_environment().database) as connection:
        snapshot(connection)
        with transaction(connection):
            books = add_up(connection, datetime.now(UTC))
    if as_json:
        print_json({**asdict(books), "clean": books.clean})
    else:
        _print(books)
    context.exit(0 if books.clean else 1)


def _print(books: Books) -> None:
    print_table(
        ("discovered", "ended", "waiting", "under way", "overdue"),
        [(books.discovered, books.ended, books.waiting, books.under_way, books.overdue)],
    )
    click.echo()
    print_table(
        ("check", "broken", "rule", "example"),
        [(one.check, one.broken, one.rule, one.example) for one in books.findings],
    )
    click.echo()
    click.echo("the books are clean" if books.clean else "the books do not add up")
