"""What the choice of the body leaves out: block by block near the body, menus far from it as runs."""

from __future__ import annotations

from copydesk.extract import MARGIN, left_out
from copydesk.models import LEFT_OUT, NAVIGATION, Block, Label, Removal

TEXT = Block(0, "The harbour was closed on Tuesday.", Label.BODY, "main>p")
LINK = Block(0, "Ports", Label.LIST, "nav>ul.a>li>a", 1.0)


def removals(before: list[Block]) -> list[Removal]:
    """What is left out of a page of these blocks, then as many others as the margin is wide, then the body."""
    near = [Block(0, f"near {number}", Label.BODY, "main>div", 1.0) for number in range(MARGIN)]
    blocks = [*before, *near, TEXT]
    return [one for one in left_out(blocks, [block is TEXT for block in blocks]) if not one.text.startswith("near")]


def test_blocks_near_the_body_are_listed_one_by_one() -> None:
    blocks = [LINK] * (MARGIN + 3) + [TEXT] + [LINK] * (MARGIN + 2)
    told = [(one.rule, one.text.count("Ports")) for one in left_out(blocks, [block is TEXT for block in blocks])]
    assert told == [(NAVIGATION, 3), *[(LEFT_OUT, 1)] * (2 * MARGIN), (NAVIGATION, 2)]


def test_what_is_longer_than_a_menu_s_line_or_has_few_links_stands_by_itself_wherever_it_is() -> None:
    long, plain = "A long headline of another article of the day " * 2, "Tide tables"
    blocks = [LINK, Block(1, long, Label.BODY, "p", 1.0), LINK, Block(3, plain, Label.BODY, "p", 0.2), LINK]
    assert [(one.rule, one.text) for one in removals(blocks)] == [
        (NAVIGATION, "Ports"),
        (LEFT_OUT, long),
        (NAVIGATION, "Ports"),
        (LEFT_OUT, plain),
        (NAVIGATION, "Ports"),
    ]


def test_a_run_has_one_label_and_the_path_that_its_blocks_share() -> None:
    tags = [Block(2, f"#{name}", Label.TAGS, "nav>ul.b>li>a", 1.0) for name in ("crane", "port")]
    other = Block(1, "Weather", Label.BODY, "nav>div>a", 1.0)
    assert [(one.text, one.label, one.path) for one in removals([LINK, other, *tags])] == [
        ("Ports\nWeather", Label.OTHER_BOILERPLATE, "nav"),
        ("#crane\n#port", Label.TAGS, "nav>ul.b>li>a"),
    ]


def test_a_page_without_a_body_has_no_near() -> None:
    assert [one.rule for one in left_out([LINK] * 5, [False] * 5)] == [NAVIGATION]
