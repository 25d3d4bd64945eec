"""Which blocks of a page are the article's body."""

from __future__ import annotations

from collections.abc import Sequence
from copy import copy

from lxml import html

from copydesk.extract.match import matched
from copydesk.models import Block


def read_body(tree: html.HtmlElement, blocks: Sequence[Block], url: str) -> list[bool]:
    """For each block whether it belongs to the body, as trafilatura reads the page."""
    from trafilatura import bare_extraction  # noqa: PLC0415 - the CLI starts without it

    document = bare_extraction(copy(tree), url=url, include_comments=False, with_metadata=False)
    text = getattr(document, "text", None) or ""
    return matched(blocks, text)
