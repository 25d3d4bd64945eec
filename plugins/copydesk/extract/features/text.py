"""What a block's own text looks like."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np

from copydesk.extract.features.sheet import PROSE_CHARS, Numbers, Sheet, between, shifted, words_of
from copydesk.extract.match import letters

TEXT: Final = (
    *("length", "words", "density", "density_near", "length_before", "length_behind", "long_near", "repeats"),
    *("function_words", "function_words_near", "capitalised", "word_length", "sentences", "sentence_length"),
    *("ends", "opens", "digits", "capitals", "commas", "pipes"),
    *("teaser", "year", "copyright", "address", "span_of_time", "question", "price"),
    *("titled", "of_title", "of_summary", "is_summary"),
)

_END: Final = re.compile(r"[.!?…。！？؟۔:;]['\"”’»)\]]*\Z")
_SENTENCE: Final = re.compile(r"[.!?。！？؟۔]['\"”’»)]*(?:\s|\Z)")
_DIGIT: Final = re.compile(r"\d")
_CAPITAL: Final = re.compile(r"[A-ZÀ-ÖØ-ÞĀ-ŽΑ-ΩА-ЯЁ]")
_SIGNS: Final = (
    re.compile(r"(?:…|\.\.\.)\s*\Z"),
    re.compile(r"\b(?:19|20)\d\d\b"),
    re.compile(r"©|\(c\)|copyright|all rights", re.IGNORECASE),
    re.compile(r"https?://|www\.|@\w"),
    re.compile(r"\b\d{1,4}\s?(?:min|hour|day|week|month|year)", re.IGNORECASE),
    re.compile(r"[?？؟]\Z"),
    re.compile(r"[$€£]\s?\d"),
)
# The most frequent words of languages: where there are some, there is a sentence.
_FUNCTION_WORDS: Final = frozenset(
    word
    for line in (
        "the of and to in a is that for it as was with be by on not he his but at are this have from or had an they",
        "which one you were all her she there would their we him been has when who will no more if out so de la le les",
        "et des un une en du que est pour dans qui pas au par sur il ne se der die und den von zu das mit sich auf für",
        "ist im dem nicht ein eine als auch es werden aus er hat dass sie nach bei el los y las con para del su al lo",
        "come più di che è per della non sono da o e os um uma não em do dos na и в не на что я с он как это по но они",
        "из за у от так ve bir bu için ile olarak في من على أن إلى التي عن مع هذا ما لا كان את של על לא הוא כי",
        "עם به از که این را",
    )
    for word in line.split()
)
MIN_SUMMARY: Final = 20  # letters
SUMMARY_START: Final = 60  # letters that are enough to know it by
MOST_REPEATS: Final = 5


@dataclass(frozen=True, slots=True)
class Known:
    """What is known of the article beside its blocks: its title and summary, empty where the page's data give none."""

    title: str = ""
    summary: str = ""


def text(sheet: Sheet, known: Known) -> list[Numbers]:
    """The columns of TEXT."""
    return [*_size(sheet), *_wording(sheet), *_letters(sheet), *_likeness(sheet, known)]


def _size(sheet: Sheet) -> list[Numbers]:
    near = between(np.ones(sheet.size), -2, 2)
    repeats = Counter(sheet.keys)
    return [
        *(sheet.chars, sheet.word_counts, sheet.density, between(np.round(sheet.density * 1000), -2, 2) / near),
        *(shifted(sheet.chars, 1), shifted(sheet.chars, -1), between(sheet.chars >= PROSE_CHARS, -2, 2) / near),
        np.array([min(MOST_REPEATS, repeats[key]) for key in sheet.keys], np.float64),
    ]


def _wording(sheet: Sheet) -> list[Numbers]:
    function_words = np.array([sum(word in _FUNCTION_WORDS for word in words) for words in sheet.words], np.float64)
    sentences = sheet.each(lambda text: len(_SENTENCE.findall(text)))
    return [
        function_words / sheet.word_counts,
        between(function_words, -3, 3) / between(sheet.word_counts, -3, 3),
        sheet.each(_capitalised),
        sheet.chars / sheet.word_counts,
        sentences,
        sheet.chars / np.maximum(1, sentences),
    ]


def _capitalised(text: str) -> float:
    words = text.split()
    return sum(word[:1].isupper() for word in words) / max(1, len(words))


def _letters(sheet: Sheet) -> list[Numbers]:
    def share(pattern: re.Pattern[str]) -> Callable[[str], float]:
        return lambda text: len(pattern.findall(text)) / len(text)

    def has(pattern: re.Pattern[str]) -> Callable[[str], float]:
        return lambda text: pattern.search(text) is not None

    return [
        *(sheet.each(has(_END)), sheet.each(lambda text: text[:1].isupper())),
        *(sheet.each(share(_DIGIT)), sheet.each(share(_CAPITAL)), sheet.each(lambda text: text.count(",") / len(text))),
        sheet.each(lambda text: text.count("|") + text.count("·")),
        *(sheet.each(has(sign)) for sign in _SIGNS),
    ]


def _likeness(sheet: Sheet, known: Known) -> list[Numbers]:
    """How much of the title and of the summary a block holds."""
    title, summary = letters(known.title), letters(known.summary)

    def share(told: str) -> Numbers:
        told_words = set(words_of(told)) - _FUNCTION_WORDS
        held = [len(told_words.intersection(words)) for words in sheet.words]
        return np.array(held, np.float64) / max(1, len(told_words))

    def is_summary(key: str) -> bool:
        return bool(summary) and len(key) > MIN_SUMMARY and (key.startswith(summary[:SUMMARY_START]) or key in summary)

    return [
        np.array([bool(key) and key == title for key in sheet.keys], np.float64),
        *(share(known.title), share(known.summary)),
        np.array([is_summary(key) for key in sheet.keys], np.float64),
    ]
