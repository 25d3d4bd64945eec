"""Lists of links inside what was read as the body: other articles, or the article's own matter."""

from __future__ import annotations

import pytest

from copydesk.clean.lines import line_of
from copydesk.clean.link_lists import RELATED_LIST, link_lists
from copydesk.clean.verdict import Verdict
from copydesk.models import Block, Label

PROSE = Block(0, "The council met to hear the traders of the old market, who want more time.")
HEADLINES = tuple(f"Storm number {number} closes the eastern channel for a third day" for number in range(8))
GONE = Verdict(Label.RELATED, "en.related", "1")


def item(text: str = HEADLINES[0], links: float = 1.0) -> Block:
    return Block(0, text, Label.LIST, link_density=links)


def related(*blocks: Block, gone: int = -1) -> int:
    """How many of the blocks are taken for a list of other articles; the one of index `gone` goes already."""
    found = [GONE if index == gone else None for index in range(len(blocks))]
    verdicts = link_lists([line_of(block, 2000) for block in blocks], found)
    return sum(verdict is RELATED_LIST for verdict in verdicts)


@pytest.mark.parametrize(("items", "taken"), [(1, 0), (2, 2), (6, 6), (7, 0)])
def test_two_to_six_headlines_are_other_articles_and_more_are_what_the_article_is_about(items: int, taken: int) -> None:
    assert related(PROSE, *(item(headline) for headline in HEADLINES[:items]), PROSE) == taken


def test_short_items_are_the_articles_own() -> None:
    assert related(PROSE, item("Tide tables"), item("Ferries"), PROSE) == 0


def test_links_that_go_on_a_list_of_text_are_of_that_list() -> None:
    assert related(PROSE, item("The first of the three storms", 0.0), item(), item(), PROSE) == 0


def test_items_of_which_much_is_text_are_the_articles_own() -> None:
    assert related(PROSE, item(links=0.6), item(links=0.6), PROSE) == 0


def test_a_list_at_the_very_beginning_may_be_anything() -> None:
    assert related(item(), item(), PROSE) == 0


def test_what_went_already_parts_no_list() -> None:
    assert related(PROSE, item(), item("Read also", 1.0), item(), PROSE, gone=2) == 2
