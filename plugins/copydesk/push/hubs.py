"""Asking hubs, over the same guarded connections as any fetch (W3C WebSub, 4 and 5.1)."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import AsyncExitStack
from dataclasses import dataclass
from http import HTTPStatus
from types import TracebackType
from typing import Self

from copydesk.errors import PageError, UrlError
from copydesk.fetch import Fetcher
from copydesk.fetch.transport import Limits, Transport
from copydesk.push.hub_links import HubLinks, hub_links
from copydesk.push.intent import LEASE_SECONDS_WANTED, Subscription
from copydesk.settings import Settings
from copydesk.urls import absolute

MAX_HUB_REDIRECTS = 5
HUB_SECONDS = 20
MAX_EXPLANATION_BYTES = 1000
REDIRECTS = frozenset({301, 302, 303, 307, 308})


@dataclass(frozen=True, slots=True)
class Asked:
    """A hub's answer: whether it will verify; its URL after redirects; otherwise its explanation, for people."""

    accepted: bool
    hub_url: str
    detail: str | None = None


class Hubs:
    """Discovers hubs and asks them. Use as `async with Hubs(settings) as hubs`."""

    def __init__(self, settings: Settings) -> None:
        self._fetcher = Fetcher(settings)
        self._transport = Transport(settings, Limits())
        self._stack = AsyncExitStack()

    async def __aenter__(self) -> Self:
        await self._stack.enter_async_context(self._fetcher)
        await self._stack.enter_async_context(self._transport)
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self._stack.aclose()

    async def discover(self, feed_url: str) -> HubLinks:
        """The links of the feed as it is now, behind its redirects. Raises PageError."""
        page = await self._fetcher.page(feed_url)
        return hub_links(page.final_url, page.headers, page.body)

    async def subscribe(self, subscription: Subscription) -> Asked:
        """Ask the subscription's hub for it."""
        form = {"hub.secret": subscription.secret, "hub.lease_seconds": str(LEASE_SECONDS_WANTED)}
        return await self._ask(subscription, "subscribe", form)

    async def unsubscribe(self, subscription: Subscription) -> Asked:
        """Ask the subscription's hub to end it."""
        return await self._ask(subscription, "unsubscribe", {})

    async def _ask(self, subscription: Subscription, mode: str, more: Mapping[str, str]) -> Asked:
        form = {
            "hub.mode": mode,
            "hub.topic": subscription.topic_url,
            "hub.callback": subscription.callback_url,
            **more,
        }
        hub = subscription.hub_url
        try:
            for _ in range(MAX_HUB_REDIRECTS + 1):
                answer = await self._transport.post(hub, form, seconds=HUB_SECONDS, wanted=_explanation)
                if answer.status not in REDIRECTS or "location" not in answer.headers:
                    return _asked(hub, answer.status, answer.body)
                hub = absolute(hub, answer.headers["location"])
        except PageError as error:
            return Asked(accepted=False, hub_url=hub, detail=error.detail)
        except UrlError as error:
            return Asked(accepted=False, hub_url=hub, detail=f"the hub redirects to what is no URL: {error}")
        return Asked(accepted=False, hub_url=hub, detail=f"more than {MAX_HUB_REDIRECTS} redirects from hub to hub")


def _asked(hub: str, status: int, body: bytes) -> Asked:
    if HTTPStatus.OK <= status < HTTPStatus.MULTIPLE_CHOICES:
        return Asked(accepted=True, hub_url=hub)
    said = "".join(char for char in body.decode("utf-8", "replace") if char.isprintable() or char == " ").strip()
    return Asked(accepted=False, hub_url=hub, detail=f"the hub answered {status}" + (f": {said[:300]}" if said else ""))


def _explanation(_status: int, _headers: Mapping[str, str]) -> int:
    return MAX_EXPLANATION_BYTES
