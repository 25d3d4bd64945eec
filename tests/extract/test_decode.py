"""Bytes to text: the ladder of charsets."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.extract.decode import codec, decode

ARABIC = "قال الوزير إن المحادثات بدأت في القاهرة صباح اليوم وتستمر حتى نهاية الأسبوع"
RUSSIAN = "Министр сообщил, что переговоры начались утром и продлятся до конца недели"
CHINESE = "部长表示，谈判今天上午开始，将持续到本周末。记者从现场报道。"
JAPANESE = "大臣は、交渉が今朝始まり、週末まで続くと述べた。①"
FRENCH = "Le ministre a déclaré : « les négociations ont commencé » — c’est l’œuvre d’été"


def page(text: str, head: str = "") -> str:
    return f"<html><head>{head}</head><body><p>{text}</p></body></html>"


@pytest.mark.parametrize(
    ("text", "label", "encoding"),
    [
        (ARABIC, "windows-1256", "cp1256"),
        (RUSSIAN, "windows-1251", "cp1251"),
        (RUSSIAN, "koi8-r", "koi8-r"),
        (FRENCH, "iso-8859-1", "cp1252"),
        (CHINESE, "gb2312", "gb18030"),
        (CHINESE, "Big5", "big5hkscs"),
        (JAPANESE, "Shift_JIS", "cp932"),
        (JAPANESE, "x-sjis", "cp932"),
    ],
)
@pytest.mark.parametrize("place", ["header", "meta", "http-equiv"])
def test_a_declared_charset_means_what_browsers_take_it_for(text: str, label: str, encoding: str, place: str) -> None:
    heads = {
        "meta": f"<meta charset={label}>",
        "http-equiv": f'<meta http-equiv="Content-Type" content="text/html; charset={label}">',
    }
    headers = {"content-type": f'text/html; charset="{label}"'} if place == "header" else {}
    text = text.encode(encoding, "ignore").decode(encoding)
    body = page(text, heads.get(place, "")).encode(encoding)
    assert text in decode(body, headers)


def test_the_header_is_stronger_than_the_meta() -> None:
    body = page(ARABIC, "<meta charset=windows-1251>").encode("cp1256")
    assert ARABIC in decode(body, {"content-type": "text/html; charset=windows-1256"})


def test_a_byte_order_mark_is_stronger_than_the_header() -> None:
    body = page(RUSSIAN).encode("utf-16")
    assert RUSSIAN in decode(body, {"content-type": "text/html; charset=windows-1252"})


def test_utf8_under_a_servers_default_label_is_utf8() -> None:
    assert ARABIC in decode(page(ARABIC).encode(), {"content-type": "text/html; charset=ISO-8859-1"})


def test_windows_bytes_under_a_utf8_label_are_not_read_as_utf8() -> None:
    body = page(ARABIC, "<meta charset=windows-1256>").encode("cp1256")
    assert ARABIC in decode(body, {"content-type": "text/html; charset=utf-8"})


def test_one_broken_character_does_not_change_the_charset() -> None:
    body = page(ARABIC + "@" + ARABIC).encode().replace(b"@", b"\xff")
    assert decode(body, {"content-type": "text/html; charset=utf-8"}).count(ARABIC) == 2


def test_a_page_that_says_nothing_is_utf8_though_some_of_it_is_broken() -> None:
    body = page(ARABIC + "@" + ARABIC).encode().replace(b"@", b"\xff")
    assert decode(body, {}).count(ARABIC) == 2


def test_utf8_that_ends_amid_a_character_is_utf8() -> None:
    body = f"<p>{ARABIC}".encode()[:-1]
    assert ARABIC[:-1] in decode(body, {"content-type": "text/html; charset=iso-8859-1"})


@pytest.mark.parametrize("label", ["utf-16", "utf-16be"])
def test_a_page_that_can_be_read_so_far_as_to_say_that_it_is_utf16_is_not(label: str) -> None:
    assert FRENCH in decode(page(FRENCH, f"<meta charset={label}>").encode(), {})


def test_few_letters_are_read_as_the_page_s_language_has_them() -> None:
    assert "İğne" in decode('<html lang="tr">İğne'.encode("cp1254"), {})
    assert "Żółw" in decode('<html lang="pl">Żółw'.encode("iso8859-2"), {})


@pytest.mark.parametrize(
    ("text", "language", "encoding"),
    [(ARABIC, "ar", "cp1256"), (RUSSIAN, "ru", "cp1251"), (CHINESE, "zh-CN", "gb18030"), (JAPANESE, "ja", "cp932")],
)
def test_the_language_tells_the_charset_of_a_page_that_declares_none(text: str, language: str, encoding: str) -> None:
    body = f'<html lang="{language}">{text}'.encode(encoding)
    assert text in decode(body, {})


@pytest.mark.parametrize(
    ("text", "encoding"), [(RUSSIAN * 5, "cp1251"), (CHINESE * 5, "gb18030"), (ARABIC * 5, "cp1256")]
)
def test_a_page_that_says_nothing_is_guessed_from_its_letters(text: str, encoding: str) -> None:
    assert text in decode(page(text).encode(encoding), {})


@pytest.mark.parametrize("label", ["rot13", "hex", "no-such-charset", "", "a b", "undefined", "utf-7"])
def test_a_label_that_is_no_charset_means_nothing(label: str) -> None:
    assert codec(label) is None


@given(st.binary(max_size=200), st.text(max_size=40))
def test_any_bytes_and_any_header_give_text_without_nulls(body: bytes, header: str) -> None:
    assert "\x00" not in decode(body, {"content-type": header}) or body.startswith((b"\xff\xfe", b"\xfe\xff"))


def encoded_twice(text: str) -> str:
    return text.encode().decode("latin-1")


def test_what_a_site_encoded_twice_is_mended() -> None:
    told = "The harbour’s cranes – “all of them” – are near the café, Ærø, Łódź, 港口 and 🏗"
    assert told in decode(page(encoded_twice(told)).encode(), {})
    assert ARABIC in decode(page(encoded_twice(ARABIC)).encode(), {"content-type": "text/html; charset=utf-8"})
    mixed = f"Menü … {encoded_twice('the crew’s café')} and the other café"
    assert "Menü … the crew’s café and the other café" in decode(page(mixed).encode(), {})


@pytest.mark.parametrize(
    "text",
    [
        "Ã© is what becomes of é",  # no sign that nobody would write
        "Â la carte, Ángel, Ça va, Øre, â ê î ô û",
        "Viel Spaß\u0094 im CAFÉ\u0094 mit Öl\u0085",  # of a page in Windows' charset that was taken for Latin-1
        "«CAFÉ»«Ñ»",
        "vil\u0085 and \u0080",  # control characters by themselves
        "â€™ is what Windows makes of it",
    ],
)
def test_letters_that_may_be_meant_stay_as_they_are(text: str) -> None:
    assert text in decode(page(text).encode(), {"content-type": "text/html; charset=utf-8"})


def test_half_of_a_character_that_was_encoded_twice_stays() -> None:
    assert "\u00e2\u0080 and ’" in decode(page("\u00e2\u0080 and \u00e2\u0080\u0099").encode(), {})
