"""What stands around a container, read without a parse where that is safe."""

from __future__ import annotations

import pytest

from copydesk.profiles.outside import text_of, texts_around
from copydesk.profiles.slim import slim
from copydesk.profiles.structure import parse


def shown(html: bytes) -> str:
    """What a part of a page shows, its unseen elements taken out first where that can be done."""
    light = slim(html)
    return text_of(light.page if light is not None else html)


@pytest.mark.parametrize(
    ("html", "text"),
    [
        (b"<ul><li><a href=/>One</a></li>\n<li>Two <b>th</b>ree</li></ul>", "One\nTwo three"),
        (b"<p>a</p>b<br>c", "a\nb\nc"),
        (b"<a>one</a> <a>two</a>\n<a>three</a>", "one two three"),
        (b"<script>if (a < b) x('<p>no</p>')</script><STYLE>p{}</STYLE>yes<!-- <p>no -->", "yes"),
        (b"&lt;p&gt; &amp; &eacute;\xd9\x85\xe2\x80\xae", "<p> & é\u0645"),
        (b"<header>head</header>", "head"),
        (b"", ""),
    ],
)
def test_a_line_is_what_one_block_shows(html: bytes, text: str) -> None:
    assert shown(html) == text


@pytest.mark.parametrize(
    ("html", "text"),
    [
        (b'<p title="a > b">one</p>', "one"),
        (b"<p title='<p>'>one</p>", "one"),
        (b"1 < 2", "1 < 2"),
        (b"one<!-- without an end", "one"),
        (b"<SCRIPT>no</SCRIPT >one", "one"),
        (b"<" * 200_000, None),
        (b"<a" * 200_000, None),
        (b"<script " * 200_000, None),
        (b"<!--" * 200_000, None),
        (b">" * 100_000 + b"<p" * 100_000, None),
        (b"<a " * 100_000 + b"\xee" + b">" * 100_000, None),
        (b"<p>" + b" " * 400_000 + b"</p>", ""),
        (b'<a title="x<y">one > two</a>', "one > two"),
    ],
)
def test_what_is_not_plainly_tags_and_text_is_parsed(html: bytes, text: str | None) -> None:
    found = shown(html)
    assert text is None or found == text


def test_a_tree_gives_the_texts_before_and_behind_its_container() -> None:
    tree = parse(b"<body><p>be<i>fore</i></p><div id=c><p>inside</p></div>be<b>hind</b><script>x</script></body>")
    assert tree is not None
    assert texts_around(tree, tree.find(".//div")) == ("before", "behind")
