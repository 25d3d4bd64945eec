"""What an operator wants of a site: how often and how much it is asked, whether by robots.txt, whether at all."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from copydesk.database import Connection, query
from copydesk.errors import UsageError
from copydesk.urls import registrable_domain

MAX_PAUSE_SECONDS = 3600.0
MAX_CONCURRENCY = 16


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is set for a site, None where nothing is; the last two are reasons, which an operator has to give."""

    pause_seconds: float | None = None
    concurrency: int | None = None
    robots_ignored_because: str | None = None
    blocked_because: str | None = None


@dataclass(frozen=True, slots=True)
class Site:
    """A site with what is set for it, and until when it is left alone because it asked for that."""

    domain: str
    wanted: Wanted
    set_at: datetime | None
    first_seen_at: datetime
    left_alone_until: datetime | None


@dataclass(frozen=True, slots=True)
class Access:
    """How many visits to a site found its pages open, or something in the way, on a day (UTC)."""

    day: date
    access: str
    entries: int
    last_seen: datetime


def domain_of(text: str) -> str:
    """The site that a person means by a domain, host or URL. Raises UsageError, also for a bare word."""
    domain, name = registrable_domain(text if "://" in text else f"http://{text}"), text.partition("/")[0]
    if ":" not in text and name.lower() != "localhost" and ("." not in domain or name.isdigit()):
        raise UsageError(f"{name} is no domain; give one as example.org, or host:port where a host has no other name")
    return domain


def known(connection: Connection, domain: str | None = None, *, all_sites: bool = False) -> tuple[Site, ...]:
    """Sites for which something is set, or one, or all that were ever seen; inside a transaction, as all here."""
    rows = query(connection, "list_sites", {"domain": domain, "all_sites": all_sites})
    return tuple(
        Site(
            row.domain,
            Wanted(row.pause_seconds, row.concurrency, row.robots_ignored_because, row.blocked_because),
            row.set_at,
            row.first_seen_at,
            row.left_alone_until,
        )
        for row in rows
    )


def put(connection: Connection, domain: str, wanted: Wanted, now: datetime) -> None:
    """Set all that is set for a site; `Wanted()` clears it. Raises UsageError for values that make no sense.

    Unless the site is blocked now, its feeds that were refused are due at once: the terms may be others.
    """
    if wanted.pause_seconds is not None and not 0 <= wanted.pause_seconds <= MAX_PAUSE_SECONDS:
        raise UsageError(f"a pause of {wanted.pause_seconds:g} s; give between 0 and {MAX_PAUSE_SECONDS:g}")
    if wanted.concurrency is not None and not 1 <= wanted.concurrency <= MAX_CONCURRENCY:
        raise UsageError(f"{wanted.concurrency} requests at a time; give between 1 and {MAX_CONCURRENCY}")
    parameters = {
        "domain": domain,
        "pause_seconds": wanted.pause_seconds,
        "concurrency": wanted.concurrency,
        "robots_ignored_because": wanted.robots_ignored_because,
        "blocked_because": wanted.blocked_because,
        "set_at": now if wanted != Wanted() else None,
        "now": now,
    }
    query(connection, "set_site", parameters)
    if wanted.blocked_because is None:
        refused = query(connection, "refused_feeds")
        again = [str(feed.feed_id) for feed in refused if registrable_domain(feed.url) == domain]
        query(connection, "resume_feeds", {"names": again})


def access(connection: Connection, domain: str) -> tuple[Access, ...]:
    """What visits to a site found, the newest day first."""
    rows = query(connection, "site_access", {"domain": domain})
    return tuple(Access(row.day, row.access, row.entries, row.last_seen) for row in rows)


def page_terms(connection: Connection, domain: str) -> dict[str, int]:
    """How many visits brought pages that say something of their use, by what they say."""
    return {row.term: row.pages for row in query(connection, "site_page_terms", {"domain": domain})}
