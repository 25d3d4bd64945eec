"""What the gate looks at: one row a candidate, with the columns that expectations/README.md explains. Pure."""

from __future__ import annotations

import re
from collections import Counter
from datetime import UTC, datetime
from typing import Final

from copydesk.models import SURROUNDINGS, Article, Candidate
from copydesk.validate.scripts import letters_share, script_share

Row = dict[str, str | int | float | None]

# UTF-8 that was read as windows-1252 or windows-1256: 'Ã©', 'Ø§Ù„', 'â€™', 'Ð¿'; and what could not be read at all.
# Each alternative begins with a letter of its own, so that the search leaps from one such letter to the next.
_NO_WORD: Final = r"""[^\w\s.,;:!?)"'«»/-]"""
_MOJIBAKE: Final = re.compile(
    "|".join(
        (
            *("\ufffd", "Ã[\u0080-\u00bf]", "Â[\u0080-\u00bf]", "â€.", "ط§", "ظ„"),
            *(f"{letter}{_NO_WORD}" for letter in "ØÙÐÑ"),
            *(f"{letter}[ª-ºƒˆŠŒŽšœž]" for letter in "ØÙ"),
        )
    )
)
_TAG: Final = re.compile(
    r"</?(?:p|div|span|a|br|img|script|style|table|ul|ol|li|iframe|h[1-6])(?:\s[^<>]*)?/?>", re.IGNORECASE
)
_CODE: Final = re.compile(
    r"function\s*\w*\s*\(|=>\s*\{|var \w+ ?=|document\.|window\.|@media|!important|\{\s*\w[\w-]*:"
)


def row(candidate: Candidate, now: datetime, copies: int = 0) -> Row:
    """The candidate's row, as of `now`; `copies` are articles of its site that say the same under other URLs."""
    article, known = candidate.article, candidate.article.metadata
    text, title = article.text, known.title or ""
    whole, seen = f"{title}\n{text}", Counter(text)
    return {
        "entry_id": candidate.entry_id,
        "url": article.url,
        "canonical_url": known.canonical_url,
        "domain": candidate.domain,
        "title": known.title,
        "text": text,
        "characters": len(text),
        "characters_beyond_title": len(text.replace(title, "")) if title else len(text),
        "blocks": len(article.blocks),
        "longest_run": max(map(len, re.findall(r"[!-~]+", text)), default=0),
        "letters_share": letters_share(seen),
        "language": known.language,
        "script_share": script_share(seen + Counter(title), known.language),
        "mojibake_share": _share(len(_MOJIBAKE.findall(whole)), len(text)),
        "html_tags": len(_TAG.findall(whole)),
        "code_share": _code_share(text),
        "link_share": _link_share(article),
        "boilerplate_share": _boilerplate_share(article),
        "repeated_share": _repeated_share(article),
        "copies_on_site": copies,
        "published_year": _utc(known.published_at).year if known.published_at else None,
        "published_hours_ahead": _hours(now, known.published_at),
        "modified_hours_ahead": _hours(now, known.modified_at),
        "modified_hours_after_published": _hours(known.published_at, known.modified_at),
        "authors": len(known.authors),
        "longest_author": max(map(len, known.authors), default=0),
        "agency": candidate.attribution.agency,
        "confidence": candidate.attribution.confidence,
    }


def _utc(instant: datetime) -> datetime:
    return instant.astimezone(UTC)


def _hours(since: datetime | None, until: datetime | None) -> float | None:
    return None if since is None or until is None else (until - since).total_seconds() / 3600


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def _link_share(article: Article) -> float:
    """The share of the text that stands in links."""
    in_links = sum(len(block.text) * block.link_density for block in article.blocks)
    return in_links / max(sum(len(block.text) for block in article.blocks), 1)


def _boilerplate_share(article: Article) -> float:
    """The share of what the extraction took for the body that cleaning took off again."""
    removed = sum(len(one.text) for one in article.removals if one.rule not in SURROUNDINGS)
    return _share(removed, removed + len(article.text))


def _repeated_share(article: Article) -> float:
    """The share of the text that is in blocks that stood there before, word for word."""
    repeated = sum(len(text) * (count - 1) for text, count in Counter(one.text for one in article.blocks).items())
    return _share(repeated, len(article.text))


def _code_share(text: str) -> float:
    """The share of lines that look like a script or a style sheet."""
    if not _CODE.search(text):
        return 0.0
    lines = [line for line in text.splitlines() if line]
    return _share(sum(1 for line in lines if _CODE.search(line)), len(lines))
