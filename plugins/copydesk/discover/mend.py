"""Broken XML mended item by item, so that one bad item takes no other with it."""

from __future__ import annotations

import html.entities
import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.parsers import expat

import lxml.etree

MAX_PREFIXES = 100  # more than any feed uses

_CDATA = re.compile(r"(<!\[CDATA\[.*?(?:\]\]>|\Z))", re.DOTALL)
_ENTITY = re.compile(r"&(?:(#[0-9]{1,7}|#x[0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{0,31});)?")
_OF_XML = {"amp": "&#38;", "lt": "&#60;", "gt": "&#62;", "quot": "&#34;", "apos": "&#39;"}
_ITEM_EDGE = re.compile(r"<!\[CDATA\[.*?(?:\]\]>|\Z)|<(/?)((?:\w+:)?(?:item|entry))(?:\s[^<>]*)?>", re.DOTALL)
_ITEM_END = re.compile(r"</(?:\w+:)?(?:item|entry)\s*>\s*\Z")
_PREFIX = re.compile(r"[<\s]([A-Za-z_][\w.-]*):[A-Za-z_][\w.-]*(?=[\s=/>])")
_DECLARED_PREFIX = re.compile(r"\sxmlns:([A-Za-z_][\w.-]*)\s*=")
_ROOT_NAME = re.compile(r"<[A-Za-z_][\w.:-]*")
_NAMESPACES = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "feedburner": "http://rssnamespace.org/feedburner/ext/1.0",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "media": "http://search.yahoo.com/mrss/",
    "news": "http://www.google.com/schemas/sitemap-news/0.9",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "slash": "http://purl.org/rss/1.0/modules/slash/",
    "sy": "http://purl.org/rss/1.0/modules/syndication/",
}


@dataclass(frozen=True, slots=True)
class Mending:
    """The mended document and what could not be kept, in sentences."""

    text: str
    problems: tuple[str, ...]


def mended(text: str) -> Mending | None:
    """The document around what is wrong in it, closed where it breaks off; None if no element can be found at all."""
    text = _with_declared_prefixes(_with_numeric_entities(text))
    pieces: list[str] = []
    lost = 0
    cut_off = _is_cut_off(text)
    for piece, is_item in _pieces(text):
        kept = piece if not is_item or _is_well_formed(piece) else _recovered(piece)
        if cut_off and is_item and not _ITEM_END.search(piece):
            kept = None  # its last value may be half a URL
        lost += kept is None
        pieces.append(kept or "")
    whole = _recovered("".join(pieces))
    problems = (f"items left out: {lost} (broken beyond repair or cut off)",) if lost else ()
    return None if whole is None else Mending(whole, problems)


def _with_numeric_entities(text: str) -> str:
    """All entities outside CDATA as numbers, which libxml2 keeps in a broken document; bare ampersands as well."""
    pieces = _CDATA.split(text)
    pieces[::2] = [_ENTITY.sub(_numeric, piece) for piece in pieces[::2]]
    return "".join(pieces)


def _numeric(match: re.Match[str]) -> str:
    name = match.group(1)
    if name is None:
        return "&#38;"
    if name.startswith("#"):
        return match.group(0)
    return _OF_XML.get(name) or html.entities.html5.get(f"{name};", f"&#38;{name};")


def _with_declared_prefixes(text: str) -> str:
    """Declare on the root what namespace prefixes are used without it, as what they always stand for."""
    used = set(_PREFIX.findall(text)) - {"xml", "xmlns"} - set(_DECLARED_PREFIX.findall(text))
    missing = sorted(used, key=lambda prefix: (prefix not in _NAMESPACES, prefix))[:MAX_PREFIXES]
    meant = {each: _NAMESPACES.get(each, f"urn:undeclared:{each}") for each in missing}
    declarations = "".join(f' xmlns:{prefix}="{namespace}"' for prefix, namespace in meant.items())
    root = _ROOT_NAME.match(text)
    return f"{text[: root.end()]}{declarations}{text[root.end() :]}" if root else text


def _pieces(text: str) -> Iterator[tuple[str, bool]]:
    """The text cut at the edges of its items; the second value says whether a piece is an item."""
    begun, start = 0, None
    for edge in _ITEM_EDGE.finditer(text):
        if not edge.group(2) or edge.group(0).endswith("/>"):
            continue
        if edge.group(1):
            if start is not None:
                yield text[start : edge.end()], True
                begun, start = edge.end(), None
        else:
            yield text[begun if start is None else start : edge.start()], start is not None
            begun, start = edge.start(), edge.start()
    yield text[begun:], start is not None


def _is_cut_off(text: str) -> bool:
    root = _ROOT_NAME.match(text)
    return root is None or not text.rstrip().endswith(f"</{root.group(0)[1:]}>")


def _is_well_formed(piece: str) -> bool:
    try:
        expat.ParserCreate().Parse(piece.encode("utf-8"), True)
    except expat.ExpatError:
        return False
    return True


def _recovered(piece: str) -> str | None:
    """What libxml2 makes of broken XML; None if it finds no element."""
    parser = lxml.etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, encoding="utf-8"
    )
    try:
        root = lxml.etree.fromstring(piece.encode("utf-8"), parser)
    except lxml.etree.XMLSyntaxError:
        return None
    return None if root is None else str(lxml.etree.tostring(root, encoding="unicode"))
