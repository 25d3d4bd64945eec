"""What a site calls itself: as its pages say, without slogans; else what their titles and feeds end or begin with."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import chain
from typing import Final

from copydesk.errors import UrlError
from copydesk.extract.blocks import squeeze
from copydesk.extract.metadata.claims import Claims
from copydesk.extract.metadata.decide import Picked
from copydesk.extract.metadata.titles import parts
from copydesk.folding import fold
from copydesk.models import Source
from copydesk.urls import registrable_domain

MAX_CHARS: Final = 80
MIN_CHARS: Final = 3  # letters of a name that an address confirms
MIN_SHARE: Final = 0.5  # of the address that a name must be, or of a name that is the address's
MIN_SAID_SHARE: Final = 0.7  # the same for a part of what a page says is the name
MAX_FEEDS: Final = 5

# Whose the rights are, which some sites say in place of a name.
_RIGHTS: Final = re.compile(
    r"©|\(c\)|\bcopyright\b|版权所有|版權所有"
    r"|\b(?:all rights reserved|tous droits réservés|alle rechte vorbehalten)\b",
    re.IGNORECASE,
)
_OF_RIGHTS: Final = re.compile(
    r"^(?:©|\(c\)|copyright\s?(?:[:©]|\(c\)|(?:19|20)\d\d\b))|版权所有|版權所有|\b(?:reserved|réservés|vorbehalten)\b",
    re.IGNORECASE,
)
_YEARS: Final = re.compile(r"\b(?:19|20)\d\d\b(?:\s?[-–]\s?(?:(?:19|20)\d\d\b)?)?")
_MARKS: Final = re.compile(r"[®™©]")
_EDGES: Final = " ,;:|-–—·•»"
_FEED_WORDS: Final = frozenset(("rss", "atom", "rdf", "feed", "feeds", "2.0", ""))
_LETTERS: Final = re.compile(r"[\W_]+")
_COLON: Final = re.compile(r"\s?:\s|：")
_WORD: Final = re.compile(r"[^\W_]+")


def choose_site_name(picked: Picked, tags: Claims, json_ld: Claims, url: str) -> str | None:
    """What the page says of its site's name, else what the address confirms among the ends of titles and feeds."""
    own = (tags, json_ld)
    name = (
        picked.first("site_name", own, lambda c: next(_names(c.site_names), None))
        or picked.first("site_name", own, lambda c: next(_holders(c.site_names), None))
        or picked.first("site_name", own, lambda c: next(_feeds(c.feeds), None))
        or picked.first("site_name", _guessed(own, url), lambda c: next(_names(c.site_names), None))
    )
    return name and _without_slogan(name, own, url)


def _names(said: Sequence[str]) -> Iterator[str]:
    """Names without trade marks, but none of what tells whose the rights are."""
    for name in said:
        if not _OF_RIGHTS.search(name) and (found := _fit(_MARKS.sub("", name))):
            yield found


def _holders(said: Sequence[str]) -> Iterator[str]:
    """Who has the rights, where that is all that a page says."""
    yield from filter(None, (_fit(_YEARS.sub(" ", _RIGHTS.sub(" ", name))) for name in said))


def _fit(name: str) -> str | None:
    name = squeeze(name).strip(_EDGES)
    return name if 1 < len(name) <= MAX_CHARS and "://" not in name else None


def _without_slogan(name: str, own: Sequence[Claims], url: str) -> str:
    """The part of a name that the page calls its site elsewhere, or the one part that is in the address."""
    some = _parts(name)
    if len(some) == 1:
        return name
    others = {_key(other) for claim in own for other in claim.site_names}
    known = next((part for part in some if _key(part) in others), None)
    address = _address(url)
    confirmed = [part for part in some if _is_in(part, address, MIN_SAID_SHARE)]
    return known or (confirmed[0] if len(confirmed) == 1 else name)


def _parts(name: str) -> list[str]:
    return [part.strip(_EDGES) for whole in parts(name) for part in _COLON.split(whole)]


def _feeds(titles: Sequence[str]) -> Iterator[str]:
    """The names of feeds that say what they are: "The Lune Post » Feed"."""
    return (name for title in titles if " » " in title and (name := _fit(title.partition(" » ")[0])))


def _guessed(own: Sequence[Claims], url: str) -> Iterator[Claims]:
    """The first or last part of a title, and a part of a feed's, if they are in the address."""
    address = _address(url)
    titles = (parts(title) for claim in own for title in claim.titles)
    ends = (end for found in titles if len(found) > 1 for end in (found[-1], found[0]))
    feeds = (part for claim in own for title in claim.feeds[:MAX_FEEDS] for part in _parts(_without_format(title)))
    names = (name for name in chain(ends, feeds) if _is_in(name, address, MIN_SHARE))
    yield Claims(Source.HEURISTIC, site_names=tuple(names))


def _without_format(title: str) -> str:
    """A feed's title without what says that it is one: "The Lune Post - Atom"."""
    words = title[: 2 * MAX_CHARS].split()
    while words and words[-1].strip("()-–:|").casefold() in _FEED_WORDS:
        words.pop()
    return " ".join(words)


def _address(url: str) -> tuple[str, ...]:
    """The name in a site's address, and the whole of it, in letters and digits."""
    try:
        domain = registrable_domain(url)
    except UrlError:
        return ()
    return (_key(domain.partition(".")[0]), _key(domain))


def _is_in(name: str, address: tuple[str, ...], share: float) -> bool:
    """Whether a name is an address's, or enough of it, or has it in it, or has its letters as initials."""
    key = _key(name)
    if len(key) < MIN_CHARS or not address:
        return False
    initials = "".join(word[0] for word in _WORD.findall(fold(name)))
    return key in address or any(_is_most(key, own, share) for own in address) or _are_initials(initials, address[0])


def _is_most(key: str, own: str, share: float) -> bool:
    return len(own) >= MIN_CHARS and (
        (key in own and len(key) >= share * len(own)) or (own in key and len(own) >= share * len(key))
    )


def _are_initials(initials: str, own: str) -> bool:
    return len(initials) >= MIN_CHARS and len(own) >= MIN_CHARS and (initials.endswith(own) or own.startswith(initials))


def _key(text: str) -> str:
    return _LETTERS.sub("", fold(text))
