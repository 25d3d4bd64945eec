"""What stands on a page twice is read once."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from copydesk.edit import page_of
from copydesk.extract import extract
from copydesk.extract.repeats import without_repeats
from copydesk.models import Block

NOW = datetime(2026, 3, 5, tzinfo=UTC)
LINES = [
    "The harbour of Port Lune was closed to all ships on Tuesday after a crane fell across its only channel.",
    "Nobody was hurt, the harbour master said, but four freighters wait outside and the ferry has been cancelled.",
    "What comes next",
    "Divers are to look at the channel in the morning, and a floating crane is on its way from the capital.",
]


def _kept(texts: list[str], chosen: list[bool] | None = None) -> list[int]:
    blocks = [Block(position, text) for position, text in enumerate(texts)]
    kept = without_repeats(blocks, chosen or [True] * len(texts))
    return [position for position, is_kept in enumerate(kept) if is_kept]


@pytest.mark.parametrize(
    ("texts", "kept"),
    [
        ([*LINES, *LINES], 4),
        ([*LINES, "Between", *LINES, "Then", *LINES], 6),
        ([*LINES, "Between", *LINES[:2]], 7),
        ([*LINES, "Between", LINES[1], LINES[0], LINES[3]], 8),
        ([LINES[0]] * 6, 6),
        (["Rest", "Run three miles", "Swim"] * 20, 60),
        ([], 0),
    ],
    ids=["twice", "three times", "two of them", "in another order", "one over and over", "short lines", "nothing"],
)
def test_a_run_of_blocks_is_kept_where_it_stands_first(texts: list[str], kept: int) -> None:
    found = _kept(texts)
    assert len(found) == kept
    assert found[:4] == list(range(min(4, len(texts))))


def test_blocks_that_were_not_chosen_stay_out_and_part_no_run() -> None:
    texts = ["Menu", *LINES, "Menu", LINES[0], "Advert", *LINES[1:]]
    chosen = [text not in ("Menu", "Advert") for text in texts]
    assert _kept(texts, chosen) == [1, 2, 3, 4]


def test_an_article_for_wide_and_for_narrow_screens_is_read_once_and_its_copy_is_in_the_ledger() -> None:
    body = "".join(f"<p>{line}</p>" for line in LINES)
    html = f"<h1>Harbour closed</h1><div class='post wide'>{body}</div><div class='post narrow'>{body}</div>"
    found = extract(page_of(html.encode(), "https://post.example/harbour", now=NOW))
    assert [block.text for block in found.blocks if block.text in LINES] == LINES
    assert [removal.text for removal in found.removals if removal.text in LINES] == LINES
