"""How far a block's own markup is believed."""

from __future__ import annotations

from copydesk.clean.markup import NOTICE_CHARS, trusted
from copydesk.models import Block, Label

PROSE = [Block(number, "The council met to hear the traders of the old market. " * 4) for number in range(6)]


def labels(*blocks: Block) -> list[Label]:
    return [block.label for block in trusted(blocks)]


def test_a_caption_is_believed() -> None:
    caption = Block(6, "The market, seen from the hill", Label.CAPTION)
    assert labels(*PROSE, caption)[-1] is Label.CAPTION


def test_what_markup_calls_no_more_than_boilerplate_inside_of_the_body_may_be_text() -> None:
    assert labels(*PROSE, Block(6, "Tide tables", Label.OTHER_BOILERPLATE))[-1] is Label.BODY


def test_a_notice_on_comments_is_short() -> None:
    notices = [Block(6, "x" * size, Label.COMMENTS_NOTICE) for size in (NOTICE_CHARS, NOTICE_CHARS + 1)]
    assert labels(*PROSE, notices[0])[-1] is Label.COMMENTS_NOTICE
    assert labels(*PROSE, notices[1])[-1] is Label.BODY


def test_a_label_of_a_third_of_the_page_names_the_container_but_on_a_page_of_a_few_words() -> None:
    assert labels(*PROSE[:2], *(Block(2, PROSE[0].text, Label.CAPTION),) * 2)[-2:] == [Label.BODY] * 2
    assert labels(Block(0, "Boats"), Block(1, "The market, seen from the hill", Label.CAPTION))[-1] is Label.CAPTION
