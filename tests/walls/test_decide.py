"""What is known of a page's texts decides whether its tree is looked at for a wall."""

from __future__ import annotations

import pytest

from copydesk.models import Article, Block, Label, Metadata, Removal
from copydesk.walls.decide import CONSENT_CHARS, may_be_wall, weight
from copydesk.walls.phrases import phrases

SENTENCE = "The council voted on Tuesday to widen its northern quay. "
CONSENT = " ".join(sorted(phrases("consent", "sentences"))[:2])


def article(text: str, removed: str = "") -> Article:
    removals = (Removal(1, removed, Label.OTHER_BOILERPLATE, "none", "1", ""),) if removed else ()
    return Article("https://news.example/1", Metadata(title="Quay"), (Block(0, text),), removals, "trafilatura")


@pytest.mark.parametrize(
    ("shown", "may_be"),
    [
        (article(SENTENCE * 15), True),
        (article(SENTENCE * 60), False),
        (article(SENTENCE * 15, SENTENCE * 60), False),
        (article(SENTENCE * 60, CONSENT), True),
        (article(SENTENCE * 60 + CONSENT), True),
        (article(SENTENCE * (CONSENT_CHARS // len(SENTENCE) + 1), CONSENT), False),
    ],
    ids=["little text", "text", "little text and a menu", "asked beside", "asked in the text", "too much text"],
)
def test_a_page_may_be_a_wall_if_it_shows_little_or_asks_for_consent(shown: Article, may_be: bool) -> None:
    assert may_be_wall(shown) is may_be


def test_letters_of_chinese_japanese_and_korean_weigh_more() -> None:
    assert weight("abc") == 3
    assert weight("港口かな항구") == 15
    assert weight("abc 港口") == 9
