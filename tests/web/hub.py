"""A WebSub hub and publisher on loopback, as strict as the Recommendation lets a hub be."""

from __future__ import annotations

import asyncio
import hashlib
import hmac
import io
from dataclasses import dataclass, field

import aiohttp
from aiohttp import web

LEASE = 864_000


@dataclass
class Hub:
    """Serves the feed at /feed and the hub at /hub; remembers what it was asked, verifies, distributes."""

    url: str = ""
    feed_headers: dict[str, str] = field(default_factory=dict)
    feed_body: str = ""
    lease: int = LEASE
    method: str = "sha256"
    refuse_with: int | None = None
    redirect_with: int = 307
    redirect_to: str = "/hub"
    verify_first: bool = False
    requests: list[dict[str, str]] = field(default_factory=list)
    types: list[str] = field(default_factory=list)
    verifications: list[tuple[int, bytes, dict[str, str]]] = field(default_factory=list)
    subscribers: dict[str, dict[str, str]] = field(default_factory=dict)
    feed_requests: int = 0
    tasks: list[asyncio.Task[None]] = field(default_factory=list)

    def app(self) -> web.Application:
        app = web.Application()
        app.router.add_get("/robots.txt", self._robots)
        app.router.add_get("/feed", self._feed)
        app.router.add_get("/old-feed", self._moved)
        app.router.add_post("/hub", self._subscription)
        app.router.add_post("/moved-hub", self._redirect)
        return app

    async def _robots(self, _request: web.Request) -> web.Response:
        return web.Response(status=404)

    async def _moved(self, _request: web.Request) -> web.Response:
        raise web.HTTPMovedPermanently("/feed")

    async def _feed(self, _request: web.Request) -> web.Response:
        self.feed_requests += 1
        return web.Response(text=self.feed_body, content_type="application/rss+xml", headers=self.feed_headers)

    async def _redirect(self, _request: web.Request) -> web.Response:
        return web.Response(status=self.redirect_with, headers={"Location": self.redirect_to})

    async def _subscription(self, request: web.Request) -> web.Response:
        form = {name: str(value) for name, value in (await request.post()).items()}
        self.requests.append(form)
        self.types.append(request.headers["content-type"])
        if self.refuse_with is not None:
            return web.Response(status=self.refuse_with, text="no room for you")
        if self.verify_first:
            await self.verify(form)
        else:
            self.tasks.append(asyncio.create_task(self.verify(form)))
        return web.Response(status=202)

    async def settle(self) -> None:
        """Wait for the verifications under way."""
        await asyncio.gather(*self.tasks)
        self.tasks.clear()

    async def verify(self, form: dict[str, str], **change: str) -> int:
        """Verify intent as 5.3 has it; the subscriber's status."""
        parameters = {
            "hub.mode": form["hub.mode"],
            "hub.topic": form["hub.topic"],
            "hub.challenge": f"challenge-{len(self.verifications)}",
            "hub.lease_seconds": str(self.lease),
        } | {f"hub.{name}": value for name, value in change.items()}
        async with aiohttp.ClientSession() as session, session.get(form["hub.callback"], params=parameters) as response:
            body = await response.read()
            self.verifications.append((response.status, body, {k.lower(): v for k, v in response.headers.items()}))
            if response.ok and body.decode() == parameters["hub.challenge"]:
                if parameters["hub.mode"] == "subscribe":
                    self.subscribers[form["hub.callback"]] = form
                else:
                    self.subscribers.pop(form["hub.callback"], None)
            return response.status

    async def deny(self, callback: str, reason: str) -> int:
        topic = self.subscribers[callback]["hub.topic"]
        parameters = {"hub.mode": "denied", "hub.topic": topic, "hub.reason": reason}
        async with aiohttp.ClientSession() as session, session.get(callback, params=parameters) as response:
            return response.status

    async def distribute(
        self,
        body: bytes,
        callback: str | None = None,
        signature: str | None = "right",
        content_type: str = "application/rss+xml",
    ) -> int:
        """Send content to a subscriber, the last one by default; its status."""
        callback = callback or list(self.subscribers)[-1]
        headers = {
            "Content-Type": content_type,
            "Link": f'<{self.url}/hub>; rel="hub", <https://other.example/>; rel="self"',
        }
        if signature == "right":
            digest = hmac.new(self.subscribers[callback]["hub.secret"].encode(), body, getattr(hashlib, self.method))
            headers["X-Hub-Signature"] = f"{self.method}={digest.hexdigest()}"
        elif signature is not None:
            headers["X-Hub-Signature"] = signature
        async with (
            aiohttp.ClientSession() as session,
            session.post(callback, data=io.BytesIO(body), headers=headers) as response,
        ):
            return response.status


def rss(hub_url: str, *names: str, topic: str = "/feed") -> str:
    """A feed that names its hub and itself, with an item for each name."""
    items = "".join(
        f"<item><title>{name}</title><link>https://news.example.org/{name}</link><guid>{name}</guid></item>"
        for name in names
    )
    return (
        '<?xml version="1.0"?><rss version="2.0" xmlns:atom="http://www.w3.org/2005/Atom"><channel><title>News</title>'
        f'<atom:link rel="hub" href="{hub_url}/hub"/><atom:link rel="self" href="{hub_url}{topic}"/>'
        f"{items}</channel></rss>"
    )
