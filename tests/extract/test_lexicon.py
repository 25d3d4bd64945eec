"""What names and words tell: every token's kind is known, and a block's score is the sum of its tokens' weights."""

from __future__ import annotations

from copydesk.extract.lexicon import Lexicon, path_tokens, scores, tokens, words_of
from copydesk.models import Block, Label


def test_a_place_gives_the_parts_of_its_names_by_how_far_above_they_stand() -> None:
    found = path_tokens("div#mainContent>section.related-posts>ul>li.post_item")
    assert {"apost", "aitem", "a<li", "b<ul", "brelated", "bposts", "cmain", "ccontent"} == set(found)


def words(blocks: tuple[Block, ...]) -> list[list[str]]:
    return [words_of(block.text) for block in blocks]


def test_words_count_as_of_a_line_of_a_paragraph_and_of_the_heading_above() -> None:
    blocks = (Block(0, "Read more", Label.HEADING), Block(1, "Crane falls"), Block(2, "crane " * 41))
    found = [{name for name in one.named() if "<" not in name} for one in tokens(blocks, words(blocks))]
    assert found == [{"wread", "wmore"}, {"wcrane", "wfalls", "hread", "hmore"}, {"lcrane", "hread", "hmore"}]


def test_a_score_is_the_sum_of_the_weights_of_each_kind() -> None:
    blocks = (
        Block(0, "Related", Label.HEADING, "aside>h2"),
        Block(1, "Crane falls", path="aside>p.text"),
        Block(2, "crane " * 41, path="p"),
    )
    lexicon = Lexicon.of({"b<aside": -50, "atext": 20, "wcrane": 7, "lcrane": 3, "hrelated": -90, "wunknown": 1000})
    rows = scores(blocks, words(blocks), lexicon).tolist()
    assert rows == [[-50, 0, 0, 0], [-30, 7, 0, -90], [0, 0, 3, -90]]


def test_a_page_without_blocks_has_no_scores() -> None:
    assert scores((), (), Lexicon.of({"wcrane": 1})).shape == (0, 4)
