"""What pages say of their own use, in headers and in markup."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.walls.terms import DIRECTIVES, terms_of


def said(headers: dict[str, str], markup: str = "") -> set[str]:
    return {term.term for term in terms_of(headers, markup.encode())}


@pytest.mark.parametrize(
    ("header", "terms"),
    [
        ("noarchive", {"noarchive"}),
        ("NOINDEX, NoFollow", {"noindex", "nofollow"}),
        ("index, follow, all", set()),
        ("otherbot: noindex, nofollow", set()),
        ("otherbot: noindex, copydesk: noarchive", {"noarchive"}),
        ("copydesk: noarchive, nosnippet", {"noarchive", "nosnippet"}),
        ("*: noai", {"noai"}),
        ("max-snippet:-1", {"max-snippet"}),
        ("unavailable_after: 25 Jun 2030 15:00:00 GMT", {"unavailable_after"}),
        ("", set()),
    ],
)
def test_a_robots_header_speaks_to_all_or_to_one(header: str, terms: set[str]) -> None:
    assert said({"x-robots-tag": header}) == terms


@pytest.mark.parametrize(
    ("markup", "terms"),
    [
        ('<meta name="robots" content="noarchive, max-image-preview:large">', {"noarchive"}),
        ("<META NAME=ROBOTS CONTENT='none'>", {"none"}),
        ('<meta content="noai, noimageai" name="robots"/>', {"noai", "noimageai"}),
        ("<meta name=robots content=noindex>", {"noindex"}),
        ('<meta name="copydesk" content="noarchive">', {"noarchive"}),
        ('<meta name="otherbot" content="noarchive">', set()),
        ('<meta property="robots" content="noarchive">', set()),
        ('<meta name="tdm-reservation" content="1"><meta name="tdm-policy" content="/p">', {"tdm-reservation"}),
        ('<meta name="tdm-reservation" content="0">', set()),
        ("<p>noarchive</p>", set()),
    ],
)  # fmt: skip
def test_meta_elements_say_the_same_in_any_spelling(markup: str, terms: set[str]) -> None:
    assert said({}, f"<html><head>{markup}</head></html>") == terms


def test_each_term_comes_once_with_where_it_stands() -> None:
    page = b'<meta name="robots" content="noarchive"><meta name="tdm-reservation" content="1">'
    headers = {"x-robots-tag": "noarchive", "tdm-reservation": "1", "tdm-policy": "https://a.example/policy.json"}
    assert {term.term: term.evidence for term in terms_of(headers, page)} == {
        "noarchive": "X-Robots-Tag: noarchive",
        "tdm-reservation": "header tdm-reservation: 1, policy https://a.example/policy.json",
    }


@given(header=st.text(max_size=60), body=st.binary(max_size=200))
def test_any_header_and_body_can_be_read(header: str, body: bytes) -> None:
    for term in terms_of({"x-robots-tag": header}, b"<meta name=robots content='" + body + b"'>" + body):
        assert term.term in DIRECTIVES
