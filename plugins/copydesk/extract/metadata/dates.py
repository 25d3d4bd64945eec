"""Dates as pages write them, in numbers or in the words of many languages, to instants.

An instant without a zone is taken for UTC: more than that would be invention. Years outside of MIN_YEAR to MAX_YEAR
are no dates of articles on the web, which also tells Hijri and Buddhist years from Gregorian ones.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, timezone
from email.utils import parsedate_to_datetime
from typing import Final

MIN_YEAR: Final = 1990
MAX_YEAR: Final = 2100
MAX_CHARS: Final = 300

# Month names by number, in twenty languages; Arabic as in the Gulf and Egypt, the Levant, and the Maghreb. Written as
# `_fold` leaves them: lower case, hamza and ya forms made one, no vowel marks; `_` is a space within a name.
_MONTHS: Final = (
    (
        "january jan janvier janv januar jänner jän enero ene gennaio gen janeiro januari stycznia "
        "styczeń января январь янв січня ocak oca يناير كانون_الثاني جانفي ژانويه ינואר ιανουαριου"
    ),
    (
        "february feb février févr fevrier februar febrero febbraio fevereiro fev februari lutego luty "
        "февраля февраль фев лютого şubat şub فبراير شباط فيفري فوريه פברואר φεβρουαριου"
    ),
    (
        "march mar mars märz maerz mrz marzo março marco maart marca marzec марта март мар березня mart "
        "مارس اذار מרץ מרס μαρτιου"
    ),
    (
        "april apr avril avr abril abr aprile kwietnia kwiecień апреля апрель апр квітня nisan nis ابريل "
        "نيسان افريل اوريل אפריל απριλιου"
    ),
    ("may mai mayo maggio mag maio mei maja maj мая май травня mayıs مايو ايار ماي مي מאי μαιου"),
    (
        "june jun juin juni junio giugno giu junho czerwca czerwiec июня июнь червня haziran haz يونيو "
        "يونيه حزيران جوان ژوئن יוני ιουνιου"
    ),
    (
        "july jul juillet juil juli julio luglio lug julho lipca lipiec июля июль липня temmuz tem يوليو "
        "يوليه يوليوز تموز جويليه ژوئيه יולי ιουλιου"
    ),
    (
        "august aug août aout agosto ago augustus sierpnia sierpień augusti августа август авг серпня "
        "ağustos ağu agustus اغسطس اب اوت غشت אוגוסט αυγουστου"
    ),
    (
        "september sept sep septembre septiembre settembre set setembro września wrzesień сентября "
        "сентябрь сен вересня eylül eyl سبتمبر ايلول شتنبر سپتامبر ספטמבר σεπτεμβριου"
    ),
    (
        "october oct octobre oktober okt octubre ottobre ott outubro out października październik "
        "октября октябрь окт жовтня ekim eki اكتوبر تشرين_الاول اكتبر אוקטובר οκτωβριου"
    ),
    (
        "november nov novembre noviembre novembro listopada listopad ноября ноябрь листопада kasım kas "
        "نوفمبر تشرين_الثاني نونبر نوامبر נובמבר νοεμβριου"
    ),
    (
        "december dec décembre déc decembre dezember dez diciembre dic dicembre dezembro grudnia "
        "grudzień декабря декабрь дек грудня aralık ara desember ديسمبر كانون_الاول دجنبر دسامبر דצמבר "
        "δεκεμβριου"
    ),
)
_MONTH: Final = {name.replace("_", " "): number for number, names in enumerate(_MONTHS, 1) for name in names.split()}
MONTH_NAMES: Final = "|".join(sorted(map(re.escape, _MONTH), key=len, reverse=True))  # a pattern
_NAME: Final = MONTH_NAMES

_ISO: Final = re.compile(
    r"(?<!\d)((?:19|20)\d\d)-?([01]\d)-?([0-3]\d)"
    r"(?:[T ]{1,2}([0-2]\d):?([0-5]\d)(?::?([0-5]\d)(?:[.,]\d{1,9})?)?\s{0,2}(Z|UTC|GMT|[+-]\d\d:?(?:\d\d)?)?)?"
    r"(?!\d)",
    re.IGNORECASE,
)
_EPOCH: Final = re.compile(r"1\d{9}(?:\d{3})?\Z")
_DAY_FIRST: Final = re.compile(
    rf"(?<!\d)([0-3]?\d)(?:st|nd|rd|th|er|º|°|ª|\.)?[\s,.\-/]{{0,3}}(?:of |de |del |d'|ב)?(?P<m>{_NAME})\b"
    rf"(?:[\s/()\-]{{1,3}}(?:{_NAME})\b)?[\s.,/()\-]{{0,4}}(?:de |del |г)?((?:19|20)\d\d)(?!\d)"
)
_MONTH_FIRST: Final = re.compile(
    rf"\b(?P<m>{_NAME})\b[.\s]{{1,3}}([0-3]?\d)(?:st|nd|rd|th)?,?\s{{1,3}}((?:19|20)\d\d)(?!\d)"
)
_YEAR_FIRST: Final = re.compile(r"(?<!\d)((?:19|20)\d\d)\s?[./\-年년]\s?([01]?\d)\s?[./\-月월]\s?([0-3]?\d)(?!\d)")
_YEAR_NAME_DAY: Final = re.compile(rf"(?<!\d)((?:19|20)\d\d)\s(?P<m>{_NAME})\b\.?\s([0-3]?\d)(?!\d)")
_NUMBERS: Final = re.compile(r"(?<!\d)([0-3]?\d)\s?([./\-])\s?([0-3]?\d)\s?\2\s?((?:19|20)\d\d)(?!\d)")
_CLOCK: Final = re.compile(
    r"(?<![\d:.])([0-2]?\d)[:.h時시]\s?([0-5]\d)(?::([0-5]\d))?(?!\d)\s{0,2}([ap]\.?\s?m\b|[صم](?!\w))?"
    r"[\s(,]{0,3}(z\b|utc|gmt|bst|cest|cet|mesz|mez|msk|мск|edt|est|et\b|cdt|cst|mdt|mst|pdt|pst|eet|eest|ast|jst|kst|غرينتش)?\)?"
    r"\s{0,2}([+-]\d{1,2}(?::?\d\d)?)?"
)
_HOURS: Final = {
    **dict.fromkeys(("z", "utc", "gmt", "غرينتش"), 0),
    **dict.fromkeys(("bst", "cet", "mez"), 1),
    **dict.fromkeys(("cest", "mesz", "eet"), 2),
    **dict.fromkeys(("msk", "мск", "eest", "ast"), 3),
    **dict.fromkeys(("jst", "kst"), 9),
    **dict.fromkeys(("edt",), -4),
    **dict.fromkeys(("est", "cdt"), -5),
    **dict.fromkeys(("cst", "mdt"), -6),
    **dict.fromkeys(("mst", "pdt"), -7),
    **dict.fromkeys(("pst",), -8),
}
_DIGITS: Final = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹０１２３４５６７８９", "012345678901234567890123456789")
_LETTERS: Final = str.maketrans("أإآٱىیكکةئ", "اااايي" + "كك" + "هي") | dict.fromkeys(map(ord, "ـًٌٍَُِّْٰ\u200e\u200f\u061c"))
NOON: Final = 12


def read_instant(text: str, language: str | None = None) -> datetime | None:
    """The first instant that a text names, with its zone, or None. `language` decides between 3/4 and 4/3."""
    text = text.strip()[:MAX_CHARS]
    if _EPOCH.match(text):
        return datetime.fromtimestamp(int(text[:10]), UTC)
    folded = _fold(text)
    for read in (_iso, _rfc):
        if instant := read(text.translate(_DIGITS)):
            return instant
    for year, month, day, end in _days(folded, language):
        instant = _build(year, month, day)
        if instant:
            return _with_clock(instant, folded, end)
    return None


def _fold(text: str) -> str:
    return " ".join(text.translate(_DIGITS).translate(_LETTERS).lower().split())


def _build(year: int, month: int, day: int, *clock: int) -> datetime | None:
    try:
        hour, minute, second = (*clock, 0, 0, 0)[:3]
        return (
            datetime.combine(date(year, month, day), time(hour, minute, second), UTC)
            if MIN_YEAR <= year <= MAX_YEAR
            else None
        )
    except ValueError:
        return None


def _iso(text: str) -> datetime | None:
    for found in _ISO.finditer(text):
        instant = _build(*(int(part or 0) for part in found.groups()[:6]))
        if instant:
            return instant.replace(tzinfo=_zone((found[7] or "Z").lower()))
    return None


def _rfc(text: str) -> datetime | None:
    try:
        instant = parsedate_to_datetime(text)
    except (ValueError, IndexError, TypeError, OverflowError):
        return None
    if not MIN_YEAR <= instant.year <= MAX_YEAR:
        return None
    return instant if instant.tzinfo else instant.replace(tzinfo=UTC)


def _days(text: str, language: str | None) -> Iterator[tuple[int, int, int, int]]:
    """Year, month, day and where they end in the text, for each way a day is written, the clearest first."""
    for found in _DAY_FIRST.finditer(text):
        yield int(found[3]), _MONTH[found["m"]], int(found[1]), found.end()
    for found in _MONTH_FIRST.finditer(text):
        yield int(found[3]), _MONTH[found["m"]], int(found[2]), found.end()
    for found in _YEAR_NAME_DAY.finditer(text):
        yield int(found[1]), _MONTH[found["m"]], int(found[3]), found.end()
    for found in _YEAR_FIRST.finditer(text):
        yield int(found[1]), int(found[2]), int(found[3]), found.end()
    for found in _NUMBERS.finditer(text):
        day, month = int(found[1]), int(found[3])
        american = found[2] == "/" and (language or "en").lower() in (
            "en",
            "en-us",
            "en_us",
        )
        if (american and day <= NOON) or month > NOON:
            day, month = month, day
        yield int(found[4]), month, day, found.end()


def _with_clock(day: datetime, text: str, end: int) -> datetime:
    found = _CLOCK.search(text, end, end + 40) or _CLOCK.search(text)
    if not found or int(found[1]) >= 24:  # noqa: PLR2004 - hours a day
        return day
    hour = int(found[1])
    half = (found[4] or "").replace(".", "")[:1]
    if half in ("p", "م") and hour < NOON:
        hour += NOON
    elif half in ("a", "ص") and hour == NOON:
        hour = 0
    zone = _zone(found[6] or found[5] or "z")
    return day.replace(hour=hour, minute=int(found[2]), second=int(found[3] or 0), tzinfo=zone)


def _zone(name: str) -> timezone:
    if name[0] in "+-":
        digits = name[1:].replace(":", "")
        hours, minutes = int(digits[:2]), int(digits[2:] or 0)
        if hours <= 14:  # noqa: PLR2004 - the largest offset in use
            return timezone((1 if name[0] == "+" else -1) * timedelta(hours=hours, minutes=minutes))
        return UTC
    return timezone(timedelta(hours=_HOURS[name])) if _HOURS.get(name) else UTC
