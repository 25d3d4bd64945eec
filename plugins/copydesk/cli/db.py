"""`copydesk db`: bring the database to today's shape, or say how far it is."""

from __future__ import annotations

import click

from copydesk.cli.output import print_json, print_table
from copydesk.settings import Settings

DATABASE_HELP = "Connection string of the role that owns the schemas; default COPYDESK_DATABASE."


@click.group()
def db() -> None:
    """Apply sql/migrations, or see which are pending. Needs the database's owner, not copydesk_writer."""


@db.command()
@click.option("--database", metavar="DSN", help=DATABASE_HELP)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def migrate(database: str | None, *, as_json: bool) -> None:
    """Apply every pending migration; twice is once."""
    from copydesk.migrate import migrate as apply  # noqa: PLC0415 - psycopg2 and yoyo only for this command

    applied = apply(database or Settings.from_environment().database).applied
    if as_json:
        print_json({"applied": applied})
        return
    for name in applied:
        click.echo(f"applied {name}")
    click.echo("the database is up to date")


@db.command()
@click.option("--database", metavar="DSN", help=DATABASE_HELP)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
@click.pass_context
def status(context: click.Context, database: str | None, *, as_json: bool) -> None:
    """List migrations, applied and pending. Exit code 1 while any is pending."""
    from copydesk.migrate import status as read  # noqa: PLC0415 - psycopg2 and yoyo only for this command

    migrations = read(database or Settings.from_environment().database)
    if as_json:
        print_json({"applied": migrations.applied, "pending": migrations.pending})
    else:
        rows = [(name, "applied") for name in migrations.applied] + [(name, "pending") for name in migrations.pending]
        print_table(("migration", "state"), rows)
    context.exit(1 if migrations.pending else 0)
