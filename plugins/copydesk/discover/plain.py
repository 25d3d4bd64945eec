"""Values as feeds give them, made plain: text that can be stored, instants with a zone, language tags."""

from __future__ import annotations

import calendar
import re
import time
from datetime import UTC, datetime

import lxml.etree
import lxml.html

from copydesk.clock import has_date_everywhere

_UNSTORABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_BLOCK_START = re.compile(r"<(?=/?(?:p|br|div|li|ul|ol|h[1-6]|tr|td|blockquote|figure|figcaption)\b)", re.IGNORECASE)
MAX_LANGUAGE_CHARS = 35  # RFC 5646, 4.4.1: as many as one that is in use may have
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8})*")


def storable(text: str) -> str:
    """`text` without control characters and lone surrogates, which neither XML nor Postgres can hold."""
    return _UNSTORABLE.sub("", text)


def plain_text(html: str | None) -> str | None:
    """The text of a piece of HTML on one line, scripts left out; None if there is none."""
    if not html:
        return None
    text = _text_content(storable(html)) if "<" in html or "&" in html else storable(html)
    return " ".join(text.split()) or None


def language_tag(value: str | None) -> str | None:
    """A language tag as `ar` or `en-US`; None if `value` is not one."""
    tag = (value or "").strip()
    return tag.replace("_", "-") if len(tag) <= MAX_LANGUAGE_CHARS and _LANGUAGE.fullmatch(tag) else None


def instant(parsed: time.struct_time | None) -> datetime | None:
    """An instant from feedparser's UTC time; None if there is none or not every calendar holds it."""
    if parsed is None:
        return None
    try:
        found = datetime.fromtimestamp(calendar.timegm(parsed), UTC)
    except (ValueError, OverflowError, OSError):
        return None
    return found if has_date_everywhere(found) else None


def iso_instant(value: object) -> datetime | None:
    """An instant from an ISO 8601 date or date-time, UTC where it names no zone; None if not all calendars have it."""
    try:
        found = datetime.fromisoformat(str(value).strip())
    except ValueError:
        return None
    if not has_date_everywhere(found):
        return None
    return found.astimezone(UTC) if found.tzinfo else found.replace(tzinfo=UTC)


def _text_content(html: str) -> str:
    try:
        root = lxml.html.fromstring(_BLOCK_START.sub(" <", html))
    except (lxml.etree.ParserError, ValueError):
        return ""
    lxml.etree.strip_elements(root, "script", "style", lxml.etree.Comment, with_tail=False)
    return "".join(str(text) for text in root.itertext())
