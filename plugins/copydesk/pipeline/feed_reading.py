"""What a feed's answer says: a document, the same as before, or a failure of some kind. Asks for more where it must."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from copydesk.errors import DatabaseError, FeedError, PageError, PermanentPageError, TransientPageError
from copydesk.models import Feed, NotModified, Outcome, Page, Reason

if TYPE_CHECKING:
    from copydesk.discover import FeedDocument
    from copydesk.discover.failures import Trouble
    from copydesk.discover.schedule import Watch
    from copydesk.discover.successor import Suggestion

Fetch = Callable[[str], Awaitable[Page | NotModified]]


@dataclass(frozen=True, slots=True)
class Due:
    """A feed that is due, with what decides when it is due again. `sitemaps` is what an index's sitemaps said last."""

    feed: Feed
    watch: Watch
    failures: int = 0
    revisit_before: datetime | None = None
    sitemaps: dict[str, str] | None = None
    newest_item_at: datetime | None = None
    suggested_url: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """An answer that was read. `document` is None if it is the same as before, `sitemaps` is for the next reading."""

    answer: Page | NotModified
    document: FeedDocument | None = None
    sitemaps: dict[str, str] | None = None
    suggestion: Suggestion | None = None


@dataclass(frozen=True, slots=True)
class Failure:
    """An answer that is no feed, or none at all; `page` is what was there instead, if anything was."""

    trouble: Trouble
    detail: str
    retry_at: datetime | None = None
    page: Page | None = None
    suggestion: Suggestion | None = None


async def read_answer(due: Due, answer: Page | NotModified | PageError, fetch: Fetch) -> Reading | Failure:
    """Read what a feed answered; an index of sitemaps is read with what it lists, which takes more requests."""
    if isinstance(answer, PageError):
        return _failure(answer)
    if isinstance(answer, NotModified):
        return Reading(answer)
    try:
        return await _read(due, answer, fetch)
    except FeedError as error:
        return _failure(error, answer)


async def asked(fetch: Fetch, url: str) -> Page | NotModified | PageError:
    """The answer to a request, errors too: one bad feed never sinks a poll. Raises DatabaseError, no feed's."""
    try:
        return await fetch(url)
    except PageError as error:
        return error
    except DatabaseError:
        raise
    except Exception as error:  # noqa: BLE001 - ours or not, it is about this feed only
        return PermanentPageError(url, Outcome.FAILED, Reason.CRASHED, f"fetching failed: {error!r}")


async def _read(due: Due, page: Page, fetch: Fetch) -> Reading:
    from copydesk.discover.feed import read_feed  # noqa: PLC0415 - feedparser and lxml
    from copydesk.discover.section_page import read_section_page  # noqa: PLC0415
    from copydesk.discover.sitemap_tree import is_index, read_tree  # noqa: PLC0415

    if is_index(page):
        tree = await read_tree(page, fetch, due.sitemaps or {}, due.newest_item_at)
        return Reading(page, tree.document, tree.sitemaps)
    if due.revisit_before is None and page.content_hash == due.feed.content_hash:
        return Reading(page)
    if due.feed.kind == "page":
        return Reading(page, await asyncio.to_thread(read_section_page, page.body, page.final_url))
    document = await asyncio.to_thread(read_feed, page.body, page.final_url, page.headers)
    return Reading(page, document, suggestion=await _own_suggestion(due, page, document, fetch))


async def _own_suggestion(due: Due, page: Page, document: FeedDocument, fetch: Fetch) -> Suggestion | None:
    """Where a feed says that it is, if it can be read there; tried as often as it is asked unconditionally."""
    from copydesk.discover.successor import can_be_read, own_suggestion  # noqa: PLC0415 - feedparser and lxml

    found = own_suggestion(document, page.moved_to or due.feed.url)
    if found is None or found.url == due.suggested_url:
        return found
    return found if due.watch.asks_anew(page.fetched_at) and await can_be_read(fetch, found) else None


def _failure(error: PageError | FeedError, page: Page | None = None) -> Failure:
    from copydesk.discover.failures import trouble_of  # noqa: PLC0415 - the package reads feeds: lxml

    retry_at = error.retry_at if isinstance(error, TransientPageError) else None
    return Failure(trouble_of(error), error.detail, retry_at, page)
