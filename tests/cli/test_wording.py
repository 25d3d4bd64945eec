"""Words that decided are told, the heaviest first."""

from __future__ import annotations

from copydesk.cli.wording import WORDS_SHOWN, words_that_spoke
from copydesk.models import Label, Removal

TEXT = "Sign up today for all our newsletters and alerts in the app"


def removal(rule: str) -> Removal:
    return Removal(3, TEXT, Label.SUBSCRIBE, rule, "1", "article>p")


def test_the_words_that_weighed_most_are_told() -> None:
    words = words_that_spoke(removal("wording.subscribe"))
    assert 0 < len(words) <= WORDS_SHOWN
    assert list(words.values()) == sorted(words.values(), reverse=True)
    assert min(words.values()) > 0
    assert any("newsl" in word for word in words)


def test_a_rule_tells_no_words() -> None:
    assert words_that_spoke(removal("en.reader-prompt")) == {}
