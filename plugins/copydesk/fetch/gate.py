"""The gate before each request: the operator and robots.txt let us, and it is our turn."""

from __future__ import annotations

import asyncio
import math
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import datetime
from http import HTTPStatus

from copydesk.errors import HeldPageError, PageError, TransientPageError, UrlError
from copydesk.fetch.body import beginning
from copydesk.fetch.pace import HeldError, Scoreboard, Terms, Turn
from copydesk.fetch.robots import (
    MAX_ROBOTS_BYTES,
    Permission,
    RobotsCache,
    RobotsFile,
    Standing,
    file_of_answer,
    named_sitemaps,
    permission,
    unreachable,
)
from copydesk.fetch.transport import Answer, Limits, Transport
from copydesk.fetch.verdict import REDIRECTS, is_slowdown, refused
from copydesk.models import Reason
from copydesk.politeness import pause_for, retry_after, site_held_until
from copydesk.settings import Settings
from copydesk.urls import absolute, origin, registrable_domain

HEADERS = {"Accept": "text/plain,*/*;q=0.5", "Accept-Encoding": "gzip, identity"}


class Gate:
    """Knows each origin's robots.txt and each site's pace; asks for a robots.txt at most once at a time."""

    def __init__(
        self,
        transport: Transport,
        *,
        settings: Settings,
        scoreboard: Scoreboard,
        robots: RobotsCache,
        limits: Limits,
        clock: Callable[[], datetime],
    ) -> None:
        self._transport = transport
        self._settings = settings
        self._scoreboard = scoreboard
        self._robots = robots
        self._limits = limits
        self._clock = clock
        self._asking: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    @asynccontextmanager
    async def turn(self, url: str, here: str, patience: float) -> AsyncIterator[Turn]:
        """Our turn to ask for `here`, which `url` led to. Raises PageError if anybody says no.

        One is HeldPageError, also where pauses would take more than `patience` seconds.
        """
        domain = registrable_domain(here)
        terms = await self._scoreboard.terms(domain)
        if terms.blocked is not None:
            raise refused(url, Reason.BLOCKED, f"an operator forbids {domain}: {terms.blocked}")
        if terms.held_until and terms.held_until > self._clock():
            raise _held(url, HeldError(domain, terms.held_until))
        allowed = await self._permission(url, here, terms, patience)
        try:
            async with self._timed_turn(domain, allowed.crawl_delay, terms.concurrency, patience) as turn:
                yield turn
        except HeldError as error:
            raise _held(url, error) from error

    @asynccontextmanager
    async def _timed_turn(
        self, domain: str, crawl_delay: float | None, concurrency: int, patience: float
    ) -> AsyncIterator[Turn]:
        """A turn that is followed by the pause that its latency asks for."""
        general = self._settings.pause_seconds
        pause = pause_for(general, crawl_delay=crawl_delay)
        async with self._scoreboard.turn(domain, pause, concurrency, patience=patience) as turn:
            begun = time.monotonic()
            try:
                yield turn
            finally:
                latency = pause_for(general, took=time.monotonic() - begun)
                turn.pause_seconds = max(turn.pause_seconds, latency)

    def heed(self, turn: Turn, answer: Answer) -> None:
        """Leave the site alone as long as its answer asks for, by Retry-After or by what 429 and 503 mean."""
        wish = self._wish(answer)
        turn.slowed = is_slowdown(answer.status)
        turn.hold_until = site_held_until(turn.slowdowns + 1, self._clock(), wish=wish) if turn.slowed else wish

    def _wish(self, answer: Answer) -> datetime | None:
        """Until when an answer that refuses asks us to wait by Retry-After."""
        refuses = is_slowdown(answer.status) or answer.status >= HTTPStatus.INTERNAL_SERVER_ERROR
        return retry_after(answer.headers.get("retry-after"), self._clock()) if refuses else None

    async def sitemaps(self, url: str) -> tuple[str, ...]:
        """The sitemaps that the robots.txt of the origin of `url` names."""
        return named_sitemaps(await self._file(origin(url), math.inf))

    async def _permission(self, url: str, here: str, terms: Terms, patience: float) -> Permission:
        if terms.robots_ignored is not None:
            return Permission(allowed=True)
        file = await self._file(origin(here), patience)
        if file.standing is Standing.UNREACHABLE:
            site = registrable_domain(here)
            raise TransientPageError(url, file.reason, file.detail, retry_at=file.expires_at, site=site)
        found = permission(file, here, self._settings.user_agent)
        if not found.allowed:
            raise refused(url, Reason.ROBOTS, f"{origin(here)}/robots.txt does not allow {here[:200]}")
        return found

    async def _file(self, site: str, patience: float) -> RobotsFile:
        async with self._asking[site]:
            kept = await self._robots.get(site)
            if kept and kept.expires_at > self._clock():
                return kept
            file = await self._asked(f"{site}/robots.txt", patience)
            await self._robots.put(site, file)
            return file

    async def _asked(self, robots_url: str, patience: float) -> RobotsFile:
        """Ask for a robots.txt through its redirects; one that leads nowhere is as good as none (RFC 9309, 2.3.1.2).

        It may take as long as a page, its redirects together and waiting for turns not counted.
        """
        here, left = robots_url, self._limits.seconds
        try:
            for _ in range(self._limits.redirects + 1):
                found, seconds = await self._file_or_next(here, left, patience)
                if isinstance(found, RobotsFile):
                    return found
                here, left = found, left - seconds
        except HeldPageError:
            raise  # nobody was asked, which says nothing of the file
        except TransientPageError as error:
            detail = f"robots.txt could not be had: {error.detail}"
            return unreachable(detail, error.reason, self._clock(), error.retry_at)
        except (PageError, UrlError):
            pass  # refused for what it is or where it is: not a file that we could go by
        return file_of_answer(HTTPStatus.NOT_FOUND, b"", self._clock())

    async def _file_or_next(self, here: str, seconds: float, patience: float) -> tuple[RobotsFile | str, float]:
        """What the answer at one address means, or where it redirects to, and the seconds that asking took.

        Its crawl-delay begins with it.
        """
        try:
            async with self._timed_turn(registrable_domain(here), None, 1, patience) as turn:
                begun = time.monotonic()
                answer = await self._transport.get(here, HEADERS, seconds=seconds, wanted=_start, cut=True)
                took = time.monotonic() - begun
                turn.hold_until = self._wish(answer)
                if answer.status in REDIRECTS and "location" in answer.headers:
                    return absolute(here, answer.headers["location"]), took
                file = file_of_answer(answer.status, _text(answer), self._clock(), turn.hold_until)
                if file.standing is Standing.RULES:
                    delay = permission(file, here, self._settings.user_agent).crawl_delay
                    turn.pause_seconds = pause_for(self._settings.pause_seconds, crawl_delay=delay)
                return file, took
        except HeldError as error:
            raise _held(here, error) from error


def _text(answer: Answer) -> bytes:
    """The text as far as it can be read, as it came if it is not compressed as it says."""
    return beginning(answer.body, answer.headers.get("content-encoding", ""), MAX_ROBOTS_BYTES) or answer.body


def _held(url: str, error: HeldError) -> TransientPageError:
    return HeldPageError(url, Reason.RATE_LIMITED, str(error), retry_at=error.until, site=error.domain)


def _start(status: int, headers: Mapping[str, str]) -> int:  # noqa: ARG001 - the signature of transport.Wanted
    return MAX_ROBOTS_BYTES
