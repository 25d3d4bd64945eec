"""A page's bytes cut down to what the fast path looks at: head, JSON-LD, top headings and one container.

Parsing takes most of the fast path's time, and most of a page is menus, teasers and scripts. The cut is made by
looking for the container's own start tag and counting to its end, as an HTML parser does with well-made pages. Where
anything is out of the ordinary there is no cut, and the page is parsed whole.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from dataclasses import dataclass
from functools import lru_cache

from copydesk.profiles.slim import Slim

MAX_HEADINGS = 5
MAX_TOLD = 100  # headings and `meta` elements

_STEP = re.compile(
    r"//(?P<tag>\w+)(?:"
    r'\[contains\(concat\(" ",normalize-space\(@class\)," "\)," (?P<token>[\w-]+) "\)\]'
    r'|\[contains\(@class,"(?P<prefix>[\w-]+)"\)\]'
    r'|\[@(?P<name>[\w-]+)="(?P<value>[\w-]+)"\]'
    r")?(?P<below>(?:/\w+)*)\Z"
)
_TOLD = re.compile(rb"<(?:h1|meta\s[^>]*>)")
_LINKS = re.compile(rb"<link\s(?![^>]*canonical)[^>]*>")


@dataclass(frozen=True, slots=True)
class Cut:
    """A small page with the same head, JSON-LD, headings and container as a page has; what it has around those.

    `outer` is the XPath of the element in the small page that holds the container, or is it; before and behind it stood
    `before` and `behind`.
    """

    page: bytes
    outer: str
    before: bytes
    behind: bytes


@dataclass(frozen=True, slots=True)
class _Region:
    """Where an element stands in a page's bytes."""

    start: int
    end: int


def cut(slim: Slim, container: str, places: Iterable[str] = (), needed: Container[str] = ()) -> Cut | None:
    """A page cut down to what is looked at; None where that cannot be had.

    `container` is the XPath of a template. `places` are XPaths of what else is wanted, if it can be had; a page where
    one of the `needed` ones stands, but only with the container in it, is not cut.
    """
    body = slim.page
    head = body.find(b"<body")
    region = _found(body, container, head) if head >= 0 else None
    if region is None:
        return None
    regions = {place: one for place in places if (one := _found(body, place, head)) is not None}
    if any(one.start < region.start < one.end for place, one in regions.items() if place in needed):
        return None
    found = regions.values()
    before = [body[one.start : one.end] for one in found if one.end <= region.start]
    behind = [body[one.start : one.end] for one in found if one.start >= region.end]
    before += _told(body, head, region.start)
    behind += _told(body, region.end, len(body))
    inside = body[region.start : region.end]
    page = b"".join((_LINKS.sub(b"", body[:head]), *slim.data, b"<body>", *before, inside, *behind))
    return Cut(page, _outer(container), body[: region.start], body[region.end :])


def _outer(container: str) -> str:
    """The XPath of a container's first step, which bears its mark."""
    step = _STEP.match(container)
    return container.removesuffix(step["below"]) if step else container


def _found(body: bytes, xpath: str, head: int) -> _Region | None:
    needle = _needle(xpath)
    if needle is None:
        return None
    tag, mark, pattern = needle
    start = _start(body, mark, pattern, head)
    return _region(body, start, tag) if start >= 0 else None


@lru_cache(maxsize=256)
def _needle(container: str) -> tuple[bytes, bytes, re.Pattern[bytes]] | None:
    """The tag of an XPath's first step, bytes that its start tag holds, and a pattern of that start tag."""
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


def _start(body: bytes, mark: bytes, pattern: re.Pattern[bytes], head: int) -> int:
    """Where the element's start tag begins, -1 if there is none."""
    last, at = head, body.find(mark, head)
    while at >= 0:
        opened = body.rfind(b"<", last, at + 1)  # if there is none, this is the tag that was looked at before
        if opened >= 0 and pattern.match(body, opened):
            return opened
        last, at = at + 1, body.find(mark, at + len(mark))
    return -1


@lru_cache(maxsize=64)
def _boundaries(tag: bytes) -> re.Pattern[bytes]:
    return re.compile(rb"<(/?)" + re.escape(tag) + rb"(?=[\s>/])")


def _region(body: bytes, start: int, tag: bytes) -> _Region | None:
    """The element that starts here, None if it has no end tag."""
    depth = 0
    for found in _boundaries(tag).finditer(body, start):
        depth += -1 if found[1] else 1
        if not depth:
            end = body.find(b">", found.end()) + 1
            return _Region(start, end) if end else None
    return None


def _told(body: bytes, start: int, end: int) -> list[bytes]:
    """The `meta` elements between two places, as microdata puts them beside what they are about; the top headings."""
    metas: list[bytes] = []
    headings: list[bytes] = []
    behind = start  # the last heading
    for found in _TOLD.finditer(body, start, end):
        if found[0] != b"<h1":
            metas.append(found[0])
        elif found.start() >= behind:
            closed = body.find(b"</h1", found.end(), end)
            headings += [body[found.start() : closed] + b"</h1>"] if closed >= 0 else []
            behind = closed if closed >= 0 else end
        if len(metas) + len(headings) >= MAX_TOLD:
            break
    return [*metas, *headings[:MAX_HEADINGS]]
