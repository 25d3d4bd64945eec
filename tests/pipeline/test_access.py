"""What stands in the way of pages ends in the books as what it is, and what pages say of their use is kept."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from datetime import UTC, datetime

from tests.pipeline.conftest import rows

from copydesk.audit import audit
from copydesk.database import Connection, connect, transaction
from copydesk.frontier import add
from copydesk.models import Entry, NotModified, Page
from copydesk.pipeline import claim_batch, clean_batch, fetch_batch
from copydesk.pipeline.visit import FRESH, MAX_FRESH_ATTEMPTS
from copydesk.settings import Settings

NOW = datetime(2031, 5, 3, 12, tzinfo=UTC)
SITE = "https://a.example"
PARAGRAPHS = "".join(
    f"<p>The council of {name} harbour voted on Tuesday to widen its northern quay, said Nora {name}son of it.</p>"
    for name in ("Orrin", "Salt", "Velm", "Tarn", "Asker", "Lunde", "Pell", "Marrow", "Quill", "Sund", "Varde", "Holm")
)
CLAIM = '<script type="application/ld+json">{"@type": "NewsArticle", "isAccessibleForFree": false}</script>'
PAGES = {
    "/open": f"<title>Quay</title><meta name=robots content=noarchive><body><article>{PARAGRAPHS}</article>",
    "/part": f"<title>Quay</title>{CLAIM}<body><article><h1>Quay</h1>{PARAGRAPHS}</article>",
    "/teaser": f"<title>Quay</title>{CLAIM}<body><article><h1>Quay</h1>{PARAGRAPHS[:110]}</article>",
    "/gone": "<title>Page not found</title><h1>Oops</h1><p>The page you are looking for does not exist.</p>",
    "/robot": "<title>Just a moment...</title><p>Enable JavaScript and cookies to continue</p>",
}


class Web:
    def __init__(self, pages: Mapping[str, str] = PAGES) -> None:
        self.pages = pages

    async def fetch(self, url: str, *, etag: str | None = None, last_modified: str | None = None) -> Page | NotModified:
        body = f"<!DOCTYPE html><html lang=en>{self.pages[url.removeprefix(SITE)]}</html>".encode()
        headers = {"content-type": "text/html", "tdm-reservation": "1"}
        return Page(url, url, 200, headers, body, NOW, hashlib.sha256(body).digest())


def test_walls_end_as_what_they_are_and_terms_of_use_are_kept(
    settings: Settings, connection: Connection, reader_dsn: str
) -> None:
    with transaction(connection):
        add(connection, [Entry(SITE + path, SITE + path, "a.example") for path in PAGES], NOW)
    batch_id = claim_batch(settings, NOW)
    assert batch_id is not None
    fetch_batch(settings, batch_id, fetcher=Web(), clock=lambda: NOW)
    assert clean_batch(settings, batch_id, clock=lambda: NOW + FRESH).drafts == 2
    with connect(reader_dsn) as reader:
        assert rows(reader, "SELECT day::text, access, entries FROM news.access ORDER BY 2") == [
            ("2031-05-03", "bot-wall", 1),
            ("2031-05-03", "paywall", 1),
            ("2031-05-03", "soft-not-found", 1),
        ]
        assert rows(
            reader, "SELECT replace(url, 'https://a.example', ''), term FROM news.page_terms ORDER BY 1, 2"
        ) == [
            ("/open", "noarchive"),
            ("/open", "tdm-reservation"),
            ("/part", "paywall"),
            ("/part", "tdm-reservation"),
        ]


def test_a_new_articles_page_that_only_says_that_it_is_not_there_is_asked_for_again(
    settings: Settings, connection: Connection
) -> None:
    now, sentences = NOW, []
    with transaction(connection):
        add(connection, [Entry(SITE + "/gone", SITE + "/gone", "a.example")], now)
    while (batch_id := claim_batch(settings, now)) is not None:
        fetch_batch(settings, batch_id, fetcher=Web(), clock=lambda now=now: now)  # type: ignore[misc]
        sentences.append(clean_batch(settings, batch_id, clock=lambda now=now: now).sentence)  # type: ignore[misc]
        [(not_before,)] = rows(connection, "SELECT not_before FROM ingest.entries")
        assert isinstance(not_before, datetime)
        now = max(now, not_before)
    assert sentences == ["1 later"] * (MAX_FRESH_ATTEMPTS - 1) + ["1 gone: soft-not-found"]
    with transaction(connection):
        assert audit(connection, now).clean


def test_a_new_articles_page_that_comes_late_is_cleaned(settings: Settings, connection: Connection) -> None:
    with transaction(connection):
        add(connection, [Entry(SITE + "/gone", SITE + "/gone", "a.example")], NOW)
    for now, content, sentence in ((NOW, PAGES["/gone"], "1 later"), (NOW + FRESH / 3, PAGES["/open"], "1 cleaned")):
        batch_id = claim_batch(settings, now)
        assert batch_id is not None
        fetch_batch(settings, batch_id, fetcher=Web({"/gone": content}), clock=lambda now=now: now)  # type: ignore[misc]
        assert clean_batch(settings, batch_id, clock=lambda now=now: now).sentence == sentence  # type: ignore[misc]
