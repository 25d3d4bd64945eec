"""What a page says of its article in JSON-LD (https://schema.org/Article), read as tolerantly as sites write it."""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterator
from typing import Final

from lxml import etree

from copydesk.extract.metadata.claims import Claims
from copydesk.models import Source

MAX_SCRIPT_CHARS: Final = 2_000_000
MAX_ITEMS: Final = 2_000
MAX_DEPTH: Final = 12

Json = dict[str, "Json"] | list["Json"] | str | int | float | bool | None

_ARTICLE: Final = re.compile(r"(article|posting|report|newspaper|recipe|creativework|review)$", re.IGNORECASE)
_PAGE: Final = re.compile(r"(webpage|itempage)$", re.IGNORECASE)
_TAG: Final = re.compile(r"</?[a-zA-Z][^<>]{0,300}>")
_WRAPPING: Final = re.compile(
    r"^\s*(?:<!--|//\s*<!\[CDATA\[|/\*\s*<!\[CDATA\[\s*\*/|<!\[CDATA\[)"
    r"|(?:-->|(?://\s*|/\*\s*)?\]\]>(?:\s*\*/)?)\s*;?\s*$"
)
_ORGANISATION: Final = re.compile(r"organi[sz]ation$", re.IGNORECASE)
_REFERENCE_KEYS: Final = 2  # an object of no more than an @id and a @type refers to another
_TRAILING_COMMA: Final = re.compile(r",(\s*[}\]])")


def read_json_ld(tree: etree._Element) -> Claims:
    """What the page's JSON-LD says of the article; empty if there is none or none that can be read."""
    items = [item for script in _scripts(tree) for item in _items(_load(script), 0)]
    if not items:
        return Claims(Source.JSON_LD)
    index = {
        str(item["@id"]): item for item in items if isinstance(item.get("@id"), str) and len(item) > _REFERENCE_KEYS
    }
    articles = [item for item in items if _is(item, _ARTICLE)] or [item for item in items if _is(item, _PAGE)]
    articles.sort(key=lambda item: -len(item) - 100 * bool(item.get("headline")))
    return _claims(articles[0], index) if articles else Claims(Source.JSON_LD)


def _scripts(tree: etree._Element) -> Iterator[str]:
    for script in tree.iter("script"):
        text = script.text
        if text and len(text) <= MAX_SCRIPT_CHARS and "ld+json" in (script.get("type") or ""):
            yield text


def _load(script: str) -> Json:
    text = script.strip()
    if text[:1] not in "{[" or text[-1:] not in "}]":
        text = _WRAPPING.sub("", script).strip().rstrip(";")
    for attempt in (text, _TRAILING_COMMA.sub(r"\1", text)):
        try:
            return json.loads(attempt, strict=False)  # type: ignore[no-any-return]
        except (ValueError, RecursionError):
            continue
    return None


def _items(value: Json, depth: int) -> Iterator[dict[str, Json]]:
    """Each object of a document that can stand for itself: of lists, graphs and main entities."""
    if depth > MAX_DEPTH:
        return
    if isinstance(value, list):
        for item in value[:MAX_ITEMS]:
            yield from _items(item, depth + 1)
    elif isinstance(value, dict):
        yield value
        for key in (
            "@graph",
            "mainEntity",
            "mainEntityOfPage",
            "author",
            "publisher",
            "itemReviewed",
            "image",
        ):
            if key in value:
                yield from _items(value[key], depth + 1)


def _is(item: dict[str, Json], pattern: re.Pattern[str]) -> bool:
    return any(pattern.search(kind) for kind in _strings(item.get("@type")))


def _claims(article: dict[str, Json], index: dict[str, dict[str, Json]]) -> Claims:
    def names(key: str) -> tuple[str, ...]:
        return tuple(_names(article.get(key), index, 0))

    def texts(key: str) -> tuple[str, ...]:
        return tuple(_text(value) for value in _strings(article.get(key)))

    return Claims(
        Source.JSON_LD,
        titles=texts("headline") or texts("name"),
        authors=tuple(_authors(article.get("author"), index)) or tuple(_authors(article.get("creator"), index)),
        organisations=tuple(_organisations(article.get("author"), index)),
        published=texts("datePublished") or texts("dateCreated"),
        modified=texts("dateModified"),
        languages=names("inLanguage"),
        site_names=names("publisher"),
        canonical_urls=tuple(_urls(article.get("url"), index)) or tuple(_urls(article.get("mainEntityOfPage"), index)),
        images=tuple(_urls(article.get("image"), index)),
        sections=texts("articleSection"),
        tags=tuple(tag for text in texts("keywords") for tag in re.split(r"[,;،、]", text)),
        summaries=texts("description"),
        text=_body(article),
    )


def _body(article: dict[str, Json]) -> str:
    body = next(iter(_strings(article.get("articleBody") or article.get("text"))), "")
    return html.unescape(body)


def _text(value: str) -> str:
    return " ".join(_TAG.sub(" ", html.unescape(value)).split())


def _strings(value: Json) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value[:MAX_ITEMS]:
            if isinstance(item, str):
                yield item
            elif isinstance(item, dict) and isinstance(item.get("@value"), str):
                yield str(item["@value"])
    elif isinstance(value, dict) and isinstance(value.get("@value"), str):
        yield str(value["@value"])


def _names(value: Json, index: dict[str, dict[str, Json]], depth: int) -> Iterator[str]:
    if depth > MAX_DEPTH:
        return
    if isinstance(value, str):
        yield _text(value)
    elif isinstance(value, list):
        for item in value[:MAX_ITEMS]:
            yield from _names(item, index, depth + 1)
    elif isinstance(value, dict):
        value = _resolved(value, index)
        yield from _names(value.get("name") or value.get("alternateName"), index, depth + 1)


def _authors(value: Json, index: dict[str, dict[str, Json]]) -> Iterator[str]:
    """Names of persons: an organisation in the author's place is the publisher or an agency."""
    for item in value[:MAX_ITEMS] if isinstance(value, list) else [value]:
        resolved = _resolved(item, index) if isinstance(item, dict) else item
        if isinstance(resolved, dict) and _is(resolved, _ORGANISATION):
            continue
        if isinstance(resolved, dict) and not resolved.get("name"):
            parts = [
                *_strings(resolved.get("givenName")),
                *_strings(resolved.get("familyName")),
            ]
            yield from [" ".join(parts)] if parts else []
            continue
        yield from _names(resolved, index, 0)


def _organisations(value: Json, index: dict[str, dict[str, Json]]) -> Iterator[str]:
    for item in value[:MAX_ITEMS] if isinstance(value, list) else [value]:
        resolved = _resolved(item, index) if isinstance(item, dict) else item
        if isinstance(resolved, dict) and _is(resolved, _ORGANISATION):
            yield from _names(resolved, index, 0)


def _urls(value: Json, index: dict[str, dict[str, Json]]) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, list):
        for item in value[:MAX_ITEMS]:
            yield from _urls(item, index) if not isinstance(item, list) else ()
    elif isinstance(value, dict):
        resolved = _resolved(value, index)
        yield from _strings(resolved.get("url") or resolved.get("contentUrl") or resolved.get("@id"))


def _resolved(value: dict[str, Json], index: dict[str, dict[str, Json]]) -> dict[str, Json]:
    identifier = value.get("@id")
    if isinstance(identifier, str) and not value.get("name"):
        return index.get(identifier, value)
    return value
