"""The fetcher: a URL's page, asked for politely and through its redirects, or an error that the books can keep."""

from __future__ import annotations

import asyncio
import hashlib
import time
from collections.abc import Callable, Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from datetime import datetime
from http import HTTPStatus
from types import TracebackType
from typing import Self

from aiohttp.abc import AbstractResolver

from copydesk.clock import utc_now
from copydesk.errors import PageError, PermanentPageError, TransientPageError, UrlError
from copydesk.fetch.access import barrier_of_redirect
from copydesk.fetch.body import GZIP_MAGIC, beginning, decompressed
from copydesk.fetch.gate import Gate
from copydesk.fetch.media import declared, is_readable, may_be_readable
from copydesk.fetch.pace import LocalScoreboard, Scoreboard
from copydesk.fetch.robots import LocalRobotsCache, RobotsCache
from copydesk.fetch.transport import Answer, Limits, Transport
from copydesk.fetch.verdict import PERMANENT_REDIRECTS, REDIRECTS, error_of_status, may_be_wall, refused, translated
from copydesk.models import NotModified, Outcome, Page, Reason
from copydesk.politeness import MAX_CRAWL_DELAY_SECONDS
from copydesk.settings import Settings
from copydesk.urls import absolute, canonicalize, registrable_domain

Clock = Callable[[], datetime]
MAX_WALL_BYTES = 128 * 1024
PATIENCE_SECONDS = MAX_CRAWL_DELAY_SECONDS


@dataclass(slots=True)
class _Trail:
    """The way from the URL that was asked for: what was visited, the seconds used, whether all moves were for good.

    `waited` are the seconds before requests: for turns, and for what robots.txt says.
    """

    url: str
    seen: set[str] = field(default_factory=set)
    seconds: float = 0.0
    waited: float = 0.0
    for_good: bool = True


class Fetcher:
    """Fetches pages and feeds. Use as `async with Fetcher(settings) as fetcher`; any number of fetches at once.

    Requests to one registrable domain take turns on the scoreboard; those to different domains run side by side. A page
    may wait `patience` seconds for its turns, those of its redirects included.
    """

    def __init__(
        self,
        settings: Settings,
        *,
        limits: Limits | None = None,
        scoreboard: Scoreboard | None = None,
        robots: RobotsCache | None = None,
        resolver: AbstractResolver | None = None,
        clock: Clock = utc_now,
        patience: float = PATIENCE_SECONDS,
    ) -> None:
        self._patience = patience
        self._limits = limits or Limits()
        self._clock = clock
        self._transport = Transport(settings, self._limits, resolver)
        self._gate = Gate(
            self._transport,
            settings=settings,
            scoreboard=scoreboard or LocalScoreboard(now=clock),
            robots=robots or LocalRobotsCache(),
            limits=self._limits,
            clock=clock,
        )
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> Self:
        await self._stack.enter_async_context(self._transport)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._stack.aclose()

    async def fetch(self, url: str, *, etag: str | None = None, last_modified: str | None = None) -> Page | NotModified:
        """The page at `url`, or NotModified if it is still what `etag` and `last_modified` came with.

        Raises PermanentPageError and TransientPageError, whose outcome and reason are what the books will say.
        """
        trail, here, conditions = _Trail(url), url, _conditions(etag, last_modified)
        while True:
            self._visit(trail, here)
            answer, held_until = await self._ask(trail, here, conditions)
            if answer.status == HTTPStatus.NOT_MODIFIED and conditions:
                return NotModified(url, answer.headers, self._clock(), answer.url, _moved_to(trail, answer))
            if answer.status not in REDIRECTS or "location" not in answer.headers:
                return await self._page(trail, answer, held_until)
            trail.for_good = trail.for_good and answer.status in PERMANENT_REDIRECTS
            here = _target(url, here, answer.headers["location"])

    async def page(self, url: str) -> Page:
        """The page at `url`, whatever is known of it. Raises as `fetch` does."""
        answer = await self.fetch(url)
        if isinstance(answer, NotModified):  # only a conditional request is answered so
            raise TransientPageError(url, Reason.BAD_RESPONSE, "the server says 304 without being asked whether")
        return answer

    async def sitemaps(self, url: str) -> tuple[str, ...]:
        """The sitemaps that the robots.txt of the origin of `url` names; none if it cannot be had."""
        return await self._gate.sitemaps(url)

    def _visit(self, trail: _Trail, here: str) -> None:
        if here in trail.seen:
            raise refused(trail.url, Reason.REDIRECTS, f"the redirects are a loop through {here}")
        if len(trail.seen) > self._limits.redirects:
            raise refused(trail.url, Reason.REDIRECTS, f"more than {self._limits.redirects} redirects")
        trail.seen.add(here)

    async def _ask(self, trail: _Trail, here: str, conditions: Mapping[str, str]) -> tuple[Answer, datetime | None]:
        """One hop, within what is left of the page's seconds; waiting for a turn does not count.

        With the answer comes until when the site is left alone after it.
        """
        with translated(trail.url):
            canonicalize(here)  # refuses what is no web URL before anything is asked
        begun = time.monotonic()
        async with self._gate.turn(trail.url, here, self._patience_left(trail, here)) as turn:
            trail.waited += time.monotonic() - begun
            answer = await self._get(trail, here, conditions)
            self._gate.heed(turn, answer)
        return answer, turn.hold_until

    def _patience_left(self, trail: _Trail, here: str) -> float:
        if trail.waited <= self._patience:
            return self._patience - trail.waited
        detail = f"waiting for the sites of its redirects took more than {self._patience:.0f} s, up to {here[:200]}"
        raise TransientPageError(trail.url, Reason.TIMEOUT, detail)

    async def _get(self, trail: _Trail, here: str, conditions: Mapping[str, str]) -> Answer:
        started = time.monotonic()
        left = self._limits.seconds - trail.seconds
        try:
            return await self._transport.get(here, conditions, seconds=left, wanted=self._wanted(trail))
        except PageError as error:
            if here == trail.url:
                raise
            raise _about(trail.url, here, error) from error
        finally:
            trail.seconds += time.monotonic() - started

    def _wanted(self, trail: _Trail) -> Callable[[int, Mapping[str, str]], int]:
        """A success has a body worth reading, if it is of a type that may be a page; an error's may show a wall."""

        def wanted(status: int, headers: Mapping[str, str]) -> int:
            if may_be_wall(status) and declared(headers.get("content-type", "")) == "text/html":
                return MAX_WALL_BYTES
            if status != HTTPStatus.NO_CONTENT and HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
                _refuse_type(trail.url, may_be_readable(headers.get("content-type", "")), headers)
                return self._limits.body.read_bytes
            return 0

        return wanted

    async def _page(self, trail: _Trail, answer: Answer, held_until: datetime | None) -> Page:
        site = registrable_domain(answer.url)
        if error := error_of_status(trail.url, answer.status, answer.headers, site=site, retry_at=held_until):
            raise await self._explained(error, answer)
        if reason := barrier_of_redirect(trail.url, answer.url):
            outcome = Outcome.GONE if reason is Reason.SOFT_NOT_FOUND else Outcome.REFUSED
            raise PermanentPageError(trail.url, outcome, reason, f"redirects to {answer.url[:200]}")
        body = await self._decoded(trail.url, answer)
        if not body.strip():
            raise refused(trail.url, Reason.EMPTY, "the response has no body")
        _refuse_type(trail.url, is_readable(answer.headers.get("content-type", ""), body), answer.headers)
        digest = hashlib.sha256(body).digest()
        moved_to = _moved_to(trail, answer)
        return Page(trail.url, answer.url, answer.status, answer.headers, body, self._clock(), digest, moved_to)

    async def _explained(self, error: PageError, answer: Answer) -> PageError:
        """The same error, or the wall that its body shows."""
        if not answer.body or error.outcome is Outcome.REFUSED:
            return error
        from copydesk.walls import wall_of_error  # noqa: PLC0415 - lxml, which feeds and good pages do not need here

        body = beginning(answer.body, answer.headers.get("content-encoding", ""), MAX_WALL_BYTES)
        wall = await asyncio.to_thread(wall_of_error, answer.headers, body)
        if wall is None:
            return error
        return PermanentPageError(error.url, wall.outcome, wall.reason, f"{error.detail}; {wall.detail}")

    async def _decoded(self, url: str, answer: Answer) -> bytes:
        """The body without its codings; a gzip file, as sitemaps are, counts as one. In a thread: it may be long."""
        with translated(url):
            body = await self._without(answer.headers.get("content-encoding", ""), answer.body)
            return await self._without("gzip", body) if body.startswith(GZIP_MAGIC) else body

    async def _without(self, codings: str, body: bytes) -> bytes:
        if not codings or not body:
            return body
        return await asyncio.to_thread(decompressed, body, codings, self._limits.body)


def _moved_to(trail: _Trail, answer: Answer) -> str | None:
    return answer.url if trail.for_good and len(trail.seen) > 1 else None


def _conditions(etag: str | None, last_modified: str | None) -> dict[str, str]:
    given = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    return {name: value for name, value in given.items() if value and value.isprintable()}


def _target(url: str, here: str, location: str) -> str:
    try:
        return absolute(here, location)
    except UrlError as error:
        raise refused(url, Reason.BAD_URL, f"redirects to what cannot be fetched: {error}") from error


def _refuse_type(url: str, readable: bool, headers: Mapping[str, str]) -> None:
    if not readable:
        said = headers.get("content-type", "")[:80] or "nothing"
        raise refused(url, Reason.WRONG_TYPE, f"the response is not HTML, XML or JSON; its type says {said}")


def _about(url: str, here: str, error: PageError) -> PageError:
    """The same error, said of the URL that was asked for and not of where its redirects led."""
    detail = f"redirects to {here[:200]}: {error.detail}"
    if isinstance(error, TransientPageError):
        return type(error)(url, error.reason, detail, retry_at=error.retry_at, site=registrable_domain(here))
    return type(error)(url, error.outcome, error.reason, detail)
