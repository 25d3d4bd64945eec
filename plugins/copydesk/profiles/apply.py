"""The fast path: a page of a known site read straight from its container, with the profile's own checks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from copydesk.extract.metadata import Sources
from copydesk.models import OUTSIDE, Block, Entry, Extract, Label, Page, Removal
from copydesk.profiles.charset import declares_utf8, is_utf8, utf8_of
from copydesk.profiles.containers import first
from copydesk.profiles.cut import Cut, cut
from copydesk.profiles.metadata import Told, look, read_metadata
from copydesk.profiles.model import Place, Template
from copydesk.profiles.outside import text_of, texts_around, without_head
from copydesk.profiles.pictures import under_pictures
from copydesk.profiles.reader import Judged, Reader, unknown_share
from copydesk.profiles.slim import Slim, slim
from copydesk.profiles.structure import Element, drop_unseen, plain

MAX_PAGE_BYTES = 4 * 1024 * 1024  # larger pages are left to the reading that bounds time and memory
MIN_CHARS = 150
SHORTEST_SHARE = 0.2  # of the shortest body that the template has shown
MAX_UNKNOWN = 0.2
HEAD_PIECES = 3
OUTRANKING = frozenset({"bylines", "titles"})  # what readers see there is believed before the page's own data
ENOUGH_OF_ARTICLE_BODY = 0.6  # of the text that the page's own JSON-LD carries

_LABELS = {
    "blockquote": Label.QUOTE,
    "figcaption": Label.CAPTION,
    "figure": Label.CAPTION,
    "li": Label.LIST,
    "dd": Label.LIST,
    "dt": Label.LIST,
    "tr": Label.TABLE,
    **{f"h{level}": Label.HEADING for level in range(1, 7)},
}


@dataclass(frozen=True, slots=True)
class _Seen:
    """What a page tells, or a part of it, and what that part was cut out of."""

    told: Told
    part: Cut | None = None


@dataclass(frozen=True, slots=True)
class _Found:
    """What was read of a page on the way to its extract."""

    seen: _Seen
    template: Template
    container: Element
    judged: Sequence[Judged]


def read_page(reader: Reader, page: Page, entry: Entry | None = None) -> tuple[Template, Extract] | None:
    """The page by the first of the profile's templates that fits it, None when none does.

    The caller then reads the page without a profile. Never raises for what is in a page.
    """
    if not reader.profile.templates or len(page.body) > MAX_PAGE_BYTES:
        return None
    return _read_cut(reader, page, entry) or _read_whole(reader, page, entry)


def _light(page: Page) -> Slim | None:
    """The page without its unseen parts, in UTF-8. Of a page that says it is, only what is left need really be."""
    if not declares_utf8(page):
        return slim(utf8_of(page))
    light = slim(page.body)
    return light if light is None or is_utf8(light.page, *light.data) else slim(utf8_of(page))


def _read_cut(reader: Reader, page: Page, entry: Entry | None) -> tuple[Template, Extract] | None:
    """From the part of the page that a template looks at, where that can be cut out and says all that is wanted."""
    light = _light(page)
    if light is None:
        return None
    places = reader.profile.places
    needed = {place.xpath for place in places if place.field in OUTRANKING}
    for template in reader.profile.templates:
        part = cut(light, template.container, (place.xpath for place in places), needed)
        seen = _seen(part, places) if part is not None else None
        found = _read_with(reader, [template], seen, page, entry) if seen is not None else None
        if found is not None:
            return found
    return None


def _seen(part: Cut, places: Sequence[Place]) -> _Seen | None:
    """What the part tells; None where what its data leave open stands outside of it."""
    told = look(part.page, places)
    return _Seen(told, part) if told is not None and told.says_all(places) else None


def _read_whole(reader: Reader, page: Page, entry: Entry | None) -> tuple[Template, Extract] | None:
    told = look(utf8_of(page), reader.profile.places)
    return _read_with(reader, reader.profile.templates, _Seen(told), page, entry) if told is not None else None


def _read_with(
    reader: Reader, templates: Iterable[Template], seen: _Seen, page: Page, entry: Entry | None
) -> tuple[Template, Extract] | None:
    for template in templates:
        container = first(seen.told.tree, template.container)
        judged = _read(reader, template, container) if container is not None else []
        if fits(template, judged, seen.told.sources):
            made = _extract(reader, _Found(seen, template, container, judged), page, entry)
            return (template, made) if made.metadata.title else None
    return None


def _read(reader: Reader, template: Template, container: Element) -> list[Judged]:
    drop_unseen(container)
    return reader.read(template, container)


def fits(template: Template, judged: Sequence[Judged], sources: Sources) -> bool:
    """Is there enough text, mostly where the profile knows its way, and as much as the page says it has?"""
    characters = sum(len(one.piece.text) for one in judged if one.body)
    least = max(MIN_CHARS, SHORTEST_SHARE * template.characters, ENOUGH_OF_ARTICLE_BODY * len(sources.json_ld.text))
    return characters >= least and unknown_share(judged) <= MAX_UNKNOWN


def _extract(reader: Reader, found: _Found, page: Page, entry: Entry | None) -> Extract:
    body, removals = _sorted_out(found.judged, reader.version)
    told = found.seen.told
    metadata = read_metadata(reader.profile, told, body, page, entry=entry)
    judged = _without_standfirst(found.judged, metadata.summary) if found.template.standfirst else found.judged
    if judged is not found.judged:
        body, removals = _sorted_out(judged, reader.version)
    return Extract(
        url=page.url,
        metadata=metadata,
        blocks=body,
        removals=_with_outside(found, removals, reader.version),
        reading="profile",
        bylines=(*told.sources.bylines, *(entry.authors if entry else ())),
    )


def _with_outside(found: _Found, removals: tuple[Removal, ...], version: str) -> tuple[Removal, ...]:
    """The same with all that stands before the container, and all behind it. The tree is of no use afterwards."""
    before, behind = _outside(found.seen, found.container, found.template.container)
    places = ((0, before), (len(found.judged) + 1, behind))
    around = [Removal(at, text, Label.OTHER_BOILERPLATE, OUTSIDE, version) for at, text in places if text]
    return tuple(sorted((*around, *removals), key=lambda removal: removal.position))


def _outside(seen: _Seen, container: Element, xpath: str) -> tuple[str, str]:
    if seen.part is None:
        return texts_around(seen.told.tree, container)
    before, behind = text_of(without_head(seen.part.before)), text_of(seen.part.behind)
    if seen.part.outer == xpath:
        return before, behind
    above, below = texts_around(first(seen.told.tree, seen.part.outer), container)
    return "\n".join(filter(None, (before, above))), "\n".join(filter(None, (below, behind)))


def _without_standfirst(judged: Sequence[Judged], summary: str | None) -> Sequence[Judged]:
    """The summary is a field of its own; where a site prints it above the text it is no part of the text."""
    body = [index for index, one in enumerate(judged) if one.body]
    for index in body[:HEAD_PIECES]:
        if summary and plain(judged[index].piece.text) == plain(summary):
            moved = Judged(judged[index].piece, "profile:standfirst", True)
            return [*judged[:index], moved, *judged[index + 1 :]]
    return judged


def _sorted_out(judged: Iterable[Judged], version: str) -> tuple[tuple[Block, ...], tuple[Removal, ...]]:
    """What belongs to the body, and what goes to the ledger."""
    blocks, removals = [], []
    captioned = under_pictures([one.piece for one in judged])
    for position, one in enumerate(judged, start=1):
        piece, label = one.piece, _label(one.piece.path)
        if one.body:
            under = position - 1 in captioned
            blocks.append(Block(position, piece.text, label, piece.path, round(piece.links, 3), under))
        else:
            kept = label if label is Label.CAPTION else one.label
            removals.append(Removal(position, piece.text, kept, one.rule, version, piece.path))
    return tuple(blocks), tuple(removals)


@lru_cache(maxsize=8192)
def _label(path: str) -> Label:
    """What the nearest telling element of a path says."""
    for step in reversed(path.rsplit(">", 3)[-3:]):
        label = _LABELS.get(step.split(".", 1)[0].split("[", 1)[0])
        if label is not None:
            return label
    return Label.BODY
