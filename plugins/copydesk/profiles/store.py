"""Site profiles in Postgres. The functions run inside the caller's `database.transaction`; readers never wait."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

import psycopg2

from copydesk.database import Connection, Row, query, storable
from copydesk.models import Page
from copydesk.pages import page_from_row
from copydesk.profiles.known import Known, Observed
from copydesk.profiles.model import Profile
from copydesk.profiles.shadow import Decision
from copydesk.profiles.trust import Record, given_up, recent


@dataclass(frozen=True, slots=True)
class Version:
    """A stored version of a site's profile."""

    version: int
    profile: Profile
    state: str
    reason: str
    pages: int
    hit_rate: float
    agreement: float
    held: bool
    created_at: datetime
    activated_at: datetime | None


@dataclass(frozen=True, slots=True)
class StoredPage:
    """A stored page and the visit that brought it."""

    entry_id: int
    page: Page


@dataclass(frozen=True, slots=True)
class Site:
    """A site with pages that learning has not looked at. `version` is None before the first profile."""

    domain: str
    new_pages: int
    version: int | None
    held: bool


def trusted(connection: Connection, domains: Sequence[str]) -> dict[str, Known]:
    """The profiles in use of these sites, by domain, without those that are wholly given up."""
    templates = template_records(connection, domains)
    found = {}
    for row in query(connection, "active_profiles", {"domains": list(domains)}):
        records = templates.get(row.domain, {})
        lost = tuple(sorted(name for name, record in records.items() if given_up(record)))
        found[row.domain] = Known(row.domain, row.version, row.profile, lost)
    return found


def template_records(connection: Connection, domains: Sequence[str]) -> dict[str, dict[str, Record]]:
    """What was lately observed of the templates in use: by domain, then by template."""
    batches: defaultdict[tuple[str, str], list[Record]] = defaultdict(list)
    for row in query(connection, "profile_trials", {"domains": list(domains)}):
        batches[row.domain, row.template].append(Record(row.hits, row.misses, row.judged, row.agreed))
    found: dict[str, dict[str, Record]] = defaultdict(dict)
    for (domain, template), records in batches.items():
        found[domain][template] = recent(records)
    return dict(found)


def note(connection: Connection, batch_id: int, observed: Iterable[Observed], now: datetime) -> None:
    """Add to the books what a batch saw of profiles."""
    totals: defaultdict[tuple[str, int, str], Record] = defaultdict(Record)
    for one in observed:
        totals[one.domain, one.version, one.template] += one.record
    for (domain, version, template), record in sorted(totals.items()):
        query(
            connection,
            "note_trials",
            {
                "domain": domain,
                "version": version,
                "template": template,
                "batch_id": batch_id,
                "hits": record.hits,
                "misses": record.misses,
                "judged": record.judged,
                "agreed": record.agreed,
                "now": now,
            },
        )


def pages_of_site(connection: Connection, domain: str, most: int) -> list[StoredPage]:
    """The newest stored page of each article of a site, the newest first."""
    rows = query(connection, "pages_of_site", {"domain": domain, "most": most})
    return [StoredPage(row.entry_id, page_from_row(row)) for row in rows]


def sites_to_learn(connection: Connection, batch_id: int | None = None) -> list[Site]:
    """Sites with pages that learning has not looked at, all or those that a batch visited."""
    rows = query(connection, "sites_to_learn", {"batch_id": batch_id})
    return [Site(row.domain, row.new_pages, row.version, row.held) for row in rows]


def versions(connection: Connection, domain: str) -> list[Version]:
    """All versions of a site's profile, the newest first."""
    return [_version(row) for row in query(connection, "profile_versions", {"domain": domain})]


def add(
    connection: Connection, profile: Profile, learned_from: Sequence[StoredPage], decision: Decision, now: datetime
) -> int:
    """Store the next version of a site's profile, in use if the decision says so. Returns its number."""
    query(connection, "lock_profiles", {"domain": profile.domain})
    version: int = query(
        connection,
        "add_profile",
        {
            "domain": profile.domain,
            "profile": storable(profile.to_json()),
            "pages": profile.pages,
            "learned_from": [psycopg2.Binary(key) for key in sorted(one.page.content_hash for one in learned_from)],
            "learned_through": max(one.entry_id for one in learned_from),
            "reason": decision.reason,
            "hit_rate": decision.score.hit_rate,
            "agreement": decision.score.agreement,
            "now": now,
        },
    )[0].version
    if decision.accepted:
        activate(connection, profile.domain, version, decision.reason, now)
    return version


def activate(connection: Connection, domain: str, version: int, reason: str, now: datetime) -> None:
    """Take a version into use, and the one before out of it."""
    _retire(connection, domain, f"version {version} took its place", now)
    query(connection, "activate_profile", {"domain": domain, "version": version, "reason": reason, "now": now})


def roll_back(connection: Connection, domain: str, now: datetime) -> tuple[int, int | None] | None:
    """Take the version in use out of use, and the one that was in use before it back. The two numbers, None if none is.

    A site on which a person rolled back is left alone by learning until it is asked for by hand (`free`).
    """
    query(connection, "lock_profiles", {"domain": domain})
    known = versions(connection, domain)
    current = next((one for one in known if one.state == "active"), None)
    if current is None:
        return None
    _retire(connection, domain, "rolled back by hand", now, held=True)
    before = next((one for one in known if one.version < current.version and one.activated_at), None)
    if before is None:
        return current.version, None
    reason = f"a person rolled back from version {current.version}"
    query(connection, "activate_profile", {"domain": domain, "version": before.version, "reason": reason, "now": now})
    return current.version, before.version


def forget_trials(connection: Connection, before: datetime) -> None:
    """Forget what was observed so long ago that it no longer bears on trust."""
    query(connection, "forget_trials", {"before": before})


def free(connection: Connection, domain: str) -> None:
    """Let learning come to a site again."""
    query(connection, "free_profiles", {"domain": domain})


def _retire(connection: Connection, domain: str, reason: str, now: datetime, *, held: bool = False) -> None:
    query(connection, "retire_profile", {"domain": domain, "reason": reason, "held": held, "now": now})


def note_learned_through(connection: Connection, domain: str, version: int, entry_id: int) -> None:
    """Remember how far learning has looked."""
    query(connection, "note_learned_through", {"domain": domain, "version": version, "learned_through": entry_id})


def _version(row: Row) -> Version:
    return Version(
        version=row.version,
        profile=Profile.stored(row.domain, row.profile),
        state=row.state,
        reason=row.reason,
        pages=row.pages,
        hit_rate=row.hit_rate,
        agreement=row.agreement,
        held=row.held,
        created_at=row.created_at,
        activated_at=row.activated_at,
    )
