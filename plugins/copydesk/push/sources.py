"""The partners who may push, and their secrets."""

from __future__ import annotations

import secrets as random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from copydesk.database import Connection, query
from copydesk.errors import UsageError

SECRET_BYTES = 32
DEFAULT_REQUESTS_PER_SECOND = 20.0
DEFAULT_BURST = 1000


@dataclass(frozen=True, slots=True)
class Partner:
    """One who may push. `secrets` are those accepted now, the newest first.

    `domains` are the registrable domains that it may speak of: `()` is any URL but no whole articles, `("*",)` is all.
    """

    source: str
    secrets: tuple[str, ...]
    domains: tuple[str, ...]
    requests_per_second: float
    burst: int
    last_push_at: datetime | None = None
    previous_until: datetime | None = None


def add(
    connection: Connection,
    source: str,
    domains: Sequence[str],
    now: datetime,
    *,
    requests_per_second: float = DEFAULT_REQUESTS_PER_SECOND,
    burst: int = DEFAULT_BURST,
) -> str:
    """Add a partner; the secret to give it. Raises UsageError if the name is taken."""
    secret = random.token_urlsafe(SECRET_BYTES)
    parameters = {
        "source": source,
        "secret": secret,
        "domains": list(domains),
        "requests_per_second": requests_per_second,
        "burst": burst,
        "now": now,
    }
    if not query(connection, "push_add_source", parameters):
        raise UsageError(
            f"there is a push source {source!r} already; `copydesk push sources rotate` gives a new secret"
        )
    return secret


def partners(connection: Connection, now: datetime) -> tuple[Partner, ...]:
    """All partners, by name."""
    return tuple(
        Partner(
            source=row.source,
            secrets=(row.secret, row.previous_secret) if row.previous_secret else (row.secret,),
            domains=tuple(row.domains),
            requests_per_second=row.requests_per_second,
            burst=row.burst,
            last_push_at=row.last_push_at,
            previous_until=row.previous_until,
        )
        for row in query(connection, "push_sources", {"now": now})
    )


def rotate(connection: Connection, source: str, now: datetime, overlap: timedelta) -> str:
    """A new secret; the present one is accepted for `overlap` more."""
    secret = random.token_urlsafe(SECRET_BYTES)
    parameters = {"source": source, "secret": secret, "previous_until": now + overlap}
    if not query(connection, "push_rotate_source", parameters):
        raise _unknown(source)
    return secret


def remove(connection: Connection, source: str) -> None:
    """Shut the door for a partner; what it pushed stays."""
    if not query(connection, "push_remove_source", {"source": source}):
        raise _unknown(source)


def _unknown(source: str) -> UsageError:
    return UsageError(f"there is no push source {source!r}; `copydesk push sources list` names those there are")
