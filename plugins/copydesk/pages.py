"""Raw pages at rest: zstd-compressed, once per content hash, so that any article can be made again without fetching.

The functions run inside the caller's `database.transaction`.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import UTC

import psycopg2
import zstandard

from copydesk.database import Connection, Row, query, storable
from copydesk.models import Page
from copydesk.settings import MAX_DECOMPRESSED_BYTES

HTTP_OK = 200


def store_pages(connection: Connection, pages: Iterable[Page]) -> None:
    """Store pages whose bytes are not there yet."""
    for page in pages:
        day = page.fetched_at.astimezone(UTC).date().replace(day=1)
        query(connection, "make_page_partition", {"day": day})
        query(connection, "store_page", {"stored_on": day, **_columns(page)})


def page_of_entry(connection: Connection, entry_id: int) -> Page:
    """The page that an entry's visit brought. Raises LookupError when it was never stored."""
    rows = query(connection, "page_of_entry", {"entry_id": entry_id})
    if not rows:
        raise LookupError(f"entry {entry_id} has no stored page")
    return page_from_row(rows[0])


def _columns(page: Page) -> dict[str, object]:
    return {
        "content_hash": page.content_hash,
        "url": page.url,
        "final_url": page.final_url,
        "headers": json.dumps({storable(name): storable(value) for name, value in page.headers.items()}),
        "body": psycopg2.Binary(zstandard.compress(page.body)),
        "body_bytes": len(page.body),
        "fetched_at": page.fetched_at,
    }


def page_from_row(row: Row) -> Page:
    """The page of a row with its URLs, status, headers, compressed body, time and hash."""
    return Page(
        url=row.url,
        final_url=row.final_url,
        status=row.http_status or HTTP_OK,
        headers=row.headers,
        body=zstandard.decompress(bytes(row.body), max_output_size=MAX_DECOMPRESSED_BYTES),
        fetched_at=row.fetched_at,
        content_hash=bytes(row.content_hash),
    )
