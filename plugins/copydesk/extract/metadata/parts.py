"""An author line's parts: what bars, bullets, dates and style sheets keep apart."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from copydesk.extract.blocks import squeeze
from copydesk.extract.metadata.months import PATTERN as MONTH_NAMES

MAX_LINE_CHARS: Final = 300

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
# Words that stand directly behind a name where only the style sheet parts them.
_JOINED: Final = re.compile(
    r"(?<=[a-zà-ÿ])(?=(?:Published|Updated|Posted|Reviewed|Last|Senior|Founder|Contributor|Editor|Staff|Share|Follow|"
    r"January|February|March|April|May|June|July|August|September|October|November|December)(?![a-z])|In\s[A-Z])"
    r"|(?<=\d)(?=[A-Z][a-z]{2})"
    r"|(?<=[a-zà-ÿığşа-яё])(?=(?:Yayınlanma|Yayın|Güncelleme|Giriş|Veröffentlicht|Aktualisiert|Publié|Mis à jour|"
    r"Publicado|Actualizado|Atualizado|Pubblicato|Aggiornato|Gepubliceerd|Opublikowano|Опубликовано|Обновлено)\b)"
)
_JOINED_DAY: Final = re.compile(r"(?<=[^\W\d_]{2})(?=[0-3]?\d(?:[./]|\s[^\W\d_]))")
_CONTACT: Final = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+|@\w+")
_STAMP: Final = re.compile(
    r"\b(?:last\s+)?(?:updated?|published|posted|modified|publié|mis à jour|aktualisiert|veröffentlicht|actualizado|"
    r"publicado|aggiornato|pubblicato|reading\s+time|estimated\s+reading|date)\b\s*(?:on|le|am|el|il)?\s*:?\s*(?=\||$)",
    re.IGNORECASE,
)
_FILED: Final = re.compile(r"(?<=\w),?\s(?:in|under|filed (?:in|under))\s+[A-Z].*$|^In\s[A-Z].*$")
_BARS: Final = re.compile(
    r"\s*[|•⋅●·\t]\s*|\s+(?=(?:作者|来源|來源|责编|责任编辑|責任編輯|编辑|記者|记者|原标题)\s?[:：])"
    r"|\s+—\s+(?=(?:written|updated|published|posted|medically|fact|reviewed|last|by)\b)",
    re.IGNORECASE,
)
_DANGLING: Final = re.compile(r"(?<=\w)\s(?:on|le|am|il|el|em|op|dnia)\s*$", re.IGNORECASE)  # before a date
_ADDRESS: Final = re.compile(r"\s*(?:https?:|//|www\.)", re.IGNORECASE)


@lru_cache(maxsize=512)
def marked_parts(line: str) -> tuple[str, ...]:
    """A line's parts at bars, bullets and dates."""
    if len(line) > MAX_LINE_CHARS or _ADDRESS.match(line):
        return ()
    text = _JOINED.sub(" | ", squeeze(line.replace("\n", " | ")))
    if "@" in text:
        text = _CONTACT.sub(" | ", text)
    if any(map(str.isdigit, text)):
        text = _STAMP.sub(" | ", _WHEN.sub(" | ", _JOINED_DAY.sub(" | ", text)))
    return tuple(_DANGLING.sub("", _FILED.sub("", part)) for part in _BARS.split(text) if part)
