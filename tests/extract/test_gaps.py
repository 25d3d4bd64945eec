"""What stands between two blocks of the article is of the article, if the model half believes so."""

from __future__ import annotations

import pytest

from copydesk.extract.gaps import without_gaps
from copydesk.models import Block, Label

TEXT, SURE, HALF, NOT = "article>p", 900_000, 400_000, 100_000
ITEM = "article>ul>li"


def choice(*told: tuple[str, int, bool], label: Label = Label.LIST, links: float = 0.0) -> str:
    """`+` for each block that is chosen in the end, `-` for the others; the label and links are of those in doubt."""
    blocks = [
        Block(place, "text", Label.BODY if taken else label, path, 0.0 if taken else links)
        for place, (path, _, taken) in enumerate(told)
    ]
    chosen = without_gaps(blocks, [taken for *_, taken in told], [likely for _, likely, _ in told])
    return "".join("+" if taken else "-" for taken in chosen)


BODY, DOUBT = (TEXT, SURE, True), (ITEM, HALF, False)


@pytest.mark.parametrize(
    ("told", "chosen"),
    [
        ((BODY, DOUBT, BODY), "+++"),
        ((BODY, DOUBT, DOUBT, BODY, DOUBT, BODY), "++++++"),
        ((BODY, DOUBT, DOUBT, DOUBT, BODY), "+---+"),
        ((DOUBT, BODY, DOUBT), "-+-"),
        ((BODY, (ITEM, NOT, False), BODY), "+-+"),
        ((BODY, DOUBT, (TEXT, 600_000, True)), "+-+"),
        ((BODY, ("aside>ul>li", HALF, False), BODY), "+-+"),
        ((), ""),
    ],
    ids=["one", "two", "three", "at the ends", "not believed", "unsure around", "elsewhere", "nothing"],
)
def test_a_short_gap_between_sure_blocks_is_filled(told: tuple[tuple[str, int, bool], ...], chosen: str) -> None:
    assert choice(*told) == chosen


def test_links_and_boilerplate_stay_out() -> None:
    assert choice(BODY, DOUBT, BODY, links=0.9) == "+-+"
    assert choice(BODY, DOUBT, BODY, label=Label.RELATED) == "+-+"
