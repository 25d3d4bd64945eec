"""`copydesk sites`: what is known of sites, and what an operator wants of them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict, replace
from datetime import UTC, datetime
from typing import Any, TypeVar

import click

from copydesk.cli.output import print_json, print_table
from copydesk.database import connect, transaction
from copydesk.errors import UsageError
from copydesk.settings import Settings
from copydesk.sites import Access, Site, Wanted, access, domain_of, known, page_terms, put

F = TypeVar("F", bound=Callable[..., Any])


@click.group()
def sites() -> None:
    """Say how a site is asked, or that it is not.

    Its pause, requests at a time, robots.txt; see docs/politeness.md. SITE is a domain, as example.org; a host or a
    URL of it will do.
    """


def _common(command: F) -> F:
    command = click.option("--database", metavar="DSN", help="Instead of COPYDESK_DATABASE.")(command)
    return click.option("--json", "as_json", is_flag=True, help="Print JSON lines.")(command)


@sites.command("list")
@click.option("--all", "all_sites", is_flag=True, help="Every site that was ever seen.")
@_common
def list_(database: str | None, *, all_sites: bool, as_json: bool) -> None:
    """List the sites for which something is set."""
    with connect(_dsn(database)) as connection, transaction(connection):
        found = known(connection, all_sites=all_sites)
    if as_json:
        for site in found:
            print_json(_record(site))
        return
    columns = ("site", "pause", "at a time", "robots.txt", "blocked", "set", "left alone until")
    print_table(columns, [_row(site) for site in found])


@sites.command()
@click.argument("site")
@_common
def show(site: str, database: str | None, *, as_json: bool) -> None:
    """Show what is set for SITE, and what visits found.

    Day by day; and what its pages say of their use.
    """
    domain = domain_of(site)
    with connect(_dsn(database)) as connection, transaction(connection):
        found = known(connection, domain)
        days, terms = access(connection, domain), page_terms(connection, domain)
    if not found:
        raise UsageError(f"{domain} was never seen; `copydesk sites list --all` lists those that were")
    if as_json:
        print_json({**_record(found[0]), "page_terms": terms, "access": [asdict(day) for day in days]})
        return
    _show(found[0], terms, days)


@sites.command("set")
@click.argument("site")
@click.option("--pause", type=float, help="Seconds between two requests, whatever robots.txt or latency ask for.")
@click.option("--concurrency", type=int, help="Requests at a time, 1 to 16.")
@click.option("--robots", type=click.Choice(["obey", "ignore"]), help="To ignore robots.txt takes --because.")
@click.option("--block/--unblock", default=None, help="Ask it for nothing at all any more; takes --because.")
@click.option("--because", metavar="TEXT", help="The reason for --robots ignore or --block; it is kept.")
@_common
def set_(
    site: str,
    *,
    pause: float | None,
    concurrency: int | None,
    robots: str | None,
    block: bool | None,
    because: str | None,
    database: str | None,
    as_json: bool,
) -> None:
    """Set something for SITE; what is not named stays as it is."""
    if pause is None and concurrency is None and robots is None and block is None:
        raise UsageError("nothing to set; copydesk sites set --help names what there is")
    if (robots == "ignore" or block) and not (because or "").strip():
        raise UsageError("say why: --because TEXT is kept with it")
    domain = domain_of(site)
    with connect(_dsn(database)) as connection, transaction(connection):
        before = next((one.wanted for one in known(connection, domain)), Wanted())
        wanted = replace(
            before,
            pause_seconds=before.pause_seconds if pause is None else pause,
            concurrency=before.concurrency if concurrency is None else concurrency,
            robots_ignored_because=_reason(before.robots_ignored_because, robots, "ignore", because),
            blocked_because=_reason(before.blocked_because, block, True, because),
        )
        put(connection, domain, wanted, datetime.now(UTC))
        [after] = known(connection, domain)
    _print(after, as_json=as_json)


@sites.command()
@click.argument("site")
@_common
def clear(site: str, database: str | None, *, as_json: bool) -> None:
    """Take back all that is set for SITE."""
    domain = domain_of(site)
    with connect(_dsn(database)) as connection, transaction(connection):
        if not known(connection, domain):
            raise UsageError(f"{domain} was never seen, so nothing is set for it")
        put(connection, domain, Wanted(), datetime.now(UTC))
        [after] = known(connection, domain)
    _print(after, as_json=as_json)


def _reason(before: str | None, said: object, yes: object, because: str | None) -> str | None:
    """The reason to keep: as it was if nothing was said, `because` if `yes` was, else none."""
    if said is None:
        return before
    return because if said == yes else None


def _print(site: Site, *, as_json: bool) -> None:
    if as_json:
        print_json(_record(site))
    else:
        _show(site, {}, ())


def _show(site: Site, terms: dict[str, int], days: tuple[Access, ...]) -> None:
    columns = ("site", "pause", "at a time", "robots.txt", "blocked", "set", "left alone until")
    rows = zip(columns, _row(site), strict=True)
    said = ", ".join(f"{term} ({pages:,})" for term, pages in terms.items())
    shown = [*rows, ("first seen", _minute(site.first_seen_at)), ("pages say", said)]
    print_table(("", ""), [(name, value) for name, value in shown if value])
    if days:
        click.echo()
        print_table(("day", "access", "visits"), [(day.day, day.access, day.entries) for day in days])


def _record(site: Site) -> dict[str, object]:
    """As one flat object."""
    rest = {name: value for name, value in asdict(site).items() if name not in ("domain", "wanted")}
    return {"domain": site.domain, **asdict(site.wanted), **rest}


def _row(site: Site) -> tuple[object, ...]:
    wanted = site.wanted
    return (
        site.domain,
        "general" if wanted.pause_seconds is None else f"{wanted.pause_seconds:g} s",
        wanted.concurrency or 1,
        "obeyed" if wanted.robots_ignored_because is None else f"ignored: {wanted.robots_ignored_because}",
        wanted.blocked_because,
        _minute(site.set_at),
        _minute(site.left_alone_until),
    )


def _minute(instant: datetime | None) -> str | None:
    return instant.astimezone(UTC).strftime("%Y-%m-%d %H:%MZ") if instant else None


def _dsn(database: str | None) -> str:
    return database or Settings.from_environment().database
