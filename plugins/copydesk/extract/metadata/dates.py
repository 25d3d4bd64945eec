"""Dates as pages write them, in numbers or in the words of many languages, to instants.

An instant without a zone is taken for UTC: more than that would be invention. Years outside of MIN_YEAR to MAX_YEAR
are no dates of articles on the web, which also tells Hijri and Buddhist years from Gregorian ones. Persian and Thai
dates are converted, and years of Japanese and Taiwanese eras; lunar Hijri ones, which depend on the moon's sighting,
are left to the Gregorian date beside them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta, timezone
from email.utils import parsedate_to_datetime
from typing import Final
from urllib.parse import urlsplit

from copydesk.extract.metadata.months import MONTHS, PERSIAN_MONTHS, digits, fold
from copydesk.extract.metadata.persian import to_gregorian

MIN_YEAR: Final = 1990
MAX_YEAR: Final = 2100
MAX_CHARS: Final = 300

_ISO: Final = re.compile(
    r"(?<!\d)((?:19|20)\d\d)-?([01]\d)-?([0-3]\d)"
    r"(?:[T ]{1,2}([0-2]\d):?([0-5]\d)(?::?([0-5]\d)(?:[.,]\d{1,9})?)?\s{0,2}(Z|UTC|GMT|[+-]\d\d:?(?:\d\d)?)?)?"
    r"(?!\d)",
    re.IGNORECASE,
)
_EPOCH: Final = re.compile(r"1\d{9}(?:\d{3})?\Z")
# A word that may name a month, or two beside each other ("13 آب/أغسطس 2024"): looking it up is faster than listing all.
_WORD: Final = r"[^\s\d.,،;:/()|·•\-]{2,16}(?:\s(?:الثاني|الاول)|\s1?\d(?=[\s,/]))?"
_DAY_FIRST: Final = re.compile(
    rf"(?<!\d)([0-3]?\d)(?:st|nd|rd|th|er|\.?[º°ª]|\.)?[\s,.\-/]{{0,3}}(?:of |de |del |d['’])?(?P<m>{_WORD})"
    rf"(?:[\s/()\-]{{1,3}}{_WORD})?[\s.,،/()\-]{{0,4}}(?:de |del |г|ماه )?((?:19|20|25|13|14)\d\d)(?!\d)"
)
_MONTH_FIRST: Final = re.compile(
    rf"(?<!\w)(?P<m>{_WORD})(?:[.\s]{{1,3}}([0-3]?\d)(?:st|nd|rd|th)?[,،]?\s{{1,3}}(?:de\s)?((?:19|20|25)\d\d)"
    r"|([0-3]\d)(20\d\d))(?!\d)"  # "SEP302024", where only the style sheet parts them
)
_YEAR_FIRST: Final = re.compile(
    r"(?<!\d)((?:19|20|13|14)\d\d)\s?[./\-年년]\s?([01]?\d)\s?[./\-月월]\s?([0-3]?\d)(?!\d)"
)
_YEAR_DAY_NAME: Final = re.compile(rf"(?<!\d)((?:19|20)\d\d)(?:\. gada|-yil)\s([0-3]?\d)[.-]\s?(?P<m>{_WORD})")
_YEAR_NAME_DAY: Final = re.compile(rf"(?<!\d)((?:19|20|13|14)\d\d)\.?\s(?:m\.\s)?(?P<m>{_WORD})\.?\s([0-3]?\d)(?!\d)")
_NUMBERS: Final = re.compile(r"(?<!\d)([0-3]?\d)\s?([./\-])\s?([0-3]?\d)\s?\2\s?((?:19|20|25)\d\d)(?!\d)")
_THAI_DOT: Final = re.compile(r"(?<=[\u0e00-\u0e7f])\.(?=[\u0e00-\u0e7f])")
_ERA: Final = re.compile(r"(令和|平成|民國|民国)\s?(元|\d{1,3})\s?年")
_BEFORE_ERA: Final = {"令和": 2018, "平成": 1988, "民國": 1911, "民国": 1911}
_SHORT: Final = re.compile(r"(?<![\d./])([0-3]\d)([./])([01]\d)\2(\d\d)(?![\d./])")
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
BUDDHIST: Final = 543  # years that the Thai calendar is ahead
AMERICA: Final = timedelta(hours=8)  # how far west of UTC most Americans live
NOON: Final = 12
CENTURY: Final = 2000  # of a year in two digits
PERSIAN: Final = frozenset(("fa", "fa-ir", "fa_ir", "fa-af", "ps"))  # write dates of the Persian calendar in numbers
AMERICAN: Final = frozenset(("en", "en-us", "en_us", "en-ph", "es-pr"))  # where 3/4 is the fourth of March
DAY_FIRST_COUNTRIES: Final = frozenset(
    ("uk", "ie", "au", "nz", "in", "za", "ng", "ke", "gh", "pk", "bd", "sg", "my", "hk")
)


def locale(claims: Iterable[str], language: str | None, url: str) -> str | None:
    """The language with the region that decides how days are written: the page's own claim, or its domain's country."""
    country = (urlsplit(url).hostname or "").rpartition(".")[2]
    if language == "en" and country in DAY_FIRST_COUNTRIES:
        return f"en-{country}"
    return next((claim for claim in claims if language and claim.lower().startswith(language)), language)


def read_instant(text: str, language: str | None = None) -> datetime | None:
    """The first instant that a text names, with its zone, or None. `language` decides between 3/4 and 4/3."""
    text = text.strip()[:MAX_CHARS]
    if _EPOCH.match(text):
        return datetime.fromtimestamp(int(text[:10]), UTC)
    folded = fold(_gregorian(text))
    for read in (_iso, _rfc):
        if instant := read(digits(text)):
            return instant
    for day, end in _days(folded, language):
        if MIN_YEAR <= day.year <= MAX_YEAR:
            return _with_clock(datetime.combine(day, time(), UTC), folded, end)
    return None


def _gregorian(text: str) -> str:
    """A text with the years of Japanese and Taiwanese eras as Gregorian ones, and Thai months without dots."""
    if text.isascii():
        return text
    if "年" in text:
        return _ERA.sub(lambda found: f"{_BEFORE_ERA[found[1]] + int(digits(found[2].replace('元', '1')))}年", text)
    return _THAI_DOT.sub("", text)


def as_shown(instant: datetime, shown: datetime) -> datetime:
    """An instant in UTC as the site's readers see it, where they see the day before.

    In the hours of the night in America it is the same instant in the nearest zone that has that day. At another time
    no zone explains it, and what is shown is believed: the data are of a later hand. A day later is left as it is,
    since that may be a printed paper's, and so is an instant without a clock.
    """
    is_before = shown.date() == instant.date() - timedelta(days=1)
    if not is_before or instant.utcoffset() or instant.time() == time():
        return instant
    west = timedelta(hours=instant.hour + 1)
    return instant.astimezone(timezone(-west)) if west <= AMERICA else shown


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


def _days(text: str, language: str | None) -> Iterator[tuple[date, int]]:
    """Days and where they end in the text, for each way a day is written, the clearest first."""
    for found in _DAY_FIRST.finditer(text):
        yield from _named(int(found[3]), found["m"], int(found[1]), found.end())
    for found in _MONTH_FIRST.finditer(text):
        yield from _named(int(found[3] or found[5]), found["m"], int(found[2] or found[4]), found.end())
    for found in _YEAR_NAME_DAY.finditer(text):
        yield from _named(int(found[1]), found["m"], int(found[3]), found.end())
    for found in _YEAR_DAY_NAME.finditer(text):
        yield from _named(int(found[1]), found["m"], int(found[2]), found.end())
    for found in _YEAR_FIRST.finditer(text):
        is_persian = language is None or language in PERSIAN
        yield from _numbered(int(found[1]), int(found[2]), int(found[3]), found.end(), persian=is_persian)
    for found in _NUMBERS.finditer(text):
        day, month = _in_order(int(found[1]), int(found[3]), found[2], language)
        yield from _numbered(int(found[4]), month, day, found.end())
    for found in _SHORT.finditer(text):
        day, month = _in_order(int(found[1]), int(found[3]), found[2], language)
        yield from _numbered(CENTURY + int(found[4]), month, day, found.end())


def _in_order(first: int, second: int, separator: str, language: str | None) -> tuple[int, int]:
    """Day and month of two numbers."""
    american = separator == "/" and (language or "en").lower() in AMERICAN
    swapped = (american and first <= NOON) or second > NOON
    return (second, first) if swapped else (first, second)


def _named(year: int, word: str, day: int, end: int) -> Iterator[tuple[date, int]]:
    month = MONTHS.get(word) or MONTHS.get(word.removeprefix("ב"))
    if month and year >= MIN_YEAR:
        yield from _numbered(year, month, day, end)
    elif (month := PERSIAN_MONTHS.get(word)) and (found := to_gregorian(year, month, day)):
        yield found, end


def _numbered(year: int, month: int, day: int, end: int, *, persian: bool = False) -> Iterator[tuple[date, int]]:
    found = to_gregorian(year, month, day) if persian and year < MIN_YEAR else _date(year, month, day)
    if found:
        yield found, end


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year - BUDDHIST if year > MAX_YEAR else year, month, day)
    except ValueError:
        return None


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
