"""What a block's own text looks like."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import Final

import numpy as np

from copydesk.extract.features.sheet import PROSE_CHARS, Numbers, Sheet, between, shifted, shifted_flags, within
from copydesk.extract.lexicon import words_of
from copydesk.extract.match import letters

TEXT: Final = (
    *("length", "words", "density", "density_near", "length_before", "length_behind", "long_near", "repeats"),
    *("function_words", "function_words_near", "capitalised", "word_length", "sentences", "sentence_length"),
    *("ends", "opens", "digits", "capitals", "commas", "pipes"),
    *("teaser", "year", "copyright", "address", "span_of_time", "question", "price"),
    *("titled", "of_title", "of_summary", "is_summary"),
)

_ENDS: Final = tuple(".!?…。！？؟۔:;")
_CLOSING: Final = "'\"”’»)]"
_YEAR: Final = re.compile(r"\b(?:19|20)\d\d\b")
_SPAN_OF_TIME: Final = re.compile(r"\b\d{1,4}\s?(?:min|hour|day|week|month|year)", re.IGNORECASE)
_PRICE: Final = re.compile(r"[$€£]\s?\d")
_DIGITS: Final = ((0x30, 0x39), (0x660, 0x669), (0x6F0, 0x6F9))
_CAPITALS: Final = ((0x41, 0x5A), (0xC0, 0xDE), (0x100, 0x17D), (0x391, 0x3A9), (0x410, 0x42F))
_SPACES: Final = ((0x0A, 0x0A), (0x20, 0x20))
_STOPS: Final = tuple((point, point) for point in map(ord, ".!?。！？؟۔"))
_COMMAS: Final = ((0x2C, 0x2C),)
_PIPES: Final = ((0x7C, 0x7C), (0xB7, 0xB7))
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
class Declared:
    """What is known of the article beside its blocks: its title and summary, empty where the page's data give none."""

    title: str = ""
    summary: str = ""


def text(sheet: Sheet, known: Declared) -> list[Numbers]:
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
    function_words = np.array([sum(map(_FUNCTION_WORDS.__contains__, words)) for words in sheet.words], np.float64)
    spaces, starts = within(sheet.points, _SPACES), np.zeros(len(sheet.points), np.bool_)
    starts[sheet.starts] = True
    begins = starts | shifted_flags(spaces, 1)
    begun, large = sheet.counted(begins & ~spaces), sheet.counted(begins & within(sheet.points, _CAPITALS))
    sentences = sheet.counted(within(sheet.points, _STOPS) & (shifted_flags(spaces | starts, -1)))
    return [
        function_words / sheet.word_counts,
        between(function_words, -3, 3) / between(sheet.word_counts, -3, 3),
        large / np.maximum(1, begun),
        sheet.chars / sheet.word_counts,
        sentences,
        sheet.chars / np.maximum(1, sentences),
    ]


def _letters(sheet: Sheet) -> list[Numbers]:
    ranges = (_DIGITS, _CAPITALS, _COMMAS, _PIPES)
    digits, capitals, commas, pipes = (sheet.counted(within(sheet.points, points)) for points in ranges)
    return [
        sheet.each(lambda text: text.rstrip(_CLOSING).endswith(_ENDS)),
        sheet.each(lambda text: text[:1].isupper()),
        *(digits / sheet.chars, capitals / sheet.chars, commas / sheet.chars, pipes),
        *np.array([_signs(text, has_digits) for text, has_digits in zip(sheet.texts, digits > 0, strict=True)]).T,
    ]


def _signs(text: str, has_digits: bool) -> tuple[float, ...]:
    """What a block's text has in it: the columns from "teaser" to "price"."""
    lower = text.lower()
    return (
        text.endswith(("…", "...")),
        has_digits and _YEAR.search(text) is not None,
        "©" in text or "(c)" in lower or "copyright" in lower or "all rights" in lower,
        "://" in text or "www." in lower or "@" in text,
        has_digits and _SPAN_OF_TIME.search(text) is not None,
        text.endswith(("?", "？", "؟")),
        has_digits and _PRICE.search(text) is not None,
    )


def _likeness(sheet: Sheet, known: Declared) -> list[Numbers]:
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
