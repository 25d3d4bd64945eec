"""`copydesk learn`: site profiles from stored pages, or from pages in a file."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

import click

from copydesk.cli.output import print_json, print_table
from copydesk.database import connect, transaction
from copydesk.edit import domain_of as domain_of_page
from copydesk.edit import page_of
from copydesk.errors import UsageError
from copydesk.models import Page
from copydesk.profiles import files, store
from copydesk.profiles.relearn import Learned, judge, learn_due, relearn
from copydesk.settings import Settings
from copydesk.sites import domain_of


@click.command()
@click.argument("sites", nargs=-1)
@click.option("--all", "every", is_flag=True, help="Every site that has new pages.")
@click.option("--pages", type=click.File("rb"), help='JSON lines of {"url", "html"} to learn from; needs no database.')
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("profiles"),
    show_default=True,
    help="With --pages: where profiles go, a file a site.",
)
@click.option("--database", metavar="DSN", help="Instead of COPYDESK_DATABASE.")
@click.option("--json", "as_json", is_flag=True, help="One JSON line a site.")
def learn(  # noqa: PLR0917 - click passes by name
    sites: Sequence[str],
    every: bool,
    pages: BinaryIO | None,
    out: Path,
    database: str | None,
    as_json: bool,
) -> None:
    """Learn how the pages of SITES (domains, or URLs of them) are built.

    From stored pages, or with --pages from those of a file, whatever sites they are from. A new version takes
    effect when it reads stored pages no worse than the one in use. Five pages of a site are enough, more are
    better. Files are used by `copydesk extract --profiles FOLDER`.
    """
    if sum((bool(sites), every, pages is not None)) != 1:
        raise UsageError("say what to learn: domains, or --all, or --pages FILE")
    if pages is not None:
        learned = _from_file(pages, out)
    else:
        domains = list(dict.fromkeys(map(domain_of, sites)))
        learned = _from_database(database or Settings.from_environment().database, domains)
    _show(learned, as_json)


def _from_database(dsn: str, domains: Sequence[str]) -> list[Learned]:
    now = datetime.now(UTC)
    with connect(dsn) as connection:
        if not domains:
            return learn_due(connection, now, daily=True)
        with transaction(connection):
            for domain in domains:
                store.free(connection, domain)
        return [relearn(connection, domain, now) for domain in domains]


def _from_file(lines: Iterator[bytes], out: Path) -> list[Learned]:
    by_site: defaultdict[str, list[Page]] = defaultdict(list)
    for page in _pages(lines):
        by_site[domain_of_page(page.url)].append(page)
    if not by_site:
        raise UsageError("there is no page to learn from")
    return [_learn_to_file(domain, pages, out) for domain, pages in sorted(by_site.items())]


def _learn_to_file(domain: str, pages: Sequence[Page], out: Path) -> Learned:
    profile, decision = judge(domain, pages, None)
    if decision.accepted:
        files.write(out, profile)
    return Learned(
        domain, profile.pages, files.FILE_VERSION if decision.accepted else None, decision.accepted, decision.reason
    )


def _pages(lines: Iterator[bytes]) -> Iterator[Page]:
    fetched_at = datetime.now(UTC)
    for number, line in enumerate(lines, 1):
        if line.strip():
            given = _record(number, line)
            if not domain_of_page(given["url"]):
                raise UsageError(f"line {number}: {given['url'][:80]!r} is no address of a web page")
            yield page_of(given["html"], given["url"], now=fetched_at)


def _record(number: int, line: bytes) -> Mapping[str, str]:
    try:
        given = json.loads(line)
    except (ValueError, RecursionError) as error:
        raise UsageError(f"line {number} is not JSON: {error}") from error
    if not isinstance(given, dict) or not all(isinstance(given.get(key), str) for key in ("url", "html")):
        raise UsageError(f'line {number} is not an object with texts "url" and "html"')
    return given


def _show(learned: Sequence[Learned], as_json: bool) -> None:
    if as_json:
        for one in learned:
            print_json(
                {
                    "site": one.domain,
                    "pages": one.pages,
                    "version": one.version,
                    "in_use": one.accepted,
                    "reason": one.reason,
                }
            )
        return
    if not learned:
        click.echo("no site has enough new pages")
        return
    rows = [(one.domain, one.pages, one.version, "yes" if one.accepted else "no", one.reason) for one in learned]
    print_table(("site", "pages", "version", "in use", "reason"), rows)
