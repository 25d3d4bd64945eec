"""Adds the books up: proves that nothing that was discovered is lost, counted twice or half-written."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from copydesk.database import Connection, query

# Each check is one statement that counts what breaks its rule, with an example; the rule in words for people.
CHECKS = {
    "audit_books": "entries discovered = entries ended + entries waiting, by site",
    "audit_discovered": "the funnel's discovered = entries there are, by site",
    "audit_outcomes": "the funnel's outcomes = entries that ended so, by site, step's outcome and reason",
    "audit_loaded": "every loaded, unchanged or duplicate entry has its article, every loaded one its revision",
    "audit_revisions": "every article's revisions are 1 to its newest, which is what the article says",
    "audit_urls": "no article has a URL that counts as another one's, from before that moved",
    "audit_pages": "every page that an entry or a revision names is stored",
    "audit_quarantine": "each quarantined entry says what it failed, or what it repeats, and nothing else was rejected",
    "audit_drafts": "drafts are of entries under way only, and each of those past cleaning has one",
    "audit_leases": "no ended entry holds a lease, and nothing under way is without a batch",
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One rule of the books and how often it is broken; `example` is the first thing that breaks it."""

    check: str
    rule: str
    broken: int
    example: str | None


@dataclass(frozen=True, slots=True)
class Books:
    """What the books say: totals, and whether every rule holds. `overdue` are entries whose lease ran out."""

    discovered: int
    ended: int
    waiting: int
    under_way: int
    overdue: int
    findings: tuple[Finding, ...]

    @property
    def clean(self) -> bool:
        """Whether no rule is broken."""
        return not any(finding.broken for finding in self.findings)


def audit(connection: Connection, now: datetime) -> Books:
    """Check every rule. Run it inside one REPEATABLE READ transaction (`snapshot`), so that all see the same books."""
    [totals] = query(connection, "audit_totals", {"now": now})
    findings = tuple(_finding(connection, check, rule) for check, rule in CHECKS.items())
    return Books(totals.discovered, totals.ended, totals.waiting, totals.under_way, totals.overdue, findings)


def snapshot(connection: Connection) -> None:
    """Make the connection's transactions see one moment and write nothing; before the first of them."""
    connection.set_session(isolation_level="REPEATABLE READ", readonly=True)


def _finding(connection: Connection, check: str, rule: str) -> Finding:
    [row] = query(connection, check)
    return Finding(check.removeprefix("audit_"), rule, row.broken, row.example)
