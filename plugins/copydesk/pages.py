"""Raw pages at rest: zstd-compressed, once per content hash, so that any article can be made again without fetching.

The functions run inside the caller's `database.transaction`, but for `pages_of_entries`.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date
from typing import TypeVar

import psycopg2
import zstandard

from copydesk.database import Connection, Row, query, storable, transaction
from copydesk.models import Page
from copydesk.settings import MAX_DECOMPRESSED_BYTES

HTTP_OK = 200
STATEMENT_BYTES = 16 * 1024 * 1024  # compressed; a statement says each byte in two characters, and may have 1 GB
PORTION_BYTES = 4 * 1024 * 1024  # as they are

Item = TypeVar("Item")


def store_pages(connection: Connection, pages: Iterable[Page]) -> None:
    """Store pages whose bytes are not there yet, a statement for as many as STATEMENT_BYTES hold."""
    stored = [_Stored(page, zstandard.compress(page.body)) for page in pages]
    for day in sorted({one.stored_on for one in stored}):
        query(connection, "make_page_partition", {"day": day})
    for some in portions(stored, lambda one: len(one.body), STATEMENT_BYTES):
        query(connection, "store_pages", _columns(some))


def page_of_entry(connection: Connection, entry_id: int) -> Page:
    """The page that an entry's visit brought. Raises LookupError when it was never stored."""
    rows = query(connection, "pages_of_entries", {"entry_ids": [entry_id]})
    if not rows:
        raise LookupError(f"entry {entry_id} has no stored page")
    return page_from_row(rows[0])


def pages_of_entries(connection: Connection, entry_ids: Sequence[int]) -> Iterator[tuple[int, Page]]:
    """The pages that visits brought, by entry; those that are not stored are left out.

    Comes in portions, each in a transaction of its own, so that a few large pages do not fill the memory.
    """
    with transaction(connection):
        sizes = query(connection, "page_sizes", {"entry_ids": list(entry_ids)})
    for some in portions(sizes, lambda row: row.body_bytes, PORTION_BYTES):
        with transaction(connection):
            rows = query(connection, "pages_of_entries", {"entry_ids": [row.entry_id for row in some]})
        for row in rows:
            yield row.entry_id, page_from_row(row)


def portions(items: Iterable[Item], size: Callable[[Item], int], most: int) -> Iterator[list[Item]]:
    """Items in lists of which each, unless it has one item only, is no larger than `most`."""
    portion: list[Item] = []
    filled = 0
    for item in items:
        if portion and filled + size(item) > most:
            yield portion
            portion, filled = [], 0
        portion.append(item)
        filled += size(item)
    if portion:
        yield portion


@dataclass(frozen=True, slots=True)
class _Stored:
    """A page and its compressed bytes."""

    page: Page
    body: bytes

    @property
    def stored_on(self) -> date:
        """The partition's day: the first of the month."""
        return self.page.fetched_at.astimezone(UTC).date().replace(day=1)


def _columns(stored: Sequence[_Stored]) -> dict[str, object]:
    pages = [one.page for one in stored]
    return {
        "content_hashes": [page.content_hash for page in pages],
        "stored_on": [one.stored_on for one in stored],
        "urls": [page.url for page in pages],
        "final_urls": [page.final_url for page in pages],
        "headers": [json.dumps({storable(name): storable(value) for name, value in p.headers.items()}) for p in pages],
        "bodies": [psycopg2.Binary(one.body) for one in stored],
        "body_bytes": [len(page.body) for page in pages],
        "fetched_at": [page.fetched_at for page in pages],
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
