"""Lists of feeds in files: OPML both ways, and feeds.toml."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Sequence
from datetime import datetime
from email.utils import format_datetime
from pathlib import Path

import lxml.etree

from copydesk.errors import UrlError, UsageError
from copydesk.feeds import Known, Wanted
from copydesk.settings import MAX_BODY_BYTES
from copydesk.urls import canonicalize

_DECLARED_KEYS = frozenset({"url", "title", "poll_seconds", "kind"})


def read_opml(path: Path) -> tuple[Wanted, ...]:
    """The feeds of an OPML file, each once, folders or not. Raises UsageError that says what is wrong with the file."""
    document = _bytes(path)
    parser = lxml.etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = lxml.etree.fromstring(document, parser)
    except lxml.etree.XMLSyntaxError as error:
        raise UsageError(f"{path} is not XML: {error.msg}") from error
    if root.tag != "opml":
        raise UsageError(f"{path} is not OPML: its root element is {root.tag}")
    feeds = _unique(feed for element in root.iter("outline") if (feed := _outline(element)))
    if not feeds:
        raise UsageError(f"{path} lists no feed: no outline in it has an xmlUrl of the web")
    return feeds


def write_opml(feeds: Sequence[Known], now: datetime) -> str:
    """Feeds as an OPML 2.0 document."""
    root = lxml.etree.Element("opml", version="2.0")
    head = lxml.etree.SubElement(root, "head")
    lxml.etree.SubElement(head, "title").text = "Feeds of copydesk"
    lxml.etree.SubElement(head, "dateCreated").text = format_datetime(now)
    body = lxml.etree.SubElement(root, "body")
    for feed in feeds:
        title = feed.title or feed.url
        place = {"type": "rss", "xmlUrl": feed.url} if feed.kind == "feed" else {"type": feed.kind, "url": feed.url}
        lxml.etree.SubElement(body, "outline", {"text": title, "title": title, **place})
    document = lxml.etree.tostring(root, encoding="utf-8", xml_declaration=True, pretty_print=True)
    return document.decode("utf-8")


def read_declarations(path: Path) -> tuple[Wanted, ...]:
    """The feeds of a feeds.toml, in tables `[[feed]]`. Raises UsageError that says what is wrong with the file."""
    try:
        tables = tomllib.loads(_bytes(path).decode("utf-8")).get("feed", [])
    except (tomllib.TOMLDecodeError, UnicodeError) as error:
        raise UsageError(f"{path} is not TOML: {error}") from error
    if not isinstance(tables, list):
        raise UsageError(f"{path}: write each feed as a table [[feed]], with double brackets")
    return _unique(_declaration(path, number, table) for number, table in enumerate(tables, 1))


def _bytes(path: Path) -> bytes:
    try:
        with path.open("rb") as file:
            document = file.read(MAX_BODY_BYTES + 1)
    except OSError as error:
        raise UsageError(f"{path} cannot be read: {error.strerror}") from error
    if len(document) > MAX_BODY_BYTES:
        raise UsageError(f"{path} is larger than {MAX_BODY_BYTES:,} bytes")
    return document


def _outline(element: lxml.etree._Element) -> Wanted | None:
    """The feed of an outline; None for a folder, and for what is not on the web, as other readers keep beside feeds."""
    values = {str(name).lower(): str(value) for name, value in element.items()}
    kind = "page" if values.get("type") == "page" else "feed"
    try:
        url = canonicalize(values.get("url" if kind == "page" else "xmlurl", ""))
    except UrlError:
        return None
    return Wanted(url, values.get("title") or values.get("text") or None, kind=kind)


def _declaration(path: Path, number: int, table: object) -> Wanted:
    where = f"{path}, feed {number}"
    if not isinstance(table, dict) or not isinstance(table.get("url"), str):
        raise UsageError(f'{where}: has no url; write url = "https://…"')
    if unknown := sorted(set(table) - _DECLARED_KEYS):
        raise UsageError(f"{where}: {unknown[0]} is not known; there are {', '.join(sorted(_DECLARED_KEYS))}")
    title, seconds, kind = table.get("title"), table.get("poll_seconds"), table.get("kind", "feed")
    if not isinstance(title, str | None) or type(seconds) not in (int, type(None)) or not isinstance(kind, str):
        raise UsageError(f"{where}: title and kind must be texts and poll_seconds a whole number")
    try:
        return Wanted(canonicalize(table["url"]), title, seconds, kind)
    except UrlError as error:
        raise UsageError(f"{where}: {error}") from error


def _unique(feeds: Iterable[Wanted]) -> tuple[Wanted, ...]:
    return tuple({feed.url: feed for feed in feeds}.values())
