"""Serve the farm on loopback: a port a site, a feed a turn."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AsyncExitStack, contextmanager

from aiohttp import web
from farm import GeneratedPage, rss

HOST = "127.0.0.1"


@contextmanager
def serving_farm(turns: Sequence[Sequence[GeneratedPage]]) -> Iterator[list[list[str]]]:
    """Serve the pages while inside; yields the feeds of each turn, one a site."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="farm", daemon=True)
    thread.start()
    stack = AsyncExitStack()
    try:
        yield asyncio.run_coroutine_threadsafe(_start(turns, stack), loop).result()
    finally:
        asyncio.run_coroutine_threadsafe(stack.aclose(), loop).result()
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _start(turns: Sequence[Sequence[GeneratedPage]], stack: AsyncExitStack) -> list[list[str]]:
    feeds: list[list[str]] = [[] for _ in turns]
    for site in sorted({page.site for turn in turns for page in turn}):
        of_turn = {str(number): [page for page in turn if page.site == site] for number, turn in enumerate(turns)}
        runner = web.AppRunner(_application(of_turn), access_log=None)
        await runner.setup()
        stack.push_async_callback(runner.cleanup)
        await web.TCPSite(runner, HOST, 0).start()
        for number, listed in of_turn.items():
            if listed:
                feeds[int(number)].append(f"http://{HOST}:{runner.addresses[0][1]}/feed/{number}")
    return feeds


def _application(of_turn: Mapping[str, Sequence[GeneratedPage]]) -> web.Application:
    bodies = {page.path: page.html for listed in of_turn.values() for page in listed}

    async def feed(request: web.Request) -> web.Response:
        xml = rss(of_turn[request.match_info["turn"]], str(request.url.origin()))
        return web.Response(text=xml, content_type="application/rss+xml")

    async def page(request: web.Request) -> web.Response:
        body = bodies.get(request.path)
        if body is None:
            return web.Response(status=404)
        return web.Response(body=body, content_type="text/html", charset="utf-8")

    app = web.Application()
    app.router.add_get("/feed/{turn}", feed)
    app.router.add_get("/{path:.*}", page)
    return app
