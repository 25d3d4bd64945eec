"""One form for texts that read the same, whatever the road by which it is reached."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.folding import REMEMBERED_CHARS, fold

SIGNS = "abE é\u0301\u0327\u3099äß“”’«»–…·`'\n\u00a0\u200f أإىی٣ةﷲ がか゛ 한\u1100\u1161 ★ İı"


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("  Don\u2019t\n  Miss\u00a0it ", "don't miss it"),
        ("Don`t miss it", "don't miss it"),
        ("• RÉSUMÉ →", "resume"),
        ("إقرأ أيضًا", "اقرا ايضا"),
        ("إقـــرأ أيضــًا", "اقرا ايضا"),
        ("کتاب‌های ۱۲", "كتابهاي 12"),
        ("ПОДПИШИТЕСЬ…", "подпишитесь..."),
        ("据新华社。", "据新华社."),
        ("ガ ｶﾞ", "ガ ガ"),
        ("ⓒ 연합", "© 연합"),  # no letter c, of which texts that begin with one would be copyright lines
    ],
)
def test_what_reads_the_same_folds_to_the_same(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text(st.sampled_from(SIGNS), max_size=40), st.text(st.sampled_from(SIGNS), max_size=40))
def test_spelling_in_parts_or_whole_signs_makes_no_difference(one: str, other: str) -> None:
    text = f"{one} {other}"
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


@given(st.text(st.sampled_from("abcDE éüß“”’–…`"), max_size=60))
def test_a_letter_of_another_script_changes_nothing_in_what_stands_before_it(text: str) -> None:
    assert fold(f"x{text}x. жест") == fold(f"x{text}x.") + " жест"


@given(st.text(st.sampled_from(SIGNS), min_size=1, max_size=20))
def test_folding_is_done_once(text: str) -> None:
    assert fold(fold(text)) == fold(text)


def test_texts_too_long_to_be_remembered_fold_alike() -> None:
    assert fold("Été " * REMEMBERED_CHARS) == ("ete " * REMEMBERED_CHARS).strip()
