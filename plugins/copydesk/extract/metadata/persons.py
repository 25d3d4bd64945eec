"""Author lines to the names of persons: no "By", no roles, no agencies, no addresses."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import islice
from typing import Final

from copydesk.extract.blocks import squeeze

MAX_LINES: Final = 100
MAX_LINE_CHARS: Final = 300
MIN_NAME_CHARS: Final = 2  # Chinese names have two letters
MAX_NAME_CHARS: Final = 60
MAX_NAME_WORDS: Final = 6
MAX_PERSONS: Final = 30
MAX_PEN_NAME_WORDS: Final = 3

_BY: Final = re.compile(
    r"^\W*(?:(?:written|story|text|words|posted|published|article|reported|report|photos?|reviewed|"
    r"updated|edited|authored|contributed)"
    r"(?:\s+and\s+\w+)?\s+by|by|author|authors|par|por|von|vom|da|di|door|av|af|od|przez|autor(?:es|in)?|"
    r"auteur|autore|verfasst von|"
    r"texte|texto|текст|автор|авторы|от|بقلم|كتب(?:ت|ه|ته)?|كتابة|اعداد|إعداد|تحرير|المصدر|نويسنده|"
    r"نویسنده|מאת|作者|记者|記者|文|撰文|yazan|yazar)"
    r"(?:\s*[:：]\s*|\s+|(?<=[^\x00-\u0fff])\s*)",
    re.IGNORECASE,
)
_SPLIT: Final = re.compile(
    r"\s*(?:[;|/·•、，،\n\t]|\s&\s|\s[–—-]\s|,(?!\s*(?:jr|sr|ph\.?d|m\.?d|esq|ii|iii)\b)|"
    r"\s(?:and|und|et|y|e|en|og|och|i|и|та|ve|و|with|mit|avec|con|com)\s)\s*",
    re.IGNORECASE,
)
_BEHIND: Final = re.compile(
    r"\s*(?:\(.{0,80}\)?|\[.{0,80}\]?|(?<=\w)\s(?:for|in|from|aus|à|at|on|updated|published|posted|"
    r"last)\s.*|\d.*|,.*|(?:ph\.?d|m\.?d|mph|rd|esq)\.?)$",
    re.IGNORECASE,
)
_ADDRESS: Final = re.compile(r"\s*(?:https?:|//|www\.)", re.IGNORECASE)
_NO_NAME: Final = re.compile(r"https?:|www\.|@|[\d<>{}=_#*%$+]|\.(?:com|org|net|de|fr|ru|co)\b|©", re.IGNORECASE)
# Words that no person's name has: roles, desks and organisations.
_ROLE: Final = re.compile(
    r"\b(?:reporters?|editors?|editorial|correspondents?|staff|writers?|contributors?|contributor|"
    r"columnists?|journalists?|producer|desk|team|"
    r"newsroom|news|agency|agencies|press|media|magazine|times|daily|post|herald|tribune|guardian|admin|"
    r"administrator|webmaster|guest|"
    r"author|authors|photographer|photo|photos|photography|service|services|network|tv|radio|online|"
    r"redaktion|redakteur(?:in)?|autorin|nachrichten|korrespondent(?:in)?|"
    r"agenturen|rédaction|redaction|redacción|redaccion|redazione|redação|redacao|journaliste|rédacteur|"
    r"agence|agencia|agenzia|agências|"
    r"redakcja|редакция|корреспондент|агентство|новости|пресс|haber|merkezi|ajansı|editör|muhabir|reuters|"
    r"afp|apa|ap|dpa|upi|efe|ansa|"
    r"bloomberg|xinhua|tass|тасс|риа|pti|ians|anadolu|bbc|cnn|inc|llc|ltd|gmbh|corp|company|foundation|"
    r"university|institute|"
    r"department|association|society|group|club|blog|studio|studios|office|committee|council|director|"
    r"manager|president|ceo|founder|"
    r"minutes|read|comments?|share|follow|subscribe|view|posts|articles|more|about|contact|email|twitter|"
    r"facebook|instagram|linkedin|"
    r"january|february|july|september|october|november|december|monday|tuesday|wednesday|thursday|friday|"
    r"saturday|sunday|"
    r"unknown|anonymous|null|none|undefined|user|default|published|updated|modified|posted|publié|modifié)\b"
    r"|نُشر|نشر في|تحديث|القراءة|دقائق|دقيقة|يناير|فبراير|"
    r"أبريل|يونيو|يوليو|أغسطس|سبتمبر|أكتوبر|نوفمبر|ديسمبر|تشرين|كانون"
    r"|وكال|رويترز|مراسل|محرر|تحرير|صحيفة|جريدة|موقع|قناة|شبكة|فريق|غرفة الاخبار|أخبار|الأناضول|بي بي سي|"
    r"فرانس برس|خبرگزاری|"
    r"סוכנות|כתב|מערכת|通讯社|编辑|编辑部|责任编辑|新华社|新华网|記者会|通信社|新聞|기자단|연합뉴스",
    re.IGNORECASE,
)
_REPORTER_SUFFIX: Final = re.compile(r"\s*(?:기자|記者|记者)$")
_PARTICLES: Final = frozenset(
    ("al", "bin", "ibn", "de", "da", "di", "do", "dos", "du", "van", "von", "der", "den", "ter", "y", "e")
)
_LETTER: Final = re.compile(r"[^\W\d_]")


def persons(lines: Iterable[str]) -> tuple[str, ...]:
    """The persons that author lines name, each once, in order."""
    found: dict[str, str] = {}
    for line in islice(lines, MAX_LINES):
        for part in _parts(line):
            if name := _name(part):
                found.setdefault(name.casefold(), name)
    return tuple(found.values())[:MAX_PERSONS]


def pen_names(lines: Iterable[str]) -> tuple[str, ...]:
    """The names that author lines give where they name no person: what people call themselves (`aawoods`)."""
    names = (
        _BEHIND.sub("", part).strip(" .,:;-–—|/\"'()[]") for line in islice(lines, MAX_LINES) for part in _parts(line)
    )
    return tuple(dict.fromkeys(name for name in names if _is_pen_name(name)))[:MAX_PERSONS]


def _is_pen_name(name: str) -> bool:
    fitting = MIN_NAME_CHARS < len(name) <= MAX_NAME_CHARS and len(name.split()) <= MAX_PEN_NAME_WORDS
    return fitting and not _ROLE.search(name) and not re.search(r"https?:|www\.|[@<>{}=/]|\d{4}", name)


def _parts(line: str) -> list[str]:
    if len(line) > MAX_LINE_CHARS or _ADDRESS.match(line):
        return []
    return _SPLIT.split(_BY.sub("", squeeze(line), count=1))


def _name(part: str) -> str | None:
    name = _REPORTER_SUFFIX.sub("", _BY.sub("", part.strip(), count=1))
    name = _BEHIND.sub("", name).strip(" .,:;-–—|/\"'’“”()[]")
    words = name.split()
    if not words or len(words) > MAX_NAME_WORDS or not MIN_NAME_CHARS <= len(name) <= MAX_NAME_CHARS:
        return None
    if _NO_NAME.search(name) or _ROLE.search(name) or not _LETTER.search(name):
        return None
    if name.islower() or (len(words) == 1 and name.isascii() and name.isupper()):
        return None
    return _cased(words)


def _cased(words: list[str]) -> str:
    """JANE DOE is Jane Doe; what is written in mixed case stays."""
    name = " ".join(words)
    if name.isupper() and name.isascii() and len(words) > 1:
        return " ".join(word.lower() if word.lower() in _PARTICLES else word.title() for word in words)
    return name
