"""The watch over batches: silent over a usual one, a warning for each way of looking wrong."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from copydesk.models import Article, Attribution, Block, Candidate, Metadata
from copydesk.settings import EXPECTATIONS_DIR
from copydesk.validate import Verdict, watch
from copydesk.validate.watch import MIN_ARTICLES

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of what Great Expectations imports
NOW = datetime(2031, 5, 3, 12, tzinfo=UTC)


def batch(
    *, title: str = "Title {}", text: str = "Text {} " * 60, dated: bool = True, language: str | None = "en"
) -> list[Candidate]:
    return [
        Candidate(
            number,
            "a.example",
            Article(
                f"https://a.example/{number}",
                Metadata(title=title.format(number), published_at=NOW if dated else None, language=language),
                (Block(0, text.replace("{}", str(number))),),
                (),
                "trafilatura",
            ),
            Attribution(None, None, "none", None, 0.0),
            None,
        )
        for number in range(MIN_ARTICLES)
    ]


def warned(candidates: list[Candidate], accepted: int = MIN_ARTICLES) -> list[str]:
    verdict = Verdict(tuple(range(accepted)), ())
    return [warning.partition(":")[0] for warning in watch(candidates, verdict)]


LOOKS = {
    "yield": (batch(), 4),
    "dated-articles": (batch(dated=False), MIN_ARTICLES),
    "known-languages": (batch(language=None), MIN_ARTICLES),
    "distinct-texts": (batch(text="The same words. " * 30), MIN_ARTICLES),
    "distinct-titles": (batch(title="The same title"), MIN_ARTICLES),
    "usual-length": (batch(text="Text {}"), MIN_ARTICLES),
}


def test_a_usual_batch_is_nothing_to_speak_of() -> None:
    assert warned(batch()) == []


@pytest.mark.parametrize("name", LOOKS)
def test_each_way_of_looking_wrong_has_its_warning(name: str) -> None:
    candidates, accepted = LOOKS[name]
    assert warned(candidates, accepted) == [name]


def test_every_expectation_of_the_watch_is_tested_and_only_warns() -> None:
    config = json.loads((EXPECTATIONS_DIR / "batches.json").read_text(encoding="utf-8"))
    assert {one["meta"]["name"] for one in config["expectations"]} == set(LOOKS)
    assert {one["severity"] for one in config["expectations"]} == {"warning"}


def test_a_warning_says_the_value() -> None:
    assert watch(batch(dated=False), Verdict(tuple(range(MIN_ARTICLES)), ())) == ("dated-articles: dated_share is 0",)


def test_a_few_articles_are_not_judged_as_a_batch() -> None:
    assert warned(batch(dated=False)[: MIN_ARTICLES - 1]) == []
