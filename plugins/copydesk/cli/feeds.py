"""`copydesk feeds`: which feeds are polled, and what they say."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from copydesk.cli.asking import asking
from copydesk.cli.feeds_life import database_option, feeds_move, feeds_resume, json_option, print_outcome
from copydesk.cli.feeds_push import feeds_push
from copydesk.cli.output import print_json, print_table
from copydesk.errors import UsageError
from copydesk.settings import ROOT, Settings

if TYPE_CHECKING:
    from copydesk.discover import FeedCheck
    from copydesk.discover.find import FoundFeed
    from copydesk.feeds import Known, Wanted

file_argument = click.argument("path", metavar="FILE", type=click.Path(path_type=Path))


EXAMPLES = 3  # of the articles that were told from navigation on a page, for a person to judge


@click.group()
def feeds() -> None:
    """Say which feeds are polled, and see what they say."""


for command in (feeds_push, feeds_resume, feeds_move):
    feeds.add_command(command)


@feeds.command()
@click.argument("urls", metavar="URL…", nargs=-1, required=True)
@click.option("--title", help="Instead of what the feed calls itself; with one URL only.")
@click.option("--poll-seconds", type=int, help="Ask this often instead of as often as the feed changes.")
@click.option("--no-check", is_flag=True, help="Add without looking at the feed first.")
@click.option("--page", is_flag=True, help="Read a page for people, which lists articles, where there is no feed.")
@database_option
@json_option
def add(
    urls: tuple[str, ...],
    title: str | None,
    poll_seconds: int | None,
    database: str | None,
    *,
    no_check: bool,
    page: bool,
    as_json: bool,
) -> None:
    """Look at each URL and add those that are feeds. Exit code 1 if any is not."""
    from copydesk.feeds import Wanted  # noqa: PLC0415 - psycopg2 only for this command
    from copydesk.urls import canonicalize  # noqa: PLC0415

    if title and len(urls) > 1:
        raise UsageError("--title goes with one URL only")
    canonical = [canonicalize(url) for url in urls]
    checks = [] if no_check else _checked(canonical, page=page)
    good = canonical if no_check else [check.moved_to or check.url for check in checks if check.document]
    kind = "page" if page else "feed"
    _add(database, [Wanted(canonicalize(url), title, poll_seconds, kind) for url in good], as_json=as_json)
    bad = [check for check in checks if not check.document]
    for check in bad:
        print_outcome(check.url, f"not added: {check.error}", as_json=as_json)
    sys.exit(1 if bad else 0)


@feeds.command("list")
@database_option
@json_option
def list_(database: str | None, *, as_json: bool) -> None:
    """List the feeds with their health."""
    from copydesk.database import connect  # noqa: PLC0415 - psycopg2 only for this command
    from copydesk.feeds import known  # noqa: PLC0415

    with connect(_dsn(database)) as connection:
        found = known(connection)
    if as_json:
        for feed in found:
            print_json({name: getattr(feed, name) for name in feed.__slots__})
        return
    columns = ("feed", "url", "title", "state", "next poll", "seconds", "items", "off site", "problem", "may be at")
    print_table(columns, [_row(feed) for feed in found])


@feeds.command()
@click.argument("urls", metavar="URL…", nargs=-1, required=True)
@json_option
def check(urls: tuple[str, ...], *, as_json: bool) -> None:
    """Fetch and read feeds, and say what they are.

    Nothing is stored. Exit code 1 if any is no feed. Where a database is configured, sites are asked as ingestion
    asks them: in turn, and not if an operator forbids it.
    """
    from copydesk.urls import canonicalize  # noqa: PLC0415 - a second's part of imports

    checks = _checked([canonicalize(url) for url in urls])
    for each in checks:
        _print_check(each, as_json=as_json)
    sys.exit(0 if all(each.document for each in checks) else 1)


@feeds.command()
@click.argument("url")
@json_option
def discover(url: str, *, as_json: bool) -> None:
    """Find the feeds of the site at URL.

    Those that it links, those at usual places, news sitemaps. Exit code 1 if there is none. Where there are none, a
    page that lists articles is told as such; `copydesk feeds add --page URL` polls it.
    """
    from copydesk.discover.find import find_feeds  # noqa: PLC0415 - feedparser and aiohttp only for these commands
    from copydesk.urls import canonicalize  # noqa: PLC0415

    async def find() -> list[FoundFeed]:
        async with asking(Settings.from_environment()) as fetcher:
            return await find_feeds(canonicalize(url), fetcher)

    found = asyncio.run(find())
    for each in found:
        _print_check(each.check, as_json=as_json, found_by=each.how)
    if not found:
        click.echo(f"{url}: no feed was found", err=True)
    sys.exit(0 if found else 1)


@feeds.command()
@click.argument("names", metavar="FEED…", nargs=-1, required=True)
@database_option
@json_option
def remove(names: tuple[str, ...], database: str | None, *, as_json: bool) -> None:
    """Remove feeds, given by URL or number. What was discovered through them stays."""
    from copydesk import feeds as store  # noqa: PLC0415 - psycopg2 only for this command
    from copydesk.database import connect  # noqa: PLC0415

    with connect(_dsn(database)) as connection:
        for url in store.remove(connection, names):
            print_outcome(url, "removed", as_json=as_json)


@feeds.command("import")
@file_argument
@database_option
@json_option
def import_(path: Path, database: str | None, *, as_json: bool) -> None:
    """Add the feeds of an OPML file, without looking at them first."""
    from copydesk.feed_lists import read_opml  # noqa: PLC0415 - lxml only for this command

    _add(database, read_opml(path), as_json=as_json)


@feeds.command()
@database_option
@json_option
def export(database: str | None, *, as_json: bool) -> None:
    """Print all feeds as OPML, or as JSON (url and title)."""
    from copydesk.database import connect  # noqa: PLC0415 - psycopg2 only for this command
    from copydesk.feed_lists import write_opml  # noqa: PLC0415
    from copydesk.feeds import known  # noqa: PLC0415

    with connect(_dsn(database)) as connection:
        found = known(connection)
    if as_json:
        for feed in found:
            print_json({"url": feed.url, "title": feed.title})
    else:
        click.echo(write_opml(found, datetime.now(UTC)), nl=False)


@feeds.command()
@click.argument("path", metavar="[FILE]", type=click.Path(path_type=Path), default=ROOT / "feeds.toml")
@database_option
@json_option
def apply(path: Path, database: str | None, *, as_json: bool) -> None:
    """Add and change what FILE (feeds.toml) declares. Feeds that it no longer lists stay."""
    from copydesk.database import connect  # noqa: PLC0415 - psycopg2 only for this command
    from copydesk.feed_lists import read_declarations  # noqa: PLC0415
    from copydesk.feeds import declare  # noqa: PLC0415

    wanted = read_declarations(path)
    with connect(_dsn(database)) as connection:
        for url, is_new in declare(connection, wanted).items():
            print_outcome(url, "added" if is_new else "there already", as_json=as_json)
    if not wanted:
        click.echo(f"{path} declares no feed, so none was added; write each as a table [[feed]] with its url", err=True)


@feeds.command()
@click.argument("names", metavar="[FEED]…", nargs=-1)
@click.option("--revisit", is_flag=True, help="Visit the items again that they list, known or not.")
@click.option("--now", is_flag=True, help="Ask here and now, instead of with the next run of poll_feeds.")
@database_option
@json_option
def poll(names: tuple[str, ...], database: str | None, *, revisit: bool, now: bool, as_json: bool) -> None:
    """Make feeds (all, or those given by URL or number) due at once."""
    from dataclasses import replace  # noqa: PLC0415

    from copydesk import feeds as store  # noqa: PLC0415 - psycopg2 only for this command
    from copydesk.database import connect  # noqa: PLC0415

    settings = replace(Settings.from_environment(), database=_dsn(database))
    with connect(settings.database) as connection:
        due = store.make_due(connection, names, revisit=revisit)
    for url in due:
        print_outcome(url, "due now", as_json=as_json)
    if now:
        from copydesk.pipeline.poll import poll as ask  # noqa: PLC0415
        from copydesk.politeness import MAX_CRAWL_DELAY_SECONDS  # noqa: PLC0415

        asked = ask(settings, patience=MAX_CRAWL_DELAY_SECONDS)
        print_outcome("all that are due", asked.sentence, as_json=as_json)


def _add(database: str | None, wanted: Sequence[Wanted], *, as_json: bool) -> None:
    from copydesk import feeds as store  # noqa: PLC0415 - psycopg2 only for this command
    from copydesk.database import connect  # noqa: PLC0415

    with connect(_dsn(database)) as connection:
        for url, is_new in store.add(connection, wanted).items():
            print_outcome(url, "added" if is_new else "there already", as_json=as_json)


def _row(feed: Known) -> tuple[object, ...]:
    """A feed as `list` shows it."""
    next_poll = None if feed.state == "paused" else _minute(feed.next_poll_at)
    found = (feed.items, feed.off_site_items or None)
    problem = feed.pause_reason or feed.last_error
    return (
        feed.feed_id,
        feed.url,
        feed.title,
        feed.state,
        next_poll,
        feed.poll_seconds,
        *found,
        problem,
        feed.suggested_url,
    )


def _checked(urls: Sequence[str], *, page: bool = False) -> list[FeedCheck]:
    from copydesk.discover.check import check_feeds, check_sections  # noqa: PLC0415 - feedparser, aiohttp: only here

    async def ask() -> list[FeedCheck]:
        async with asking(Settings.from_environment()) as fetcher:
            return await (check_sections if page else check_feeds)(urls, fetcher)

    return asyncio.run(ask())


def _print_check(found: FeedCheck, *, as_json: bool, found_by: str | None = None) -> None:
    document = found.document
    record: dict[str, object] = {
        "url": found.url,
        "found_by": found_by,
        "moved_to": found.moved_to,
        "error": found.error,
    }
    if document:
        newest = max((each.published_at for each in document.entries if each.published_at), default=None)
        record |= {"format": document.format, "title": document.title, "language": document.language}
        record |= {"items": len(document.entries), "newest": newest}
        record |= {"with_full_text": sum(1 for each in document.entries if each.content_html)}
        record |= {"off_site": document.off_site_items, "hubs": document.hubs, "problems": document.problems}
        if document.format == "page":
            record["examples"] = tuple(each.url for each in document.entries[:EXAMPLES])
    if as_json:
        print_json(record)
        return
    rows = [(name.replace("_", " "), _words(value)) for name, value in record.items() if value not in (None, (), "")]
    print_table(("", ""), rows)


def _words(value: object) -> object:
    if isinstance(value, datetime):
        return _minute(value)
    return "; ".join(map(str, value)) if isinstance(value, tuple) else value


def _minute(instant: datetime | None) -> str | None:
    return instant.astimezone(UTC).strftime("%Y-%m-%d %H:%MZ") if instant else None


def _dsn(database: str | None) -> str:
    return database or Settings.from_environment().database
