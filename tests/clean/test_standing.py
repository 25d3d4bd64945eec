"""How a line stands speaks for wrapping or for text, beside its words."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from copydesk.clean.lines import line_of, surroundings
from copydesk.clean.verdict import Verdict
from copydesk.clean.wording import Facts, Judge, Standing, Weighed, standard_judge
from copydesk.models import Block, Label

PROSE = "The boat left the harbour before noon, the pilot said, and came back with nothing at all."
GONE = Verdict(Label.CREDIT, "en.credit", "1")
JUDGE = Judge(words=100, shape=50, bias=-10, sure=200, sure_alone=300, facts={"last": 40, "beside-a-scrap": -30})


def told(texts: Sequence[str], index: int, gone: Sequence[int] = ()) -> Facts:
    lines = [line_of(Block(position, text), 2000) for position, text in enumerate(texts)]
    found = [GONE if position in gone else None for position in range(len(texts))]
    return Standing(lines, found, surroundings(lines, lambda place: place in gone)).facts(index)


def test_a_line_stands_behind_the_text_though_scraps_and_removed_sentences_follow() -> None:
    page = [PROSE, PROSE, "Join us", "Boats", PROSE]
    assert "behind-the-text" not in told(page, 2)
    assert "behind-the-text" in told(page, 2, gone=[4])
    assert "last" not in told(page, 2, gone=[4])
    assert "last" in told(page, 2, gone=[3, 4])


def test_the_last_sentence_of_the_text_has_no_text_behind_it() -> None:
    assert "behind-the-text" in told([PROSE, PROSE], 1)
    assert "before-the-text" not in told([PROSE, PROSE], 1)
    assert "before-the-text" in told([PROSE, PROSE], 0)


def test_what_was_taken_off_tells_of_its_neighbours() -> None:
    page = [PROSE, "Photo: one", "Boats", PROSE]
    assert "behind-wrapping" in told(page, 2, gone=[1])
    assert "before-wrapping" in told(page, 0, gone=[1])
    assert not {"behind-wrapping", "before-wrapping"} & set(told(page, 2))


def test_short_lines_among_short_lines_are_counted() -> None:
    page = [PROSE, "Boats", "Nets", "Fish", PROSE]
    assert [told(page, index)["beside-a-scrap"] for index in (1, 2, 3)] == [1, 2, 1]
    assert told(page, 2, gone=[1])["beside-a-scrap"] == 1


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Boats sank.", "sentence"),
        ("The boats:", "colon"),
        ('He said "no" twice', "quotation"),
        ("Boat ٣", "digits"),
        ("Boats and the EU", "initials"),
        (PROSE, "prose"),
    ],
)
def test_the_form_of_a_line_is_told(text: str, name: str) -> None:
    assert name in told([text], 0)
    assert name not in told(["Boats"], 0)


def test_a_line_among_text_must_weigh_more() -> None:
    weighed = Weighed(words=210, shape=0, label=Label.CREDIT)
    assert JUDGE.is_sure(weighed, {}, alone=False, asks=False)
    assert not JUDGE.is_sure(weighed, {}, alone=True, asks=False)


def test_a_question_goes_for_its_words_only() -> None:
    by_place, by_words = Weighed(150, 0, Label.SUBSCRIBE), Weighed(210, 0, Label.SUBSCRIBE)
    last = {"last": 2}
    assert JUDGE.is_sure(by_place, last, alone=False, asks=False)
    assert not JUDGE.is_sure(by_place, last, alone=False, asks=True)
    assert JUDGE.is_sure(by_words, last, alone=False, asks=True)


def test_words_shape_and_facts_are_summed_by_their_shares() -> None:
    assert JUDGE.weight(Weighed(200, -40, Label.CREDIT), {"last": 1, "beside-a-scrap": 2}) == -10 + 200 - 20 + 40 - 60


def test_what_is_so_of_a_sentence_is_told_once_more_under_that_name() -> None:
    assert told([PROSE, "Join us"], 1)["last"] == 1
    assert not any(name.startswith("sentence ") for name in told([PROSE, "Join us"], 1))
    assert {"sentence last", "sentence in-the-tail"} <= set(told([PROSE, "Join us."], 1))
    assert {"prose last", "sentence last", "sentence prose"} <= set(told([PROSE, PROSE], 1))


def test_a_fact_that_no_known_line_had_weighs_nothing() -> None:
    assert JUDGE.standing({"last": 1, "sentence colon": 1}) == 40


def test_all_facts_of_scraps_and_whether_sentences_end_the_text_have_a_weight() -> None:
    names = set().union(*(told(["Boats", 'EU "boats" 3:', "Nets"], index, gone=[0, 2]) for index in range(3)))
    assert set(standard_judge().facts) >= names | {"sentence last", "prose last", "sentence in-the-tail"}
