"""A web server on loopback that misbehaves in every way the limits speak of. Each path is one misdeed."""

from __future__ import annotations

import asyncio
import gzip
import threading
import time
import zlib
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from functools import cache

import brotli
import zstandard
from aiohttp import web

from hostile_feeds import FEEDS

PAGE = "<!DOCTYPE html><html lang=en><title>News</title><p>A paragraph of news.</p></html>"
ARABIC = "<!DOCTYPE html><html lang=ar><title>خبر</title><p>نص الخبر كما نشر</p></html>"
MEBIBYTE = 1024 * 1024


@dataclass
class HostileServer:
    """Where it listens, what was asked of it and when."""

    port: int = 0
    robots: web.Response | None = None
    asked: list[tuple[str, float]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)

    def url(self, path: str, host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def count(self, path: str) -> int:
        return sum(1 for asked, _ in self.asked if asked == path)

    async def answer(self, request: web.Request) -> web.StreamResponse:
        self.asked.append((request.path, time.monotonic()))
        self.headers.append(dict(request.headers))
        if request.path == "/robots.txt":
            return await self.robots_txt()
        return await MISDEEDS[request.path](request)

    async def robots_txt(self) -> web.Response:
        given = self.robots or web.Response(status=404)
        return web.Response(status=given.status, body=given.body, headers=given.headers)


async def page(request: web.Request) -> web.Response:
    return web.Response(text=PAGE, content_type="text/html")


async def tagged(request: web.Request) -> web.Response:
    if request.headers.get("If-None-Match") == '"one"':
        return web.Response(status=304, headers={"ETag": '"one"'})
    return web.Response(text=PAGE, content_type="text/html", headers={"ETag": '"one"'})


async def empty(request: web.Request) -> web.Response:
    return web.Response(body=b"", content_type="text/html")


async def endless(request: web.Request) -> web.StreamResponse:
    """200 MiB without saying so."""
    response = web.StreamResponse(headers={"Content-Type": request.query.get("type", "text/html")})
    await response.prepare(request)
    for _ in range(200):
        await response.write(b"x" * MEBIBYTE)
    return response


async def announced(request: web.Request) -> web.StreamResponse:
    """50 MiB, and says so."""
    response = web.StreamResponse(headers={"Content-Type": "text/html", "Content-Length": str(50 * MEBIBYTE)})
    await response.prepare(request)
    await asyncio.sleep(10)
    return response


def compressed(body: bytes, coding: str) -> web.Response:
    return web.Response(body=body, headers={"Content-Type": "text/html", "Content-Encoding": coding})


@cache
def packed_blanks(coding: str) -> bytes:
    """48 MiB of blanks in some hundred KiB."""
    blanks = b" " * (48 * MEBIBYTE)
    match coding:
        case "deflate":
            return zlib.compress(blanks, 1)
        case "br":
            return brotli.compress(blanks, quality=1)
        case "zstd":
            return zstandard.compress(blanks, 1)
        case _:
            return gzip.compress(blanks, 1)


async def bomb(request: web.Request) -> web.Response:
    return compressed(packed_blanks(request.query["coding"]), request.query["coding"])


async def nested_bomb(request: web.Request) -> web.Response:
    return compressed(gzip.compress(packed_blanks("gzip")), "gzip, gzip")


async def cut_gzip(request: web.Request) -> web.Response:
    return compressed(gzip.compress(PAGE.encode() * 100)[:60], "gzip")


async def lying_gzip(request: web.Request) -> web.Response:
    return compressed(PAGE.encode(), "gzip")


async def arabic_1256(request: web.Request) -> web.Response:
    return web.Response(body=ARABIC.encode("windows-1256"), headers={"Content-Type": "text/html; charset=utf-8"})


async def to(request: web.Request) -> web.Response:
    """Redirect to ?to=…, with ?status=…"""
    return web.Response(status=int(request.query.get("status", "302")), headers={"Location": request.query["to"]})


async def loop(request: web.Request) -> web.Response:
    return web.Response(status=302, headers={"Location": "/loop-back"})


async def loop_back(request: web.Request) -> web.Response:
    return web.Response(status=302, headers={"Location": "/loop"})


async def deeper(request: web.Request) -> web.Response:
    depth = int(request.query.get("n", "0"))
    return web.Response(status=302, headers={"Location": f"/deeper?n={depth + 1}"})


async def pdf(request: web.Request) -> web.Response:
    return web.Response(body=b"%PDF-1.7 " + b"0" * 100, content_type=request.query.get("type", "application/pdf"))


async def untyped(request: web.Request) -> web.StreamResponse:
    response = web.Response(body=PAGE.encode())
    response.headers["Content-Type"] = ""
    return response


async def plain(request: web.Request) -> web.Response:
    return web.Response(text=request.query["text"], content_type="text/plain")


async def status(request: web.Request) -> web.Response:
    headers = {"Retry-After": request.query["retry"]} if "retry" in request.query else {}
    return web.Response(status=int(request.query["is"]), text="no", headers=headers)


async def challenge(request: web.Request) -> web.Response:
    """A test for robots, with ?is=… as its status; longer than anyone reads of an error."""
    html = "<title>Just a moment...</title><p>Verify you are human</p><script>_cf_chl_opt={}</script>"
    response = web.Response(status=int(request.query["is"]), text=html + " " * MEBIBYTE, content_type="text/html")
    if "packed" in request.query:  # so that it becomes more than any page may
        response = web.Response(
            status=response.status,
            body=gzip.compress((html + " " * 50 * MEBIBYTE).encode()),
            headers={"Content-Type": "text/html", "Content-Encoding": "gzip"},
        )
    return response


async def hops(request: web.Request) -> web.Response:
    """As many redirects as are left, each after so many seconds, and then a page."""
    await asyncio.sleep(float(request.query.get("after", 0)))
    left = int(request.query["left"])
    if not left:
        return web.Response(text="<p>There.</p>", content_type="text/html")
    raise web.HTTPFound(request.rel_url.update_query(left=left - 1))


async def stalled(request: web.Request) -> web.StreamResponse:
    """Headers and a first byte, then nothing."""
    response = web.StreamResponse(headers={"Content-Type": "text/html"})
    await response.prepare(request)
    await response.write(b"<")
    await asyncio.sleep(30)
    return response


async def silent(request: web.Request) -> web.StreamResponse:
    await asyncio.sleep(30)
    return web.Response()


async def dropped(request: web.Request) -> web.Response:
    """Not one byte of an answer."""
    assert request.transport
    request.transport.close()
    return web.Response()


async def cut_off(request: web.Request) -> web.StreamResponse:
    """Promises more than it sends."""
    response = web.StreamResponse(headers={"Content-Type": "text/html", "Content-Length": "1000"})
    await response.prepare(request)
    await response.write(b"<html>")
    assert request.transport
    request.transport.close()
    return response


async def sitemap_gz(request: web.Request) -> web.Response:
    return web.Response(body=gzip.compress(b"<?xml version='1.0'?><urlset/>"), content_type="application/x-gzip")


async def feed(request: web.Request) -> web.Response:
    return web.Response(body=FEEDS[request.path.rpartition("/")[2]], content_type="application/rss+xml")


MISDEEDS = {
    **{f"/feed/{name}": feed for name in FEEDS},
    "/": page,
    "/login": page,
    "/page": page,
    "/private/page": page,
    "/tagged": tagged,
    "/empty": empty,
    "/endless": endless,
    "/announced": announced,
    "/bomb": bomb,
    "/nested-bomb": nested_bomb,
    "/cut-gzip": cut_gzip,
    "/lying-gzip": lying_gzip,
    "/arabic": arabic_1256,
    "/to": to,
    "/loop": loop,
    "/loop-back": loop_back,
    "/deeper": deeper,
    "/pdf": pdf,
    "/untyped": untyped,
    "/plain": plain,
    "/status": status,
    "/challenge": challenge,
    "/hops": hops,
    "/stalled": stalled,
    "/silent": silent,
    "/cut-off": cut_off,
    "/dropped": dropped,
    "/sitemap.xml.gz": sitemap_gz,
}


@asynccontextmanager
async def hostile_server(host: str = "127.0.0.1") -> AsyncIterator[HostileServer]:
    server = HostileServer()
    application = web.Application()
    application.router.add_route("*", "/{path:.*}", server.answer)
    runner = web.AppRunner(application, access_log=None, shutdown_timeout=0.1)
    await runner.setup()
    site = web.TCPSite(runner, host, 0)
    await site.start()
    server.port = runner.addresses[0][1]
    try:
        yield server
    finally:
        await runner.cleanup()


@contextmanager
def hostile_server_in_thread() -> Iterator[HostileServer]:
    """The same for a test whose subject has an event loop of its own."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    try:
        context = hostile_server()
        yield asyncio.run_coroutine_threadsafe(context.__aenter__(), loop).result(10)
        asyncio.run_coroutine_threadsafe(context.__aexit__(None, None, None), loop).result(10)
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join(10)
        loop.close()
