"""What kind of document a response is: by its Content-Type, and by its first bytes where that says nothing."""

from __future__ import annotations

import re

_READABLE = re.compile(r"text/html|(?:application|text)/(?:xml|json|[\w.+-]+\+(?:xml|json))|application/feed\+json")
# What servers say when they do not know better; text/plain is what many serve feeds as.
_SAYS_NOTHING = frozenset(
    {"", "text/plain", "text/rss", "text/atom", "text/x-json", "application/octet-stream", "binary/octet-stream"}
    | {"application/rss", "application/atom", "application/rdf", "application/x-rss", "application/download"}
    | {"application/gzip", "application/x-gzip", "application/force-download", "unknown/unknown"}
)
_BINARY = (b"%PDF-", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"PK\x03\x04", b"RIFF", b"OggS", b"ID3", b"\x7fELF", b"MZ")
_BYTE_ORDER_MARKS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")


def declared(content_type: str) -> str:
    """The bare media type of a Content-Type header, lower case, empty if there is none."""
    return content_type.partition(";")[0].strip().lower()


def may_be_readable(content_type: str) -> bool:
    """Whether a Content-Type leaves it possible that the body is HTML, XML or JSON; decided before the body is read."""
    kind = declared(content_type)
    return bool(_READABLE.fullmatch(kind)) or kind in _SAYS_NOTHING


def is_readable(content_type: str, body: bytes) -> bool:
    """Whether a body is HTML, XML or JSON: by its type unless its bytes are a binary file's; by its bytes without."""
    start = _start(body)
    if start.startswith(_BINARY):
        return False
    return bool(_READABLE.fullmatch(declared(content_type))) or start[:1] in (b"<", b"{", b"[")


def _start(body: bytes) -> bytes:
    head = body[:1024]
    for mark in _BYTE_ORDER_MARKS:
        head = head.removeprefix(mark)
    return head.replace(b"\0", b"").lstrip()[:16]
