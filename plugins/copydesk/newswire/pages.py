"""From an edition to the bytes a publisher's server sends: pages, home page, feeds, pictures."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from functools import cache
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from copydesk.newswire.stock import HERE, Edition, Publisher

FEED_TEMPLATES = {"excerpts": "rss.xml", "full": "rss-full.xml", "atom": "atom.xml"}
FEED_TYPES = {"excerpts": "application/rss+xml", "full": "application/rss+xml", "atom": "application/atom+xml"}
RIGHT_TO_LEFT = {"ar"}
MONTHS = {
    "ar": (
        "كانون الثاني/يناير", "شباط/فبراير", "آذار/مارس", "نيسان/أبريل", "أيار/مايو", "حزيران/يونيو",
        "تموز/يوليو", "آب/أغسطس", "أيلول/سبتمبر", "تشرين الأول/أكتوبر", "تشرين الثاني/نوفمبر", "كانون الأول/ديسمبر",
    ),
    "en": (
        "January", "February", "March", "April", "May", "June",
        "July", "August", "September", "October", "November", "December",
    ),
    "fr": (
        "janvier", "février", "mars", "avril", "mai", "juin",
        "juillet", "août", "septembre", "octobre", "novembre", "décembre",
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Furnishing:
    """A block among the passages that is not the story's: a photo, read-also, newsletter or advertisement.

    `after` counts the passages before it; 0 is above the text.
    """

    kind: str
    after: int
    lines: tuple[str, ...]
    link: str = ""


def article_html(publisher: Publisher, edition: Edition, base_url: str) -> str:
    """The page of an edition, whole."""
    return _template(f"{publisher.key}.html").render(
        publisher=publisher,
        edition=edition,
        story=edition.story,
        base_url=base_url,
        words=publisher.words[edition.story.language],
        direction="rtl" if edition.story.language in RIGHT_TO_LEFT else "ltr",
        behind=_by_place(furnishings(publisher, edition)),
        others=others(publisher, edition),
        json_ld=_json_ld(publisher, edition, base_url),
    )


def home_html(publisher: Publisher, editions: tuple[Edition, ...], base_url: str) -> str:
    """The list of everything that a publisher carries."""
    return _template("home.html").render(
        publisher=publisher,
        editions=editions,
        base_url=base_url,
        words=publisher.words[publisher.language],
        direction="rtl" if publisher.language in RIGHT_TO_LEFT else "ltr",
        feed_type=FEED_TYPES[publisher.feed],
    )


def feed_xml(publisher: Publisher, editions: tuple[Edition, ...], base_url: str) -> str:
    """The publisher's feed in its own format, newest first."""
    newest_first = sorted(editions, key=lambda edition: edition.published_at, reverse=True)
    return _template(FEED_TEMPLATES[publisher.feed]).render(
        publisher=publisher,
        editions=newest_first,
        base_url=base_url,
        words=publisher.words[publisher.language],
        updated=max(edition.modified_at for edition in editions),
    )


def picture_svg(name: str) -> str:
    """A plain picture with the name's own colour, so that pages look like pages."""
    hue = sum(name.encode()) * 37 % 360
    return _template("picture.svg").render(hue=hue)


def furnishings(publisher: Publisher, edition: Edition) -> tuple[Furnishing, ...]:
    """What stands among the passages; what has its place behind the last one is left out."""
    printed, places = publisher.words[edition.story.language], publisher.places
    photos = zip(edition.story.photos, places["photos"], strict=False)
    links = zip(others(publisher, edition), places["read_also"], strict=False)
    found = (
        *(Furnishing("photo", after, (photo.caption, photo.credit)) for photo, after in photos),
        *(
            Furnishing("read-also", after, (printed["read_also"], other.story.title), other.path)
            for other, after in links
        ),
        *(Furnishing("newsletter", after, tuple(printed["newsletter"])) for after in places["newsletter"]),
        *(Furnishing("advertisement", after, (printed["advertisement"],)) for after in places["advertisement"]),
    )
    return tuple(item for item in found if item.after < len(edition.story.passages))


def others(publisher: Publisher, edition: Edition) -> tuple[Edition, ...]:
    """Three other editions of the publisher in the same language: what it links to as related."""
    same = [other for other in publisher.editions if other.story.language == edition.story.language]
    place = next((index for index, other in enumerate(same) if other.path == edition.path), 0)
    return tuple((same[place + 1 :] + same[:place])[:3])


def _by_place(found: tuple[Furnishing, ...]) -> Mapping[int, list[Furnishing]]:
    return {place: [item for item in found if item.after == place] for place in {item.after for item in found}}


def _json_ld(publisher: Publisher, edition: Edition, base_url: str) -> dict[str, Any]:
    story = edition.story
    return {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": story.title,
        "description": story.summary,
        "inLanguage": story.language,
        "datePublished": edition.published_at.isoformat(),
        "dateModified": edition.modified_at.isoformat(),
        "author": [{"@type": "Person", "name": name} for name in story.authors],
        "publisher": {"@type": "NewsMediaOrganization", "name": publisher.name, "url": base_url + "/"},
        "articleSection": story.section,
        "keywords": list(story.tags),
        "image": [f"{base_url}/media/{story.key}.svg"],
        "mainEntityOfPage": base_url + edition.path,
    }


def _readable(instant: datetime, language: str) -> str:
    month = MONTHS[language][instant.month - 1]
    return f"{instant.day} {month} {instant.year}"


def _rfc822(instant: datetime) -> str:
    return format_datetime(instant.astimezone(UTC), usegmt=True)


@cache
def _template(name: str) -> Template:
    environment = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters.update(readable=_readable, rfc822=_rfc822)
    return environment.get_template(name)
