"""A page for people as a tree, for its links."""

from __future__ import annotations

import lxml.etree
import lxml.html

from copydesk.errors import UrlError
from copydesk.settings import MAX_URL_CHARS
from copydesk.urls import absolute


def page_root(body: bytes) -> lxml.html.HtmlElement | None:
    """The root element of an HTML page; None if there is none. UTF-8 if it is that, else as the page declares."""
    parser = lxml.html.HTMLParser(huge_tree=False, encoding="utf-8" if _is_utf8(body) else None)
    try:
        return lxml.html.document_fromstring(body, parser=parser)
    except (lxml.etree.ParserError, ValueError):
        return None


def base_of(root: lxml.html.HtmlElement, url: str) -> str:
    """What the links of the page at `url` are relative to, as browsers see it; what makes no sense is left out."""
    base = next((href for element in root.iter("base") if (href := element.get("href"))), url)
    try:
        return absolute(url, base) if len(base) <= MAX_URL_CHARS else url
    except UrlError:
        return url


def _is_utf8(body: bytes) -> bool:
    try:
        body.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
