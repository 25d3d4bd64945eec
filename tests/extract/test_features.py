"""The columns that the model sees: one a name, finite, and right where one can say what is right."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from copydesk.extract.features import FEATURES, SECOND, Declared, Sheet, features, second
from copydesk.extract.features.sheet import between, shifted, since
from copydesk.extract.lexicon import Lexicon
from copydesk.models import Block, Label

STORY = (
    "The harbour of Port Lune was closed to all ships on Tuesday, after a crane fell across its only channel, it said."
)
BLOCKS = (
    Block(0, "Home | News | Sport", Label.LIST, "nav>ul>li", 1.0),
    Block(1, "Harbour closed after crane falls", Label.HEADING, "main>article>h1"),
    Block(2, STORY, Label.BODY, "main>article>div.story>p"),
    Block(3, "What comes next?", Label.HEADING, "main>article>div.story>h2"),
    Block(4, STORY, Label.BODY, "main>article>div.story>p"),
    Block(5, "© 2026 Post. All rights reserved.", Label.BODY, "footer>p.legal"),
)
LEXICON = Lexicon.of({"a<p": 30, "bstory": 20, "cstory": 10, "wrights": -40, "hcrane": 5})


def column(name: str, blocks: Sequence[Block] = BLOCKS, told: Sequence[bool] | None = None) -> list[float]:
    known = Declared("Harbour closed after crane falls", STORY)
    rows = features(Sheet(blocks, LEXICON), told or [False] * len(blocks), known)
    return [round(float(value), 4) for value in rows[:, FEATURES.index(name)]]


def test_every_name_has_its_column() -> None:
    rows = features(Sheet(BLOCKS, LEXICON), [False] * 6, Declared())
    assert rows.shape == (6, len(FEATURES)) == (6, len(set(FEATURES)))
    assert features(Sheet((), LEXICON), (), Declared()).shape == (0, len(FEATURES))


def test_the_headline_is_the_start() -> None:
    assert column("from_title") == [-1, 0, 1, 2, 3, 4]
    assert column("is_start") == column("titled") == [0, 1, 0, 0, 0, 0]


def test_without_a_title_the_first_first_rank_heading_is_the_start() -> None:
    rows = features(Sheet(BLOCKS, LEXICON), [False] * 6, Declared())
    assert rows[:, FEATURES.index("from_title")].tolist() == [-1, 0, 1, 2, 3, 4]


def test_the_summary_is_known_and_so_is_what_stands_twice() -> None:
    assert column("is_summary") == [0, 0, 1, 0, 1, 0]
    assert column("repeats") == [1, 1, 2, 1, 2, 1]


def test_headings_and_paragraphs_around_are_counted_in_blocks() -> None:
    assert column("heading_level") == [0, 1, 1, 2, 2, 2]
    assert column("since_heading")[1:] == [0, 1, 0, 1, 2]
    assert column("since_prose")[3:] == [1, 2, 1]
    assert column("until_prose")[:4] == [2, 1, 2, 1]
    assert column("prose_behind") == [1, 1, 0.5, 0.5, 0, 0]


def test_places_and_signs_are_seen() -> None:
    assert column("in_footer") == column("copyright") == [0, 0, 0, 0, 0, 1]
    assert column("in_article") == [0, 1, 1, 1, 1, 0]
    assert column("question") == [0, 0, 0, 1, 0, 0]
    assert column("beyond") == [3, 1, 1, 1, 1, 2]  # steps off the path that the prose hangs on, its own included
    assert column("step_prose") == [0, 0, 2, 0, 2, 0]


def test_what_the_page_or_the_feed_tells_is_a_column() -> None:
    assert column("told", told=[False, True, True, False, False, False]) == [0, 1, 1, 0, 0, 0]


def test_sums_between_places_count_what_is_there() -> None:
    values = np.array([1.0, 10, 100, 1000])
    assert between(values, -1, 1).tolist() == [11, 111, 1110, 1100]
    assert between(values, 1, 4).tolist() == [1110, 1100, 1000, 0]
    assert between(values, -4, -1).tolist() == [0, 1, 11, 111]
    assert shifted(values, 1).tolist() == [0, 1, 10, 100]
    assert shifted(values, -1).tolist() == [10, 100, 1000, 0]
    assert since(np.array([False, True, False, False])).tolist()[2:] == [1, 2]


def test_the_lexicon_tells_of_a_block_of_its_neighbours_and_of_its_family() -> None:
    assert column("path_score") == [0, 0, 50, 20, 50, 30]
    assert column("line_score") == [0, 0, 0, 0, 0, -40]
    assert column("heading_score") == [0, 0, 5, 5, 0, 0]
    assert column("score_before") == [0, 0, 0, 55, 25, 50]
    assert column("step_score") == [0, 0, 52.5, 25, 52.5, -10]


LABELS = st.sampled_from(list(Label))
PATHS = st.lists(st.sampled_from(["div", "p", "ul.menu", "li", "h2", "section#body.text"]), max_size=5).map(">".join)
BLOCK = st.builds(Block, st.just(0), st.text(min_size=1, max_size=60), LABELS, PATHS, st.floats(0, 1))


@given(st.lists(BLOCK, min_size=1, max_size=12))
def test_all_columns_are_numbers_whatever_the_blocks(blocks: list[Block]) -> None:
    rows = features(Sheet(blocks, LEXICON), [True] * len(blocks), Declared("a", "b"))
    assert np.isfinite(rows).all()


LIKELY = np.array([10.0, 900, 950, 700, 900, 20])


def again(name: str, likely: np.ndarray[tuple[int], np.dtype[np.float64]] = LIKELY) -> list[float]:
    rows = second(Sheet(BLOCKS, LEXICON), likely)
    return [round(float(value), 3) for value in rows[:, SECOND.index(name)]]


def test_every_name_of_the_second_look_has_its_column() -> None:
    assert second(Sheet(BLOCKS, LEXICON), LIKELY).shape == (6, len(SECOND)) == (6, len(set(SECOND)))
    assert second(Sheet((), LEXICON), np.zeros(0)).shape == (0, len(SECOND))


def test_the_second_look_sees_how_likely_the_neighbours_are_and_those_of_the_same_place() -> None:
    assert again("likely_1") == [0, 10, 900, 950, 700, 900]
    assert again("likely_-1") == [900, 950, 700, 900, 20, 0]
    assert again("step_likely")[2] == again("step_likely")[4] == 925
    assert again("step_rest")[2] == 900
    assert again("since_sure")[3:] == [1, 2, 1]
    assert again("from_first") == [-2, -1, 0, 1, 2, 3]
    assert again("from_last") == [-4, -3, -2, -1, 0, 1]


def test_the_second_look_sees_how_likely_the_sections_around_are() -> None:
    story, end = len(STORY), len(BLOCKS[5].text)
    heading = len(BLOCKS[3].text)
    behind = (700 * heading + 900 * story + 20 * end) / (heading + story + end)
    assert again("section_behind")[1] == again("section_behind")[2] == round(behind, 3)
    assert again("section_before")[3] == again("section_likely")[2]
    assert again("heading_likely") == [-1, 900, 900, 700, 700, 700]


def test_where_nothing_is_likely_the_second_look_finds_no_ends() -> None:
    assert again("from_first", np.zeros(6)) == again("from_last", np.zeros(6)) == [-999] * 6


@given(st.lists(BLOCK, min_size=1, max_size=12), st.integers(0, 1_000))
def test_all_columns_of_the_second_look_are_numbers(blocks: list[Block], likely: int) -> None:
    assert np.isfinite(second(Sheet(blocks, LEXICON), np.full(len(blocks), float(likely)))).all()
