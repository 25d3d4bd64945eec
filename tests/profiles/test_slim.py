"""What no reader sees is taken out of a page's bytes, however its tags are spelled."""

from __future__ import annotations

import pytest

from copydesk.profiles.slim import slim


@pytest.mark.parametrize("name", ["script", "SCRIPT", "ScRiPt", "Style", "noScript", "AUDIO", "svg"])
def test_an_unseen_element_goes_however_its_name_is_spelled(name: str) -> None:
    light = slim(f"<p>one</p><{name} x=1>unseen</{name}><p>two</p>".encode())
    assert light is not None
    assert light.page == b"<p>one</p><p>two</p>"


@pytest.mark.parametrize("html", [b"<abbr>seen</abbr>", b"<scripted>seen</scripted>", b"<a href='/audio'>seen</a>"])
def test_what_only_begins_like_an_unseen_element_stays(html: bytes) -> None:
    light = slim(html)
    assert light is not None
    assert light.page == html


@pytest.mark.parametrize("name", ["script", "SCRIPT", "Script"])
def test_title_and_json_ld_are_kept_beside_the_page(name: str) -> None:
    data = f'<{name} type="application/ld+json">{{}}</{name}>'.encode()
    light = slim(b"<title>T</title>" + data + b"<p>one</p>")
    assert light is not None
    assert light.data == (b"<title>T</title>", data)


def test_an_unseen_element_without_an_end_leaves_no_slim_page() -> None:
    assert slim(b"<p>one</p><ScRiPt>unseen<p>two</p>") is None
