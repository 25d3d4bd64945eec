"""Titles and the addresses that were made from them."""

from __future__ import annotations

import pytest

from copydesk.extract.metadata.slugs import is_nearer, slug


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ("https://post.example/world/harbour-closed-again.html", {"harbour", "closed", "again"}),
        ("https://post.example/2024/05/01/Harbour_Closed/?from=feed-of-the-day", {"harbour", "closed"}),
        ("https://post.example/harbour-closed/c-40223222", {"harbour", "closed"}),
        (
            "https://post.example/%D8%A5%D8%BA%D9%84%D8%A7%D9%82-%D8%A7%D9%84%D9%85%D9%8A%D9%86%D8%A7%D8%A1",
            {"اغلاق", "الميناء"},
        ),
        ("https://post.example/harbour/", set()),
        ("https://post.example/?p=17", set()),
        ("", set()),
    ],
)
def test_a_slug_is_the_step_of_an_address_that_has_most_words(url: str, words: set[str]) -> None:
    assert slug(url) == words


@pytest.mark.parametrize(
    ("title", "other", "expected"),
    [
        ("The Harbour's Cranes: A Guide", "What we know", True),  # an apostrophe is in no address
        ("Les grues du port fermées", "Ce que nous savons", False),
        ("What we know", "The Harbour's Cranes: A Guide", False),
        ("Guide to harbours, cranes, ships, crews, ports and tides", "Harbours cranes", False),  # longer, no nearer
        ("Cranes", "Harbours cranes fall", False),
    ],
)
def test_a_title_is_nearer_that_has_more_of_the_address_for_its_length(
    title: str, other: str, *, expected: bool
) -> None:
    assert is_nearer(title, other, slug("https://post.example/harbours-cranes-guide")) is expected


def test_accents_are_as_nothing_in_an_address() -> None:
    assert is_nearer("Les grues fermées du port", "Ce que nous savons", slug("https://a.example/grues-fermees-port"))
