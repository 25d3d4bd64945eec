"""Which script a language is written in, and how much of a text is. Pure."""

from __future__ import annotations

import unicodedata
from collections import Counter
from functools import lru_cache

_LATIN = ("LATIN",)
_CYRILLIC = ("CYRILLIC",)
_ARABIC = ("ARABIC",)
_DEVANAGARI = ("DEVANAGARI",)
# fmt: off
_IN_LATIN_LETTERS = (
    "af", "az", "ca", "cs", "cy", "da", "de", "en", "es", "et", "eu", "fi", "fr", "ga", "gl", "ha", "hr", "hu", "id",
    "is", "it", "lt", "lv", "ms", "mt", "nb", "nl", "nn", "no", "pl", "pt", "ro", "sk", "sl", "so", "sq", "sv", "sw",
    "tl", "tr", "vi", "yo",
)
# fmt: on

# The first word of the Unicode names of a script's letters. A language that is not listed is not judged.
SCRIPTS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("ar", "fa", "ur", "ps", "ckb", "sd", "ug"), _ARABIC),
    **dict.fromkeys(("ru", "uk", "bg", "be", "mk", "ky", "tg"), _CYRILLIC),
    **dict.fromkeys(("hi", "mr", "ne"), _DEVANAGARI),
    **dict.fromkeys(_IN_LATIN_LETTERS, _LATIN),
    **dict.fromkeys(("sr", "bs", "uz", "kk", "mn"), ("CYRILLIC", "LATIN")),
    "he": ("HEBREW",),
    "yi": ("HEBREW",),
    "el": ("GREEK",),
    "zh": ("CJK", "BOPOMOFO"),
    "ja": ("CJK", "HIRAGANA", "KATAKANA", "KATAKANA-HIRAGANA"),
    "ko": ("HANGUL", "CJK"),
    "th": ("THAI",),
    "bn": ("BENGALI",),
    "ta": ("TAMIL",),
    "te": ("TELUGU",),
    "kn": ("KANNADA",),
    "ml": ("MALAYALAM",),
    "gu": ("GUJARATI",),
    "pa": ("GURMUKHI", "ARABIC"),
    "am": ("ETHIOPIC",),
    "ti": ("ETHIOPIC",),
    "hy": ("ARMENIAN",),
    "ka": ("GEORGIAN",),
    "km": ("KHMER",),
    "lo": ("LAO",),
    "my": ("MYANMAR",),
    "si": ("SINHALA",),
}


def script_share(seen: Counter[str], language: str | None) -> float | None:
    """The share of letters that are of their language's script; None if language or letters cannot be judged.

    `seen` says how often each character stands in a text.
    """
    scripts = SCRIPTS.get((language or "").split("-", maxsplit=1)[0].lower())
    letters = {char: count for char, count in seen.items() if _is_letter(char)}
    if scripts is None or not letters:
        return None
    return sum(count for char, count in letters.items() if _script(char) in scripts) / sum(letters.values())


def letters_share(seen: Counter[str]) -> float:
    """The share of letters (and the marks on them) among the characters that are no space; 0 if there are none."""
    visible = {char: count for char, count in seen.items() if not char.isspace()}
    return sum(count for char, count in visible.items() if _is_letter(char)) / max(sum(visible.values()), 1)


@lru_cache(maxsize=16384)
def _is_letter(char: str) -> bool:
    return unicodedata.category(char)[0] in "LM"


@lru_cache(maxsize=16384)
def _script(char: str) -> str:
    return unicodedata.name(char, "").split(" ", maxsplit=1)[0]
