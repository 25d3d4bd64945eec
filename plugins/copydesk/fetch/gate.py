"""The gate before each request: robots.txt lets us, and it is our turn."""

from __future__ import annotations

import asyncio
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from datetime import datetime
from http import HTTPStatus

from copydesk.errors import PageError, TransientPageError, UrlError
from copydesk.fetch.body import BombError, CodingError, decompressed
from copydesk.fetch.pace import Scoreboard
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
from copydesk.fetch.verdict import REDIRECTS, refused
from copydesk.models import Reason
from copydesk.politeness import pause_for
from copydesk.settings import Settings
from copydesk.urls import absolute, origin, registrable_domain

LONG_WAIT_SECONDS = 0.05
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
    async def turn(self, url: str, here: str) -> AsyncIterator[None]:
        """Our turn to ask for `here`, which `url` led to. Raises PageError if robots.txt or the site says no."""
        allowed = await self._permission(url, here)
        domain = registrable_domain(here)
        await self._refuse_held(url, domain)
        pause = pause_for(self._settings.pause_seconds, crawl_delay=allowed.crawl_delay)
        begun = time.monotonic()
        async with self._scoreboard.turn(domain, pause):
            if time.monotonic() - begun > LONG_WAIT_SECONDS:  # others had their turn meanwhile, and were told to wait
                await self._refuse_held(url, domain)
            yield

    async def sitemaps(self, url: str) -> tuple[str, ...]:
        """The sitemaps that the robots.txt of the origin of `url` names."""
        return named_sitemaps(await self._file(origin(url)))

    async def hold(self, here: str, until: datetime) -> None:
        """Leave the site of `here` alone until then."""
        await self._scoreboard.hold(registrable_domain(here), until)

    async def _refuse_held(self, url: str, domain: str) -> None:
        until = await self._scoreboard.held_until(domain)
        if until and until > self._clock():
            detail = f"{domain} asked to be left alone until {until:%Y-%m-%d %H:%M:%SZ}"
            raise TransientPageError(url, Reason.RATE_LIMITED, detail, retry_at=until)

    async def _permission(self, url: str, here: str) -> Permission:
        file = await self._file(origin(here))
        if file.standing is Standing.UNREACHABLE:
            raise TransientPageError(url, file.reason, file.detail, retry_at=file.expires_at)
        found = permission(file, here, self._settings.user_agent)
        if not found.allowed:
            raise refused(url, Reason.ROBOTS, f"{origin(here)}/robots.txt does not allow {here[:200]}")
        return found

    async def _file(self, site: str) -> RobotsFile:
        async with self._asking[site]:
            kept = await self._robots.get(site)
            if kept and kept.expires_at > self._clock():
                return kept
            file = await self._asked(f"{site}/robots.txt")
            await self._robots.put(site, file)
            return file

    async def _asked(self, robots_url: str) -> RobotsFile:
        """Ask for a robots.txt through its redirects; one that leads nowhere is as good as none (RFC 9309, 2.3.1.2)."""
        here = robots_url
        try:
            for _ in range(self._limits.redirects + 1):
                answer = await self._answer(here)
                if answer.status not in REDIRECTS or "location" not in answer.headers:
                    return file_of_answer(answer.status, self._body(answer), self._clock())
                here = absolute(here, answer.headers["location"])
        except TransientPageError as error:
            return unreachable(f"robots.txt could not be had: {error.detail}", error.reason, self._clock())
        except (PageError, UrlError):
            pass  # refused for what it is or where it is: not a file that we could go by
        return file_of_answer(HTTPStatus.NOT_FOUND, b"", self._clock())

    async def _answer(self, here: str) -> Answer:
        async with self._scoreboard.turn(registrable_domain(here), self._settings.pause_seconds):
            return await self._transport.get(here, HEADERS, seconds=self._limits.seconds, wanted=_start, cut=True)

    def _body(self, answer: Answer) -> bytes:
        """The text; none if it is not compressed as it says, or only to do harm."""
        try:
            return decompressed(answer.body, answer.headers.get("content-encoding", ""), self._limits.body)
        except (BombError, CodingError):
            return b""


def _start(status: int, headers: Mapping[str, str]) -> int:  # noqa: ARG001 - the signature of transport.Wanted
    return MAX_ROBOTS_BYTES
