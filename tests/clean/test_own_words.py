"""What only repeats the page's metadata goes where such things stand, and stays where the text says it."""

from __future__ import annotations

import pytest

from copydesk.clean import clean
from copydesk.models import Block, Extract, Metadata

PROSE = [
    f"The council met for the {number}th time to hear the traders of the old market, who wait." for number in range(8)
]
BIO = "Jane Roe writes on ports for Cedar."
METADATA = Metadata(
    title="Market to stay open", authors=("Jane Roe",), tags=("Old market",), site_name="Cedar", summary="A summary."
)


@pytest.mark.parametrize(
    ("line", "place", "rule"),
    [
        ("Market to stay open!", 0, "page.repeated-title"),
        ("Market to stay open!", 4, None),
        ("JANE ROE", 0, "page.author"),
        ("Old market", 8, "page.tag"),
        ("Old market", 4, None),
        (BIO, 8, "page.author-bio"),
        (BIO, 4, None),
        ("Jane Roe has never been to the port.", 8, None),
    ],
)
def test_title_author_tag_and_life_go_at_their_place_only(line: str, place: int, rule: str | None) -> None:
    lines = [*PROSE[:place], line, *PROSE[place:]]
    blocks = tuple(Block(at, text, path="article>p") for at, text in enumerate(lines))
    removals = clean(Extract("https://cedar.example/a", METADATA, blocks)).removals
    assert [(removal.text, removal.rule) for removal in removals] == ([(line, rule)] if rule else [])
