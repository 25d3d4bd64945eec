"""Candidates as JSON that Postgres can hold, whatever a page put into them."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from copydesk.drafts import encode
from copydesk.models import Article, Attribution, Block, Candidate, Label, Metadata, Removal, Source


def candidate(text: str) -> Candidate:
    metadata = Metadata(
        title=text,
        authors=(text,),
        published_at=datetime(2031, 5, 3, 12, tzinfo=UTC),
        sources={"title": Source.JSON_LD},
    )
    removal = Removal(0, text, Label.CREDIT, "credit.getty", "1")
    article = Article("https://a.example/1", metadata, (Block(1, text),), (removal,), "trafilatura")
    return Candidate(1, "a.example", article, Attribution(None, text, "none", None, 0.0), b"\xff" * 32)


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("موسم \U0001f33e “ok”", "موسم \U0001f33e “ok”"),
        ("a\0b", "ab"),
        ("a\ud800b", "ab"),
        ("a\0\udfffb", "ab"),
        ("a\\u0000b", "a\\u0000b"),
    ],
)
def test_a_draft_has_every_text_without_what_postgres_cannot_hold(text: str, held: str) -> None:
    draft = json.loads(encode(candidate(text)))
    article = draft["article"]
    texts = [article["metadata"]["title"], *article["metadata"]["authors"]]
    texts += [article["blocks"][0]["text"], article["removals"][0]["text"], draft["attribution"]["publisher"]]
    assert texts == [held] * 5


@pytest.mark.parametrize("text", ["plain", "a\0b"])
def test_a_draft_names_labels_sources_and_times_alike_however_it_is_made(text: str) -> None:
    draft = json.loads(encode(candidate(text)))
    metadata, [removal] = draft["article"]["metadata"], draft["article"]["removals"]
    assert (metadata["published_at"], metadata["sources"], removal["label"]) == (
        "2031-05-03T12:00:00Z",
        {"title": "json-ld"},
        "credit",
    )


def test_entry_and_page_stand_beside_the_draft() -> None:
    assert set(json.loads(encode(candidate("x")))) == {"domain", "article", "attribution"}
