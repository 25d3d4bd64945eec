"""What decided beside the rules is told: words, the heaviest first, and how the line stands."""

from __future__ import annotations

from copydesk.cli.wording import FACTS_SHOWN, WORDS_SHOWN, words_that_spoke
from copydesk.models import Article, Block, Label, Metadata, Removal

TEXT = "Sign up today for all our newsletters and alerts in the app"
PROSE = "The boat left the harbour before noon, the pilot said, and came back with nothing at all."


def told(rule: str) -> dict[str, float]:
    removal = Removal(1, TEXT, Label.SUBSCRIBE, rule, "1", "article>p")
    outside = Removal(2, "Weather", Label.OTHER_BOILERPLATE, "extract.left-out", "1")
    article = Article("", Metadata(), (Block(0, PROSE),), (removal, outside), "trafilatura")
    return words_that_spoke(removal, article)


def test_the_words_that_weighed_most_are_told() -> None:
    words = list(told("wording.subscribe").items())[:WORDS_SHOWN]
    assert [weight for _, weight in words] == sorted((weight for _, weight in words), reverse=True)
    assert min(weight for _, weight in words) > 0
    assert any("our" in word for word, _ in words)


def test_how_the_line_stands_is_told_behind_the_words() -> None:
    names = list(told("wording.subscribe"))[WORDS_SHOWN:]
    assert 0 < len(names) <= FACTS_SHOWN
    assert "last" in names  # what the extraction left out is no line of the text


def test_a_rule_tells_no_words() -> None:
    assert told("en.reader-prompt") == {}


def test_lines_of_one_page_are_told_each_as_it_stands() -> None:
    first, last = (Removal(place, TEXT, Label.SUBSCRIBE, "wording.subscribe", "1", "article>p") for place in (0, 2))
    article = Article("", Metadata(), (Block(1, PROSE),), (first, last), "trafilatura")
    assert "before-the-text" in words_that_spoke(first, article)
    assert "last" in words_that_spoke(last, article)
    assert "before-the-text" not in words_that_spoke(last, article)
