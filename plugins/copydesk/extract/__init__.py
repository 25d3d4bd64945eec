"""A fetched page to typed blocks in page order and metadata with a source for each field."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from urllib.parse import urlsplit

from copydesk.extract.body import read_body
from copydesk.extract.metadata import read_metadata, read_sources
from copydesk.extract.tree import decode_and_parse
from copydesk.models import KEPT_LABELS, Block, Entry, Extract, Label, Page, Removal

RULE: Final = "extract.left-out"
RULE_VERSION: Final = "1"
MARGIN: Final = 12  # blocks before and behind the body
NAVIGATION_LINKS: Final = 0.9  # of a block's characters
NAVIGATION_CHARS: Final = 80


def extract(page: Page, entry: Entry | None = None) -> Extract:
    """The article of a page, before anything is taken off. `entry` is what the feed says of it.

    Raises PermanentPageError: UNREADABLE if the page is no HTML, TOO_COSTLY if it is larger than a page may be.
    """
    tree = decode_and_parse(page)
    url = page.final_url if _is_web(page.final_url) else ""
    sources = read_sources(tree)
    body = read_body(tree, sources, url, entry)
    metadata = read_metadata(
        tree,
        sources,
        body.blocks,
        body.kept,
        url=url,
        fetched_at=page.fetched_at,
        entry=entry,
        headers_language=page.headers.get("content-language", ""),
    )
    bylines = (*sources.bylines, *(entry.authors if entry else ()))
    return Extract(page.url, metadata, body.kept, left_out(body.blocks, body.chosen), body.reading, bylines)


def _is_web(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and bool(parts.hostname)


def left_out(blocks: Sequence[Block], chosen: Sequence[bool]) -> tuple[Removal, ...]:
    """The blocks that were not chosen, but for navigation that is more than MARGIN away from the body."""
    kept = [index for index, is_kept in enumerate(chosen) if is_kept]
    near = range(kept[0] - MARGIN, kept[-1] + MARGIN + 1) if kept else range(0)
    places = (index for index, is_kept in enumerate(chosen) if not is_kept)
    return tuple(_removal(blocks[index]) for index in places if index in near or not _is_navigation(blocks[index]))


def _is_navigation(block: Block) -> bool:
    return block.link_density >= NAVIGATION_LINKS and len(block.text) <= NAVIGATION_CHARS


def _removal(block: Block) -> Removal:
    label = Label.OTHER_BOILERPLATE if block.label in KEPT_LABELS else block.label
    return Removal(block.position, block.text, label, RULE, RULE_VERSION, block.path)
