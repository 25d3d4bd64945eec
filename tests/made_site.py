"""A news site that is made path by path, ingested by the whole pipeline, and what readers then find of it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from aiohttp import web

from copydesk.audit import audit
from copydesk.database import Connection, transaction
from copydesk.pipeline import claim_batch, clean_batch, fetch_batch, load_batch, poll, validate_batch
from copydesk.settings import Settings
from hostile_feeds import rss
from hostile_server import MISDEEDS, HostileServer

TRAM = (
    "The city council approved the new tram line to the harbour on Tuesday, after a debate of more than six hours.",
    "Work on the first section is to begin in the spring, said the mayor, and the first trams to run two years later.",
    "Residents of the old town had asked for a tunnel, which the council declined as it would have doubled the cost.",
)
HARVEST = (
    "Farmers in the north of the country expect the best harvest of the last ten years, an association said on Monday.",
    "The rains came late this year but were heavy in the weeks that mattered most, according to the weather service.",
    "Prices of wheat on the world market have fallen by a fifth since the summer, which worries many smaller farms.",
)


class Site:
    """A news site that is made path by path."""

    def __init__(self, server: HostileServer, monkeypatch: pytest.MonkeyPatch) -> None:
        self.url = server.url
        self._monkeypatch = monkeypatch

    def serve(self, path: str, response: dict[str, object]) -> None:
        async def answer(_request: web.Request) -> web.Response:
            return web.Response(**response)  # type: ignore[arg-type]

        self._monkeypatch.setitem(MISDEEDS, path, answer)

    def feed(self, *paths: str, guid: str | None = None) -> str:
        """A feed of these pages; each item says nothing of its page but a title, and all have one guid, if any."""
        known = f"<guid isPermaLink='false'>{guid}</guid>" if guid else ""
        items = "".join(f"<item><title>Story</title><link>{path}</link>{known}</item>" for path in paths)
        self.serve("/rss", {"body": rss(items), "content_type": "application/rss+xml"})
        return self.url("/rss")

    def page(
        self, path: str, title: str, paragraphs: tuple[str, ...], canonical: str | None = None, etag: str | None = None
    ) -> None:
        link = f'<link rel="canonical" href="{canonical}">' if canonical else ""
        text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
        body = f"<html lang=en><head><title>{title}</title>{link}</head><body><article><h1>{title}</h1>{text}</article>"
        self.serve(path, {"text": body, "content_type": "text/html", "headers": {"ETag": etag} if etag else {}})

    def redirect(self, path: str, to: str, status: int = 302) -> None:
        self.serve(path, {"status": status, "headers": {"Location": to}})


def ingested(settings: Settings, *, rounds: int) -> None:
    """Poll once, and take up what there is so many times."""
    poll(settings)
    taken_up(settings, rounds=rounds)


def taken_up(settings: Settings, *, rounds: int) -> None:
    """Take up what waits, so many times."""
    for _ in range(rounds):
        batch = claim_batch(settings, datetime.now(UTC))
        if batch is None:
            return
        fetch_batch(settings, batch)
        clean_batch(settings, batch, workers=1)
        validate_batch(settings, batch, datetime.now(UTC))
        load_batch(settings, batch, datetime.now(UTC))


def articles(connection: Connection, site: Site) -> list[tuple[str, str]]:
    with transaction(connection), connection.cursor() as cursor:
        assert audit(connection, datetime.now(UTC)).clean
        cursor.execute("SELECT url, title FROM news.articles ORDER BY url")
        return [(url.removeprefix(site.url("")), title) for url, title in cursor.fetchall()]


def outcomes(connection: Connection, site: Site) -> dict[str, str]:
    with transaction(connection), connection.cursor() as cursor:
        cursor.execute("SELECT url, outcome FROM ingest.entries")
        return {url.removeprefix(site.url("")): outcome for url, outcome in cursor.fetchall()}
