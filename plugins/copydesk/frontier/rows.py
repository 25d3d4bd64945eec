"""Rows of ingest.entries as entries."""

from __future__ import annotations

from copydesk.database import Row
from copydesk.models import Entry


def entry_of(row: Row) -> Entry:
    """The entry of a row that has the columns of an Entry."""
    return Entry(
        url=row.url,
        canonical_url=row.canonical_url,
        domain=row.domain,
        source=row.source,
        guid=row.guid,
        title=row.title,
        authors=tuple(row.authors),
        published_at=row.published_at,
        modified_at=row.modified_at,
        summary=row.summary,
        language=row.language,
        categories=tuple(row.categories),
        content_html=row.content_html,
        entry_id=row.entry_id,
        feed_id=row.feed_id,
        attempts=row.attempts,
        first_seen_at=row.first_seen_at,
    )
