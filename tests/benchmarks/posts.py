"""The posts that teach the judgement by words and by standing: tests/data/clean/posts/LANGUAGE.txt.

Each begins with `# SET NAME TITLE`; then come its lines in order, each with its kind and tag: `b` is the article's, `x`
is wrapping, `X` is wrapping that the rules of the day when the post was written did not know.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

TEXT, HARD = "b", "X"
_HEAD = re.compile(r"(?m)^# ")


@dataclass(frozen=True, slots=True)
class PostLine:
    """A line of a post: `b`, `x` or `X`, its HTML tag, and what it says."""

    kind: str
    tag: str
    text: str


@dataclass(frozen=True, slots=True)
class Post:
    """A post with its lines in order."""

    name: str
    title: str
    lines: tuple[PostLine, ...]


def posts(folder: Path) -> Iterator[Post]:
    """The posts of a folder."""
    for file in sorted(folder.glob("*.txt")):
        for text in _HEAD.split(file.read_text(encoding="utf-8"))[1:]:
            head, *rows = text.splitlines()
            _, name, title = head.split(" ", 2)
            yield Post(name, title, tuple(PostLine(*row.split(" ", 2)) for row in rows))
