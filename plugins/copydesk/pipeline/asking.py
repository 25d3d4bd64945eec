"""Asking many sites at once, each at its own pace, and writing answers down as they come."""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Iterable, Iterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Protocol

from copydesk.errors import DatabaseError, PageError, PermanentPageError
from copydesk.models import NotModified, Outcome, Page, Reason
from copydesk.pipeline.visit import Answer, Visit, is_elsewhere, own_trouble
from copydesk.politeness import MAX_CRAWL_DELAY_SECONDS
from copydesk.settings import Settings

SLOW_SECONDS = 60.0  # so long a wait is a long crawl-delay; the batch does not wait for another one
DOWN_AFTER = 3  # failures in a row: the site has a problem that more requests would not solve

Answered = tuple[Visit, Answer]


class Fetches(Protocol):
    """What fetches: copydesk.fetch.Fetcher, or a test's own."""

    async def fetch(self, url: str, *, etag: str | None = None, last_modified: str | None = None) -> Page | NotModified:
        """The page, or NotModified; raises PageError."""


@asynccontextmanager
async def fetching(
    settings: Settings, given: Fetches | None = None, patience: float = MAX_CRAWL_DELAY_SECONDS
) -> AsyncIterator[Fetches]:
    """What fetches: the one that is given, or a Fetcher that shares turns and robots.txt with all workers.

    A page waits for its turns no longer than `patience` seconds.
    """
    if given is not None:
        yield given
        return
    from copydesk.frontier.fetcher import shared_fetcher  # noqa: PLC0415 - aiohttp, which a test's own does not need

    async with shared_fetcher(settings, patience) as fetcher:
        yield fetcher


async def ask_sites(
    fetcher: Fetches,
    visits: Iterable[Visit],
    *,
    write: Callable[[Sequence[Answered]], None],
    more: Callable[[], bool],
) -> None:
    """Make visits until all are made or `more` says no; a site that fails or asks for quiet is left alone.

    `write` gets answers as they come, several at once when they come fast. It is called in a thread, one at a time, and
    its errors end everything and are raised, as is a DatabaseError of the fetcher's.
    """
    answered: asyncio.Queue[Answered | None] = asyncio.Queue()
    by_site = defaultdict(list)
    for visit in visits:
        by_site[visit.entry.domain].append(visit)
    try:
        async with asyncio.TaskGroup() as everything:
            everything.create_task(_write_all(answered, write))
            async with asyncio.TaskGroup() as sites:
                for of_site in by_site.values():
                    asked = _Asked(iter(of_site))
                    for _ in range(min(of_site[0].concurrency, len(of_site))):
                        sites.create_task(_ask_site(fetcher, asked, answered, more))
            await answered.put(None)
    except ExceptionGroup as group:
        raise _first(group) from None


@dataclass(slots=True)
class _Asked:
    """A site that is being asked: the visits that are left, failures in a row, and whether to leave it alone."""

    left: Iterator[Visit]
    failures: int = 0
    over: bool = False

    def note(self, visit: Visit, answer: Answer, seconds: float) -> None:
        """What an answer after so many seconds means for the rest; other sites behind redirects mean nothing."""
        trouble = own_trouble(visit, answer)
        self.failures = self.failures + 1 if trouble else 0
        wishes = trouble is not None and trouble.retry_at is not None
        self.over = self.over or wishes or self.failures >= DOWN_AFTER or seconds > SLOW_SECONDS


async def _ask_site(
    fetcher: Fetches, asked: _Asked, answered: asyncio.Queue[Answered | None], more: Callable[[], bool]
) -> None:
    """One after the other of what is left; with several of these, a site is asked so many things at a time."""
    for visit in asked.left:
        if asked.over or not more():
            return
        begun = time.monotonic()
        answer = await _ask(fetcher, visit)
        await answered.put((visit, answer))
        asked.note(visit, answer, time.monotonic() - begun)


async def _ask(fetcher: Fetches, visit: Visit) -> Answer:
    url = visit.entry.url
    try:
        return await _fetched(fetcher, visit)
    except PageError as error:
        return error
    except DatabaseError:  # the scoreboard's: no page's fault
        raise
    except Exception as error:  # noqa: BLE001 - one bad page never sinks a batch
        return PermanentPageError(url, Outcome.FAILED, Reason.CRASHED, f"fetching failed: {error!r}")


async def _fetched(fetcher: Fetches, visit: Visit) -> Page | NotModified:
    answer = await fetcher.fetch(visit.entry.url, etag=visit.etag, last_modified=visit.last_modified)
    if isinstance(answer, NotModified) and is_elsewhere(visit, answer):
        return await fetcher.fetch(visit.entry.url)
    return answer


async def _write_all(answered: asyncio.Queue[Answered | None], write: Callable[[Sequence[Answered]], None]) -> None:
    last = False
    while not last:
        items = [await answered.get()]
        while not answered.empty():
            items.append(answered.get_nowait())
        last = items[-1] is None
        if batch := [item for item in items if item is not None]:
            await asyncio.to_thread(write, batch)


def _first(group: BaseExceptionGroup[BaseException]) -> BaseException:
    error = group.exceptions[0]
    return _first(error) if isinstance(error, BaseExceptionGroup) else error
