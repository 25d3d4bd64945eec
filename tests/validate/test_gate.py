"""The gate: one article that passes everything, and for each expectation one that fails it and nothing else."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from copydesk.models import Article, Attribution, Block, Candidate, Label, Metadata, Rejection, Removal
from copydesk.settings import EXPECTATIONS_DIR
from copydesk.validate import GateError, validate
from copydesk.validate.gate import judge

pytestmark = [
    # of the library's own imports: sre_constants, and names that its dependencies have deprecated
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
]
NOW = datetime(2031, 5, 3, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ENGLISH = "The harvest will begin on time this year although the rains came late to the north of the country."
ARABIC = "وقال مسؤول في وزارة الزراعة إن موسم الحصاد سيبدأ في موعده هذا العام رغم تأخر الأمطار في شمال البلاد."
KNOWN = Metadata(
    title="Harvest to begin on time",
    authors=("Layla Haddad",),
    published_at=NOW - HOUR,
    modified_at=NOW,
    language="en",
    canonical_url="https://a.example/1",
)
GOOD = Candidate(
    1,
    "a.example",
    Article("https://a.example/1", KNOWN, (Block(0, ENGLISH), Block(1, "It rained on Tuesday.")), (), "trafilatura"),
    Attribution("Reuters", "A", "dateline", "(Reuters)", 0.9),
    None,
)


def known(**fields: object) -> Candidate:
    return replace(GOOD, article=replace(GOOD.article, metadata=replace(KNOWN, **fields)))  # type: ignore[arg-type]


def text(*lines: str, link_density: float = 0.0) -> Candidate:
    blocks = tuple(Block(position, line, link_density=link_density) for position, line in enumerate(lines))
    return replace(GOOD, article=replace(GOOD.article, blocks=blocks))


def page(**fields: object) -> Candidate:
    return replace(GOOD, article=replace(GOOD.article, **fields))  # type: ignore[arg-type]


def attributed(**fields: object) -> Candidate:
    return replace(GOOD, attribution=replace(GOOD.attribution, **fields))  # type: ignore[arg-type]


BAD = {
    "url-is-web": page(url="ftp://a.example/1"),
    "url-length": page(url="https://a.example/" + "x" * 2048),
    "canonical-url-is-web": known(canonical_url="javascript:void(0)"),
    "domain-is-a-name": replace(GOOD, domain="not a domain"),
    "title-is-there": known(title=None),
    "title-length": known(title="Hm"),
    "title-is-one-line": known(title="Harvest\nto begin"),
    "title-is-no-wall": known(title="Just a moment..."),
    "text-length": text(ENGLISH[:75]),
    "text-is-more-than-its-title": known(title=ENGLISH),
    "text-has-blocks": text(ENGLISH, *(f"Line number {number} of a very long list" for number in range(10_000))),
    "text-is-letters": text("12.5 13.7 +4 % -- 99.1 " * 8, "Prices at noon"),
    "text-has-no-control-characters": text(ENGLISH, "bro\x08ken"),
    "text-has-no-closed-comments-line": text(ENGLISH, "Comments are closed."),
    "text-has-no-html": text(ENGLISH, '<p class="x">Harvest</p> <a href="/">more</a>'),
    "text-has-no-code": text(ENGLISH, "window.dataLayer = window.dataLayer || []", "function gtag() { }"),
    "text-has-no-endless-run": text(ENGLISH * 5, "x" * 401),
    "text-is-well-decoded": text(ENGLISH, "cafÃ© au lait"),
    "text-does-not-repeat-itself": text(ENGLISH, ENGLISH, ENGLISH),
    "text-is-not-the-sites-wall": text(ENGLISH, "The same on each page."),
    "text-is-not-links": text(ENGLISH, link_density=0.8),
    "text-is-not-mostly-boilerplate": page(
        removals=(Removal(9, ENGLISH * 5, Label.DISCLAIMER, "disclaimer.liability", "1"),)
    ),
    "language-is-a-tag": known(language="English"),
    "language-agrees-with-script": known(language="ar"),
    "published-not-in-the-future": known(published_at=NOW + 2 * DAY, modified_at=None),
    "published-since-1990": known(published_at=datetime(1970, 1, 1, tzinfo=UTC), modified_at=None),
    "modified-not-in-the-future": known(modified_at=NOW + 2 * DAY),
    "modified-after-published": known(modified_at=NOW - 60 * DAY),
    "authors-are-few": known(authors=tuple(f"Author {number}" for number in range(51))),
    "author-is-a-name": known(authors=("who wrote " * 20,)),
    "agency-is-a-name": attributed(agency="X"),
    "confidence-is-a-share": attributed(confidence=1.5),
}
WORTH_KEEPING = {
    "a flash": text(ENGLISH),
    "Arabic": replace(text(ARABIC), article=replace(text(ARABIC).article, metadata=replace(KNOWN, language="ar"))),
    "no date, author, language or agency": replace(
        known(published_at=None, modified_at=None, authors=(), language=None, canonical_url=None),
        attribution=Attribution(None, None, "none", None, 0.0),
    ),
    "an article on closed comments": text(ENGLISH, "The paper said that comments are closed on all of its articles."),
    "an article on a tag": text(ENGLISH, "The <a> element turned thirty."),
    "a title that begins like an error": known(title="404 Media wins a prize for its reporting"),
    "last edited before it appeared": known(modified_at=NOW - 5 * DAY),
    "a Norwegian capital letter": text("Økonomien i Østfold går bedre, sier Øystein. Ønsket er å øke. " * 2),
    "page furniture beside the body": page(
        removals=(Removal(9, ENGLISH * 9, Label.OTHER_BOILERPLATE, "extract.left-out", "1"),)
    ),
}


def suite() -> dict[str, dict[str, object]]:
    config = json.loads((EXPECTATIONS_DIR / "articles.json").read_text(encoding="utf-8"))
    return {expectation["meta"]["name"]: expectation for expectation in config["expectations"]}


def judged() -> Iterator[tuple[str, tuple[str, ...]]]:
    """All candidates in one run, as a batch would be: what each of them failed, by its name here."""
    everyone = {**BAD, **WORTH_KEEPING}
    candidates = [replace(candidate, entry_id=number) for number, candidate in enumerate(everyone.values())]
    verdict = validate(candidates, NOW, {list(everyone).index("text-is-not-the-sites-wall"): 4})
    for number, name in enumerate(everyone):
        failed = tuple(one.expectation for one in verdict.rejections if one.entry_id == number)
        assert (number in verdict.accepted) == (not failed)
        yield name, failed


@pytest.fixture(scope="module")
def failures() -> dict[str, tuple[str, ...]]:
    return dict(judged())


def test_the_suite_has_an_article_that_fails_it_for_each_of_its_expectations() -> None:
    assert len(suite()) >= 20
    assert set(BAD) == set(suite())


@pytest.mark.parametrize("name", BAD)
def test_an_article_that_is_wrong_in_one_thing_fails_one_expectation(
    name: str, failures: dict[str, tuple[str, ...]]
) -> None:
    assert failures[name] == (name,)


@pytest.mark.parametrize("name", WORTH_KEEPING)
def test_articles_that_are_merely_unusual_pass(name: str, failures: dict[str, tuple[str, ...]]) -> None:
    assert failures[name] == ()


def test_every_expectation_has_an_id_a_note_and_a_name_of_its_own() -> None:
    expectations = suite().values()
    assert len({expectation["id"] for expectation in expectations}) == len(suite())
    assert all(expectation["notes"] for expectation in expectations)


def test_a_rejection_says_column_and_observed_value() -> None:
    verdict = validate([replace(BAD["title-length"], entry_id=7), replace(GOOD, entry_id=8)], NOW)
    assert verdict.accepted == (8,)
    assert verdict.rejections == (Rejection(7, "title-length", "title", "Hm"),)


def test_a_long_observed_value_is_shortened() -> None:
    [rejection] = validate([known(title="x y" * 300)], NOW).rejections
    assert rejection.observed is not None
    assert len(rejection.observed) == 201


def test_nothing_to_judge_is_no_error() -> None:
    assert validate([], NOW).accepted == ()


def test_an_expectation_that_cannot_be_evaluated_is_an_error_of_the_gate_and_no_rejection() -> None:
    with pytest.raises(GateError, match=r"url-is-web on url could not be evaluated: .*does not exist"):
        judge("articles", [{"entry_id": 1, "text": "a"}])


def test_the_gate_is_silent(caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]) -> None:
    with caplog.at_level(logging.INFO):
        validate([GOOD], NOW)
    assert [record for record in caplog.records if record.name.startswith("great_expectations")] == []
    assert capfd.readouterr() == ("", "")
