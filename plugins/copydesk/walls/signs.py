"""What a page shows of itself beside any article, read from its tree once; pure, and bounded."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from copydesk.folding import fold
from copydesk.walls.phrases import marks

if TYPE_CHECKING:
    from lxml.html import HtmlElement

MAX_TEXT_CHARS: Final = 10_000
MAX_JSON_CHARS: Final = 500_000
MAX_HEADINGS: Final = 6
_HIDDEN: Final = frozenset({"script", "style", "template", "svg", "title", "iframe", "object"})
_SEPARATORS: Final = re.compile(r"\s[|·•»«:–—-]+\s|\s*[|»«]\s*")
_ARTICLE: Final = re.compile(r"\w*Article|\w*Posting|Report")


@dataclass(frozen=True, slots=True)
class Signs:
    """All text is in the compared form. `characters` are those of the page's visible text, counted to MAX_TEXT_CHARS.

    `titles` are the page's title, its parts, and the first headings; `claims_article` says that metadata call it an
    article; `free` is what JSON-LD says of it, None if nothing; `test` and `widget` say that its markup has the marks
    of a test for robots, or of a captcha as forms have them.
    """

    titles: frozenset[str]
    text: str
    characters: int
    claims_article: bool = False
    free: bool | None = None
    password: bool = False
    consent_form: bool = False
    refreshes: bool = False
    test: bool = False
    widget: bool = False


def read_signs(tree: HtmlElement, markup: str) -> Signs:
    """The signs of a page's tree and its markup as text."""
    visible = _bounded(_visible(tree))
    lowered = markup[:MAX_JSON_CHARS].lower()
    claims = list(_json_ld(tree))
    return Signs(
        titles=frozenset(_titles(tree)),
        text=fold(visible),
        characters=len(visible),
        claims_article=_claims_article(tree, claims),
        free=_free(claims),
        password=bool(tree.xpath("//input[translate(@type, 'PASWORD', 'pasword') = 'password']")),
        consent_form=any("consent" in action.lower() for action in tree.xpath("//form/@action")),
        refreshes=bool(tree.xpath("//meta[translate(@http-equiv, 'REFSH', 'refsh') = 'refresh']")),
        test=any(mark in lowered for mark in marks("makers")),
        widget=any(mark in lowered for mark in marks("widgets")),
    )


def _visible(tree: HtmlElement) -> Iterator[str]:
    """The texts that are shown, blanks squeezed; what stands in `noscript` too, as we run no scripts."""
    hidden: list[HtmlElement] = []
    from lxml import etree  # noqa: PLC0415 - whoever has a tree has it loaded

    for event, element in etree.iterwalk(tree, events=("start", "end")):
        if not isinstance(element.tag, str):
            continue
        if event == "start":
            if hidden or element.tag in _HIDDEN:
                hidden.append(element)
            elif element.text and (text := " ".join(element.text.split())):
                yield text
            continue
        if hidden:
            hidden.pop()
        if not hidden and element.tail and (text := " ".join(element.tail.split())):
            yield text


def _bounded(texts: Iterator[str]) -> str:
    """As many of the texts as MAX_TEXT_CHARS need: a page that has more is none of what is looked for."""
    taken: list[str] = []
    left = MAX_TEXT_CHARS
    for text in texts:
        taken.append(text[:left])
        left -= len(taken[-1]) + 1
        if left <= 0:
            break
    return " ".join(taken)


def _titles(tree: HtmlElement) -> Iterator[str]:
    for title in tree.xpath("//head/title | /html/title")[:1]:
        text = title.text_content()[:500]
        yield fold(text)
        yield from (fold(part) for part in _SEPARATORS.split(text) if part.strip())
    for heading in tree.xpath("//h1 | //h2")[:MAX_HEADINGS]:
        yield fold(heading.text_content()[:500])


def _json_ld(tree: HtmlElement) -> Iterator[dict[str, Any]]:
    """Every object of the page's JSON-LD."""
    for script in tree.xpath("//script[@type='application/ld+json']")[:20]:
        text = script.text or ""
        if len(text) > MAX_JSON_CHARS:
            continue
        try:
            yield from _objects(json.loads(text, strict=False), 0)
        except (ValueError, RecursionError):
            continue


def _objects(value: object, depth: int) -> Iterator[dict[str, Any]]:
    if depth > 6:  # noqa: PLR2004 - deeper than any publisher nests
        return
    if isinstance(value, dict):
        yield value
        value = [inner for inner in value.values() if isinstance(inner, dict | list)]
    if isinstance(value, list):
        for inner in value:
            yield from _objects(inner, depth + 1)


def _claims_article(tree: HtmlElement, claims: list[dict[str, Any]]) -> bool:
    kinds = [kind for claim in claims for kind in _list(claim.get("@type"))]
    said = tree.xpath("//meta[@property='og:type']/@content")
    dated = tree.xpath("//meta[@property='article:published_time']")
    return bool(dated) or "article" in said or any(isinstance(one, str) and _ARTICLE.fullmatch(one) for one in kinds)


def _free(claims: list[dict[str, Any]]) -> bool | None:
    """What JSON-LD says of the article itself: its parts have claims of their own, which say where the wall stands."""
    for claim in claims:
        if any(isinstance(one, str) and _ARTICLE.fullmatch(one) for one in _list(claim.get("@type"))):
            said = claim.get("isAccessibleForFree")
            if said is not None:
                return str(said).rpartition("/")[2].strip().lower() not in ("false", "no", "0")
    return None


def _list(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]
