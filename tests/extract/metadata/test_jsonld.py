"""JSON-LD as sites write it."""

from __future__ import annotations

import json

import pytest

from copydesk.extract.metadata.jsonld import read_json_ld
from copydesk.extract.tree import parse

PERSON = {"@type": "Person", "name": "Ana Roe"}


def read(*scripts: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    html = "".join(f'<script type="application/ld+json">{script}</script>' for script in scripts)
    claims = read_json_ld(parse(f"<html><body>{html}<p>x</p>", ""))
    return claims.titles, claims.authors


def article(**fields: object) -> str:
    return json.dumps({"@type": "NewsArticle", "headline": "Harbour closed", "author": PERSON, **fields})


EXPECTED = (("Harbour closed",), ("Ana Roe",))


@pytest.mark.parametrize(
    "script",
    [
        article(),
        f"[{article()}]",
        '{"@graph": [{"@type": "WebPage", "name": "no"}, ' + article() + "]}",
        f"<!-- {article()} -->",
        f"//<![CDATA[\n{article()}\n//]]>",
        article().replace("}}", "},}"),
        article(**{"@type": ["NewsArticle", "Thing"]}),
        article(headline="Harbour &amp;#99;losed").replace("&amp;#99;", "&#99;"),
        article(author=[PERSON, {"@type": "Organization", "name": "Reuters"}]),
        article(author=[[PERSON]]),
        json.dumps({"@graph": [json.loads(article(author={"@id": "#a"})), {**PERSON, "@id": "#a"}]}),
        article(headline="Harbour\nclosed").replace("\\n", "\n"),
    ],
)
def test_an_article_is_found_however_it_is_wrapped(script: str) -> None:
    assert read(script) == EXPECTED


@pytest.mark.parametrize("script", ["", "{", "null", "[1, 2]", "[" * 100_000, '{"@type": 3, "author": 4}'])
def test_a_script_that_is_none_says_nothing_and_hides_no_other(script: str) -> None:
    assert read(script, article()) == EXPECTED
