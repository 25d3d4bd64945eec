"""Bytes to text: which charset a page is in, and its text without characters that HTML does not allow.

The ladder: byte order mark, HTTP header, the page's own `meta`, the language the page names, a guess from the bytes.
Labels mean what browsers take them to mean (https://encoding.spec.whatwg.org/#names-and-labels): iso-8859-1 is
windows-1252, gb2312 is gb18030.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator, Mapping
from email.message import Message

GUESS_BYTES = 64 * 1024
MAX_WRONG_SHARE = 0.02  # of the characters; above it a declared charset is not believed

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
_META = re.compile(
    rb"""<(?:meta|\?xml)\b[^>]{0,500}?\b(?:charset|encoding)\s*=\s*["']?\s*([\w:.\-]{2,40})""", re.IGNORECASE
)
_LANGUAGE = re.compile(rb"""<html\b[^>]{0,500}?\blang\s*=\s*["']?\s*([a-z]{2})""", re.IGNORECASE)
_META_BYTES = 8192
_TAG = re.compile(rb"<(script|style)\b.*?</\1|<[^>]*>", re.IGNORECASE | re.DOTALL)

# Python codec name -> the superset that browsers use for it.
_SUPERSETS = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "shift_jis": "cp932",
    "euc_kr": "cp949",
    "big5": "big5hkscs",
    "utf-16": "utf-16-le",
}
# Python codecs that are no charset of a page; utf-7 is one that browsers refuse, for what it can smuggle.
_NO_CHARSETS = frozenset(("undefined", "idna", "punycode", "unicode_escape", "raw_unicode_escape", "utf-7"))
# What browsers assume for pages in these languages that declare nothing.
_LEGACY = {
    "ar": "cp1256",
    "fa": "cp1256",
    "ur": "cp1256",
    "he": "cp1255",
    "ru": "cp1251",
    "bg": "cp1251",
    "uk": "cp1251",
    "sr": "cp1251",
    "mk": "cp1251",
    "el": "iso8859-7",
    "tr": "cp1254",
    "zh": "gb18030",
    "ja": "cp932",
    "ko": "cp949",
    "th": "cp874",
    "vi": "cp1258",
    "pl": "iso8859-2",
    "cs": "cp1250",
    "hu": "iso8859-2",
    "lt": "cp1257",
    "lv": "cp1257",
}
# Control bytes but for the white space among them. In any charset but UTF-16 they are no part of a character.
_CONTROLS = bytes(sorted({*range(0x20), 0x7F} - set(b"\t\n\f\r") - {0x1B}))
# UTF-8 that was taken for Latin-1 and encoded once more: a dash or a quotation mark, or three letters in a row. Looked
# for by its third byte, as the first one is that of most accented letters.
_SURELY_TWICE = re.compile(
    rb"\xc2(?:(?<=\xc3\xa2\xc2)\x80\xc2[\x80-\xbf]|(?<=\xc3[\x82-\xb4]\xc2)[\x80-\xbf](?:\xc2[\x80-\xbf]){0,2}"
    rb"(?:\xc3[\x82-\xb4](?:\xc2[\x80-\xbf]){1,3}){2})"
)
_TWICE = re.compile("[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")


def decode(body: bytes, headers: Mapping[str, str]) -> str:
    """The page's text. `headers` has lower-case names. Bytes that mean nothing in the charset become U+FFFD.

    What was encoded twice is mended, where a page surely has some of that.
    """
    name = charset(body, headers)
    clean = body if name.startswith("utf-16") else body.translate(None, _CONTROLS)
    text = clean.decode(name, "replace").removeprefix("\ufeff")
    return _TWICE.sub(_mended, text) if name == "utf-8" and is_encoded_twice(body) else text


def is_encoded_twice(body: bytes) -> bool:
    """Whether some of a page in UTF-8 was encoded once more: three signs for an apostrophe, two of them controls."""
    return _SURELY_TWICE.search(body) is not None


def _mended(found: re.Match[str]) -> str:
    try:
        return found[0].encode("latin-1").decode()
    except UnicodeDecodeError:
        return found[0]


def charset(body: bytes, headers: Mapping[str, str]) -> str:
    """The name of the Python codec the body is to be read with."""
    for bom, name in _BOMS:
        if body.startswith(bom):
            return name
    utf8 = _is_utf8(body)
    for name in _declared(body, headers):
        # A server's default label on a page that is UTF-8 is the most common lie of all.
        if utf8 and name == "cp1252":
            continue
        if _fits(body, name):
            return name
    return "utf-8" if utf8 else _guess(body)


def codec(label: str) -> str | None:
    """The Python codec that a charset label of the web means, None for a label that means nothing."""
    for spelling in (label.strip(), label.strip().lower().removeprefix("x-")):
        try:
            name = codecs.lookup(spelling).name
        except (LookupError, ValueError):
            continue
        if name in _NO_CHARSETS or not codecs.lookup(name)._is_text_encoding:  # noqa: SLF001 - no other way to know
            return None
        return _SUPERSETS.get(name, name)
    return None


def _declared(body: bytes, headers: Mapping[str, str]) -> Iterator[str]:
    message = Message()
    message["content-type"] = headers.get("content-type", "").replace("\n", " ").replace("\r", " ")
    labels = [message.get_content_charset()]
    if found := _META.search(body[:_META_BYTES]):
        labels.append(found[1].decode("ascii", "ignore"))
    for index, label in enumerate(labels):
        name = codec(label) if label else None
        # A meta that can be read as ASCII cannot stand in UTF-16: browsers read such pages as UTF-8.
        if name and index and name.startswith("utf-16"):
            name = "utf-8"
        if name:
            yield name


def _is_utf8(body: bytes) -> bool:
    try:
        body.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.reason == "unexpected end of data"  # cut in the middle of the last character
    return True


def _fits(body: bytes, name: str) -> bool:
    try:
        text = body.decode(name, "replace")
    except (LookupError, UnicodeError):
        return False
    return text.count("\ufffd") <= max(1, MAX_WRONG_SHARE * (len(text) - len(text.encode("ascii", "ignore"))))


def _guess(body: bytes) -> str:
    found = _LANGUAGE.search(body[:_META_BYTES])
    legacy = _LEGACY.get(found[1].decode("ascii").lower()) if found else None
    if legacy and _fits(body, legacy):
        return legacy
    if body.count(b"\xef\xbf\xbd") or _mostly_utf8(body):
        return "utf-8"
    return _guess_from_letters(_TAG.sub(b" ", body)[:GUESS_BYTES])


def _mostly_utf8(body: bytes) -> bool:
    """Whether the few wrong bytes stand among many right multi-byte characters: a UTF-8 page with a scar."""
    text = body.decode("utf-8", "replace")
    wrong = text.count("\ufffd")
    return wrong <= 0.1 * (len(text) - len(text.encode("ascii", "ignore")))


def _guess_from_letters(letters: bytes) -> str:
    import charset_normalizer  # noqa: PLC0415 - only pages that declare nothing need it

    best = charset_normalizer.from_bytes(letters).best()
    name = codec(best.encoding) if best else None
    return name or "cp1252"
