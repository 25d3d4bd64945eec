"""The language by the text when the page lies."""

from __future__ import annotations

import pytest

from copydesk.extract.metadata.languages import choose_language, read_code

TEXTS = {
    "ar": "قال الوزير إن المحادثات بدأت في القاهرة صباح اليوم وتستمر حتى نهاية الأسبوع المقبل",
    "en": "The minister said that the talks had begun in the morning and would go on until the end of the week",
    "fr": "Le ministre a déclaré que les négociations ont commencé ce matin et dureront jusqu'à la fin de la semaine",
    "de": "Der Minister sagte, die Gespräche hätten am Morgen begonnen und würden bis zum Ende der Woche dauern",
    "ru": "Министр сообщил, что переговоры начались утром и продлятся до конца следующей недели",
    "fa": "وزیر گفت که مذاکرات صبح امروز آغاز شده است و تا پایان هفته آینده ادامه خواهد داشت",
    "he": "השר אמר כי השיחות החלו הבוקר ויימשכו עד סוף השבוע הבא, כך נמסר מלשכתו של ראש הממשלה",
    "zh": "部长表示，谈判今天上午开始，将持续到本周末。记者从现场报道，双方代表均已抵达会场并发表了简短的讲话。" * 2,
}


@pytest.mark.parametrize(("language", "text"), TEXTS.items())
def test_the_text_corrects_a_page_that_lies_and_confirms_one_that_does_not(language: str, text: str) -> None:
    lie = "en-US" if language != "en" else "fr"
    assert choose_language([lie], text) == (language, True)
    assert choose_language([lie, f"{language}-XX"], text) == (language, False)


def test_a_short_text_proves_nothing() -> None:
    assert choose_language(["ar-EG"], "OK") == ("ar", False)
    assert choose_language([], "OK") == (None, True)


@pytest.mark.parametrize(
    ("tag", "code"), [("ar-EG", "ar"), ("en_US", "en"), ("iw", "he"), ("english", None), ("", None)]
)
def test_language_tags_are_read(tag: str, code: str | None) -> None:
    assert read_code(tag) == code
