"""Which of the titles that a page carries is the article's own, without the site's name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Final

from copydesk.extract.blocks import squeeze
from copydesk.models import Source

MAX_CHARS: Final = 400
MAX_HEADINGS: Final = 50
MIN_LIKENESS: Final = 0.6
MIN_SITE_CHARS: Final = 4  # letters of a name that may be part of a longer one
MIN_TITLE_CHARS: Final = 10  # letters; shorter parts are sections
MAX_SITE_WORDS: Final = 4
MIN_HEADLINE_WORDS: Final = 3
MIN_HEADLINE_CHARS: Final = 20  # in scripts that write no spaces
_SEPARATOR: Final = re.compile(r"\s+[|\-–—―•·»«:~/‹›⋆>]{1,3}\s+|\s*[|｜ㅣ»]\s*|_(?=[^_]{2,20}$)")
_LETTERS: Final = re.compile(r"\W+")


@dataclass(frozen=True, slots=True)
class Titled:
    """A title and where it was read."""

    text: str
    source: Source


def choose_title(candidates: Iterable[Titled], headings: Sequence[str], site_names: Sequence[str]) -> Titled | None:
    """The title that readers see: a top heading that the page's data confirm, else the data without the site's name.

    `candidates` stand in order of trust; `headings` in order of the page.
    """
    known = [Titled(squeeze(c.text)[:MAX_CHARS], c.source) for c in candidates if c.text.strip()]
    seen = [squeeze(heading) for heading in headings[:MAX_HEADINGS] if 2 < len(heading) <= MAX_CHARS]  # noqa: PLR2004 - letters
    sites = {_key(name) for name in site_names if name}
    stripped = [Titled(without_site(c.text, sites, [k.text for k in known] + seen), c.source) for c in known]
    best = max(seen, key=lambda heading: _likeness(heading, known), default=None)
    if best is not None and _key(best) not in sites and (_likeness(best, known) >= MIN_LIKENESS or _alone(best, seen)):
        return Titled(best, Source.VISIBLE)
    if stripped:
        return stripped[0]
    return Titled(seen[0], Source.VISIBLE) if seen else None


def without_site(title: str, sites: set[str], others: Sequence[str]) -> str:
    """A title without the part that names the site: a part that is such a name, or what is left of another title."""
    parts = _SEPARATOR.split(title)
    if len(parts) == 1:
        return title
    keys = {_key(other) for other in others}
    spans = list(_SEPARATOR.finditer(title))
    for span in reversed(spans):
        head, tail = title[: span.start()], title[span.end() :]
        if _is_site(tail, sites):
            return without_site(head, sites, others)
        if _is_site(head, sites):
            return without_site(tail, sites, others)
        for kept in (head, tail):
            if _key(kept) in keys and len(kept) > MIN_TITLE_CHARS:
                return kept
    head, tail = title[: spans[-1].start()], title[spans[-1].end() :]
    return head if len(tail.split()) <= MAX_SITE_WORDS and len(head) > len(tail) else title


def _is_site(part: str, sites: set[str]) -> bool:
    key = _key(part)
    long = [site for site in sites if min(len(site), len(key)) >= MIN_SITE_CHARS]
    return bool(key) and (key in sites or any(key in site or site in key for site in long))


def _alone(heading: str, seen: Sequence[str]) -> bool:
    """Whether a page has one top heading, of as many words as a headline: the data may call the article otherwise."""
    return len(set(seen)) == 1 and (len(heading.split()) >= MIN_HEADLINE_WORDS or len(heading) >= MIN_HEADLINE_CHARS)


def _likeness(heading: str, known: Sequence[Titled]) -> float:
    key, keys = _key(heading), {_key(title.text) for title in known}
    return 1.0 if key and key in keys else max((_alike(key, other) for other in keys), default=0.0)


@lru_cache(maxsize=256)
def _alike(heading: str, title: str) -> float:
    if not heading or not title:
        return 0.0
    if heading == title:
        return 1.0
    if heading in title or title in heading:
        return 0.5 + 0.5 * min(len(heading), len(title)) / max(len(heading), len(title))
    matcher = SequenceMatcher(None, heading, title, autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= MIN_LIKENESS else 0.0


def _key(text: str) -> str:
    return _LETTERS.sub("", text).casefold()
