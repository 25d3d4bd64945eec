"""What author lines say of time: dates, hours, "three hours ago", and how long a text takes to read."""

from __future__ import annotations

import re
from typing import Final

from copydesk.extract.metadata.months import PATTERN as MONTH_NAMES
from copydesk.extract.metadata.roles import words
from copydesk.extract.metadata.timewords import PREPOSITIONS, STAMPS, WEEKDAYS

# A day, with the time behind it, and how long a text takes to read.
_CLOCK: Final = (
    r"(?:,?\s{0,2}(?:at\s|um\s|à\s|-\s)?\d{1,2}[:.h]\d\d(?::\d\d)?\s?(?:[ap]\.?m\b\.?|uhr\b)?(?:\s?[A-Z]{2,4}\b)?)?"
)
_DAYS: Final = r"(?:\b(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?,?\s{1,2})?"
_WHEN: Final = re.compile(
    rf"{_DAYS}(?:\b(?:{MONTH_NAMES})\b\.?\s{{1,2}}\d{{1,2}}(?:st|nd|rd|th)?(?!\d)(?:,?\s{{0,2}}(?:19|20)\d\d)?"
    rf"|\b\d{{1,2}}(?:st|nd|rd|th|er|\.)?\s{{0,2}}(?:de\s|of\s)?(?:{MONTH_NAMES})\b\.?,?\s{{0,2}}(?:de\s)?(?:(?:19|20)\d\d)?"
    rf"|\b(?:{MONTH_NAMES})\s{{1,2}}(?:19|20)\d\d|\b\d{{1,4}}[./-]\d{{1,2}}[./-]\d{{1,4}}){_CLOCK}"
    r"|\b\d{1,3}\s?(?:[-–]\s?\d{1,3}\s?)?-?(?:min(?:ute)?s?|sec(?:ond)?s?|hours?|hrs?|days?|weeks?|months?|years?)\b"
    r"(?:[\s-]{0,2}(?:of\s)?(?:read(?:ing)?(?:\stime)?|ago))?",
    re.IGNORECASE,
)
# The same in scripts other than Latin, whatever the months are called: a number, a name or two and a year.
_ABROAD: Final = re.compile(r"[\u0370-\u1dff\u3000-\ud7af]")
_NAME: Final = r"[^\W\d_a-z]{2,12}(?:\s[^\W\d_]{3,7})?"
_HOURS: Final = (
    r"(?:[\s,،|–-]{0,4}(?:ساعت\s|الساعة\s|в\s|о\s)?\d{1,2}[:：.]\d\d(?::\d\d)?"
    r"(?:\s?(?:صباحا|مساء|[صم])(?!\w))?)?"
)
_WHEN_ABROAD: Final = re.compile(
    r"(?:(?:19|20)\d\d|(?:令和|平成|民國|民国)\s?[元\d]{1,3})\s?[年년]\s?\d{1,2}\s?[月월]\s?\d{1,2}\s?[日일]?"
    r"(?:\s?[（(][^（()）]{1,4}[）)])?(?:\s?\d{1,2}[:：時时시]\s?\d{1,2}[分분]?(?::\d\d)?)?"
    rf"|\b\d{{1,2}}\s?[–/-]?\s?{_NAME}(?:\s?[/(]\s?{_NAME}\)?)?"
    rf"[\s,،./–-]{{1,4}}\d{{4}}(?:\s?(?:هـ|ه|م|г\.?|року|р\.)(?!\w))?{_HOURS}",
    re.IGNORECASE,
)
_AGO: Final = (
    r"\b(?:il y a|hace|há|vor|منذ|قبل|לפני)\s\d{1,3}\s[^\W\d_]{2,10}"
    r"|\b\d{1,3}\s?(?:saat|gün|dakika|часов|часа|дн(?:я|ей)|ore|ساعت|دقیقه)\s(?:önce|назад|fa|پیش)\b"
    r"|\d{1,3}\s?(?:小时|小時|分钟|分鐘|天|시간|時間|分)\s?(?:前|전)"
)
_TODAY: Final = (
    r"\b(?:gestern|hier|ayer|ontem|ieri|вчера|أمس|אתמול|dün|heute|hoy|hoje|oggi|сегодня|اليوم|היום|bugün)\b,?\s"
    r"(?:um\s|à\s|a las\s|às\s|alle\s)?\d{1,2}[:.h]\d\d(?:\suhr)?"
)
_AT: Final = r"(?<=\s)(?-i:alle|at|um|à|às|a las|ore|om|kl\.?)\s\d{1,2}[:.h]\d\d(?:\s?(?:[ap]\.?m\b\.?|uhr\b))?"
_READING: Final = (
    r"\b(?:lese(?:zeit|dauer)|temps de lecture|tempo di lettura|tempo de leitura|(?:tiempo de )?lectura|"
    r"leestijd|lästid|czas czytania|время чтения|זמן קריאה|okuma süresi|زمان مطالعه|"
    r"وقت القراءة)\s?:?\s?\d{1,3}\s?[^\W\d_]{1,8}\b\.?"
)
_RELATIVE: Final = re.compile(rf"{_AGO}|{_TODAY}|{_READING}|{_AT}", re.IGNORECASE)
_JOINED_DAY: Final = re.compile(r"(?<=[^\W\d_]{2})(?=[0-3]?\d(?:[./]|\s[^\W\d_]))")
_STAMP: Final = re.compile(
    rf"\b(?:last\s+)?(?:{words(STAMPS)})(?:\b|(?=[\s:：]))\s*(?:on|le|am|el|il|em)?\s*[:：]?\s*(?=\||$)", re.IGNORECASE
)
# Before a date: "on", or its day of the week.
_DANGLING: Final = re.compile(rf"(?<=\w),?\s(?:(?-i:{words(PREPOSITIONS)})|{words(WEEKDAYS)})[,،]?\s*$", re.IGNORECASE)


def without_dates(text: str) -> str:
    """A line with bars in place of what it says of time."""
    if not any(map(str.isdigit, text)):
        return text
    text = _RELATIVE.sub(" | ", text)
    if _ABROAD.search(text):
        text = _WHEN_ABROAD.sub(" | ", text)
    return _STAMP.sub(" | ", _WHEN.sub(" | ", _JOINED_DAY.sub(" | ", text)))


def without_preposition(part: str) -> str:
    """A part of a line without the word that led to a date behind it."""
    return _DANGLING.sub("", part)
