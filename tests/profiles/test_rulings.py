from __future__ import annotations

from collections.abc import Sequence

from copydesk.profiles.model import Ruling
from copydesk.profiles.rulings import Vote, rule

TEXT = "The council of harbour town voted on a plan for its old market, and nobody was glad of it."


def vote(page: int, key: str, taught: float = 1.0, text: str = TEXT) -> Vote:
    return Vote(page, key, len(text), taught, foreign=False, text=text)


def rulings(*pages: Sequence[Vote]) -> dict[str, Ruling]:
    return {ruling.path: ruling for ruling in rule(pages)}


def test_one_heading_above_the_text_of_each_page_is_a_title() -> None:
    pages = [[vote(page, "h2.deck"), vote(page, "p"), vote(page, "h2.part"), vote(page, "p")] for page in range(2)]
    found = rulings(*pages)
    assert (found["h2.deck"].body, found["h2.deck"].why) == (False, "a title above the text")
    assert found["h2.part"].body


def test_a_heading_that_stands_above_the_text_of_one_page_and_amid_another_s_is_body() -> None:
    found = rulings(
        [vote(0, "h2"), vote(0, "p"), vote(0, "p")],
        [vote(1, "p"), vote(1, "h2"), vote(1, "p")],
    )
    assert found["h2"].body


def test_one_page_alone_makes_no_title_of_its_first_heading() -> None:
    assert rulings([vote(0, "h2.part"), vote(0, "p"), vote(0, "p")])["h2.part"].body


def test_the_body_of_a_layout_that_few_pages_have_is_at_home_too() -> None:
    common = [[vote(page, "main>p") for _ in range(9)] for page in range(30)]
    rare = [[vote(page, "section>div>span") for _ in range(3)] for page in range(30, 32)]
    assert rulings(*common, *rare)["section>div>span"].body
    assert not rulings(*common, rare[0])["section>div>span"].body


def test_teachers_who_doubt_are_outvoted_by_those_who_are_sure() -> None:
    pages = [[vote(0, "p.note", 0.3), *[vote(0, "p")] * 3], [vote(1, "p.note", 0.9), *[vote(1, "p")] * 3]]
    found = rulings(*pages)["p.note"]
    assert (found.body, found.share) == (True, 0.6)


def test_emphasised_lines_that_are_no_body_on_a_few_pages_rule_out_no_later_heading() -> None:
    pages = [[vote(page, "p"), vote(page, "p@bold", 0.0), vote(page, "p")] for page in range(3)]
    assert "p@bold" not in rulings(*pages[:2])
    assert not rulings(*pages)["p@bold"].body


def test_lines_that_the_teacher_half_doubts_among_paragraphs_are_no_body() -> None:
    pages = [[vote(page, "p"), vote(page, "ul>li", 0.3), vote(page, "p")] for page in range(3)]
    assert not rulings(*pages)["ul>li"].body
    sure = [[vote(page, "p"), vote(page, "ul>li", 0.45), vote(page, "p")] for page in range(3)]
    assert rulings(*sure)["ul>li"].why == "among body paragraphs"


def test_what_stands_away_from_the_paragraphs_is_body_where_the_teacher_says_so_on_three_pages() -> None:
    def page(number: int, share: float) -> list[Vote]:
        return [*[vote(number, "div.text>p")] * 9, vote(number, "div.box>div>table>tr", share)]

    away = "div.box>div>table>tr"
    assert rulings(*(page(number, 0.9) for number in range(3)))[away].body
    assert rulings(*(page(number, 0.9) for number in range(2)))[away].why == "away from the body's paragraphs"
    assert not rulings(*(page(number, 0.55) for number in range(3)))[away].body


def test_headings_between_paragraphs_are_body_though_they_stand_in_boxes_and_the_teacher_half_doubts_them() -> None:
    def page(number: int, share: float, last: bool) -> list[Vote]:
        part = [vote(number, "div.text>p"), vote(number, "div.head>h3", share)]
        return [*part, *part, vote(number, "div.text>p")][: 4 if last else 5]

    assert rulings(*(page(number, 0.45, last=False) for number in range(3)))["div.head>h3"].body
    assert not rulings(*(page(number, 0.3, last=False) for number in range(3)))["div.head>h3"].body
    assert not rulings(*(page(number, 0.45, last=True) for number in range(3)))["div.head>h3"].body


def test_a_first_paragraph_in_a_box_beside_the_others_is_body_where_the_teacher_is_sure() -> None:
    def page(share: float, lead: str) -> list[Vote]:
        return [vote(0, lead, share), *[vote(0, "div.text>p")] * 9]

    assert rulings(page(0.9, "div.lead>p"))["div.lead>p"].body
    assert not rulings(page(0.7, "div.lead>p"))["div.lead>p"].body
    assert not rulings(page(0.9, "div.lead>ul>li"))["div.lead>ul>li"].body
    assert not rulings(page(0.9, "aside>div>div>p"))["aside>div>div>p"].body
