"""A page's bytes as UTF-8, at next to no cost where they are UTF-8 already and say so."""

from __future__ import annotations

from copydesk.extract.decode import decode, is_encoded_twice
from copydesk.models import Page

_DECLARATION_BYTES = 2048


def utf8_of(page: Page) -> bytes:
    """The page's body in valid UTF-8; anything but declared, valid UTF-8 goes through the whole charset ladder."""
    if declares_utf8(page) and is_utf8(page.body):
        return page.body
    return decode(page.body, page.headers).encode("utf-8", "replace")


def declares_utf8(page: Page) -> bool:
    """Does a page say, in its header or its beginning, that it is in UTF-8?"""
    said = page.headers.get("content-type", "").encode() + page.body[:_DECLARATION_BYTES]
    return b"utf-8" in said.lower() and not page.body.startswith((b"\xff\xfe", b"\xfe\xff"))


def is_utf8(*parts: bytes) -> bool:
    """Are all of these bytes valid UTF-8, of which nothing was encoded twice?"""
    try:
        for part in parts:
            part.decode()
    except UnicodeDecodeError:
        return False
    return not any(map(is_encoded_twice, parts))
