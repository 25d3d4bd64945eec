"""Sites of five pages, over the real learner: what a site writes around its articles goes, what reports say stays."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from html import escape

import pytest

from copydesk.clean import clean
from copydesk.models import Page
from copydesk.profiles.known import Known, take
from copydesk.profiles.learn import learn
from copydesk.profiles.trust import sampled

DOMAIN = "harbour.example"
TAUGHT = range(5)
HtmlPage = Callable[[str, str], Page]
Lines = Callable[[int], Sequence[str]]

TITLES = (
    "Council votes on the old market",
    "Grain prices fall after a rich harvest",
    "Museum of sailing ships opens its doors",
    "Bridge over the northern river closed again",
    "University looks for water below the plain",
    "Three arrested over stolen coins",
)
ARTICLES = (
    (
        "The town council approved a plan to rebuild the old market after a debate of three hours.",
        "Work is to begin in spring and to last two years, said the mayor; the region is to pay half.",
        "Several traders fear that the building site will cost them the summer and want to be paid for what they lose.",
        "A fire destroyed dozens of stalls five years ago, and large parts of the hall have stood empty since.",
    ),
    (
        "Wheat became cheaper this week after farmers in most northern districts brought in more than expected.",
        "The ministry of agriculture put the harvest at a fifth above last year's, which will reduce what is imported.",
        "Experts do not expect bread to follow soon, because bakers pay far more for energy and transport than before.",
        "Farmers asked the government to buy what they cannot sell, as it did two years ago when silos were full.",
    ),
    (
        "A museum in the old harbour shows from Friday how ships were built and sailed along this coast for 300 years.",
        "It holds wooden models, rare charts and instruments that were collected in the houses of sailors and pilots.",
        "Students pay nothing in the first year, said its director, and children can build boats there each weekend.",
        "More than 100,000 people are expected to visit in the first year, twice as many as came to the old building.",
    ),
    (
        "Engineers closed the bridge over the northern river on Monday night as two piers have cracks.",
        "Lorries must take the way through the hills, which is 40 kilometres longer, until the end of the month.",
        "The bridge was built in 1961 for a tenth of the traffic that it carries now, the road office said.",
        "Shopkeepers on both banks said they had lost a third of their customers when it was last closed.",
    ),
    (
        "Researchers of the university began to measure the water under the dry plain with partners in four countries.",
        "Some 40 geologists, chemists and engineers will take part in the work, which is to last five years.",
        "The water has fallen by four metres in a decade in most wells that are watched, the head of the project said.",
        "First results are to be published at the end of next year, for the villages and the farmers who pump from it.",
    ),
    (
        "Police arrested three men at the northern border on Wednesday who are suspected of smuggling ancient coins.",
        "Small statues and gold pieces were found in their car, which experts believe to be from the Roman age.",
        "Prosecutors want to know where the pieces came from and whether more people belong to the group.",
        "The finds were handed to the office for antiquities, which will examine them before they are shown in public.",
    ),
)
AUTHORS = ("Anna Miller", "Peter Schmidt", "Maria Lopez", "John Baker", "Lena Novak", "Omar Said")


def paragraph(text: str) -> str:
    return f"<p>{escape(text)}</p>"


def nothing(_number: int) -> Sequence[str]:
    return ()


@dataclass(frozen=True)
class Around:
    """What stands before, amid and behind an article's paragraphs, as HTML, by the article's number."""

    head: Lines = field(default=nothing)
    inside: Lines = field(default=nothing)
    tail: Lines = field(default=nothing)


def page_of(number: int, around: Around, html_page: HtmlPage) -> Page:
    first, *rest = map(paragraph, ARTICLES[number])
    blocks = [*around.head(number), first, *around.inside(number), *rest, *around.tail(number)]
    title, author = TITLES[number], AUTHORS[number]
    html = (
        f"<!DOCTYPE html><html lang=en><head><meta charset=utf-8><title>{title} | Harbour News</title>"
        f'<meta name=author content="{author}"></head><body><header><a href=/>Harbour News</a></header>'
        f'<article><h1>{title}</h1><div class="story-text">{"".join(blocks)}</div></article>'
        f"<footer>Harbour News 2026</footer></body></html>"
    )
    return html_page(f"https://{DOMAIN}/{number}/{'x' * number}", html)


def read_by_profile(around: Around, html_page: HtmlPage) -> list[list[str]]:
    """The lines of all six articles, by a profile of the first five."""
    pages = [page_of(number, around, html_page) for number in range(len(TITLES))]
    known = Known(DOMAIN, 1, learn([pages[number] for number in TAUGHT], DOMAIN).to_json())
    return [[block.text for block in clean(take(page, None, known).extract).blocks] for page in pages]


def some(lines: Lines, *numbers: int) -> Lines:
    return lambda number: lines(number) if number in numbers else ()


WRAPPING = {
    "title amid words": Around(tail=lambda n: [paragraph(f"Pass «{TITLES[n]}» on to a neighbour")]),
    "words before the title": Around(head=lambda n: [paragraph(f"You hold in your hands: {TITLES[n]}")]),
    "words behind the title": Around(tail=lambda n: [paragraph(f"{TITLES[n]} – knock at our door")]),
    "author amid words": Around(tail=lambda n: [paragraph(f"Bring {AUTHORS[n]} a cup of tea")]),
    "one ending": Around(
        tail=lambda n: [paragraph(f"{AUTHORS[n - 1]} has watched ships for the Harbour News for years")]
    ),
    "a number": Around(inside=lambda n: [paragraph(f"Only {n + 31} readers support our newsroom. Be the next.")]),
    "two of five": Around(
        inside=some(lambda _: [paragraph("Our winter offer: three months for the price of one")], 0, 3)
    ),
}


@pytest.mark.parametrize("name", WRAPPING)
def test_lines_of_the_site_that_differ_a_little_are_gone(name: str, html_page: HtmlPage) -> None:
    assert read_by_profile(WRAPPING[name], html_page) == [list(article) for article in ARTICLES]


QUOTE = "“We have nothing to add to that,” the ministry said."
STAYING = {
    "a market report": Around(
        head=lambda n: [
            paragraph(f"The market opened {('higher', 'lower')[n % 2]} on Monday, led by {AUTHORS[n].split()[1]}.")
        ],
        tail=lambda n: [paragraph(f"The pound stood at 1.{n + 31} dollars.")],
    ),
    "recipes": Around(
        inside=lambda n: [
            "<h2>Ingredients</h2>",
            paragraph(f"{n + 2} eggs, {n + 1} onions and {n + 3} potatoes"),
            "<h2>Method</h2>",
        ]
    ),
    "emphasised headings": Around(inside=lambda _: ["<p><strong>Ingredients</strong></p>"]),
    "questions": Around(inside=lambda _: ["<h3>What happened?</h3>"]),
    "a formula on three": Around(tail=some(lambda _: [paragraph("He denies the charges.")], 0, 2, 4)),
    "a call for witnesses": Around(
        tail=some(lambda _: [paragraph("Anyone with information is asked to call the police.")], 1, 2, 4)
    ),
    "a quote on two": Around(inside=some(lambda _: [paragraph(QUOTE)], 1, 3)),
}


def added(around: Around, number: int) -> int:
    return len([*around.head(number), *around.inside(number), *around.tail(number)])


@pytest.mark.parametrize("name", STAYING)
def test_standing_phrases_of_reports_stay(name: str, html_page: HtmlPage) -> None:
    around = STAYING[name]
    found = read_by_profile(around, html_page)
    assert [len(lines) for lines in found] == [
        len(article) + added(around, number) for number, article in enumerate(ARTICLES)
    ]


def test_what_stands_beside_the_site_s_own_lines_is_the_site_s_too(html_page: HtmlPage) -> None:
    """A line of words as articles have them, once on each page, before a disclaimer."""
    around = Around(
        tail=lambda n: [
            paragraph(f"Set down for the harbour by {AUTHORS[n - 1]}."),
            paragraph("Whoever set these words down answers for them alone, the harbour and its masters do not."),
        ]
    )
    assert read_by_profile(around, html_page) == [list(article) for article in ARTICLES]


def test_pages_of_these_tests_are_read_by_the_profile_alone() -> None:
    assert not any(sampled(f"https://{DOMAIN}/{number}/{'x' * number}") for number in range(len(TITLES)))
