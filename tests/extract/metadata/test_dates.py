"""Dates as the world's pages write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.extract.metadata.dates import locale, read_instant


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2024-08-13T10:20:30+03:00", "2024-08-13T10:20:30+03:00"),
        ("2024-08-13T10:20:30.123Z", "2024-08-13T10:20:30+00:00"),
        ("2024-08-13 10:20", "2024-08-13T10:20:00+00:00"),
        ("2024-08-13", "2024-08-13T00:00:00+00:00"),
        ("20240813", "2024-08-13T00:00:00+00:00"),
        ("Tue, 13 Aug 2024 10:20:30 -0400", "2024-08-13T10:20:30-04:00"),
        ("1723544430", "2024-08-13T10:20:30+00:00"),
        ("1723544430000", "2024-08-13T10:20:30+00:00"),
        ("Published: August 13, 2024 4:05 PM EDT", "2024-08-13T16:05:00-04:00"),
        ("13th August 2024", "2024-08-13T00:00:00+00:00"),
        ("13. August 2024, 10:20 Uhr", "2024-08-13T10:20:00+00:00"),
        ("le 1er août 2024 à 18h05", "2024-08-01T18:05:00+00:00"),
        ("13 de agosto de 2024", "2024-08-13T00:00:00+00:00"),
        ("13 agosto 2024", "2024-08-13T00:00:00+00:00"),
        ("13 августа 2024 г., 10:20 МСК", "2024-08-13T10:20:00+03:00"),
        ("13 Ağustos 2024", "2024-08-13T00:00:00+00:00"),
        ("13 באוגוסט 2024", "2024-08-13T00:00:00+00:00"),
        ("2024年8月13日", "2024-08-13T00:00:00+00:00"),
        ("2024년 8월 13일", "2024-08-13T00:00:00+00:00"),
        ("13 آب/أغسطس 2024", "2024-08-13T00:00:00+00:00"),
        ("٦ كانون الثاني ٢٠٢١", "2021-01-06T00:00:00+00:00"),
        ("6 يناير/كانون الثاني 2021", "2021-01-06T00:00:00+00:00"),
        ("١٣ غشت ٢٠٢٤", "2024-08-13T00:00:00+00:00"),
        ("13 أوت 2024", "2024-08-13T00:00:00+00:00"),
        ("الثلاثاء 9 صفر 1446 هـ - 13 أغسطس 2024 م 10:20 ص", "2024-08-13T10:20:00+00:00"),
        ("1446/02/09 - 2024/08/13", "2024-08-13T00:00:00+00:00"),
        ("۱۳ اوت ۲۰۲۴", "2024-08-13T00:00:00+00:00"),
        ("13/08/2024", "2024-08-13T00:00:00+00:00"),
        ("Do 25.04.24 | 14:07 Uhr", "2024-04-25T14:07:00+00:00"),
        ("13 AĞUSTOS 2024 SALI", "2024-08-13T00:00:00+00:00"),
        ("2 KASIM 2024", "2024-11-02T00:00:00+00:00"),
        ("7 EKİM 2024", "2024-10-07T00:00:00+00:00"),
        ("13 Αυγούστου 2024", "2024-08-13T00:00:00+00:00"),
        ("13. elokuuta 2024", "2024-08-13T00:00:00+00:00"),
        ("2024. augusztus 13.", "2024-08-13T00:00:00+00:00"),
        ("13. srpna 2024", "2024-08-13T00:00:00+00:00"),
        ("13 august 2024", "2024-08-13T00:00:00+00:00"),
        ("13 серпня 2024", "2024-08-13T00:00:00+00:00"),
        ("13 Agustus 2024", "2024-08-13T00:00:00+00:00"),
        ("13 tháng 8, 2024", "2024-08-13T00:00:00+00:00"),
        ("13 अगस्त 2024", "2024-08-13T00:00:00+00:00"),
        ("13 फरवरी 2024", "2024-02-13T00:00:00+00:00"),
        ("13 اگست 2024", "2024-08-13T00:00:00+00:00"),
        ("13 d’agost de 2024", "2024-08-13T00:00:00+00:00"),
        ("פורסם ב-13.8.2024 בשעה 10:20", "2024-08-13T10:20:00+00:00"),
        ("发布时间：2024年08月13日 10:20", "2024-08-13T10:20:00+00:00"),
        ("2024年8月13日 10時20分 JST", "2024-08-13T10:20:00+00:00"),
        ("نشر في 13 آب 2024", "2024-08-13T00:00:00+00:00"),
        ("٣ تشرين الأول ٢٠٢٤", "2024-10-03T00:00:00+00:00"),
        ("13 جويلية 2024", "2024-07-13T00:00:00+00:00"),
        ("13 شتنبر 2024", "2024-09-13T00:00:00+00:00"),
        ("13 دجنبر 2024", "2024-12-13T00:00:00+00:00"),
        ("الخميس 9 صفر 1446هـ الموافق 15 أغسطس 2024م", "2024-08-15T00:00:00+00:00"),
        ("۲۳ مرداد ۱۴۰۳ - ۱۰:۲۰", "2024-08-13T10:20:00+00:00"),
        ("سه‌شنبه ۲۳ مرداد ماه ۱۴۰۳", "2024-08-13T00:00:00+00:00"),
        ("۳۰ اسفند ۱۴۰۳", "2025-03-20T00:00:00+00:00"),
        ("۲۳ اسد ۱۴۰۳", "2024-08-13T00:00:00+00:00"),
    ],
)
def test_a_date_is_read_in_its_language(text: str, expected: str) -> None:
    instant = read_instant(text, "en")
    assert instant is not None
    assert instant.isoformat() == expected


def test_the_language_decides_between_day_and_month() -> None:
    assert [str(read_instant("3/4/2024", language))[:10] for language in ("en", "fr")] == ["2024-03-04", "2024-04-03"]


def test_numbers_of_the_persian_calendar_are_read_where_the_language_is_persian() -> None:
    assert [str(read_instant("۱۴۰۳/۰۵/۲۳", language))[:10] for language in ("fa", "ar")] == ["2024-08-13", "None"]


@pytest.mark.parametrize(
    ("claims", "language", "url", "expected"),
    [
        (["en-GB"], "en", "https://post.example/", "2024-04-03"),
        (["en-US"], "en", "https://post.example/", "2024-03-04"),
        (["en-US"], "en", "https://post.co.uk/", "2024-04-03"),
        (["en"], "fr", "https://post.example/", "2024-04-03"),
    ],
)
def test_the_pages_region_or_its_country_decides_between_day_and_month(
    claims: list[str], language: str, url: str, expected: str
) -> None:
    assert str(read_instant("3/4/2024", locale(claims, language, url)))[:10] == expected


@pytest.mark.parametrize(
    "text",
    ["31 اسفند 1403", "30 اسفند 1402", "9 محرم 1446", "version 10.12.24.1", "10.20.30.40", "12 monkeys 2024"],
)
def test_what_only_looks_like_a_date_is_none(text: str) -> None:
    assert read_instant(text) is None


@pytest.mark.parametrize("text", ["", "soon", "9 صفر 1446 هـ", "31 February 2024", "tel. 020 7946 0958", "12345"])
def test_what_is_no_gregorian_date_is_none(text: str) -> None:
    assert read_instant(text) is None


@given(st.text("0123456789/-.: TZ+marchي", max_size=300))
def test_any_text_gives_an_instant_with_a_zone_or_none(text: str) -> None:
    instant = read_instant(text)
    assert instant is None or instant.tzinfo is not None


def test_a_persian_year_in_numbers_is_known_without_a_language_and_is_none_in_arabic() -> None:
    persian = read_instant("تاریخ انتشار: ۱۴۰۳/۰۵/۲۳")
    assert persian is not None
    assert persian.date().isoformat() == "2024-08-13"
    assert read_instant("١٤٤٦/٠٢/٠٩", "ar") is None
