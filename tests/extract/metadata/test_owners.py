"""Whose site an unsigned article is on."""

from __future__ import annotations

import pytest

from copydesk.extract.metadata.owners import owners
from copydesk.models import Block, Label

TOLD = "I went down to my harbour, where I met a crane that I knew. My ship was gone, and I told the crews about it."
NEWS = "The harbour of Port Lune stayed closed on Monday, after a crane fell into its only gate in the night before."


def block(text: str) -> Block:
    return Block(0, text, Label.BODY, "p", 0.0)


def owner(text: str, footer: str = "", sites: tuple[str, ...] = ()) -> list[str]:
    body = [block(text)]
    return list(owners([*body, block(footer)], body, sites))


@pytest.mark.parametrize(
    ("text", "footer", "sites", "expected"),
    [
        (TOLD, "© 2024 Ana Roe. All rights reserved.", (), ["Ana Roe"]),
        (TOLD, "Copyright 2019–2024 Ana Roe | Made with care", (), ["Ana Roe"]),
        (TOLD, "", ("Ana Roe",), ["Ana Roe"]),
        (
            "Ich war am Hafen, und ich sah meine Kräne. Ich blieb, bis ich mein Schiff sah.",
            "© Jörg Roe",
            (),
            ["Jörg Roe"],
        ),
        (TOLD, "© Copyright 2012-2024 Ana Roe", (), ["Ana Roe"]),
        (TOLD, "", ("Ana Roe's Harbour Blog",), ["Ana Roe"]),
        (NEWS, "© 2024 Ana Roe", ("Ana Roe",), []),  # nobody tells it
        (TOLD, "© 2024 The Lune Post Ltd", ("The Lune Post",), []),
        (TOLD, "© 2024 UC Regents", (), []),
        (TOLD, "", ("Ana Eats and Tells",), []),
        (TOLD, "", ("Harbour Crane",), []),  # words that the text writes in lower case
    ],
)
def test_a_text_that_one_person_tells_is_by_whom_the_site_is_named_after(
    text: str, footer: str, sites: tuple[str, ...], expected: list[str]
) -> None:
    assert owner(text, footer, sites) == expected


def test_a_copyright_line_before_the_texts_end_is_of_a_picture() -> None:
    body = [block(TOLD), Block(2, TOLD, Label.BODY, "p", 0.0)]
    picture = Block(1, "© 2024 Ana Roe", Label.BODY, "p", 0.0)
    assert list(owners([body[0], picture, body[1]], body, ())) == []
