"""One HTTP exchange through aiohttp: no redirects followed, no environment trusted, bodies read within limits."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from types import TracebackType
from typing import Self

import aiohttp
from aiohttp.abc import AbstractResolver
from yarl import URL

from copydesk.errors import HeldPageError
from copydesk.fetch.address import GuardedResolver, guarded_socket, refuse_literal
from copydesk.fetch.body import ACCEPT_ENCODING, BodyLimits
from copydesk.fetch.verdict import refused, translated
from copydesk.models import Reason
from copydesk.settings import FETCH_SECONDS, MAX_REDIRECTS, Settings
from copydesk.urls import host

CHUNK_BYTES = 64 * 1024
MAX_HEADER_BYTES = 64 * 1024
SLOT_SECONDS = 45.0  # with FETCH_SECONDS less than what a turn at a site lasts: nobody asks when that is over
ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,application/json;q=0.9,*/*;q=0.5"


@dataclass(frozen=True, slots=True)
class Limits:
    """What one page may take: seconds in all, redirects, bytes; and how many requests may be under way at once.

    `slot_seconds` is how long a request may wait for others to end.
    """

    seconds: float = FETCH_SECONDS
    redirects: int = MAX_REDIRECTS
    body: BodyLimits = field(default_factory=BodyLimits)
    concurrency: int = 64
    slot_seconds: float = SLOT_SECONDS


@dataclass(frozen=True, slots=True)
class Answer:
    """Status, headers (lower-case names) and body as read, still compressed; the body is empty if it was not wanted."""

    url: str
    status: int
    headers: Mapping[str, str]
    body: bytes


Wanted = Callable[[int, Mapping[str, str]], int]
"""Told status and headers, how many bytes of the body to read at most: 0 for none. May raise to refuse the answer."""


class Transport:
    """A pool of connections to public addresses, and to those that the settings allow. Use as `async with`.

    `resolver` looks names up instead of the system; what it answers is not trusted either.
    """

    def __init__(self, settings: Settings, limits: Limits, resolver: AbstractResolver | None = None) -> None:
        self._settings = settings
        self._resolver = resolver
        self._limits = limits
        self._free = asyncio.Semaphore(limits.concurrency)

    async def __aenter__(self) -> Self:
        allowed = self._settings.allowed_networks
        connector = aiohttp.TCPConnector(
            limit=0,
            resolver=GuardedResolver(allowed, self._resolver),
            socket_factory=guarded_socket(allowed),
            keepalive_timeout=30,
        )
        self._session = aiohttp.ClientSession(
            connector=connector,
            cookie_jar=aiohttp.DummyCookieJar(),
            headers={"User-Agent": self._settings.user_agent, "Accept": ACCEPT, "Accept-Encoding": ACCEPT_ENCODING},
            timeout=aiohttp.ClientTimeout(total=None),
            auto_decompress=False,
            trust_env=False,
            middlewares=[_once],
            max_line_size=MAX_HEADER_BYTES,
            max_field_size=MAX_HEADER_BYTES,
        )
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._session.close()

    async def get(
        self, url: str, headers: Mapping[str, str], *, seconds: float, wanted: Wanted, cut: bool = False
    ) -> Answer:
        """Ask once; what a body has beyond `wanted` is cut off if it is an error's or `cut`, else it is TOO_LARGE.

        Raises PermanentPageError and TransientPageError, which is HeldPageError if too many requests are under way.
        """
        with translated(url):
            refuse_literal(host(url), self._settings.allowed_networks)
            async with (
                self._slot(url),
                asyncio.timeout(seconds),
                self._session.get(URL(url), headers=headers, allow_redirects=False) as response,
            ):
                return await _answer(url, response, wanted, cut)

    async def post(self, url: str, form: Mapping[str, str], *, seconds: float, wanted: Wanted) -> Answer:
        """Send a form (URL-encoded, UTF-8) once; what a body has beyond `wanted` is cut off. Raises as `get` does."""
        with translated(url):
            refuse_literal(host(url), self._settings.allowed_networks)
            async with (
                self._slot(url),
                asyncio.timeout(seconds),
                self._session.post(URL(url), data=dict(form), allow_redirects=False) as response,
            ):
                return await _answer(url, response, wanted, cut=True)

    @asynccontextmanager
    async def _slot(self, url: str) -> AsyncIterator[None]:
        try:
            async with asyncio.timeout(self._limits.slot_seconds):
                await self._free.acquire()
        except TimeoutError:
            raise HeldPageError(url, Reason.TIMEOUT, "too many requests to slow servers were under way") from None
        try:
            yield
        finally:
            self._free.release()


class DroppedError(aiohttp.ClientConnectionError):
    """The server dropped the connection before it answered."""


async def _once(request: aiohttp.ClientRequest, handler: aiohttp.ClientHandlerType) -> aiohttp.ClientResponse:
    """A request that is made once: aiohttp asks again at once where a connection was dropped, in nobody's turn."""
    try:
        return await handler(request)
    except aiohttp.ClientConnectorError:
        raise
    except (aiohttp.ClientOSError, aiohttp.ServerDisconnectedError) as error:
        raise DroppedError(str(error)) from error


async def _answer(url: str, response: aiohttp.ClientResponse, wanted: Wanted, cut: bool) -> Answer:
    headers = _plain(response.headers)
    most = wanted(response.status, headers)
    cut = cut or response.status >= HTTPStatus.BAD_REQUEST
    body = await _read(url, response, most, cut) if most else b""
    return Answer(str(response.url), response.status, headers, body)


async def _read(url: str, response: aiohttp.ClientResponse, most: int, cut: bool) -> bytes:
    body = bytearray()
    if cut or (response.content_length or 0) <= most:
        async for chunk in response.content.iter_chunked(CHUNK_BYTES):
            body += chunk
            if len(body) > most:
                break
        else:
            return bytes(body)
    if cut:
        return bytes(body[:most])
    raise refused(url, Reason.TOO_LARGE, f"the response is larger than {most:,} bytes")


def _plain(headers: Mapping[str, str]) -> dict[str, str]:
    """Lower-case names, repeated ones joined; bytes that are not UTF-8 replaced, so that any database takes them."""
    joined: dict[str, str] = {}
    for name, value in headers.items():
        text = value.encode("utf-8", "surrogateescape").decode("utf-8", "replace")
        joined[name.lower()] = f"{joined[name.lower()]}, {text}" if name.lower() in joined else text
    return joined
