"""The metadata of whole pages: what only its parts together can tell."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from copydesk.extract.blocks import blocks
from copydesk.extract.metadata import read_metadata, read_sources
from copydesk.extract.tree import parse
from copydesk.models import Metadata

NOW = datetime(2024, 9, 1, tzinfo=UTC)
TEXT = "The harbour of Port Lune stayed closed on Monday, after a crane fell into its only gate in the night before."


def read(above: str, behind: str, head: str = "", url: str = "https://post.example/a") -> Metadata:
    html = f"<html><head>{head}</head><body>{above}<article><p>{TEXT}</p><p>{TEXT}</p></article>{behind}</body></html>"
    tree = parse(html, "")
    found = blocks(tree)
    body = [block for block in found if block.text == TEXT]
    return read_metadata(tree, read_sources(tree), found, body, url=url, fetched_at=NOW)


@pytest.mark.parametrize(
    ("behind", "expected"),
    [
        ("<h1>What else is closed along the coast</h1>", "Nobody leaves the harbour"),
        ("<h1>Subscribe to our daily letter</h1>", "Nobody leaves the harbour"),
        ("<h1>Where all of the ships wait</h1>", "Where all of the ships wait"),  # what the data call it
    ],
)
def test_a_top_heading_behind_the_text_is_not_the_title_unless_the_data_say_so(behind: str, expected: str) -> None:
    head = "<title>Where all of the ships wait</title>"
    assert read("<h1>Nobody leaves the harbour</h1>", behind, head).title == expected


def test_author_and_date_stand_at_the_heading_also_where_the_address_has_another_title() -> None:
    head = "<title>Ninety cranes of the coast</title>"
    above = "<h1>Here is our list for May</h1><p>Ana Roe</p><p>May 3, 2024</p><h2>What is in it</h2>"
    found = read(above, "", head, "https://post.example/ninety-cranes-of-the-coast")
    assert found.title == "Ninety cranes of the coast"
    assert found.authors == ("Ana Roe",)
    assert found.published_at == datetime(2024, 5, 3, tzinfo=UTC)
