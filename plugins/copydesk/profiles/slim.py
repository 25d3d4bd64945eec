"""A page's bytes without what no reader sees: comments, scripts, styles, drawings; that is most of a page's weight.

Done by looking for start and end tags, which costs a fifth of a parse. Where those are not plain to see, not at all.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from copydesk.profiles.structure import UNSEEN

MAX_DATA = 20  # JSON-LD elements of a page

_VOID = frozenset(("meta", "link", "input", "source", "track", "param", "area", "base"))
_NAMES = sorted(UNSEEN - _VOID - {"head"})
_FIRST = "".join(sorted({name[0] for name in _NAMES} - {"a"}))
# The first letter is looked at by itself, as most tags begin with another; many begin with an "a" and are links.
_UNSEEN = re.compile(rf"<(?=[!{_FIRST}]|au)(?:(!--)|({'|'.join(_NAMES)})(?=[\s/>]))".encode(), re.IGNORECASE)
# Where a comment ends, and elements whose content is no markup; others may hold their like.
_NO_MARKUP = (b"script", b"style", b"title", b"textarea", b"noscript")
_CLOSING: dict[bytes | None, bytes] = {None: b"-->", **{name: b"</" + name for name in _NO_MARKUP}}


@dataclass(frozen=True, slots=True)
class Slim:
    """What is left of a page, and what tells of it in unseen elements: its title and its JSON-LD."""

    page: bytes
    data: tuple[bytes, ...]


def slim(body: bytes) -> Slim | None:
    """The page without its unseen parts; None where one of them has no end."""
    kept: list[bytes] = []
    data: list[bytes] = []
    titles = at = 0
    while found := _UNSEEN.search(body, at):
        start, name = found.start(), found[2]
        kept.append(body[at:start])
        closing = _CLOSING.get(name)
        closed = body.find(closing, found.end()) if closing else _closed(body, start, name)
        at = body.find(b">", closed) + 1 if closed >= 0 else 0
        if not at:
            return None
        kind = name.lower() if name else b""
        titles += kind == b"title"
        if (kind == b"title" and titles == 1) or (kind == b"script" and _is_json_ld(body, start)):
            data.append(body[start:at])
    kept.append(body[at:])
    return Slim(b"".join(kept), tuple(data[:MAX_DATA]))


def _is_json_ld(body: bytes, start: int) -> bool:
    return b"ld+json" in body[start : body.find(b">", start)]


def _closed(body: bytes, start: int, name: bytes) -> int:
    """Where the end tag of the element that starts here begins, its like within it counted; -1 if there is none."""
    depth = 0
    for found in _boundaries(name).finditer(body, start):
        depth += -1 if found[1] else 1
        if not depth:
            return found.start()
    return -1


@lru_cache(maxsize=64)
def _boundaries(name: bytes) -> re.Pattern[bytes]:
    return re.compile(rb"<(/?)" + name + rb"(?=[\s>/])", re.IGNORECASE)
