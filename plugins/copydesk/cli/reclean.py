"""`copydesk reclean`: what today's rules and profiles would make of the articles that are stored."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime

import click

from copydesk.cli.output import print_json, print_table
from copydesk.database import connect
from copydesk.errors import PageError, UsageError
from copydesk.reclean import Recleaned, Result, apply, reclean
from copydesk.settings import Settings
from copydesk.sites import domain_of

EXAMPLE_CHARS = 70
NOT_IN_READING = "(no part of the text as it is read today)"


@dataclass(slots=True)
class Tally:
    """The differences so far: articles, and by rule the lines that go, with one example each."""

    read: int = 0
    differ: int = 0
    unreadable: int = 0
    back: int = 0
    written: int = 0
    refused: int = 0
    gone: Counter[str] = field(default_factory=Counter)
    examples: dict[str, str] = field(default_factory=dict)

    def count(self, results: Iterable[Result]) -> None:
        """Add what was made of some articles."""
        for result in results:
            self.read += 1
            self.unreadable += isinstance(result, PageError)
            if isinstance(result, Recleaned) and result.differs:
                self._count_changed(result)

    def _count_changed(self, result: Recleaned) -> None:
        self.differ += 1
        self.back += len(result.back)
        for line, rule in result.gone:
            name = rule or NOT_IN_READING
            self.gone[name] += 1
            self.examples.setdefault(name, line)


@click.command("reclean")
@click.option("--site", help="Only articles of this domain; a host or a URL of it will do.")
@click.option("--apply", "write", is_flag=True, help="Write a revision of each article that differs.")
@click.option("--workers", type=click.IntRange(1, 64), default=2, show_default=True, help="Pages worked on at a time.")
@click.option("--database", metavar="DSN", help="Instead of COPYDESK_DATABASE.")
@click.option("--json", "as_json", is_flag=True, help="One JSON line an article that differs, then the summary.")
def reclean_articles(site: str | None, write: bool, workers: int, database: str | None, as_json: bool) -> None:
    """Make stored articles again, and show what differs.

    They are made from their stored pages, by today's rules and profiles; nothing is fetched. Without --apply
    nothing is written. With it, what differs becomes a new revision; what would fail the gate stays as it is.
    """
    tally, site = Tally(), site and domain_of(site)
    with connect(database or Settings.from_environment().database) as connection:
        for results in reclean(connection, site, workers):
            tally.count(results)
            if as_json:
                _print_articles(results)
            if write:
                written, refused = apply(connection, results, datetime.now(UTC))
                tally.written += written
                tally.refused += refused
    if site and not tally.read:
        raise UsageError(f"no article of {site} is stored; `copydesk sites list --all` names the sites that were seen")
    _print_summary(tally, write, as_json)


def _print_articles(results: Iterable[Result]) -> None:
    for result in results:
        if isinstance(result, Recleaned) and result.differs:
            gone = [{"text": line, "rule": rule} for line, rule in result.gone]
            print_json({"url": result.stored.url, "gone": gone, "back": list(result.back)})


def _print_summary(tally: Tally, write: bool, as_json: bool) -> None:
    numbers = {
        "articles": tally.read,
        "differ": tally.differ,
        "lines_gone": tally.gone.total(),
        "lines_back": tally.back,
        "unreadable": tally.unreadable,
        "written": tally.written,
        "refused": tally.refused,
    }
    if as_json:
        print_json(numbers)
        return
    if tally.gone:
        rows = [(rule, count, tally.examples[rule][:EXAMPLE_CHARS]) for rule, count in tally.gone.most_common()]
        print_table(("rule", "lines", "for example"), rows)
    click.echo(
        f"{tally.read} articles, {tally.differ} differ: {tally.gone.total()} lines go, {tally.back} come back; "
        f"{tally.unreadable} pages could not be read"
    )
    if write:
        click.echo(f"{tally.written} revisions written, {tally.refused} refused by the gate")
    elif tally.differ:
        click.echo("nothing was written; --apply writes revisions")
