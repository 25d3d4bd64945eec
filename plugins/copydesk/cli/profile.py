"""`copydesk profile`: what was learned of a site, and the way back."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import UTC, datetime

import click

from copydesk.cli.output import print_json, print_table
from copydesk.database import Connection, connect, transaction
from copydesk.errors import UsageError
from copydesk.profiles import store
from copydesk.profiles.explain import explain
from copydesk.profiles.store import Version
from copydesk.profiles.trust import Record, given_up, trust
from copydesk.settings import Settings
from copydesk.sites import domain_of


@click.command()
@click.argument("site")
@click.option("--rollback", is_flag=True, help="Take the version in use out of use, and the one before it back.")
@click.option("--version", "number", type=int, help="Show this version instead of the one in use.")
@click.option("--database", metavar="DSN", help="Instead of COPYDESK_DATABASE.")
@click.option("--json", "as_json", is_flag=True, help="Everything, as one JSON line.")
def profile(site: str, rollback: bool, number: int | None, database: str | None, as_json: bool) -> None:
    """Show what was learned of SITE (a domain, or a URL of it).

    From how many pages, with examples, and how well it does. After --rollback, learning leaves the site alone until
    `copydesk learn SITE`.
    """
    site = domain_of(site)
    with connect(database or Settings.from_environment().database) as connection:
        if rollback:
            _roll_back(connection, site)
            return
        with transaction(connection):
            known = store.versions(connection, site)
            records = store.template_records(connection, [site]).get(site, {})
    shown = _chosen(known, site, number)
    if as_json:
        print_json(_record(shown, known, records))
        return
    for line in explain(shown.profile, records if shown.state == "active" else {}):
        click.echo(line)
    click.echo("")
    columns = ("version", "state", "learned", "articles", "reason")
    rows = [(one.version, one.state, f"{one.created_at:%Y-%m-%d %H:%M}", one.pages, one.reason) for one in known]
    print_table(columns, rows)


def _roll_back(connection: Connection, site: str) -> None:
    with transaction(connection):
        numbers = store.roll_back(connection, site, datetime.now(UTC))
    if numbers is None:
        raise UsageError(f"{site} has no profile in use; copydesk profile {site} shows what there is")
    gone, back = numbers
    click.echo(
        f"version {gone} is out of use; " + (f"version {back} is back" if back else "pages are read without a profile")
    )


def _chosen(known: Sequence[Version], site: str, number: int | None) -> Version:
    if not known:
        raise UsageError(f"nothing was learned of {site} yet; five pages are needed: copydesk learn {site}")
    if number is not None:
        chosen = next((one for one in known if one.version == number), None)
        if chosen is None:
            raise UsageError(f"{site} has no version {number}; its versions are 1 to {known[0].version}")
        return chosen
    return next((one for one in known if one.state == "active"), known[0])


def _record(shown: Version, known: Sequence[Version], records: dict[str, Record]) -> dict[str, object]:
    return {
        "site": shown.profile.domain,
        "version": shown.version,
        "state": shown.state,
        "reason": shown.reason,
        "profile": json.loads(shown.profile.to_json()),
        "templates": [
            {
                "name": name,
                "hits": r.hits,
                "misses": r.misses,
                "judged": r.judged,
                "agreed": r.agreed,
                "trust": trust(r),
                "given_up": given_up(r),
            }
            for name, r in sorted(records.items())
        ],
        "versions": [{"version": one.version, "state": one.state, "reason": one.reason} for one in known],
    }
