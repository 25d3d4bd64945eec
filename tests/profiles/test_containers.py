"""Which element holds the body: judged by how well it fits what the teacher read, on all pages."""

from __future__ import annotations

import pytest

from copydesk.profiles.containers import addresses, candidate, choose, weigh
from copydesk.profiles.structure import parse
from copydesk.profiles.teacher import Reading, reading

TEXT = [
    f"In year {number} the council voted on a new plan for the old market while the traders of the town waited."
    for number in range(40)
]


def lesson(html: str, taught: list[str]):  # noqa: ANN201 - a Lesson, as the package names it
    tree = parse(f"<body>{html}</body>".encode())
    return weigh("https://gazette.example/1", tree.find("body"), reading(taught, "Title", (), "", None))


def paragraphs(first: int, count: int) -> str:
    return "".join(f"<p>{line}</p>" for line in TEXT[first : first + count])


def test_the_deepest_element_around_nearly_all_that_was_taught_is_a_page_s_candidate() -> None:
    page = lesson(f"<main><div class=a><div class=b>{paragraphs(0, 9)}</div><p>{TEXT[9]}</p></div></main>", TEXT[:10])
    assert candidate(page).get("class") == "b"


def test_an_element_of_text_is_no_container() -> None:
    page = lesson(f"<div class=a><ul><li>{TEXT[0]} {TEXT[1]}<br>{TEXT[2]}</ul></div>", TEXT[:3])
    assert candidate(page).tag == "div"


def test_next_to_nothing_taught_has_no_candidate() -> None:
    assert candidate(lesson(f"<div class=a>{paragraphs(0, 1)}</div>", TEXT[:1])) is None


def test_a_container_that_is_too_wide_is_better_than_one_that_is_too_narrow() -> None:
    page = lesson(f"<main><div class=b>{paragraphs(0, 7)}</div>{paragraphs(7, 3)}{paragraphs(20, 5)}</main>", TEXT[:10])
    wide, narrow = page.body.find("main"), page.body.find("main/div")
    assert page.score(wide) > page.score(narrow) > page.score(None) == 0


@pytest.mark.parametrize(("identifier", "is_mark"), [("story-body", True), ("story-20261", False)])
def test_an_id_with_an_article_s_own_number_finds_no_other_page(identifier: str, is_mark: bool) -> None:
    element = parse(f"<body><section><div id={identifier}>x".encode()).find(".//div")
    assert any(identifier in xpath for xpath in addresses(element)) is is_mark


def test_what_one_page_shows_is_no_pattern() -> None:
    pages = [lesson(f"<div class={name}>{paragraphs(0, 5)}</div>", TEXT[:5]) for name in ("a", "b", "b")]
    assert [(xpath, len(agreeing)) for xpath, agreeing in choose(pages)] == [
        ('//div[contains(concat(" ",normalize-space(@class)," ")," b ")]', 2)
    ]


def test_an_element_that_holds_little_of_what_was_taught_explains_no_page() -> None:
    pages = [
        lesson(f"<div class=a>{paragraphs(0, 5)}</div>", TEXT[:5]),
        lesson(f"<div class=a>{paragraphs(5, 5)}</div>", TEXT[5:10]),
        lesson(f"<div class=a>{paragraphs(10, 2)}</div><div>{paragraphs(12, 12)}</div>", TEXT[10:24]),
    ]
    ((_, agreeing),) = choose(pages)
    assert agreeing == pages[:2]


def test_a_page_of_which_nothing_was_taught_has_no_say() -> None:
    assert choose([weigh("u", parse(b"<body><p>x").find("body"), Reading())] * 3) == []
