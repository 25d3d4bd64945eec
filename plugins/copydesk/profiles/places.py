"""Where a site shows title, authors, date and tags to readers, learned where several pages agree on the place.

A place of titles is looked for only on a site whose pages' own data name the site and not the article. A place of
authors is one of `bylines` where the data name whose account it was, and readers see somebody else: it is believed
before the data.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from copydesk.extract.blocks import squeeze
from copydesk.extract.metadata.dates import read_instant
from copydesk.extract.metadata.persons import persons, says_by
from copydesk.profiles.containers import Lesson, addresses, first
from copydesk.profiles.model import Place
from copydesk.profiles.structure import Element, plain

MAX_CHARS = 200
MAX_TAGS = 20
MAX_TAG_WORDS = 5
MAX_NAMES = 4  # elements in a byline
MAX_BYLINE_CHARS = 100
MAX_CANDIDATES = 40  # of one page and field
ON_MOST_PAGES = 0.6
AGREEMENT = 0.8
MIN_PAGES = 2
MIN_WORD_CHARS = 4

_NAMED = {
    "titles": re.compile(r"^(?!.*(?:sub|related|teaser|card|widget|site)).*(?:head-?line|title)", re.IGNORECASE),
    "authors": re.compile(r"author|by-?line|writer|auteur|autor|reporter", re.IGNORECASE),
    "published": re.compile(r"date|time|publish|datum|fecha", re.IGNORECASE),
    "tags": re.compile(
        r"\btags?\b|_tags?\b|tag-?(?:list|links|s)|keywords?|topics?|schlagw|etiquet|mots-cl", re.IGNORECASE
    ),
}
_TAG_NAMES = {"titles": {"h1"}, "authors": set[str](), "published": {"time"}, "tags": set[str]()}
_YEAR = re.compile(r"(?:19|20)\d\d|[٠-٩۰-۹]{4}")


@dataclass(frozen=True, slots=True)
class _Sight:
    """What stands at a place on one page, and whether the page's data say the same; None where they say nothing."""

    value: str
    agrees: bool | None
    told: bool = False  # of tags and titles: the text has one of them, or most of their words
    is_byline: bool = False  # of authors: the page's data name others


def find(lessons: Sequence[Lesson]) -> tuple[Place, ...]:
    """For each field the place on which most pages agree, if there is one."""
    fields = [field for field in _NAMED if field != "titles" or _are_untitled(lessons)]
    found = (_best(field, lessons) for field in fields)
    return tuple(place for place in found if place is not None)


def _are_untitled(lessons: Sequence[Lesson]) -> bool:
    """Do most pages have no title of their own, or one that others have too?"""
    headlines = Counter(page.reading.headline for page in lessons)
    shared = sum(count for headline, count in headlines.items() if not headline or count > 1)
    return shared >= max(MIN_PAGES, ON_MOST_PAGES * len(lessons))


def value_at(tree: Element, place: Place) -> str:
    """What stands at a place of a page, "" where nothing does; tags with a comma between them."""
    element = first(tree, place.xpath)
    if element is None:
        return ""
    return ", ".join(_tags(element)) if place.field == "tags" else _value(element, place.attribute)


def _tags(element: Element) -> list[str]:
    """The texts of an element's links; none if they are too many to be an article's tags, or too long."""
    texts = [squeeze(" ".join(link.itertext())).lstrip("#") for link in element.iter("a")]
    tags = [text for text in texts if text]
    fitting = len(tags) <= MAX_TAGS and all(len(tag.split()) <= MAX_TAG_WORDS and "," not in tag for tag in tags)
    return tags if fitting else []


def _value(element: Element, attribute: str | None) -> str:
    text = (element.get(attribute) or "") if attribute else " ".join(element.itertext())
    return squeeze(text) if len(text) <= 4 * MAX_CHARS else ""


def _best(field: str, lessons: Sequence[Lesson]) -> Place | None:
    proposals: defaultdict[tuple[str, str | None], int] = defaultdict(int)
    for page in lessons:
        for key in {key for element in _candidates(field, page.body) for key in _keys(field, element)}:
            proposals[key] += 1
    wide = [key for key, count in proposals.items() if count >= max(MIN_PAGES, ON_MOST_PAGES * len(lessons))]
    places = [place for key in sorted(wide, key=str) if (place := _place(field, key, lessons))]
    return min(places, key=_rank, default=None)


def _rank(place: Place) -> tuple[int, int, int, str]:
    return (-place.agreed, -place.pages, len(place.xpath), place.xpath)


def _candidates(field: str, body: Element) -> Iterable[Element]:
    found = 0
    for element in body.iter("*"):
        if _may_hold(field, element) and 0 < len(_value(element, None)) <= MAX_CHARS:
            # a link that is called a tag is one of several
            yield element.getparent() if field == "tags" and element.tag == "a" else element
            found += 1
        if found >= MAX_CANDIDATES:
            return


def _may_hold(field: str, element: Element) -> bool:
    marks = f"{element.get('class') or ''} {element.get('itemprop') or ''} {element.get('rel') or ''}"
    if element.tag in _TAG_NAMES[field] or _NAMED[field].search(marks):
        return True
    return field == "authors" and len(element) <= MAX_NAMES and bool(element.text) and _is_byline(element)


def _is_byline(element: Element) -> bool:
    text = _value(element, None)
    return len(text) <= MAX_BYLINE_CHARS and says_by(text) and bool(persons((text,)))


def _keys(field: str, element: Element) -> Iterable[tuple[str, str | None]]:
    for xpath in addresses(element):
        yield xpath, None
        if field == "published" and element.get("datetime"):
            yield xpath, "datetime"


def _place(field: str, key: tuple[str, str | None], lessons: Sequence[Lesson]) -> Place | None:
    draft = Place(field, *key, 0, 0, 0, "")
    sights = [_sight(field, value, page) for page in lessons if (value := value_at(page.body, draft))]
    known = sum(sight.agrees is not None for sight in sights)
    agreed = sum(sight.agrees is True for sight in sights)
    if len(sights) < max(MIN_PAGES, ON_MOST_PAGES * len(lessons)) or agreed < AGREEMENT * known:
        return None
    if field in {"tags", "titles"} and not _are_own(sights):
        return None
    if known < MIN_PAGES and not _looks_right(field, [sight.value for sight in sights]):
        return None
    bylines = sum(sight.is_byline and sight.agrees is True for sight in sights)
    named = "bylines" if bylines >= max(MIN_PAGES, ON_MOST_PAGES * known) else field
    return Place(named, *key, len(sights), known, agreed, min(sight.value for sight in sights))


def _sight(field: str, value: str, page: Lesson) -> _Sight:
    known, text = page.reading, plain(value)
    if field == "titles":
        words = [word for word in text.split() if len(word) >= MIN_WORD_CHARS]
        told = 2 * sum(word in known.joined for word in words) >= len(words) > 0
        return _Sight(value, True if _is_title(text, known.headline) else None, told)
    if field == "authors":
        agrees = _are_authors(value, known.authors) if known.authors else None
        return _Sight(value, agrees, is_byline=known.is_byline)
    if field == "tags":
        tags = {plain(tag) for tag in value.split(",")}
        told = any(tag in known.joined or tag in known.title for tag in tags)
        return _Sight(value, bool(tags & set(known.tags)) if known.tags else None, told)
    instant = read_instant(value, known.language)
    day = instant.date().isoformat() if instant else ""
    return _Sight(value, day == known.date if known.date else None)


def _is_title(text: str, title: str) -> bool:
    """A title in the page's data may carry the site's name behind it."""
    return text == title or (text in title and 2 * len(text) > len(title))


def _are_authors(value: str, authors: Sequence[str]) -> bool:
    """A line may name more than the authors, and they may have been read with what stands beside their names."""
    names = [plain(name) for name in persons((value,))]
    return any(author in plain(value) or any(name in author for name in names) for author in authors)


def _are_own(sights: Sequence[_Sight]) -> bool:
    """Do they differ from page to page, as the topics of a menu do not, and are they of what the pages are about?"""
    differ = len({sight.value for sight in sights}) >= max(MIN_PAGES, ON_MOST_PAGES * len(sights))
    return differ and sum(sight.told for sight in sights) >= ON_MOST_PAGES * len(sights)


def _looks_right(field: str, values: Sequence[str]) -> bool:
    """Where nothing is known of the field: do the values look like it, and differ from page to page?"""
    if len(set(values)) < MIN_PAGES:
        return False
    if field == "authors":
        return all(persons((value,)) for value in values)
    if field == "published":
        return all(_YEAR.search(value) and read_instant(value, None) for value in values)
    return field == "tags" or all(len(value.split()) > MIN_PAGES for value in values)
