"""What a body is that is no HTML page: a feed or another list, JSON, a file of another kind, or no text at all."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Mapping
from typing import Final

MAX_CONTROLS: Final = 0.02  # of a body's bytes; random or packed bytes have 0.11, broken pages hardly any
MIN_CONTROLS: Final = 8
BYTES_A_TAG: Final = 4_000  # with as many control bytes as that, a page has at least one tag in so many bytes
PROLOG_CHARS: Final = 100_000  # of a document, in which its first element is looked for

JSON: Final = "JSON"
_LISTS: Final = "`copydesk feeds check URL` shows what it lists"
_ROOTS: Final = {
    "rss": f"an RSS feed; {_LISTS}",
    "rdf": f"an RSS feed; {_LISTS}",
    "feed": f"an Atom feed; {_LISTS}",
    "urlset": f"a sitemap; {_LISTS}",
    "sitemapindex": f"an index of sitemaps; {_LISTS}",
    "opml": "a list of feeds (OPML); `copydesk feeds import FILE` adds them",
}
_FILES: Final = (
    (re.compile(rb"\s*%PDF-"), "a PDF"),
    (re.compile(rb"\x89PNG\r\n|\xff\xd8\xff|GIF8[79]a|RIFF.{4}WEBP|II\*\0|MM\0\*", re.DOTALL), "an image"),
    (re.compile(rb".{4}ftyp(?:avif|heic|mif1)", re.DOTALL), "an image"),
    (re.compile(rb"PK\x03\x04"), "a ZIP file, as office documents and books are too"),
    (re.compile(rb"\x1f\x8b|BZh\d1AY|\xfd7zXZ\0|7z\xbc\xaf|\x28\xb5\x2f\xfd|Rar!\x1a"), "a compressed file"),
    (
        re.compile(rb"OggS\0|ID3[\2-\4]|fLaC\0|RIFF.{4}(?:WAVE|AVI )|.{4}ftyp|\x1aE\xdf\xa3", re.DOTALL),
        "sound or video",
    ),
    (re.compile(rb"\x7fELF|\xca\xfe\xba\xbe|\0asm"), "a program"),
    (re.compile(rb"SQLite format 3\0"), "a database"),
)
# Atomic, so that a prolog that is made to be read in many ways is read in one.
_FIRST: Final = re.compile(
    r"(?>[\s\ufeff]+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[[^\]]*\]\s*)?>)*+<(?:[\w.-]+:)?([a-z]+)[\s/>]",
    re.IGNORECASE | re.DOTALL,
)
_JSON_FEED: Final = re.compile(r'"version"\s*:\s*"https?:(?:\\?/){2}jsonfeed\.org')
_TAG: Final = re.compile(
    rb"<(?:!doctype|html|head|body|title|meta|link|div|span|article|section|main|table|h[1-6]|ul|li|br|p)[\s/>]",
    re.IGNORECASE,
)
_CONTROLS: Final = bytes(sorted({*range(0x20), 0x7F} - set(b"\t\n\f\r\x1b")))
_WIDE: Final = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)


def other_kind(body: bytes, text: str, headers: Mapping[str, str]) -> str | None:
    """What a body is, with an article and with what reads it, if it is no HTML page; None for all that may be one.

    `text` is the body decoded, `headers` has lower-case names. Text that is broken, or no markup, may be a page.
    """
    for start, kind in _FILES:
        if start.match(body):
            return kind
    content_type = headers.get("content-type", "").lower()
    if _is_binary(body, content_type):
        return "binary data"
    found = _FIRST.match(text[:PROLOG_CHARS])
    return _ROOTS.get(found[1].lower()) if found else _json(text, content_type)


def _is_binary(body: bytes, content_type: str) -> bool:
    """Whether so many bytes are control characters, and so little is markup, that nobody wrote this as text."""
    if body.startswith(_WIDE) or "utf-16" in content_type:
        return False
    shown = body.translate(None, _CONTROLS)
    if len(body) - len(shown) < max(MIN_CONTROLS, MAX_CONTROLS * len(body)):
        return False
    tags = sum(1 for _ in _TAG.finditer(shown))
    return tags * BYTES_A_TAG < len(body)


def _json(text: str, content_type: str) -> str | None:
    if text.lstrip()[:1] not in ("{", "["):
        return None
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        if "json" not in content_type:
            return None
    return f"a JSON feed; {_LISTS}" if _JSON_FEED.search(text[:PROLOG_CHARS]) else JSON
