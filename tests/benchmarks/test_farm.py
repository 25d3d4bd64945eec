"""The farm makes pages worth measuring with: reproducible, distinct, of the size and structure of real ones."""

from __future__ import annotations

import statistics

from bs4 import BeautifulSoup

from benchmarks.farm import layout, pages


def test_same_numbers_give_the_same_pages() -> None:
    assert pages(8, 4) == pages(8, 4)


def test_no_two_pages_share_a_paragraph() -> None:
    lines = [line for page in pages(24, 12) for line in page.lines]
    assert len(lines) == len(set(lines))


def test_every_site_has_a_layout_of_its_own() -> None:
    layouts = [layout(number) for number in range(12)]
    assert len({(one.body_class, one.depth, one.menu_links) for one in layouts}) == 12
    assert {one.skeleton for one in layouts} == {"semantic", "divs", "table"}
    assert {one.metadata for one in layouts} == {"json-ld", "meta", "bare"}
    assert {one.language for one in layouts} == {"ar", "en", "fr"}


def test_pages_are_as_heavy_as_real_ones() -> None:
    generated = pages(24, 12)
    assert 180_000 < statistics.median(len(page.html) for page in generated) < 300_000
    trees = [BeautifulSoup(page.html, "lxml") for page in generated]
    assert 900 < statistics.median(len(tree.find_all(True)) for tree in trees) < 1_200
    assert 150 < statistics.median(len(tree.find_all("a")) for tree in trees) < 240
    assert 150 < statistics.median(len(tree.find_all("div")) for tree in trees) < 270
    assert 24 < statistics.median(len(tree.find_all("script")) for tree in trees) < 36


def test_pages_show_their_lines() -> None:
    for page in pages(12, 12):
        text = " ".join(BeautifulSoup(page.html, "lxml").get_text(" ").split())
        assert [line for line in page.lines if line not in text] == []
