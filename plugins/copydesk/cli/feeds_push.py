"""`copydesk feeds push`: have a feed's hub push what is new, instead of only asking."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import click

from copydesk.cli.output import print_json, print_table
from copydesk.errors import UsageError
from copydesk.settings import Settings

if TYPE_CHECKING:
    from copydesk.database import Connection
    from copydesk.push.subscriber import Feed

COLUMNS = (
    "feed",
    "state",
    "hub",
    "verified",
    "expires",
    "last push",
    "pushes",
    "pushed first",
    "polled first",
    "detail",
)


@click.command("push")
@click.argument("feed")
@click.argument("action", type=click.Choice(["on", "off", "status"]))
@click.option("--database", metavar="DSN", help="Connection string; default COPYDESK_DATABASE.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object.")
def feeds_push(feed: str, action: str, database: str | None, *, as_json: bool) -> None:
    """Have FEED (a URL or number) pushed by its WebSub hub.

    on subscribes there, off leaves, status says how it is. The hub must reach Airflow's api-server at
    COPYDESK_PUBLIC_URL. Polling goes on in any case, as the safety net; status says which of the two was first how
    often.
    """
    from copydesk.database import connect  # noqa: PLC0415 - psycopg2 only for this command

    settings = Settings.from_environment()
    with connect(database or settings.database) as connection:
        found = _feed(connection, feed)
        if action == "on":
            asyncio.run(_turn_on(connection, settings, found))
        elif action == "off":
            asyncio.run(_turn_off(connection, settings, found))
        _show(connection, found, as_json=as_json)


def _feed(connection: Connection, name: str) -> Feed:
    from copydesk.database import query, transaction  # noqa: PLC0415
    from copydesk.push.subscriber import Feed  # noqa: PLC0415

    with transaction(connection):
        rows = query(connection, "push_find_feed", {"feed": name})
    if not rows:
        raise UsageError(
            f"there is no feed {name}; `copydesk feeds add` adds it, `copydesk feeds list` names those there are"
        )
    return Feed(rows[0].feed_id, rows[0].url)


async def _turn_on(connection: Connection, settings: Settings, feed: Feed) -> None:
    from copydesk.push.hubs import Hubs  # noqa: PLC0415
    from copydesk.push.subscriber import callback_base, subscribe  # noqa: PLC0415

    base = await callback_base(settings)
    async with Hubs(settings) as hubs:
        await subscribe(connection, hubs, feed, base, datetime.now(UTC))


async def _turn_off(connection: Connection, settings: Settings, feed: Feed) -> None:
    from copydesk.push.hubs import Hubs  # noqa: PLC0415
    from copydesk.push.subscriber import leave  # noqa: PLC0415

    async with Hubs(settings) as hubs:
        await leave(connection, hubs, feed, datetime.now(UTC))


def _show(connection: Connection, feed: Feed, *, as_json: bool) -> None:
    from copydesk.database import query, transaction  # noqa: PLC0415

    with transaction(connection):
        rows = query(connection, "push_health", {"feed_id": feed.feed_id})
    row = rows[0] if rows else (feed.url, "off", *([None] * (len(COLUMNS) - 2)))
    if as_json:
        print_json(dict(zip((name.replace(" ", "_") for name in COLUMNS), row, strict=True)))
    else:
        print_table(("", ""), [pair for pair in zip(COLUMNS, row, strict=True) if pair[1] is not None])
