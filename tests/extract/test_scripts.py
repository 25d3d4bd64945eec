"""Articles that a page carries in a script."""

from __future__ import annotations

import json

import pytest

from copydesk.extract.scripts import embedded_html
from copydesk.extract.tree import parse

LINE = "The harbour of Port Lune was closed to all ships on Tuesday after a crane fell across its only channel. " * 2
HTML = f"<p>{LINE}</p>" * 3


def found(value: object, kind: str = "") -> str:
    """What is found in a page with a script that holds `value`."""
    script = json.dumps(value).replace("<", "\\u003c")
    return embedded_html(parse(f"<body><script {kind}>window.state = {script};</script><p>Loading", ""))


def test_html_in_a_string_is_found_also_where_that_is_json_itself() -> None:
    assert found({"story": {"html": HTML}}) == HTML
    assert found({"story": json.dumps({"html": HTML})}) == HTML


def test_json_in_json_in_json_is_not_looked_into() -> None:
    assert found({"story": json.dumps(json.dumps({"html": HTML}))}) == ""


def test_the_longest_is_the_article() -> None:
    assert found([HTML, HTML * 3, HTML * 2]) == HTML * 3


@pytest.mark.parametrize("text", [f"<p>{LINE * 3}</p>" * 2, LINE * 5, "<p>Short.</p>" * 3])
def test_two_paragraphs_plain_text_and_a_few_words_are_no_article(text: str) -> None:
    assert found({"html": text}) == ""


def test_page_data_are_read_elsewhere() -> None:
    assert found({"articleBody": HTML}, 'type="application/ld+json"') == ""
