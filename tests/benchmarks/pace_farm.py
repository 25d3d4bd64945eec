"""Hosts on loopback that are touchy about their pace: each an address of its own, with a log of every request."""

from __future__ import annotations

import asyncio
import random
import threading
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field

from aiohttp import web

PAGES = 8
RETRY_AFTER_SECONDS = 3
HTML = "<!DOCTYPE html><html lang=en><title>Page {number}</title><p>Page {number} of {host}.</p></html>"


@dataclass(frozen=True, slots=True)
class Asked:
    """One request as its host saw it: Unix seconds when it came and when its answer was ready."""

    path: str
    came: float
    done: float
    status: int


@dataclass(slots=True)
class Host:
    """One host and its character. `operator_pause` and `concurrency` are what an operator sets for it."""

    number: int
    domain: str = ""
    asked: list[Asked] = field(default_factory=list)

    @property
    def crawl_delay(self) -> float | None:
        return 1.0 if self.number % 10 == 0 else None

    @property
    def operator_pause(self) -> float | None:
        return 0.8 if self.number % 10 == 1 else None

    @property
    def concurrency(self) -> int:
        return 3 if self.number % 10 == 2 else 1

    @property
    def refusal(self) -> int | None:
        """The status with which one of its pages answers at first, with Retry-After."""
        return {3: 429, 4: 503}.get(self.number % 10)

    @property
    def drops(self) -> bool:
        """Whether it drops the connection at first when one of its pages is asked for."""
        return self.number % 10 == 5

    @property
    def redirects(self) -> bool:
        """Whether some of its pages have moved to the next host."""
        return self.number % 2 == 1

    def pause(self, general: float) -> float:
        """The seconds that it is owed between two requests, with a general pause of so many."""
        if self.operator_pause is not None:
            return self.operator_pause
        return max(general, self.crawl_delay or 0.0)

    def urls(self) -> list[str]:
        return [f"http://{self.domain}/page/{number}" for number in range(PAGES)]


class Farm:
    """All hosts, and what they were asked."""

    def __init__(self, count: int) -> None:
        self.hosts = [Host(number) for number in range(count)]
        self._chance = random.Random("farm")

    async def start(self, runners: list[web.AppRunner]) -> None:
        for host in self.hosts:
            runner = web.AppRunner(self._application(host), access_log=None, shutdown_timeout=0.1)
            await runner.setup()
            runners.append(runner)
            address = f"127.10.{host.number // 250}.{host.number % 250 + 1}"
            await web.TCPSite(runner, address, 0).start()
            host.domain = f"{address}:{runner.addresses[0][1]}"

    def _application(self, host: Host) -> web.Application:
        async def answer(request: web.Request) -> web.Response:
            came = time.time()
            response = self._answer(host, request.path)
            drops = self._is_first(host, "/page/4") and request.path == "/page/4" and host.drops
            await asyncio.sleep(self._chance.uniform(0.005, 0.12))
            host.asked.append(Asked(request.path, came, time.time(), 0 if drops else response.status))
            if drops and request.transport:
                request.transport.close()
            return response

        application = web.Application()
        application.router.add_get("/{path:.*}", answer)
        return application

    def _answer(self, host: Host, path: str) -> web.Response:
        if path == "/robots.txt":
            if host.crawl_delay is None:
                return web.Response(status=404)
            return web.Response(text=f"User-agent: *\nCrawl-delay: {host.crawl_delay:g}\n")
        if host.refusal and path == "/page/5" and self._is_first(host, path):
            return web.Response(status=host.refusal, headers={"Retry-After": str(RETRY_AFTER_SECONDS)})
        if host.redirects and path in ("/page/3", "/page/6"):
            other = self.hosts[(host.number + 1) % len(self.hosts)]
            return web.Response(status=302, headers={"Location": f"http://{other.domain}/landing{path}"})
        return web.Response(text=HTML.format(number=path, host=host.domain), content_type="text/html")

    @staticmethod
    def _is_first(host: Host, path: str) -> bool:
        return not any(one.path == path for one in host.asked)


@contextmanager
def serving(count: int) -> Iterator[Farm]:
    """A farm of so many hosts while inside, in a thread."""
    loop = asyncio.new_event_loop()
    thread = threading.Thread(target=loop.run_forever, name="farm", daemon=True)
    thread.start()
    runners: list[web.AppRunner] = []
    farm = Farm(count)
    try:
        asyncio.run_coroutine_threadsafe(farm.start(runners), loop).result(60)
        yield farm
    finally:
        asyncio.run_coroutine_threadsafe(_stop(runners), loop).result(60)
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()


async def _stop(runners: Sequence[web.AppRunner]) -> None:
    for runner in runners:
        await runner.cleanup()


def largest_concurrency(asked: Sequence[Asked]) -> int:
    """How many requests a host had under way at most."""
    changes = defaultdict(int)
    for one in asked:
        changes[one.came] += 1
        changes[one.done] -= 1
    under_way = most = 0
    for instant in sorted(changes):
        under_way += changes[instant]
        most = max(most, under_way)
    return most
