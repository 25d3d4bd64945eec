"""A pattern asked in its light form first says what it says when it is asked itself."""

from __future__ import annotations

import re
from itertools import islice

import pytest
import re2
from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.clean.lines import line_of
from copydesk.clean.patterns import NO_LETTERS, Pattern, compile_pattern, inner_pattern, whole_pattern
from copydesk.clean.rule import MAX_LINE_CHARS
from copydesk.clean.rulebook import standard_rulebook
from copydesk.models import Block

_SIGNS = "ab z0-.é漢ومЯ€☎·\u0301\u0940 "  # of these the euro, telephone, dot and the two marks are no letters
_CLASSES = (r"\pL", r"[\pL' -]", r"[^\pL]", r"[^\pL.]", r"[^.]", r"[é€\]\pL]", r"\PL", r"\pN", r"\W", ".", r"[\\\pL]")


def _patterns() -> st.SearchStrategy[str]:
    leaf = st.sampled_from((*_CLASSES, *_CLASSES[:2], r"\b", *map(re.escape, _SIGNS)))
    several = st.lists(leaf, min_size=1, max_size=3)
    group = several.map(lambda parts: f"(?:{'|'.join(parts)})")
    repeated = st.tuples(st.one_of(leaf, group), st.sampled_from(("?", "*", "+", "{1,3}", ""))).map("".join)
    return st.lists(repeated, min_size=1, max_size=4).map("".join)


@settings(max_examples=800, deadline=None)
@given(_patterns(), st.text(_SIGNS, max_size=6))
def test_a_pattern_matches_what_it_matches_by_itself(pattern: str, text: str) -> None:
    itself = compile_pattern(pattern)
    assert Pattern(pattern).matches(text) == (itself.fullmatch(text) is not None)
    assert Pattern(pattern, inside=True).matches(text) == (itself.search(text) is not None)


def test_signs_that_are_taken_for_no_letters_are_none() -> None:
    signs = "".join(chr(sign) for first, last in NO_LETTERS for sign in range(first, last + 1))
    assert compile_pattern(r"\pL").search(signs) is None


@pytest.mark.parametrize("text", ["€", "a☎", "क\u0940"])
def test_signs_that_are_no_letters_stand_for_none(text: str) -> None:
    assert not whole_pattern(r"\pL+").matches(text)
    assert whole_pattern(r"[^\pL]|\pL[^\pL]").matches(text)


def test_signs_that_mean_themselves_are_left_alone() -> None:
    assert whole_pattern(r"\Q\pL\E").matches(r"\pL")
    assert not whole_pattern(r"\Q\pL\E").matches("é")


def test_what_cannot_be_read_is_an_error_at_once() -> None:
    for make in (whole_pattern, inner_pattern, compile_pattern):
        with pytest.raises(re2.error):
            make(r"(?:\pL")


def test_the_rules_that_come_with_copydesk_match_what_their_patterns_do() -> None:
    rules = [rule for rule in standard_rulebook().rules if r"\pL" in rule.pattern]
    foreign = [text for rule in rules[::40] for text in islice(rule.must, 1)]
    matched = 0
    for rule in rules:
        itself = compile_pattern(rule.pattern)
        for text in (*rule.must, *rule.must_not, *foreign):
            folded = line_of(Block(0, text), MAX_LINE_CHARS).folded
            assert whole_pattern(rule.pattern).matches(folded) == (itself.fullmatch(folded) is not None), rule.rule_id
            matched += itself.fullmatch(folded) is not None
    assert matched > len(rules)
