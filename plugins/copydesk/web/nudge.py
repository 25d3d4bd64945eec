"""Telling Airflow at once that something waits: an asset event, made through its own REST interface.

The doors stand in the api-server, so the way is short: a run begins in a fraction of a second, where NOTIFY and the
triggerer need up to two. Airflow's own authentication stands before it, as before everybody: COPYDESK_AIRFLOW names an
account that may make asset events. An event that is lost is made up for by who listens in the triggerer.
"""

from __future__ import annotations

import asyncio
import logging
from collections import Counter
from collections.abc import Generator
from urllib.parse import unquote, urlsplit

import httpx

ENTRIES, FEEDS = "copydesk://entries", "copydesk://feeds"
GAP_SECONDS = 1.0
"""Between two events of an asset, so that a burst makes few."""
REQUEST_SECONDS = 20

log = logging.getLogger(__name__)


class Login(httpx.Auth):
    """Airflow's tokens: asked for at the first request, and again when one is not good any more."""

    requires_response_body = True

    def __init__(self, url: str, user: str, password: str) -> None:
        self._url = url
        self._who = {"username": user, "password": password}
        self._token: str | None = None

    def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
        """Send `request` with a token."""
        if self._token is not None:
            request.headers["Authorization"] = f"Bearer {self._token}"
            answer = yield request
            if answer.status_code != httpx.codes.UNAUTHORIZED:
                return
        answer = yield httpx.Request("POST", self._url, json=self._who)
        self._token = answer.raise_for_status().json()["access_token"]
        request.headers["Authorization"] = f"Bearer {self._token}"
        yield request


class Nudger:
    """Makes events of assets: the first at once, what comes within a gap after it as one more behind the gap."""

    def __init__(self, client: httpx.AsyncClient, *, gap_seconds: float = GAP_SECONDS) -> None:
        self._client = client
        self._gap_seconds = gap_seconds
        self._wanted: Counter[str] = Counter()
        self._ids: dict[str, int] = {}
        self._telling: asyncio.Task[None] | None = None

    def tell(self, asset: str) -> None:
        """Say soon that something waits; returns at once and never fails."""
        self._wanted[asset] += 1
        if self._telling is None or self._telling.done():
            self._telling = asyncio.get_running_loop().create_task(self._tell())

    async def close(self) -> None:
        """Tell no more."""
        if self._telling is not None:
            self._telling.cancel()
            await asyncio.gather(self._telling, return_exceptions=True)
        await self._client.aclose()

    async def _tell(self) -> None:
        while self._wanted:
            wanted, self._wanted = self._wanted, Counter()
            for asset, pushes in wanted.items():
                try:
                    await self._make_event(asset, pushes)
                except (httpx.HTTPError, KeyError, ValueError) as error:  # also answers that are not Airflow's
                    log.warning("Airflow was not told of %s; the triggerer will see it: %s", asset, error)
            await asyncio.sleep(self._gap_seconds)

    async def _make_event(self, asset: str, pushes: int) -> None:
        known = asset in self._ids
        event = {"asset_id": await self._id_of(asset), "extra": {"pushes": pushes}}
        answer = await self._client.post("/api/v2/assets/events", json=event)
        if answer.status_code == httpx.codes.NOT_FOUND and known:  # the asset was made anew meanwhile
            del self._ids[asset]
            await self._make_event(asset, pushes)
            return
        answer.raise_for_status()

    async def _id_of(self, asset: str) -> int:
        if asset not in self._ids:
            answer = await self._client.get("/api/v2/assets", params={"uri_pattern": asset})
            assets = answer.raise_for_status().json()["assets"]
            found = [one["id"] for one in assets if one["uri"].rstrip("/") == asset]  # Airflow adds a slash
            if not found:
                raise ValueError("Airflow knows no such asset yet")
            self._ids[asset] = found[0]
        return self._ids[asset]


def nudger(address: str) -> Nudger:
    """Who tells the Airflow at `address`, as http://USER:PASSWORD@HOST:PORT."""
    parts = urlsplit(address)
    base = parts._replace(netloc=parts.netloc.rpartition("@")[2]).geturl().rstrip("/")
    login = Login(f"{base}/auth/token", unquote(parts.username or ""), unquote(parts.password or ""))
    return Nudger(httpx.AsyncClient(base_url=base, auth=login, timeout=REQUEST_SECONDS, trust_env=False))
