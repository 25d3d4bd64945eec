"""Text to an element tree, within limits."""

from __future__ import annotations

import re
from typing import Final, cast

from lxml import etree, html

from copydesk.errors import PermanentPageError
from copydesk.extract.decode import decode
from copydesk.extract.kinds import other_kind
from copydesk.models import Outcome, Page, Reason

MAX_NODES: Final = 200_000
MAX_DEPTH: Final = 1_000  # libxml2 itself stops reading at 2,048 and drops the rest
MAX_ATTRIBUTE_CHARS: Final = 100_000

_END: Final = re.compile(r"</(?:html|body)\s*>", re.IGNORECASE)

_ELEMENTS = etree.XPath("count(//*)")
_LONG_ATTRIBUTES = etree.XPath(f"//*[@*[string-length() > {MAX_ATTRIBUTE_CHARS}]]")


def parse(text: str, url: str) -> html.HtmlElement:
    """The tree of an HTML page, without comments and processing instructions.

    Raises PermanentPageError: UNREADABLE if there is no element in it, TOO_COSTLY if it has more than MAX_NODES.
    Attributes too long to be anything but data are dropped. What stands behind the end tag of the page counts as in it.
    """
    parser = html.HTMLParser(
        encoding="utf-8",
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
        huge_tree=True,
    )
    try:
        tree = html.document_fromstring(_open_ended(text).replace("\0", "").encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise PermanentPageError(url, Outcome.FAILED, Reason.UNREADABLE, f"not HTML: {error}") from error
    _bound(tree, url)
    return tree


def decode_and_parse(page: Page) -> html.HtmlElement:
    """The tree of a fetched page; raises as `parse` does, and WRONG_TYPE for what is no page but a feed or a file."""
    text = decode(page.body, page.headers)
    if kind := other_kind(page.body, text, page.headers):
        detail = f"this is no HTML page but {kind}"
        raise PermanentPageError(page.final_url, Outcome.REFUSED, Reason.WRONG_TYPE, detail)
    return parse(text, page.final_url)


def _open_ended(text: str) -> str:
    """The page without end tags that are not its end: libxml2 drops what follows them, browsers show it."""
    end = _END.search(text)
    return _END.sub("", text) if end and "<" in _END.sub("", text[end.end() :]) else text


def _bound(tree: html.HtmlElement, url: str) -> None:
    nodes = int(cast("float", _ELEMENTS(tree)))
    if nodes > MAX_NODES:
        detail = f"{nodes:,} elements; a page may have {MAX_NODES:,}"
        raise PermanentPageError(url, Outcome.REFUSED, Reason.TOO_COSTLY, detail)
    for element in cast("list[html.HtmlElement]", _LONG_ATTRIBUTES(tree)):
        for name, value in element.attrib.items():
            if len(value) > MAX_ATTRIBUTE_CHARS:
                del element.attrib[name]


def too_deep(url: str) -> PermanentPageError:
    """The error for a page whose elements nest deeper than MAX_DEPTH."""
    return PermanentPageError(url, Outcome.REFUSED, Reason.TOO_COSTLY, f"elements nest deeper than {MAX_DEPTH:,}")
