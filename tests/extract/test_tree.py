"""Text to a tree: what is dropped, what is bounded, and what stands behind the end."""

from __future__ import annotations

import pytest

from copydesk.errors import PermanentPageError
from copydesk.extract.tree import MAX_ATTRIBUTE_CHARS, MAX_NODES, parse
from copydesk.models import Outcome, Reason


def test_an_attribute_too_long_to_be_anything_but_data_is_dropped_alone() -> None:
    long = "x" * (MAX_ATTRIBUTE_CHARS + 1)
    (paragraph,) = parse(f"<p class=story data-image='{long}' title='{long[:-1]}'>Text", "").iter("p")
    assert set(paragraph.attrib) == {"class", "title"}


def test_a_page_of_too_many_elements_is_refused() -> None:
    with pytest.raises(PermanentPageError, match="a page may have") as caught:
        parse("<br>" * MAX_NODES, "https://post.example/a")
    assert (caught.value.outcome, caught.value.reason) == (Outcome.REFUSED, Reason.TOO_COSTLY)


def test_comments_and_instructions_are_no_part_of_the_tree() -> None:
    assert [element.tag for element in parse("<p>a<!-- b --><?php c ?>d</p>", "").iter()] == ["html", "body", "p"]


def test_what_stands_behind_the_end_of_the_page_is_in_it() -> None:
    assert len(parse("<body><p>a</body></html><p>b</p>", "").findall(".//p")) == 2
