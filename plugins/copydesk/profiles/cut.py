"""A page's bytes cut down to what the fast path looks at: head, JSON-LD, top headings and one container.

Parsing takes most of the fast path's time, and most of a page is menus, teasers and scripts. The cut is made by
looking for the container's own start tag and counting to its end, as an HTML parser does with well-made pages. Where
anything is out of the ordinary there is no cut, and the page is parsed whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

MAX_HEADINGS = 5
MAX_SCRIPTS = 20
MAX_METAS = 100

_STEP = re.compile(
    r"//(?P<tag>\w+)(?:"
    r'\[contains\(concat\(" ",normalize-space\(@class\)," "\)," (?P<token>[\w-]+) "\)\]'
    r'|\[contains\(@class,"(?P<prefix>[\w-]+)"\)\]'
    r'|\[@(?P<name>[\w-]+)="(?P<value>[\w-]+)"\]'
    r")?\Z"
)
# What text may stand in without being the page's: opened by the first, closed by the second.
_SHELTERS = ((b"<!--", b"-->"), (b"<script", b"</script"), (b"<noscript", b"</noscript"), (b"<template", b"</template"))
_CLOSINGS = {b"<!--": b"-->", b"<script": b"</script", b"<style": b"</style"}
_META = re.compile(rb"<meta\s[^>]*>")
_HEAD_WEIGHTS = re.compile(rb"<script(?=[\s>])|<style(?=[\s>])")


@dataclass(frozen=True, slots=True)
class Cut:
    """A small page with a page's head, JSON-LD, headings and container; and all that stands around the container."""

    page: bytes
    before: bytes
    behind: bytes


def cut(body: bytes, container: str, places: Iterable[str] = ()) -> Cut | None:
    """A page cut down to what is looked at; None where that cannot be had.

    `body` is UTF-8, `container` the XPath of a template. `places` are XPaths of what else is wanted, if it can be had.
    """
    head = body.find(b"<body")
    region = _found(body, container, head)
    if head < 0 or region is None:
        return None
    wanted = [found for place in places if (found := _found(body, place, head)) is not None]
    before = [part for found in wanted if found.start < region.start for part in found.parts]
    behind = [part for found in wanted if found.start > region.end for part in found.parts]
    before += [
        *_metas(body, head, region.start),
        *_scripts(body, head, region.start),
        *_headings(body, head, region.start),
    ]
    behind += [
        *_metas(body, region.end, len(body)),
        *_headings(body, region.end, len(body)),
        *_scripts(body, region.end, len(body)),
    ]
    page = b"".join((*_slim(body, head), b"<body>", *before, *region.parts, *behind))
    return Cut(page, body[: region.start], body[region.end :])


def _found(body: bytes, xpath: str, head: int) -> _Region | None:
    start, tag = _start(body, xpath, head)
    return _region(body, start, tag) if start >= 0 else None


@lru_cache(maxsize=256)
def _needle(container: str) -> tuple[bytes, bytes, re.Pattern[bytes]] | None:
    """The tag, bytes that its start tag holds, and a pattern of that start tag; None for an XPath of several steps."""
    step = _STEP.match(container)
    if step is None:
        return None
    tag = re.escape(step["tag"])
    if step["token"]:
        condition, mark = (
            rf"[^>]*?\sclass=(?:\"(?:[^\">]*\s)?{step['token']}(?:\s[^\">]*)?\"|{step['token']}(?=[\s>]))",
            step["token"],
        )
    elif step["prefix"]:
        condition, mark = rf"[^>]*?\sclass=\"[^\">]*{step['prefix']}[^\">]*\"", step["prefix"]
    elif step["name"]:
        condition, mark = rf"[^>]*?\s{step['name']}=(?:\"{step['value']}\"|{step['value']}(?=[\s>]))", step["value"]
    else:
        condition, mark = "", f"<{step['tag']}"
    pattern = re.compile(rf"<{tag}(?=[\s>]){condition}[^>]*>".encode())
    return step["tag"].encode(), mark.encode(), pattern


def _start(body: bytes, container: str, head: int) -> tuple[int, bytes]:
    """Where the container's start tag begins, -1 if that is not plain to see; and its tag."""
    needle = _needle(container)
    if needle is None:
        return -1, b""
    tag, mark, pattern = needle
    at = body.find(mark, head)
    while at >= 0:
        opened = body.rfind(b"<", head, at + 1)
        if opened >= 0 and pattern.match(body, opened):
            return (-1 if _sheltered(body, head, opened) else opened), tag
        at = body.find(mark, at + len(mark))
    return -1, tag


def _sheltered(body: bytes, head: int, at: int) -> bool:
    return any(body.rfind(opening, head, at) > body.rfind(closing, head, at) for opening, closing in _SHELTERS)


@lru_cache(maxsize=64)
def _boundaries(tag: bytes) -> re.Pattern[bytes]:
    return re.compile(rb"<!--|<script(?=[\s>])|<style(?=[\s>])|<(/?)" + re.escape(tag) + rb"(?=[\s>/])")


@dataclass(frozen=True, slots=True)
class _Region:
    """An element's bytes without scripts, styles and comments, and where it stands."""

    start: int
    end: int
    parts: list[bytes]


def _region(body: bytes, start: int, tag: bytes) -> _Region | None:
    """The element that starts here, None if it has no end tag."""
    pattern, depth, at, kept = _boundaries(tag), 0, start, start
    parts: list[bytes] = []
    while found := pattern.search(body, at):
        if found[1] is None:
            at = _behind(body, found)
            if at < 0:
                return None
            if b"ld+json" not in body[found.start() : found.end() + 60]:
                parts.append(body[kept : found.start()])
                kept = at
            continue
        at = found.end()
        depth += -1 if found[1] else 1
        if not depth:
            end = body.find(b">", at) + 1
            return _Region(start, end, [*parts, body[kept:end]]) if end else None
    return None


def _behind(body: bytes, found: re.Match[bytes]) -> int:
    """Where a script, style or comment that begins with this match is over; -1 if it never is."""
    closing = _CLOSINGS[found[0]]
    closed = body.find(closing, found.end())
    return body.find(b">", closed) + 1 or -1 if closed >= 0 else -1


def _slim(body: bytes, head: int) -> list[bytes]:
    """The page's head without its scripts and styles; JSON-LD stays."""
    parts, at = [], 0
    for found in _HEAD_WEIGHTS.finditer(body, 0, head):
        if found.start() >= at and b"ld+json" not in body[found.start() : found.end() + 60]:
            end = _behind(body, found)
            if 0 < end <= head:
                parts.append(body[at : found.start()])
                at = end
    return [*parts, body[at:head]]


def _metas(body: bytes, start: int, end: int) -> list[bytes]:
    """The `meta` elements between two places: microdata puts them beside what they are about."""
    found = _META.finditer(body, start, end)
    return [one[0] for one in islice(found, MAX_METAS) if not _sheltered(body, start, one.start())]


def _scripts(body: bytes, start: int, end: int) -> list[bytes]:
    """The JSON-LD between two places."""
    found: list[bytes] = []
    at = body.find(b"ld+json", start, end)
    while at >= 0 and len(found) < MAX_SCRIPTS:
        opened, closed = body.rfind(b"<script", start, at), body.find(b"</script", at, end)
        if opened >= 0 and closed >= 0:
            found.append(body[opened:closed] + b"</script>")
        at = body.find(b"ld+json", closed if closed >= 0 else at + 1, end)
    return found


def _headings(body: bytes, start: int, end: int) -> list[bytes]:
    """The top headings between two places."""
    found: list[bytes] = []
    at = body.find(b"<h1", start, end)
    while at >= 0 and len(found) < MAX_HEADINGS:
        closed = body.find(b"</h1", at, end)
        if closed < 0:
            break
        if not _sheltered(body, start, at):
            found.append(body[at:closed] + b"</h1>")
        at = body.find(b"<h1", closed, end)
    return found
