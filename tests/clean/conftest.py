"""Extracts for cleaning tests, made of plain text lines."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import pytest

from copydesk.models import Block, Extract, Label, Metadata

Make = Callable[..., Extract]


@pytest.fixture
def extract_of() -> Make:
    """Makes an extract whose blocks are the given lines; a (label, line) pair sets the block's own label."""

    def make(lines: Iterable[str | tuple[Label, str]], **metadata: object) -> Extract:
        pairs = [(Label.BODY, line) if isinstance(line, str) else line for line in lines]
        blocks = tuple(Block(position, text, label) for position, (label, text) in enumerate(pairs))
        return Extract("https://news.example/story", Metadata(**metadata), blocks)  # type: ignore[arg-type]

    return make
