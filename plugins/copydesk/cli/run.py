"""`copydesk run`: Postgres, Airflow and the demo newswire on this machine, without Docker."""

from __future__ import annotations

from pathlib import Path

import click

from copydesk.settings import Settings


@click.command()
@click.option("--feeds", default="", metavar="'URL URL …'", help="Feeds to ingest instead of the demo newswire's.")
@click.option(
    "--home",
    type=click.Path(path_type=Path, file_okay=False),
    help="Where its data is; default COPYDESK_HOME, else .copydesk.",
)
@click.option("--port", type=click.IntRange(1, 65535), default=8080, show_default=True, help="Of the UI, if free.")
@click.option("--smoke", "is_smoke", is_flag=True, help="Ingest the demo from scratch, check its rows, stop.")
def run(feeds: str, home: Path | None, port: int, *, is_smoke: bool) -> None:
    """Start Postgres and Airflow here, and ingest feeds.

    They stay up until Ctrl-C, which stops all that was started.
    """
    from copydesk.stack import run as stack  # noqa: PLC0415 - only for this command
    from copydesk.stack.home import make_home  # noqa: PLC0415
    from copydesk.stack.start import Wish  # noqa: PLC0415

    default = Settings.from_environment().home
    if is_smoke:
        stack.smoke(Wish(make_home(home or default / "smoke"), port=port))
        return
    try:
        stack.run(Wish(make_home(home or default), feeds=tuple(feeds.split()), port=port))
    except KeyboardInterrupt:
        click.echo("good bye")
