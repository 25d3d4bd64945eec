"""The newswire's servers: one port of 127.0.0.1 a publisher, conditional requests, robots.txt, and edits on request."""

from __future__ import annotations

import asyncio
import hashlib
import threading
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime

from aiohttp import web

from copydesk.newswire import pages
from copydesk.newswire.stock import Edition, Publisher, edited, publishers

HOST = "127.0.0.1"
ROBOTS = "User-agent: *\nDisallow: /search\nDisallow: /account/\n"


@dataclass(frozen=True, slots=True)
class Hit:
    """One request that a site answered."""

    publisher: str
    path: str
    status: int


class Site:
    """One publisher's pages at one address; what it carries can be edited while it is served."""

    def __init__(self, publisher: Publisher, hits: list[Hit]) -> None:
        self.publisher = publisher
        self.base_url = ""
        self._editions = {edition.path: edition for edition in publisher.editions}
        self._hits = hits

    @property
    def feed_url(self) -> str:
        """Where the site's feed is."""
        return f"{self.base_url}/feed"

    def carries(self, path: str) -> bool:
        """Whether the site has an article at that path."""
        return path in self._editions

    def edit(self, path: str, passage: int, text: str) -> None:
        """Replace a passage (numbered from 0) of the article at `path` from now on."""
        self._editions[path] = edited(self._editions[path], passage, text)

    def application(self) -> web.Application:
        """The site as an aiohttp application."""
        app = web.Application()
        app.router.add_get("/", self._home)
        app.router.add_get("/feed", self._feed)
        app.router.add_get("/robots.txt", self._robots)
        app.router.add_get("/media/{name}.svg", self._picture)
        app.router.add_get("/{path:.+}", self._article)
        return app

    async def _home(self, request: web.Request) -> web.Response:
        return self._page(request, pages.home_html(self.publisher, tuple(self._editions.values()), self.base_url))

    async def _feed(self, request: web.Request) -> web.Response:
        editions = tuple(self._editions.values())
        xml = pages.feed_xml(self.publisher, editions, self.base_url)
        changed = max(edition.modified_at for edition in editions)
        response = self._answer(request, xml.encode(), changed)
        response.headers["Content-Type"] = f"{pages.FEED_TYPES[self.publisher.feed]}; charset=utf-8"
        return response

    async def _robots(self, request: web.Request) -> web.Response:
        return self._counted(request, web.Response(text=ROBOTS))

    async def _picture(self, request: web.Request) -> web.Response:
        svg = pages.picture_svg(request.match_info["name"])
        return web.Response(text=svg, content_type="image/svg+xml")

    async def _article(self, request: web.Request) -> web.Response:
        edition = self._editions.get(request.path)
        if edition is None:
            return self._counted(request, web.Response(status=404, text="Not found"))
        return self._page(request, pages.article_html(self.publisher, edition, self.base_url), edition)

    def _page(self, request: web.Request, html: str, edition: Edition | None = None) -> web.Response:
        """HTML in the publisher's own character set, which only the page itself names."""
        body = html.encode(self.publisher.charset, errors="xmlcharrefreplace")
        response = self._answer(request, body, edition.modified_at if edition else None)
        response.headers["Content-Type"] = "text/html"
        return response

    def _answer(self, request: web.Request, body: bytes, changed: datetime | None) -> web.Response:
        etag = hashlib.sha256(body).hexdigest()[:20]
        if _unchanged(request, etag, changed):
            response = web.Response(status=304)
        else:
            response = web.Response(body=body)
            response.enable_compression()
        response.etag = etag
        if changed is not None:
            response.headers["Last-Modified"] = format_datetime(changed.astimezone(UTC), usegmt=True)
        return self._counted(request, response)

    def _counted(self, request: web.Request, response: web.Response) -> web.Response:
        self._hits.append(Hit(self.publisher.key, request.path, response.status))
        return response


class Newswire:
    """All sites, served. `hits` are the requests answered so far."""

    def __init__(self) -> None:
        self.hits: list[Hit] = []
        self.sites = tuple(Site(publisher, self.hits) for publisher in publishers())

    @property
    def feed_urls(self) -> tuple[str, ...]:
        """The feeds, one a publisher."""
        return tuple(site.feed_url for site in self.sites)

    def url(self, path: str) -> str:
        """The whole URL of an article's path."""
        return self._site(path).base_url + path

    def edit(self, path: str, passage: int, text: str) -> None:
        """Serve the article at `path` with its passage (numbered from 0) replaced from now on."""
        self._site(path).edit(path, passage, text)

    def _site(self, path: str) -> Site:
        return next(site for site in self.sites if site.carries(path))


@asynccontextmanager
async def serving(ports: Sequence[int] = ()) -> AsyncIterator[Newswire]:
    """Serve every publisher on loopback while inside; ports that are not given are free ones."""
    newswire = Newswire()
    runners = []
    try:
        for index, site in enumerate(newswire.sites):
            runner = web.AppRunner(site.application(), access_log=None)
            runners.append(runner)
            await runner.setup()
            await web.TCPSite(runner, HOST, ports[index] if index < len(ports) else 0).start()
            site.base_url = f"http://{HOST}:{runner.addresses[0][1]}"
        yield newswire
    finally:
        for runner in runners:
            await runner.cleanup()


@contextmanager
def serving_in_thread(ports: Sequence[int] = ()) -> Iterator[Newswire]:
    """The same from code that is not asynchronous: the servers run in a thread of their own."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="newswire", daemon=True)
    thread.start()
    stack = AsyncExitStack()
    try:
        yield asyncio.run_coroutine_threadsafe(stack.enter_async_context(serving(ports)), loop).result()
    finally:
        asyncio.run_coroutine_threadsafe(stack.aclose(), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


def _unchanged(request: web.Request, etag: str, changed: datetime | None) -> bool:
    if request.if_none_match:
        return any(tag.value == etag for tag in request.if_none_match)
    since = request.if_modified_since
    return bool(since and changed and changed.replace(microsecond=0) <= since)
