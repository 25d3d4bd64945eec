"""Metadata on the fast path: the page's own data, and where they say nothing what the site is known to show."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from copydesk.extract.metadata import Sources, choose_metadata, read_sources
from copydesk.extract.metadata.claims import Claims
from copydesk.extract.metadata.decide import named_persons, site_names
from copydesk.extract.metadata.visible import read_visible
from copydesk.models import Block, Entry, Metadata, Page, Source
from copydesk.profiles.model import Place, Profile
from copydesk.profiles.places import value_at
from copydesk.profiles.structure import Element, parse


@dataclass(frozen=True, slots=True)
class Told:
    """A page's tree, what its own data say, and what stands at the places of its site's profile, by their fields.

    All of it is read before the body is, of which the reading leaves no element as it was.
    """

    tree: Element
    sources: Sources
    shown: Mapping[str, str]

    def says_all(self, places: Iterable[Place]) -> bool:
        """Is what the page's own data leave open to be seen at the places?"""
        return {place.says for place in places if self.shown.get(place.field)}.issuperset(missing(self.sources))


def look(page: bytes, places: Iterable[Place]) -> Told | None:
    """What a page in UTF-8 tells, None if there is no body in it."""
    tree = parse(page)
    if tree is None or tree.find("body") is None:
        return None
    return Told(tree, read_sources(tree), {place.field: value_at(tree, place) for place in places})


def read_metadata(profile: Profile, told: Told, body: Sequence[Block], page: Page, *, entry: Entry | None) -> Metadata:
    """The metadata of a page of this site."""
    return choose_metadata(
        _with_headline(told),
        _visible(profile, told, body),
        body,
        url=page.final_url,
        fetched_at=page.fetched_at,
        entry=entry,
        headers_language=page.headers.get("content-language", ""),
        site_languages=profile.languages,
    )


def _visible(profile: Profile, told: Told, body: Sequence[Block]) -> Claims:
    """What readers see of the fields that the page's data leave open; the whole page is read as a last resort."""
    left_open = missing(told.sources)
    wanted = {*left_open, *_untagged(told.sources), *_unsigned(profile, told.sources), "bylines"}
    known = {field: value for field, value in told.shown.items() if field in wanted}
    if bylines := known.get("bylines"):
        known["authors"] = bylines
    found = Claims(
        Source.VISIBLE,
        authors=_one(known.get("authors")),
        bylines=_one(bylines),
        published=_one(known.get("published")),
        tags=_one(known.get("tags")),
    )
    if all(known.get(field) for field in left_open):
        return found
    anywhere = read_visible(told.tree, body, body[0].position if body else 0)
    return Claims(
        Source.VISIBLE,
        titles=anywhere.titles,
        authors=found.authors or anywhere.authors,
        bylines=found.bylines,
        published=found.published or anywhere.published,
        modified=anywhere.modified,
        tags=found.tags,
    )


def _with_headline(told: Told) -> Sources:
    """The page's data with the headline that readers see, on a site whose data name no article."""
    headline = told.shown.get("titles")
    return replace(told.sources, headings=(headline,)) if headline else told.sources


def missing(sources: Sources) -> list[str]:
    """Which of `authors` and `published` the page's own data say nothing of."""
    claims = (sources.json_ld, sources.tags)
    authors = any(claim.authors or claim.organisations for claim in claims)
    published = any(claim.published for claim in claims)
    return [field for field, said in (("authors", authors), ("published", published)) if not said]


def _unsigned(profile: Profile, sources: Sources) -> list[str]:
    """`authors` where the page's own data name an account or the site, and readers may see a person."""
    if not any(place.field == "authors" for place in profile.places):
        return []
    claims = (sources.json_ld, sources.tags)
    sites = site_names(claims)
    return [] if any(named_persons(claim.authors, sites) for claim in claims) else ["authors"]


def _untagged(sources: Sources) -> list[str]:
    """`tags` where the page's own data have none. Many articles have none at all, so that nothing is amiss then."""
    return [] if sources.json_ld.tags or sources.tags.tags else ["tags"]


def _one(value: str | None) -> tuple[str, ...]:
    return (value,) if value else ()
