"""A summary that is made of how a page begins loses what the article lost; any other stays."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from copydesk.clean import clean
from copydesk.clean.summary import own_summary
from copydesk.models import Block, Extract, Label, Metadata, Removal, Source

SEED = Path(__file__).resolve().parents[1] / "data" / "clean" / "seed-article.txt"
FIRST = "The harbour of Port Lune was closed to all ships on Tuesday after a crane fell across its channel."
SECOND = "Nobody was hurt, the harbour master said, but four freighters wait outside."
CAPTION = "The crane in the channel"
CREDIT = "Getty Images"
DISCLAIMER = "The views expressed here are those of their author alone."
PAGE = [
    (Label.OTHER_BOILERPLATE, "Port Lune without ships"),
    (Label.CAPTION, CAPTION),
    (Label.CREDIT, CREDIT),
    (None, FIRST),
    (Label.CREDIT, "AFP"),
    (None, SECOND),
    (Label.DISCLAIMER, DISCLAIMER),
    (Label.COMMENTS_NOTICE, "Comments are closed."),
]


def cleaned(summary: str) -> Metadata:
    kept = [Block(at, text, Label.BODY, "p") for at, (label, text) in enumerate(PAGE) if label is None]
    removals = [Removal(at, text, label, "some.rule", "1") for at, (label, text) in enumerate(PAGE) if label]
    return own_summary(Metadata(summary=summary, sources={"summary": Source.FEED}), kept, removals)


@pytest.mark.parametrize(
    ("summary", "left"),
    [
        (f"{CAPTION} {CREDIT} {FIRST[:40]}…", f"{FIRST[:40]}…"),
        (f"{CREDIT} {FIRST}", FIRST),
        (f"{CAPTION}\n {CREDIT}  {FIRST} AFP {SECOND[:20]}…", f"{FIRST} {SECOND[:20]}…"),
        (f"{FIRST} {SECOND} {DISCLAIMER}", f"{FIRST} {SECOND}"),
        (f"{SECOND} {DISCLAIMER[:25]}…", SECOND),
        (f"{SECOND} {DISCLAIMER} Comments are closed.", SECOND),
        (f"{CAPTION} {FIRST} And the editor's own words.", f"{FIRST} And the editor's own words."),
    ],
)
def test_an_excerpt_loses_what_the_article_lost(summary: str, left: str) -> None:
    assert cleaned(summary).summary == left


@pytest.mark.parametrize(
    "summary",
    [
        FIRST,
        f"{FIRST[:50]}…",
        CAPTION,
        "Port Lune without ships",
        f"Port Lune without ships {FIRST}",
        f"{CAPTION} keeps all ships out, and nobody knows for how long.",
        f"{FIRST} AFP was told so.",
        f"{SECOND} The views…",
        f"{SECOND} Comments are not closed.",
        "An editor's summary in other words.",
    ],
)
def test_any_other_summary_stays(summary: str) -> None:
    assert cleaned(summary) == Metadata(summary=summary, sources={"summary": Source.FEED})


def test_none_is_left_of_an_excerpt_that_is_only_what_was_taken_off() -> None:
    assert cleaned(f"{CAPTION} {CREDIT}") == Metadata()


def test_an_article_without_summary_has_none() -> None:
    assert own_summary(Metadata(), [], [Removal(0, CAPTION, Label.CAPTION, "some.rule", "1")]) == Metadata()


def test_an_excerpt_of_an_article_begins_where_its_cleaned_text_does(extract_of: Callable[..., Extract]) -> None:
    title, *body = [line for line in SEED.read_text(encoding="utf-8").split("\n") if line.strip()]
    found = extract_of(body, title=title)
    begin = body.index("X/Reuters") - 1
    assert begin >= 0
    excerpt = " ".join(body[: begin + 3])[:-20] + "…"
    article = clean(replace(found, metadata=replace(found.metadata, summary=excerpt)))
    assert article.metadata.summary == " ".join([*body[:begin], body[begin + 2]])[:-20] + "…"
