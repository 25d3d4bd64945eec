"""The bytes of a feed made into well-formed XML that is safe and cheap to read, whatever state they are in."""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import Message
from xml.parsers import expat

from copydesk.discover.mend import mended
from copydesk.discover.plain import storable
from copydesk.errors import FeedError
from copydesk.settings import MAX_URL_CHARS

MAX_DEPTH = 100
MAX_ATTRIBUTES = 500
# feedparser looks for e-mail addresses in names with an expression whose time grows with the square of a word's length.
PERSONS = frozenset({"author", "creator", "managingEditor", "webMaster", "publisher", "owner", "contributor", "name"})
MAX_WORD_CHARS = 200
# It also compares each tag with all tags that an item, or the feed itself, had before it.
ITEMS = frozenset({"item", "entry"})
TAGS = frozenset({"category", "subject", "keywords"})
MAX_TAGS = 500
# Each is read before the newest are taken, and in broken XML mended by itself.
MAX_ITEMS = 10_000
BASE = "http://www.w3.org/XML/1998/namespace base"
MAX_REPLACED_SHARE = 0.01

_DECLARATION = re.compile(r"<\?xml\b[^>]*?\?>", re.IGNORECASE)
_ENCODING = re.compile(rb"<\?xml\b[^>]{0,200}?encoding\s*=\s*[\"']([A-Za-z0-9._:-]{1,40})[\"']", re.IGNORECASE)
_FIRST_ELEMENT = re.compile(r"<[A-Za-z_]")
_DOCTYPE = re.compile(r"<!DOCTYPE\b[^>\[]*(?:\[[^\]]*\]\s*)?>", re.IGNORECASE)
_WORD = re.compile(r"[A-Za-z0-9_.+-]+")
_ITEM_START = re.compile(r"<(?:\w+:)?(?:item|entry)[\s>]")
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)


@dataclass(frozen=True, slots=True)
class Budget:
    """How many elements and pieces of text (lines, entities) a document may hold; reading takes time with each.

    A feed of 5,000 items has about 75,000 elements and 100,000 pieces.
    """

    elements: int = 250_000
    pieces: int = 1_000_000


FEED_BUDGET = Budget()


@dataclass(frozen=True, slots=True)
class Markup:
    """Well-formed XML without declaration and DOCTYPE, its root element's local name, and what had to be mended."""

    text: str
    root: str
    problems: tuple[str, ...] = ()


def read_markup(body: bytes, url: str, headers: Mapping[str, str], budget: Budget = FEED_BUDGET) -> Markup:
    """Decode, refuse entity declarations, mend what is broken. Raises FeedError if no document can be made of it."""
    text = _without_prolog(storable(decoded(body, headers)).lstrip("\ufeff \t\r\n"), url)
    if not text:
        raise FeedError(url, "is empty")
    try:
        return Markup(text, _checked_root(text, url, budget))
    except expat.ExpatError as error:
        problem = f"not well-formed XML at line {error.lineno}: {expat.errors.messages[error.code]}"
    if sum(1 for _ in _ITEM_START.finditer(text)) > MAX_ITEMS:
        raise FeedError(url, f"is too costly to mend: more than {MAX_ITEMS:,} items, and {problem}")
    mending = mended(text)
    if mending is None:
        raise FeedError(url, f"is neither XML nor JSON: it begins with {text[:40]!r}")
    try:
        return Markup(mending.text, _checked_root(mending.text, url, budget), (problem, *mending.problems))
    except expat.ExpatError as error:
        raise FeedError(url, f"is XML beyond repair; {problem}") from error


def decoded(body: bytes, headers: Mapping[str, str]) -> str:
    """Text by byte order mark, as UTF-8 if it is that, else as it declares; the last resort replaces what is wrong."""
    for mark, encoding in _BYTE_ORDER_MARKS:
        if body.startswith(mark):
            return body.decode(encoding, "replace")
    for encoding in ("utf-8", *_declared(body, headers)):
        try:
            return codecs.getincrementaldecoder(encoding)("strict").decode(body)  # a cut last character is no error
        except (LookupError, UnicodeError):
            continue
    text = body.decode("utf-8", "replace")
    return text if text.count("\ufffd") <= len(text) * MAX_REPLACED_SHARE else body.decode("windows-1252", "replace")


def _declared(body: bytes, headers: Mapping[str, str]) -> list[str]:
    found = _ENCODING.search(body[:1024])
    message = Message()
    message["content-type"] = headers.get("content-type", "")
    named = [found.group(1).decode("ascii") if found else None, message.get_content_charset()]
    return [name for name in named if name and name.lower() not in ("utf-8", "utf8")]


def _without_prolog(text: str, url: str) -> str:
    """Drop the XML declaration (the text is no longer in that encoding) and a harmless DOCTYPE."""
    declaration = _DECLARATION.match(text)
    text = text[declaration.end() :] if declaration else text
    first = _FIRST_ELEMENT.search(text)
    prolog = text[: first.start()] if first else text
    if "<!ENTITY" in prolog.upper():
        raise FeedError(url, "declares XML entities, which no feed needs and which can be used to attack its reader")
    doctype = _DOCTYPE.match(prolog, max(prolog.upper().find("<!DOCTYPE"), 0))
    return (prolog[: doctype.start()] + text[doctype.end() :] if doctype else text).lstrip()


def _checked_root(text: str, url: str, budget: Budget) -> str:
    """The root's local name. Raises ExpatError if the text is not well-formed, FeedError if it is too much to read."""
    cost = _Cost(url, budget)
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.EntityDeclHandler = cost.entity
    parser.StartElementHandler = cost.start
    parser.EndElementHandler = cost.end
    parser.CharacterDataHandler = cost.characters
    parser.Parse(text.encode("utf-8"), True)
    return cost.root.rpartition(" ")[2]


class _Cost:
    """Counts what a document holds while expat reads it, and stops at what would take too long to read in full."""

    def __init__(self, url: str, budget: Budget) -> None:
        self._url = url
        self._budget = budget
        self._elements = 0
        self._depth = 0
        self._pieces = 0
        self._items = 0
        self._tags = 0
        self._bases = [0]  # characters of xml:base around what stands in each open element: relative links get them all
        self._names: list[list[str] | None] = []  # of each open element its own text, if it names a person
        self.root = ""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        self.root = self.root or name
        local = name.rpartition(" ")[2]
        self._names.append([] if local in PERSONS else None)
        self._elements += 1
        self._depth += 1
        self._items += local in ITEMS
        self._tags = 0 if local in ITEMS else self._tags + (local in TAGS)
        self._bases.append(self._bases[-1] + len(attributes.get(BASE, "")))
        self._refuse(self._elements, self._budget.elements, "elements")
        self._refuse(self._items, MAX_ITEMS, "items")
        self._refuse(self._bases[-1], MAX_URL_CHARS, "characters of xml:base")
        self._refuse(self._depth, MAX_DEPTH, "elements in one another")
        self._refuse(self._tags, MAX_TAGS, "tags of one item")
        self._refuse(len(attributes), MAX_ATTRIBUTES, "attributes in one element")

    def end(self, _name: str) -> None:
        self._depth -= 1
        self._bases.pop()
        if name := self._names.pop():
            longest = max(map(len, _WORD.findall("".join(name))), default=0)
            self._refuse(longest, MAX_WORD_CHARS, "letters in one word of a name")

    def characters(self, text: str) -> None:
        self._pieces += 1
        if self._names and (name := self._names[-1]) is not None:
            name.append(text)
        self._refuse(self._pieces, self._budget.pieces, "lines and entities")

    def entity(self, *_declaration: object) -> None:
        raise FeedError(self._url, "declares XML entities, which no feed needs")

    def _refuse(self, count: int, most: int, what: str) -> None:
        if count > most:
            raise FeedError(self._url, f"is too costly to read: more than {most:,} {what}")
