"""What the reading of a page's visible text promises."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.errors import PermanentPageError
from copydesk.extract.blocks import MAX_BLOCKS, blocks, squeeze
from copydesk.extract.tree import MAX_NODES, parse
from copydesk.models import Block, Label, Reason


def read(html: str) -> tuple[Block, ...]:
    return blocks(parse(html, "https://example.org/"))


def texts(html: str) -> list[str]:
    return [block.text for block in read(html)]


def test_inline_elements_do_not_part_a_paragraph() -> None:
    assert texts("<p>The <b>min</b>ister <a href=/x>said</a><!-- so --> no.</p>") == ["The minister said no."]


def test_text_between_and_behind_blocks_stands_in_its_own_block() -> None:
    assert texts("<div>one<p>two</p>three<ul><li>four</ul>five</div>") == ["one", "two", "three", "four", "five"]


def test_an_empty_line_parts_two_paragraphs_and_a_line_end_does_not() -> None:
    assert texts("<div>a rose<br>is a rose<br><br>is a rose</div>") == ["a rose\nis a rose", "is a rose"]


def test_a_line_behind_the_end_of_a_sentence_is_its_own_block() -> None:
    assert texts("<p>The talks ended.<br>Comments are closed.</p>") == ["The talks ended.", "Comments are closed."]


def test_a_table_row_is_one_block_and_a_layout_table_is_none() -> None:
    rows = read("<table><tr><td>Wheat<td>12</tr></table><table><tr><td><p>One.</p><p>Two.</p></table>")
    assert [(row.text, row.label) for row in rows] == [
        ("Wheat 12", Label.TABLE),
        ("One.", Label.BODY),
        ("Two.", Label.BODY),
    ]


@pytest.mark.parametrize(
    ("html", "label"),
    [
        ("<figure><img><figcaption><span>A port</span></figcaption></figure>", Label.CAPTION),
        ('<p class="wp-caption-text">A port</p>', Label.CAPTION),
        ("<table><caption>A port</caption></table>", Label.HEADING),
        ("<figure><table><caption>A port</caption></table></figure>", Label.HEADING),
        ("<h2>A port</h2>", Label.HEADING),
        ("<blockquote><p>A port</p></blockquote>", Label.QUOTE),
        ("<ul><li><a href=/>A port</a></ul>", Label.LIST),
        ("<nav><ul><li>A port</ul></nav>", Label.OTHER_BOILERPLATE),
        ('<p class="no-comments">A port</p>', Label.COMMENTS_NOTICE),
        ("<p>By <a rel=author href=/>A port</a></p>", Label.BODY),
        ("<p><a rel=author href=/>A port</a></p>", Label.BYLINE),
    ],
)
def test_the_markup_says_what_a_block_is(html: str, label: Label) -> None:
    assert [block.label for block in read(html)] == [label]


def test_the_path_names_elements_with_their_ids_and_classes() -> None:
    html = '<div id="page"><article class="post hentry md:p-2"><p><span class="credit">X/Reuters</span></article></div>'
    assert [block.path for block in read(html)] == ["div#page>article.post.hentry>p>span.credit"]


def test_link_density_is_the_share_of_letters_in_links() -> None:
    assert [block.link_density for block in read("<p>read <a href=/>this</a></p><p><a href=/>all</a></p>")] == [
        0.5,
        1.0,
    ]


@pytest.mark.parametrize(
    ("html", "behind"),
    [
        ('<p>Rain.</p><p><img src="a.jpg"></p><p>A tram</p><p>Snow.</p>', [False, True, False]),
        ('<p>Rain.</p><p><img src="a.jpg" width="640">A tram</p>', [False, True]),
        ('<p><a href="/a.jpg"><img src="a.jpg"></a></p><p>A tram<br><br>Snow</p>', [True, False]),
        ('<p>Rain <img src="smile.png"> fell.</p><p>Snow</p>', [False, False]),
        ('<p>Rain.</p><img src="pixel.gif" width="1" height="1"><p>Snow</p>', [False, False]),
        ('<p>Rain.</p><div hidden><img src="a.jpg"></div><p>Snow</p>', [False, False]),
    ],
    ids=["a picture", "in its paragraph", "linked", "inside text", "tracking pixel", "hidden"],
)
def test_a_block_knows_that_a_picture_stands_before_it(html: str, behind: list[bool]) -> None:
    assert [block.behind_image for block in read(html)] == behind


def test_what_the_markup_hides_is_not_visible() -> None:
    html = "<p>seen</p><p hidden>a</p><p style='DISPLAY: none'>b</p><script>c</script><dialog>e</dialog>"
    assert texts(html) == ["seen"]
    assert [block.text for block in blocks(parse(html, ""), hidden=True)] == ["seen", "a", "b", "e"]


def test_controls_and_overrides_go_and_joiners_and_marks_stay() -> None:
    assert texts("<p>a\x00b&#1;c\u202ed\u2066e\u00adf می\u200cرود \u200fg</p>") == ["abcdef می\u200cرود \u200fg"]


def test_a_page_nested_too_deep_is_refused() -> None:
    with pytest.raises(PermanentPageError) as caught:
        read("<div>" * 100_000 + "text")
    assert caught.value.reason is Reason.TOO_COSTLY


def test_a_page_of_too_many_elements_is_refused() -> None:
    with pytest.raises(PermanentPageError) as caught:
        parse("<p>x" * MAX_NODES, "")
    assert caught.value.reason is Reason.TOO_COSTLY


def test_a_page_of_too_many_blocks_is_refused() -> None:
    assert len(read("<p>x" * MAX_BLOCKS)) == MAX_BLOCKS
    with pytest.raises(PermanentPageError) as caught:
        read("<p>x" * (MAX_BLOCKS + 1))
    assert caught.value.reason is Reason.TOO_COSTLY


@pytest.mark.parametrize(
    "start", ["", "<title>Post</title>", "<!doctype html><head><title>Post</title><script>a</script>"]
)
def test_an_article_that_no_body_stands_before_is_read(start: str) -> None:
    rows = read(f"{start}<article><h1>A port</h1><p>One.</p></article>")
    assert [(row.text, row.path) for row in rows] == [("A port", "article>h1"), ("One.", "article>p")]


def test_an_attribute_of_megabytes_costs_no_text() -> None:
    assert texts(f"<p class='{'x ' * 1_000_000}'>one</p><p>two</p>") == ["one", "two"]


TAGS = st.sampled_from(["div", "p", "span", "a", "b", "li", "ul", "td", "tr", "table", "h2", "br", "blockquote", "x-y"])
WORDS = st.text("abcאبя \n\u00ad\x00\u202e🙂é", max_size=12)
PIECES = st.lists(st.one_of(TAGS.map(lambda tag: f"<{tag}>"), TAGS.map(lambda tag: f"</{tag}>"), WORDS), max_size=60)


@given(PIECES)
def test_every_visible_letter_stands_in_exactly_one_block_in_order(pieces: list[str]) -> None:
    tree = parse("<body>" + "".join(pieces), "")
    seen = "".join("".join(squeeze(block.text).split()) for block in blocks(tree))
    assert seen == "".join(squeeze("".join(tree.itertext())).split())


@given(PIECES)
def test_positions_count_up_and_texts_are_never_empty(pieces: list[str]) -> None:
    found = blocks(parse("<body>" + "".join(pieces), ""))
    assert [block.position for block in found] == list(range(len(found)))
    assert all(block.text.strip() for block in found)
