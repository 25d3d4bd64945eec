"""Titles without the site's name."""

from __future__ import annotations

import pytest

from copydesk.extract.metadata.titles import Titled, choose_title
from copydesk.models import Source

SITES = ["The Lune Post", "post.example"]


@pytest.mark.parametrize(
    ("title", "headings", "expected"),
    [
        ("Harbour closed | The Lune Post", [], "Harbour closed"),
        ("The Lune Post: Harbour closed", ["Harbour closed"], "Harbour closed"),
        ("Harbour closed - World - The Lune Post", ["The Lune Post", "Harbour closed"], "Harbour closed"),
        ("إغلاق الميناء - The Lune Post", [], "إغلاق الميناء"),
        ("A crane - and the harbour it closed", [], "A crane - and the harbour it closed"),
        ("Harbour closed", ["Harbour closed for a week"], "Harbour closed for a week"),
        ("Where ships wait", ["Nobody can leave Port Lune"], "Nobody can leave Port Lune"),
        ("Harbour closed", ["The Lune Post"], "Harbour closed"),
    ],
)
def test_the_title_that_readers_see_wins_without_the_sites_name(title: str, headings: list[str], expected: str) -> None:
    found = choose_title([Titled(title, Source.META)], headings, SITES)
    assert found is not None
    assert found.text == expected


def test_a_page_without_any_title_has_none() -> None:
    assert choose_title([], [], SITES) is None
