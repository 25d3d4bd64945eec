"""A summary without what content systems put behind an excerpt: "Continue reading", "[…]", where it appeared."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import Final

from copydesk.folding import fold

END_CHARS: Final = 700  # of a summary, in which such an end begins
MAX_TITLE_CHARS: Final = 300
MIN_TITLE_CHARS: Final = 8
MAX_PROMPT_CHARS: Final = 40  # around a title behind an ellipsis, in whatever language it asks to read on
MAX_NOTICE_CHARS: Final = 120  # around a title: the rest of "The post … appeared first on The Lune Post."

# What asks to read on, as themes and plugins of WordPress ship it.
_PROMPTS: Final = frozenset(
    fold(each)
    for each in (
        *("continue reading", "read more", "read more about", "keep reading", "read the rest", "read on"),
        *("read the rest of this entry", "read the full article", "read the full story", "read full article"),
        *("weiterlesen", "mehr lesen", "weiter lesen", "beitrag lesen", "lire la suite", "continuer la lecture"),
        *(
            "poursuivre la lecture",
            "continuer la lecture de",
            "lire plus",
            "leer más",
            "seguir leyendo",
            "sigue leyendo",
        ),
        *("continuar leyendo", "leggi tutto", "leggi di più", "continua a leggere", "continua la lettura", "leia mais"),
        *(
            "ler mais",
            "continuar lendo",
            "continue lendo",
            "continuar a ler",
            "lees verder",
            "lees meer",
            "verder lezen",
        ),
        *(
            "читать далее",
            "читать дальше",
            "продолжить чтение",
            "читать полностью",
            "читати далі",
            "продовжити читання",
        ),
        *("czytaj dalej", "czytaj więcej", "kontynuuj czytanie", "devamını oku", "okumaya devam et", "läs mer"),
        *("fortsätt läsa", "les mer", "fortsett å lese", "læs mere", "læs videre", "lue lisää", "jatka lukemista"),
        *(
            "číst dál",
            "číst více",
            "čítať ďalej",
            "olvass tovább",
            "tovább olvasom",
            "citește mai mult",
            "citește mai departe",
        ),
        *(
            "διαβάστε περισσότερα",
            "συνέχεια ανάγνωσης",
            "baca selengkapnya",
            "lanjutkan membaca",
            "đọc tiếp",
            "đọc thêm",
        ),
        *("اقرأ المزيد", "متابعة القراءة", "تابع القراءة", "أكمل القراءة", "ادامه مطلب", "ادامه خواندن"),
        *("بیشتر بخوانید", "مزید پڑھیں", "קרא עוד", "המשך לקרוא", "להמשך קריאה", "继续阅读", "阅读更多", "阅读全文"),
        *(
            "繼續閱讀",
            "閱讀更多",
            "閱讀全文",
            "続きを読む",
            "もっと読む",
            "더 읽기",
            "계속 읽기",
            "और पढ़ें",
            "llegir més",
        ),
    )
)
# What stands between title and site, or around both, in the notice that feeds get behind each item.
_APPEARED: Final = tuple(
    fold(each)
    for each in (
        *("appeared first on", "first appeared on", "erschien zuerst", "est apparu en premier", "proviene da"),
        *("se publicó primero en", "aparece primero en", "apareció primero en", "apareceu primeiro em"),
        *("aparece primeiro em", "sembra essere il primo su", "è apparso per la prima volta su"),
        *("verscheen eerst op", "впервые появил", "появились сначала на", "спочатку з", "вперше з"),
        *("pochodzi z serwisu", "ilk önce", "ilk olarak", "أولاً على", "اولین بار در", "הופיע לראשונה ב"),
        *(
            "dök först upp på",
            "dukket først opp på",
            "blev først udgivet på",
            "ilmestyi ensin",
            "ensin julkaistu",
        ),
        *("apare prima dată în", "εμφανίστηκε πρώτα στ", "pertama kali tampil", "muncul pertama kali"),
        *("xuất hiện đầu tiên trên", "最先出现在", "最早出现在", "最先出現於", "に最初に表示されました"),
    )
)
_SIGNS: Final = ("...", *_APPEARED, *_PROMPTS)
# "(more…)" is what WordPress itself says where an author cut a post.
_MARKED: Final = (
    r"\[\s*(?:…|\.{3})\s*\]|\((?:more|mehr|suite|más|mais|altro|meer|więcej|ещё|далее|المزيد)?\s*(?:…|\.{3})\s*\)"
)
_ELLIPSIS: Final = rf"(?:{_MARKED}|…|\.{{3}})"
_CUT: Final = re.compile(rf"\s*{_ELLIPSIS}\s*")
# Where such an end may begin: behind an ellipsis or a sentence, or with the word that notices begin with.
_BEGIN: Final = re.compile(
    rf"{_ELLIPSIS}\s*|[.!?。！？؟।»”\"')\]]\s+|(?<=\s)(?=(?:The post|Der Beitrag|L[’']article|La entrada|O post"
    r"|L[’']articolo|Het bericht|Сообщение|Запись|Artykuł|ظهرت المقالة|ظهرت التدوينة|نوشته|הפוסט|投稿)\s)"
)
_BRACKETS: Final = re.compile(rf"\s*(?:{_MARKED})$")
_AT_EDGES: Final = re.compile(r"^[\W_]+|[\W_]+$")
_NOT_WORDS: Final = re.compile(r"[\W_]+")


def without_prompts(summary: str, titles: Iterable[str]) -> str:
    """The summary without what asks to read on or says where it appeared; "…" stands where its text is cut.

    `titles` are what the article is called: most such ends repeat one. Text that only sounds so stays.
    """
    text = summary.strip()
    if not _says(text[-END_CHARS:], _SIGNS):  # most have no such end, and titles are dear to look for
        return text
    names = [name for title in titles if (name := _pattern(title))]
    while (shorter := _shorter(text, names)) is not None:
        text = shorter
    return _BRACKETS.sub("…", text)


def _shorter(text: str, names: list[re.Pattern[str]]) -> str | None:
    """The text without one such end, None if it has none."""
    for begin in reversed(list(_beginnings(text))):
        before, end = text[: begin.end()], text[begin.end() :]
        is_cut = _CUT.fullmatch(begin[0]) is not None
        if end and _is_prompt(end, names, is_cut):
            return text[: begin.start()].rstrip() + "…" if is_cut else before.rstrip()
    return "" if text and _is_prompt(text, names, is_cut=False) else None


def _beginnings(text: str) -> Iterator[re.Match[str]]:
    return _BEGIN.finditer(text, max(0, len(text) - END_CHARS))


def _is_prompt(end: str, names: list[re.Pattern[str]], is_cut: bool) -> bool:
    """Whether the end of a summary is a prompt to read on, with the title or without, or a notice with the title."""
    if _words(end) in _PROMPTS:
        return True
    for name in names:
        if found := name.search(end):
            around = f"{_AT_EDGES.sub('', end[: found.start()])} {_AT_EDGES.sub('', end[found.end() :])}"
            words = _words(around)
            if words in _PROMPTS or (is_cut and 0 < len(words) <= MAX_PROMPT_CHARS and not _has_sentence(around)):
                return True
            if len(around) <= MAX_NOTICE_CHARS and _says(around, _APPEARED):
                return True
    return False


def _says(text: str, phrases: Iterable[str]) -> bool:
    folded = fold(text)
    return any(phrase in folded for phrase in phrases)


def _has_sentence(around: str) -> bool:
    return any(mark in around for mark in ".!?؟。,،")


def _words(text: str) -> str:
    return _NOT_WORDS.sub(" ", fold(text)).strip()


def _pattern(title: str) -> re.Pattern[str] | None:
    """The title with whatever signs stand between its words; None for one that any sentence may hold."""
    words = _NOT_WORDS.split(title[:MAX_TITLE_CHARS])
    if sum(map(len, words)) < MIN_TITLE_CHARS:
        return None
    return re.compile(r"[\W_]{1,6}".join(re.escape(word) for word in words if word), re.IGNORECASE)
