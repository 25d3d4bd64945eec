"""Pages that say that they are variants of another page: what they claim is remembered, and the other page visited."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from copydesk import frontier
from copydesk.article_url import looks_like_article
from copydesk.database import Connection, query
from copydesk.load.plan import Decision, Loaded
from copydesk.models import Entry
from copydesk.urls import registrable_domain

SOURCE = "canonical"


def remember_claims(
    connection: Connection, loaded: Sequence[Loaded], decisions: Sequence[Decision], now: datetime
) -> None:
    """Remember what new articles claim, and have the page visited that they claim, if nothing knows it yet."""
    claims = {
        one.article_id: decision.claimed_url
        for one, decision in zip(loaded, decisions, strict=True)
        if decision.claimed_url is not None
    }
    if not claims:
        return
    parameters = {"article_ids": list(claims), "claimed_urls": list(claims.values())}
    query(connection, "note_claims", parameters)
    unknown = query(connection, "claims_to_visit", parameters)
    frontier.add(
        connection,
        [_entry(row.claimed_url, row.feed_id) for row in unknown if looks_like_article(row.claimed_url)],
        now,
    )


def _entry(url: str, feed_id: int | None) -> Entry:
    return Entry(url=url, canonical_url=url, domain=registrable_domain(url), source=SOURCE, feed_id=feed_id)
