"""Lists of links to other articles that stand in or under an article without saying "read also"."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from statistics import fmean

from copydesk.clean.lines import Line
from copydesk.clean.verdict import Verdict
from copydesk.models import Label

MIN_ITEMS = 2
MAX_ITEMS = 6  # a longer list of links is what the article is about: courses, books, cases
MIN_ITEM_LINKS = 0.5
MIN_MEAN_LINKS = 0.7
MIN_MEAN_CHARS = 40  # headlines are sentences; short link lists are the article's own matter
RELATED_LIST = Verdict(Label.RELATED, "page.link-list", "2")


def link_lists(lines: Sequence[Line], found: Sequence[Verdict | None]) -> list[Verdict | None]:
    """`found` with a verdict for the items of each list of headlines that are links.

    A list that a line with a colon introduces is the article's own, and so is one that repeats the page's headings.
    On pages of known text this is right for all lists in news and for three in four of other sites.
    """
    verdicts = list(found)
    headings = {line.folded for line in lines if line.block.label is Label.HEADING}
    left = [index for index, verdict in enumerate(found) if verdict is None]
    start = 0
    for is_links, group in groupby(left, key=lambda index: _is_link_item(lines[index])):
        run = list(group)
        before = lines[left[start - 1]] if start else None
        start += len(run)
        if is_links and _is_related([lines[index] for index in run], before, headings):
            for index in run:
                verdicts[index] = RELATED_LIST
    return verdicts


def _is_link_item(line: Line) -> bool:
    return line.block.label is Label.LIST and line.block.link_density >= MIN_ITEM_LINKS


def _is_related(run: Sequence[Line], before: Line | None, headings: set[str]) -> bool:
    if not MIN_ITEMS <= len(run) <= MAX_ITEMS or before is None or before.block.label is Label.LIST:
        return False
    if before.folded.endswith(":") or before.block.text.rstrip().endswith((":", "：")):
        return False
    contents = sum(line.folded in headings for line in run) * 2 >= len(run)
    links = fmean(line.block.link_density for line in run)
    return not contents and links >= MIN_MEAN_LINKS and fmean(len(line.block.text) for line in run) >= MIN_MEAN_CHARS
