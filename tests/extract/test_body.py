"""Which reading of a page is believed."""

from __future__ import annotations

import pytest

from copydesk.extract.body import or_trafilatura, seen
from copydesk.extract.model import CERTAIN, Choice
from copydesk.extract.tree import parse

STORY = "The harbour of Port Lune was closed to all ships on Tuesday after a crane fell across its only channel. "
PAGE = f"<nav><a href=/>Home</a></nav><article><h1>Harbour closed</h1><p>{STORY * 3}</p><p>{STORY * 4}</p></article>"
HIDDEN = f"<div style='display:none'><p>{STORY * 6}</p></div>"


@pytest.mark.parametrize(
    ("html", "expected", "likely", "reading"),
    [
        (PAGE, 0.9, CERTAIN, "page"),
        (PAGE, 0.7, CERTAIN, "trafilatura"),
        (PAGE, 0.7, CERTAIN // 100, "page"),
        ("<footer>© Post</footer>", 0.7, CERTAIN, "page"),
    ],
    ids=["sure", "unsure", "unsure, and trafilatura finds what is no article", "unsure, and it finds nothing"],
)
def test_trafilatura_is_believed_where_the_model_is_unsure_and_what_it_finds_is_likely(
    html: str, expected: float, likely: int, reading: str
) -> None:
    tree = parse(html, "")
    blocks = seen(tree, "")
    choice = Choice((True, *(False for _ in blocks[1:])), expected, tuple(likely for _ in blocks))
    chosen, found = or_trafilatura(tree, "", blocks, choice)
    assert found == reading
    texts = [block.text for block, is_chosen in zip(blocks, chosen, strict=True) if is_chosen]
    assert texts[-1] == ((STORY * 4).strip() if reading == "trafilatura" else blocks[0].text)


def test_hidden_blocks_are_seen_only_where_most_of_the_prose_is_hidden() -> None:
    assert any(block.text.startswith("The harbour") for block in seen(parse(f"<p>Loading</p>{HIDDEN}", ""), ""))
    shown = seen(parse(f"<p>{STORY.replace('harbour', 'port') * 6}</p>{HIDDEN}", ""), "")
    assert not any(block.text.startswith("The harbour") for block in shown)
