"""What names and words tell: every token's kind is known, and a block's score is the sum of its tokens' weights."""

from __future__ import annotations

from copydesk.extract.lexicon import KINDS, path_tokens, scores, tokens
from copydesk.models import Block, Label


def test_a_place_gives_the_parts_of_its_names_by_how_far_above_they_stand() -> None:
    found = path_tokens("div#mainContent>section.related-posts>ul>li.post_item")
    assert {"apost", "aitem", "a<li", "b<ul", "brelated", "bposts", "cmain", "ccontent"} == set(found)


def test_words_count_as_of_a_line_of_a_paragraph_and_of_the_heading_above() -> None:
    blocks = (Block(0, "Read more", Label.HEADING), Block(1, "Crane falls"), Block(2, "crane " * 41))
    found = [kinds[1:] for kinds in tokens(blocks)]
    assert found == [
        (["wmore", "wread"], (), ()),
        (["wcrane", "wfalls"], (), ["hmore", "hread"]),
        ((), ["lcrane"], ["hmore", "hread"]),
    ]


def test_a_score_is_the_sum_of_the_weights_of_each_kind() -> None:
    blocks = (Block(0, "Related", Label.HEADING, "aside>h2"), Block(1, "Crane falls", path="aside>p.text"))
    weights = {"b<aside": -50, "atext": 20, "wcrane": 7, "hrelated": -90, "wunknown": 1000}
    assert scores(blocks, weights).tolist() == [[-50, 0, 0, 0], [-30, 7, 0, -90]]


def test_a_page_without_blocks_has_no_scores() -> None:
    assert scores((), {"wcrane": 1}).shape == (0, len(KINDS))
