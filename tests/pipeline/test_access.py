"""What stands in the way of pages ends in the books as what it is, and what pages say of their use is kept."""

from __future__ import annotations

import hashlib
from datetime import UTC, datetime

from copydesk.database import Connection, connect, transaction
from copydesk.frontier import add
from copydesk.models import Entry, NotModified, Page
from copydesk.pipeline import claim_batch, clean_batch, fetch_batch
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
    async def fetch(self, url: str, *, etag: str | None = None, last_modified: str | None = None) -> Page | NotModified:
        body = f"<!DOCTYPE html><html lang=en>{PAGES[url.removeprefix(SITE)]}</html>".encode()
        headers = {"content-type": "text/html", "tdm-reservation": "1"}
        return Page(url, url, 200, headers, body, NOW, hashlib.sha256(body).digest())


def rows(connection: Connection, text: str) -> list[tuple[object, ...]]:
    with transaction(connection), connection.cursor() as cursor:
        cursor.execute(text)
        return cursor.fetchall()


def test_walls_end_as_what_they_are_and_terms_of_use_are_kept(
    settings: Settings, connection: Connection, reader_dsn: str
) -> None:
    with transaction(connection):
        add(connection, [Entry(SITE + path, SITE + path, "a.example") for path in PAGES], NOW)
    batch_id = claim_batch(settings, NOW)
    assert batch_id is not None
    fetch_batch(settings, batch_id, fetcher=Web(), clock=lambda: NOW)
    assert clean_batch(settings, batch_id, clock=lambda: NOW).drafts == 2
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
