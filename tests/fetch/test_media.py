from __future__ import annotations

import pytest

from copydesk.fetch.media import is_readable, may_be_readable


@pytest.mark.parametrize(
    "kind",
    [
        "text/html; charset=utf-8",
        "application/xhtml+xml",
        "application/rss+xml",
        "text/xml",
        "application/json",
        "TEXT/HTML",
    ],
)
def test_html_xml_and_json_are_readable_by_their_type(kind: str) -> None:
    assert may_be_readable(kind)
    assert is_readable(kind, b"anything at all")


@pytest.mark.parametrize(
    "kind", ["application/pdf", "image/png", "video/mp4", "text/css", "application/zip", "nonsense"]
)
def test_other_types_are_refused_before_the_body_is_read(kind: str) -> None:
    assert not may_be_readable(kind)


@pytest.mark.parametrize("kind", ["", "text/plain", "application/octet-stream"])
@pytest.mark.parametrize(
    ("body", "readable"),
    [
        (b"\n <?xml version='1.0'?>", True),
        (b"\xef\xbb\xbf{}", True),
        ("\ufeff<html>".encode("utf-16-le"), True),
        (b"plain words", False),
        (b"%PDF-1.7", False),
        (b"", False),
    ],
)
def test_where_the_type_says_nothing_the_bytes_decide(kind: str, body: bytes, readable: bool) -> None:
    assert may_be_readable(kind)
    assert is_readable(kind, body) == readable


def test_a_binary_file_that_says_it_is_html_is_not() -> None:
    assert not is_readable("text/html", b"\x89PNG\r\n")
