"""A clue is a condition that every text meets which a pattern matches: no text is missed for want of one."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.clean.clues import Kind, clues
from copydesk.clean.finder import Finder
from copydesk.clean.groups import groups
from copydesk.clean.patterns import compile_pattern
from copydesk.folding import fold

_WORDS = ("read", "also", "by", "photo", "reuters", "x", "ein", "é", "ومن", "图片", "re", "-", "(", "1", "don't")


def found(pattern: str, text: str) -> bool:
    return bool(Finder([(0, groups(pattern))]).suspects(text))


def _patterns() -> st.SearchStrategy[str]:
    leaf = st.one_of(
        st.sampled_from(_WORDS).map(re.escape),
        st.sampled_from((".", ".*", r"\pL+", r"\d{1,2}", "[(\\[]", "[a-z]+", r"\b", "$", " ", r"\W", "[^.]*", "[x!-]")),
    )

    def deeper(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
        group = st.lists(inner, min_size=1, max_size=3).map(lambda parts: f"(?:{'|'.join(parts)})")
        repeated = st.tuples(group, st.sampled_from(("?", "*", "+", "{2}", "{0,2}", ""))).map("".join)
        return st.lists(st.one_of(inner, repeated), min_size=1, max_size=4).map("".join)

    return st.recursive(leaf, deeper, max_leaves=12)


_texts = st.lists(st.sampled_from((*_WORDS, " ", " ", "alsoread", "é1", "2")), max_size=8).map(
    lambda parts: fold("".join(parts))
)


@settings(max_examples=600, deadline=None)
@given(_patterns(), _texts)
def test_a_text_that_a_pattern_matches_is_found_for_it(pattern: str, text: str) -> None:
    if compile_pattern(pattern).fullmatch(text) is not None:
        assert found(pattern, text)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("read also.*", "ready to go"),
        (".*(?:sign up|subscribe).*", "nothing to see in here"),
        (r".*\bnewsletters?\b.*", "the letters of the editor"),
        (".*(?:版权所有|翻印必究).*", "今天天气很好"),
        (r"[\pL' -]+ ?[(\[](?:reuters|afp)[)\]]", "a line without brackets"),
        ("(?:advertisement|ad)", "adding up"),
        (r"(?:by )?\d{1,2} (?:may|june)", "by all means"),
        (r".*[ ](?:donate|give)\b.*[ ](?:coffee|newsroom).*", "they donate blood and give a day"),
        (r"[\pL ]+, \d{1,2} [a-z]+", "paris, the city of light"),
        (r".*okuma[: ]*\d+", "a line about something else"),
    ],
)
def test_texts_without_what_a_pattern_wants_are_not_tried(pattern: str, text: str) -> None:
    assert not found(pattern, text)


@pytest.mark.parametrize("pattern", [r"(?i)read", r"\Qread\E", "(?P<x", "[^.]*", r"\pL+ \pL+", "a{,2}"])
def test_patterns_that_tell_nothing_or_cannot_be_read_are_tried_on_every_text(pattern: str) -> None:
    assert clues(pattern) is None
    assert found(pattern, "any text")


def test_words_are_told_from_pieces_of_words() -> None:
    assert clues(".*[ ]photo.*") == {(Kind.WORD, "photo"): frozenset()}
    assert clues(".*photo.*") == {(Kind.PIECE, "phot"): frozenset()}


def test_a_second_part_is_wanted_beside_the_first_but_not_what_that_says_itself() -> None:
    donated, coffee = (Kind.WORD, "donat"), (Kind.WORD, "coffe")
    assert clues(".* donate .* coffee .*") == {donated: frozenset({coffee})}
    assert clues("read also: .* podcast") == {(Kind.START, "read "): frozenset({(Kind.WORD, "also")})}


def test_of_a_key_of_two_branches_what_either_wants_beside_it_is_enough() -> None:
    told = clues(".* (?:donate .* coffee|donate .* dinner) .*")
    assert told == {(Kind.WORD, "donat"): frozenset({(Kind.WORD, "coffe"), (Kind.WORD, "dinne")})}


def test_letters_of_an_alphabet_are_no_rare_signs_but_ideographs_are() -> None:
    assert clues(".*د.*") is None
    assert clues(".*摄.*") == {(Kind.SIGN, "摄"): frozenset()}


def test_folded_texts_are_in_the_case_that_clues_are_in() -> None:
    changed = [chr(number) for number in range(0x20, 0x30000) if not 0xD800 <= number < 0xE000]
    assert [sign for sign in changed if fold(f"a{sign}a").casefold() != fold(f"a{sign}a")] == []
