"""A known site's page says of each block whether a picture stands above it, as the reading without a profile does."""

from __future__ import annotations

import pytest

from copydesk.extract.blocks import blocks
from copydesk.profiles.pictures import under_pictures
from copydesk.profiles.structure import drop_unseen, parse, pieces

ABOVE = '<p><img src="a.jpg"></p>'


@pytest.mark.parametrize(
    "html",
    [
        f"<p>Rain.</p>{ABOVE}<p>A tram</p><p>Snow.</p>",
        '<p>Rain.</p><p><img src="a.jpg" width="640">A tram</p><p>Snow.</p>',
        '<p>Rain.</p><p><a href="/a.jpg"><img src="a.jpg"></a><br>A tram</p><p>Snow.</p>',
        '<p>Rain.</p><div><div><figure><img src="a.jpg"></figure></div></div><div><p>A tram</p><p>Snow.</p></div>',
        '<p>Rain.</p><figure><img src="a.jpg"><figcaption>A tram</figcaption></figure><p>Snow.</p>',
        f"<p>Rain.</p>{ABOVE}<h2>Snow</h2><p>A tram</p>",
        f"<p>Rain.</p>{ABOVE}<p>A tram<br><br>Snow</p>",
        '<p>Rain <img src="smile.png"> fell.</p><p>Snow</p>',
        '<p>Rain.</p><img src="pixel.gif" width="1" height="1"><p>Snow</p>',
        f"{ABOVE}<p>A tram</p>",
        "<p>Rain.</p><p>Snow.</p>",
    ],
)
def test_both_readings_see_the_same_pictures_above_paragraphs(html: str) -> None:
    page = f"<html><body><article>{html}</article></body></html>".encode()
    tree, other = parse(page), parse(page)
    assert tree is not None
    assert other is not None
    drop_unseen(tree)
    found = pieces(tree, lambda element: str(element.tag))
    under = under_pictures(found)
    told = {block.text: block.behind_image for block in blocks(other) if block.path.endswith("p")}
    assert told
    assert told == {piece.text: place in under for place, piece in enumerate(found) if piece.element.tag == "p"}


def test_a_long_text_under_a_picture_is_not_looked_at() -> None:
    tree = parse(f"<body>{ABOVE}<p>{'rain ' * 100}</p></body>".encode())
    assert tree is not None
    assert under_pictures(pieces(tree, lambda element: str(element.tag))) == set()
