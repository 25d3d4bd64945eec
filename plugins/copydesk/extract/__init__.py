"""A fetched page to typed blocks in page order and metadata with a source for each field."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby, takewhile
from typing import Final
from urllib.parse import urlsplit

from lxml import html

from copydesk.extract.body import read_body
from copydesk.extract.metadata import Sources, read_metadata, read_sources
from copydesk.extract.tree import decode_and_parse
from copydesk.models import KEPT_LABELS, LEFT_OUT, NAVIGATION, Block, Entry, Extract, Label, Page, Removal

RULE_VERSION: Final = "2"
MARGIN: Final = 12  # blocks before and behind the body, which are listed one by one
NAVIGATION_LINKS: Final = 0.9  # of a block's characters
NAVIGATION_CHARS: Final = 80


def extract(page: Page, entry: Entry | None = None) -> Extract:
    """The article of a page, before anything is taken off. `entry` is what the feed says of it.

    Raises PermanentPageError: WRONG_TYPE if it is a feed, JSON or a file of another kind, UNREADABLE if there is no
    element in it, TOO_COSTLY if it is larger than a page may be.
    """
    tree = decode_and_parse(page)
    return extract_tree(tree, read_sources(tree), page, entry)


def extract_tree(tree: html.HtmlElement, sources: Sources, page: Page, entry: Entry | None = None) -> Extract:
    """The same for a page that was parsed, and whose data were read; both stay as they are."""
    url = page.final_url if _is_web(page.final_url) else ""
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
    """Every block that was not chosen, once and in order.

    Menus and lists of teasers are most of a page's blocks and say the same on every page: far from the body, a run of
    such lines is one removal, a block a line. Block by block they would double the ledger.
    """
    kept = [index for index, is_kept in enumerate(chosen) if is_kept]
    near = range(kept[0] - MARGIN, kept[-1] + MARGIN + 1) if kept else range(0)

    def is_far_navigation(index: int) -> bool:
        return index not in near and not chosen[index] and _is_navigation(blocks[index])

    def run_of(index: int) -> Label | int:
        return _label(blocks[index]) if is_far_navigation(index) else index

    runs = (list(indexes) for _, indexes in groupby(range(len(blocks)), run_of))
    return tuple(
        _removal([blocks[index] for index in run], NAVIGATION if is_far_navigation(run[0]) else LEFT_OUT)
        for run in runs
        if not chosen[run[0]]
    )


def _is_navigation(block: Block) -> bool:
    is_line = len(block.text) <= NAVIGATION_CHARS and "\n" not in block.text
    return is_line and block.link_density >= NAVIGATION_LINKS


def _label(block: Block) -> Label:
    return Label.OTHER_BOILERPLATE if block.label in KEPT_LABELS else block.label


def _removal(run: Sequence[Block], rule: str) -> Removal:
    text = "\n".join(block.text for block in run)
    return Removal(run[0].position, text, _label(run[0]), rule, RULE_VERSION, _path_around(run))


def _path_around(run: Sequence[Block]) -> str:
    """The path of the element that all blocks of a run stand in."""
    if len(run) == 1:
        return run[0].path
    steps = zip(*(block.path.split(">") for block in run), strict=False)
    return ">".join(level[0] for level in takewhile(lambda level: len(set(level)) == 1, steps))
