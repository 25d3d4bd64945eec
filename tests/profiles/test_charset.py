"""Which pages are read as the bytes that they are."""

from __future__ import annotations

import pytest

from copydesk.edit import page_of
from copydesk.profiles.charset import is_utf8, utf8_of

UTF8 = {"content-type": "text/html; charset=utf-8"}
URL = "https://post.example/a"


def test_a_page_that_says_that_it_is_in_utf8_and_is_stays_as_it_is() -> None:
    body = "<html><body><p>The crew’s café: الميناء".encode()
    assert is_utf8(body)
    assert utf8_of(page_of(body, URL, UTF8)) is body


@pytest.mark.parametrize(
    ("body", "charset", "expected"),
    [
        ("<p>The café of the crew".encode("latin-1"), "iso-8859-1", "<p>The café of the crew"),
        ("<p>The crew’s café".encode().decode("latin-1").encode(), "utf-8", "<p>The crew’s café"),
    ],
)
def test_a_page_in_another_charset_or_encoded_twice_is_made_utf8(body: bytes, charset: str, expected: str) -> None:
    assert not is_utf8(body)
    page = page_of(body, URL, {"content-type": f"text/html; charset={charset}"})
    assert utf8_of(page) == expected.encode()
