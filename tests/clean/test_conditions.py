"""What a rule's conditions ask of a block, each by itself, and of the blocks around it."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from copydesk.clean import clean
from copydesk.clean.decide import Desk
from copydesk.clean.rule import Rule, read_rule
from copydesk.clean.rulebook import Rulebook
from copydesk.clean.verdict import Verdict
from copydesk.models import Block, Extract, Label, Metadata

PROSE = [
    f"The council met for the {number}th time to hear the traders of the old market, who want time."
    for number in range(8)
]
NOTICES = [
    f"The views of reader {number} are not those of this paper, of its owners or of its other readers."
    for number in (1, 2)
]
LINE = "A line without a stop"
GONE = Verdict(Label.CREDIT, "own.credit", "1")


def rule_of(name: str, label: Label, **keys: object) -> Rule:
    return read_rule({"id": name, "label": label, "version": 1, **keys}, "own.toml", {})


def page(blocks: Sequence[str | Block]) -> Extract:
    made = [Block(0, one, path="article>p") if isinstance(one, str) else one for one in blocks]
    numbered = [
        Block(at, one.text, one.label, one.path, one.link_density, one.behind_image) for at, one in enumerate(made)
    ]
    return Extract("https://news.example/a", Metadata(), tuple(numbered))


def gone(blocks: Sequence[str | Block], *rules: Rule) -> list[str]:
    return [removal.text for removal in clean(page(blocks), Rulebook(rules)).removals]


@pytest.mark.parametrize(
    ("keys", "taken", "spared"),
    [
        ({"min_chars": 10}, Block(0, "line of ten"), Block(0, "line of 9")),
        ({"max_chars": 9}, Block(0, "line of 9"), Block(0, "line of ten")),
        ({"sentence": True}, Block(0, "Line of ten."), Block(0, "Line of ten")),
        ({"sentence": False}, Block(0, "Line of ten"), Block(0, "Line of ten.")),
        ({"unless": "nine|ten"}, Block(0, "line of six"), Block(0, "line of ten")),
        ({"min_links": 0.5}, Block(0, "line", link_density=0.5), Block(0, "line", link_density=0.4)),
        ({"behind_image": True}, Block(0, "line", behind_image=True), Block(0, "line")),
        ({"blocks": ["list"]}, Block(0, "line", Label.LIST), Block(0, "line")),
        ({"path": r"div\.promo"}, Block(0, "line", path="main>div.Promo>p"), Block(0, "line", path="main>p")),
        ({"sites": ["news.example"]}, Block(0, "line"), None),
        ({"sites": ["ews.example", "a.news.example"]}, None, Block(0, "line")),
        ({"sites": ["example"]}, Block(0, "line"), None),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, dict) else "",
)
def test_a_rule_takes_a_block_only_if_its_condition_holds(
    keys: dict[str, object], taken: Block | None, spared: Block | None
) -> None:
    rule = rule_of("line", Label.BYLINE, pattern="line.*", **keys)
    assert gone([block for block in (taken, spared) if block], rule) == ([taken.text] if taken else [])


CREDIT = rule_of("credit", Label.CREDIT, pattern="photo: .*")


def test_what_goes_tells_of_the_block_before_it_and_that_of_the_one_before() -> None:
    rules = [
        rule_of("caption", Label.CAPTION, pattern=".*", max_chars=30, before=["credit"]),
        rule_of("label", Label.RELATED, pattern=".*", max_chars=30, before=["caption"]),
    ]
    lines = [*PROSE[:2], "In pictures", "A boat", "Photo: Jane Roe", *PROSE[2:]]
    assert gone(lines, CREDIT, *rules) == lines[2:5]


def test_what_goes_tells_of_the_block_behind_it_and_that_of_the_one_behind() -> None:
    rules = [
        rule_of("headline", Label.RELATED, pattern=".*", max_chars=30, after=["credit"]),
        rule_of("time", Label.DATELINE, pattern=".*", max_chars=30, after=["related"]),
    ]
    lines = [*PROSE[:2], "Photo: Jane Roe", "Boats burn", "Two days ago", *PROSE[2:]]
    assert gone(lines, CREDIT, *rules) == lines[2:5]


def test_what_goes_for_standing_behind_the_text_tells_of_its_neighbours_too() -> None:
    rules = [
        rule_of("end", Label.BYLINE, pattern="jane roe", where="end"),
        rule_of("role", Label.BYLINE, pattern=".*", max_chars=30, before=["byline"]),
    ]
    assert gone([*PROSE, "From the harbour", "Jane Roe"], *rules) == ["From the harbour", "Jane Roe"]


@pytest.mark.parametrize("where", ["tail", "end"])
def test_long_notices_that_a_rule_knows_are_no_text_behind_which_the_page_ends(where: str) -> None:
    notice = rule_of("views", Label.DISCLAIMER, pattern="the views of .*")
    line = rule_of("line", Label.BYLINE, pattern="a line .*", where=where)
    assert gone([*PROSE, LINE, *NOTICES], line) == []
    assert gone([*PROSE, LINE, *NOTICES], line, notice) == [LINE, *NOTICES]


def test_text_begins_behind_the_notices_that_a_rule_knows() -> None:
    notice = rule_of("views", Label.DISCLAIMER, pattern="the views of .*")
    line = rule_of("line", Label.BYLINE, pattern="a line .*", where="start")
    assert gone([*NOTICES, LINE, *PROSE], line) == []
    assert gone([*NOTICES, LINE, *PROSE], line, notice) == [*NOTICES, LINE]


@pytest.mark.parametrize(
    ("label", "links", "is_text"),
    [(Label.BODY, 0.0, True), (Label.QUOTE, 0.4, True), (Label.BODY, 0.5, False), (Label.HEADING, 0.0, False)],
)
def test_teasers_and_headings_are_no_text_however_long(label: Label, links: float, is_text: bool) -> None:
    line = rule_of("line", Label.BYLINE, pattern="a line .*", where="tail")
    behind = [Block(0, notice, label, "article>p", links) for notice in NOTICES]
    assert gone([*PROSE, LINE, *behind], line) == ([] if is_text else [LINE])


@pytest.mark.parametrize(("paragraphs", "overlooked"), [(5, 0), (6, 1), (11, 1), (12, 2), (40, 2)])
def test_the_tail_overlooks_one_paragraph_in_six_and_two_at_most_the_head_one(paragraphs: int, overlooked: int) -> None:
    line = rule_of("line", Label.BYLINE, pattern="a line .*", where="tail")
    prose = [f"{PROSE[0]} And {number} more." for number in range(paragraphs)]
    fires = [behind for behind in range(5) if gone([*prose[behind:], LINE, *prose[:behind]], line)]
    assert fires == list(range(overlooked + 1))
    top = rule_of("top", Label.BYLINE, pattern="a line .*", where="head")
    fires = [before for before in range(5) if gone([*prose[:before], LINE, *prose[before:]], top)]
    assert fires == list(range(min(overlooked, 1) + 1))


def test_a_chinese_paragraph_is_text_though_it_has_few_signs() -> None:
    line = rule_of("line", Label.BYLINE, pattern="a line .*", where="head")
    prose = ["部长表示，谈判今天上午在首都开始，将持续到本周末。记者从现场报道。"] * 8
    assert gone([*prose[:4], LINE, *prose[4:]], line) == []
    assert gone([LINE, *prose], line) == [LINE]


@pytest.mark.parametrize(
    ("block", "is_judged", "beside_what_goes", "at_the_end"),
    [
        (Block(0, LINE, path="article>p"), True, True, True),
        (Block(0, NOTICES[0], path="article>p"), False, False, True),
        (Block(0, "And why not?", path="article>p"), False, True, True),
        (Block(0, LINE, Label.HEADING, "article>h2"), False, True, True),
        (Block(0, LINE, path="article>pre>code"), False, False, False),
    ],
    ids=["line", "prose", "question", "heading", "code"],
)
def test_which_lines_are_judged_by_their_words(
    block: Block, is_judged: bool, beside_what_goes: bool, at_the_end: bool
) -> None:
    middle = Desk(page([*PROSE[:4], block, *PROSE[4:]]), Rulebook([]))
    end = Desk(page([*PROSE, block]), Rulebook([]))
    none = [None] * 9
    beside = [*none[:5], GONE, *none[6:]]
    assert middle.may_be_judged(4, none) is is_judged
    assert middle.may_be_judged(4, beside) is beside_what_goes
    assert end.may_be_judged(8, none) is at_the_end
