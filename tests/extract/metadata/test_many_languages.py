"""Bylines and dates as the content systems of many languages write them, a page a line of `bylines.json`."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from copydesk.extract.blocks import blocks
from copydesk.extract.metadata import read_metadata, read_sources
from copydesk.extract.tree import parse
from copydesk.models import Metadata

NOW = datetime(2024, 9, 1, tzinfo=UTC)
DATA = json.loads((Path(__file__).parents[2] / "data" / "extract" / "bylines.json").read_text("utf-8"))


def read(page: dict[str, Any], title: str, text: str) -> Metadata:
    html = (
        f"<html lang='{page['language']}'><head><title>{title}</title>{page.get('head', '')}</head><body>"
        f"<nav><a href='/'>Home</a></nav><h1>{title}</h1>{page.get('above', '')}"
        f"<article><p>{text}</p><p>{text}</p><p>{text}</p></article>{page.get('behind', '')}</body></html>"
    )
    tree = parse(html, "")
    found = blocks(tree)
    body = [block for block in found if block.text == text]
    url = page.get("url", "https://post.example/a")
    return read_metadata(tree, read_sources(tree), found, body, url=url, fetched_at=NOW)


@pytest.mark.parametrize("page", DATA["pages"], ids=lambda page: page["name"])
def test_bylines_and_dates_of_a_language_are_read(page: dict[str, Any]) -> None:
    title, text = DATA["texts"][page["language"]].values()
    metadata = read(page, title, text)
    day = metadata.published_at.date().isoformat() if metadata.published_at else ""
    assert (metadata.title, metadata.language) == (title, page["language"])
    assert (list(metadata.authors), day) == (page["authors"], page["day"])


def test_there_are_pages_of_many_languages() -> None:
    assert len({page["language"] for page in DATA["pages"]}) >= 18
    assert len(DATA["pages"]) >= 80
