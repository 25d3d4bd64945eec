"""Which hubs a feed names, and what it calls itself: WebSub's discovery. Pure; the document is hostile."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from copydesk.errors import FeedError, UrlError
from copydesk.urls import absolute

MAX_HUBS = 5
MAX_HEADER_CHARS = 16_384

# RFC 8288: <target> and its parameters, quoted or not
_PARAMETER = re.compile(r";\s*([\w!#$&+.^`|~*-]+)\s*(?:=\s*(?:\"((?:[^\"\\]|\\.)*)\"|([^\s\";,]*)))?")
_LINK = re.compile(rf"<([^<>]*)>((?:\s*{_PARAMETER.pattern})*)")

Link = tuple[str, str]  # relation and target


@dataclass(frozen=True, slots=True)
class HubLinks:
    """The hubs to ask, the better first, and the topic's own URL; both absolute. No hub or no topic: no WebSub."""

    hubs: tuple[str, ...]
    topic: str | None


def hub_links(url: str, headers: Mapping[str, str], body: bytes) -> HubLinks:
    """The links of the document at `url`: Link headers first; only without such, elements in the feed or HTML head."""
    found = _chosen(url, _header_links(headers.get("link", "")))
    return found if found.hubs or found.topic else _chosen(url, _embedded_links(url, headers, body))


def _chosen(url: str, links: Iterable[Link]) -> HubLinks:
    hubs: list[str] = []
    topic = None
    for relation, target in links:
        if not target.strip():
            continue
        try:
            link = absolute(url, target)
        except UrlError:
            continue
        if relation == "hub" and link not in hubs:
            hubs.append(link)
        elif relation == "self" and topic is None:
            topic = link
    return HubLinks(tuple(sorted(hubs, key=_is_plain)[:MAX_HUBS]), topic)


def _is_plain(hub: str) -> bool:
    return not hub.lower().startswith("https:")


def preferred(hub: str) -> tuple[str, ...]:
    """The URLs to try for a hub: over TLS first, also where it is advertised without, unless it names a port."""
    parts = urlsplit(hub)
    if parts.scheme != "http" or parts.port is not None:
        return (hub,)
    return (parts._replace(scheme="https").geturl(), hub)


def _header_links(header: str) -> Iterator[Link]:
    for match in _LINK.finditer(header[:MAX_HEADER_CHARS]):
        for name, quoted, token in _PARAMETER.findall(match[2]):
            if name.lower() == "rel":
                for relation in (quoted or token).lower().split():
                    yield relation, match[1]
                break  # a second rel is to be ignored


def _embedded_links(url: str, headers: Mapping[str, str], body: bytes) -> Iterator[Link]:
    from copydesk.discover import read_feed  # noqa: PLC0415 - feedparser and lxml

    try:
        document = read_feed(body, url, headers)
    except FeedError:
        yield from _html_links(body)
        return
    yield from (("hub", hub) for hub in document.hubs)
    if document.self_url:
        yield "self", document.self_url


def _html_links(body: bytes) -> Iterator[Link]:
    """Links in the head only: what stands in the body may be a commenter's."""
    from lxml import etree, html  # noqa: PLC0415

    try:
        root = html.document_fromstring(body, parser=html.HTMLParser(remove_comments=True))
    except (etree.ParserError, etree.XMLSyntaxError, ValueError):
        return
    for element in root.iterfind("./head/link"):
        for relation in (element.get("rel") or "").lower().split():
            yield relation, element.get("href") or ""
