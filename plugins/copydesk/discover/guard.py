"""The edge of reading: whatever a document makes its reader raise is an error about that document."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from copydesk.errors import DatabaseError, FeedError

MAX_DETAIL_CHARS = 300


@contextmanager
def reading(url: str) -> Iterator[None]:
    """Turn whatever reading the document at `url` raises into a FeedError, but for a DatabaseError.

    Parsers have limits of their own, and documents are made to find them.
    """
    try:
        yield
    except (FeedError, DatabaseError):
        raise
    except Exception as error:
        raise FeedError(url, f"the document broke its reader: {error!r}"[:MAX_DETAIL_CHARS]) from error
