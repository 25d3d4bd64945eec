"""What is no HTML page is told apart from pages, however broken these are."""

from __future__ import annotations

import gzip
import json
import random

import pytest

from copydesk.edit import page_of
from copydesk.errors import PermanentPageError
from copydesk.extract import extract
from copydesk.extract.kinds import other_kind
from copydesk.models import Outcome, Reason

URL = "https://post.example/a"
NOISE = random.Random(7).randbytes(20_000)
TEXT = "The harbour of Port Lune was closed to all ships on Tuesday after a crane fell across its only channel. " * 5
PAGE = f"<html><title>Harbour</title><body><h1>Harbour closed</h1><p>{TEXT}</p></body></html>"
ITEM = f"<item><title>Harbour closed</title><description>{TEXT}</description></item>"
RSS = f'<?xml version="1.0"?>\n<!-- made daily -->\n<rss version="2.0"><channel>{ITEM}</channel></rss>'


def kind_of(body: bytes | str, **headers: str) -> str | None:
    raw = body if isinstance(body, bytes) else body.encode()
    return other_kind(
        raw, raw.decode("utf-8", "replace"), {name.replace("_", "-"): one for name, one in headers.items()}
    )


@pytest.mark.parametrize(
    ("body", "named"),
    [
        (NOISE, "binary data"),
        (NOISE[:300], "binary data"),
        (gzip.compress(PAGE.encode()), "a compressed file"),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "an image"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "an image"),
        (b"%PDF-1.7\n1 0 obj", "a PDF"),
        (b"PK\x03\x04\x14\0", "a ZIP file"),
        (b"\0\0\0\x20ftypisom\0\0", "sound or video"),
        (NOISE.decode("latin-1").encode(), "binary data"),
        (NOISE.decode("utf-8", "replace").encode(), "binary data"),
    ],
)
def test_a_body_that_is_no_text_is_named(body: bytes, named: str) -> None:
    assert (kind_of(body) or "").startswith(named)


@pytest.mark.parametrize(
    ("body", "named"),
    [
        (RSS, "an RSS feed; `copydesk feeds check URL`"),
        ('<!DOCTYPE rss PUBLIC "x" "y"><rss version="0.91">', "an RSS feed"),
        ('<rdf:RDF xmlns:rdf="x" xmlns="http://purl.org/rss/1.0/">', "an RSS feed"),
        (
            '\ufeff<?xml version="1.0"?><?xml-stylesheet href="a.xsl"?><feed xmlns="http://www.w3.org/2005/Atom">',
            "an Atom",
        ),
        ("<urlset><url><loc>https://post.example/a</loc></url></urlset>", "a sitemap"),
        ('<sm:sitemapindex xmlns:sm="x">', "an index of sitemaps"),
        ("<opml version='2.0'>", "a list of feeds"),
        (json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": []}), "a JSON feed"),
        (json.dumps([{"title": {"rendered": "Harbour"}}], indent=1), "JSON"),
    ],
)
def test_a_document_that_lists_pages_is_named(body: str, named: str) -> None:
    assert (kind_of(body) or "").startswith(named)


@pytest.mark.parametrize(
    "body",
    [
        PAGE,
        f"<?xml version='1.0'?><!DOCTYPE html><html><body><p>{TEXT}",
        f"<p>{TEXT}",
        TEXT,
        f"[Update] {TEXT}",
        f"{{{{ title }}}}<p>{TEXT}",
        f"<p>A line such as <code>&lt;rss version='2.0'&gt;</code> begins a feed.</p>{TEXT}<rss>",
        PAGE.encode("utf-16"),
        PAGE.encode("utf-16-le"),
        (TEXT * 20).encode("utf-16"),
        PAGE.replace("a crane", "مرفأ المدينة").encode("cp1256"),
        PAGE.encode().replace(b"a", b"\xff"),
        PAGE.encode().replace(b" ", b" \0\x01"),
        b"\0" * 50 + PAGE.encode(),
        TEXT.encode().replace(b"harbour", b"har\x02bour"),
        b"<p>" + bytes(range(256)),
        b"",
        b"<!-- " * 50_000,
        b"<!-- a -->" * 9_000 + b"x",
    ],
)
def test_what_may_be_a_page_is_no_other_kind(body: bytes | str) -> None:
    assert kind_of(body) is None


def test_a_page_that_is_broken_in_any_tenth_byte_stays_one() -> None:
    for wrong in (b"\0", b"\x1f", b"\x80", b"\xff", b"\xc3"):
        for at in range(0, len(PAGE), 10):
            assert kind_of(PAGE.encode()[:at] + wrong * 3 + PAGE.encode()[at:]) is None


@pytest.mark.parametrize("body", [NOISE, RSS.encode(), b'{"a": [1'])
def test_what_is_no_page_is_refused_and_said_to_be_what_it_is(body: bytes) -> None:
    with pytest.raises(PermanentPageError, match="this is no HTML page but") as caught:
        extract(page_of(body, URL, {"content-type": "application/json" if body[:1] == b"{" else "text/html"}))
    assert (caught.value.outcome, caught.value.reason) == (Outcome.REFUSED, Reason.WRONG_TYPE)
