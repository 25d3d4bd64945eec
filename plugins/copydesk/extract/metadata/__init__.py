"""An article's metadata: what each source says, and which source is believed for which field."""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from itertools import islice
from typing import Final
from urllib.parse import urljoin, urlsplit

from lxml import etree

from copydesk.extract.metadata.claims import Claims
from copydesk.extract.metadata.dates import locale
from copydesk.extract.metadata.decide import (
    Picked,
    address,
    choose_authors,
    choose_modified,
    choose_published,
    named_persons,
    site_names,
)
from copydesk.extract.metadata.jsonld import read_json_ld
from copydesk.extract.metadata.languages import choose_language
from copydesk.extract.metadata.owners import owners
from copydesk.extract.metadata.persons import persons
from copydesk.extract.metadata.scripts import script_authors, script_dates
from copydesk.extract.metadata.sites import choose_site_name
from copydesk.extract.metadata.summaries import without_prompts
from copydesk.extract.metadata.tags import read_tags
from copydesk.extract.metadata.titles import Titled, choose_title, last_part
from copydesk.extract.metadata.topics import section, tags
from copydesk.extract.metadata.visible import headings, read_visible
from copydesk.models import Block, Entry, Label, Metadata, Source

PROSE_CHARS: Final = 80  # where the text begins, rather than lines above it
MAX_SUMMARY_CHARS: Final = 2_000
MAX_TITLES: Final = 8  # that a summary's end may repeat
MAX_URL_CHARS: Final = 2_048


NOTHING: Final = Claims(Source.HEURISTIC)

__all__ = ["Sources", "choose_metadata", "read_metadata", "read_sources"]


@dataclass(frozen=True, slots=True)
class Sources:
    """What the page's own data say, read once: the reading of the body uses it too."""

    json_ld: Claims
    tags: Claims
    headings: tuple[str, ...]

    @property
    def bylines(self) -> tuple[str, ...]:
        """The author lines as the page's data give them, agencies and roles included."""
        lines = (*self.json_ld.authors, *self.json_ld.organisations, *self.tags.authors)
        return tuple(dict.fromkeys(line for line in lines if line))


def read_sources(tree: etree._Element) -> Sources:
    """Read JSON-LD, `meta` elements and top headings."""
    return Sources(read_json_ld(tree), read_tags(tree), tuple(headings(tree)))


def read_metadata(
    tree: etree._Element,
    sources: Sources,
    blocks: Sequence[Block],
    body: Sequence[Block],
    *,
    url: str,
    fetched_at: datetime,
    entry: Entry | None = None,
    headers_language: str = "",
) -> Metadata:
    """The article's metadata. `blocks` are all of the page, `body` those of the article; `url` makes links absolute."""
    start = next(
        (block.position for block in body if len(block.text) >= PROSE_CHARS),
        body[0].position if body else 0,
    )
    sources = replace(sources, headings=_leading(sources, blocks, start))
    shown = {block.text for block in blocks if block.label is Label.HEADING}
    title = _title([sources.json_ld, sources.tags, _feed(entry)], sources, url, shown, by_address=False)
    end = body[-1].position if body else start
    visible = read_visible(tree, blocks, start, title.text if title else None, end, signed=_is_signed(sources))
    return choose_metadata(
        sources,
        visible,
        body,
        url=url,
        fetched_at=fetched_at,
        entry=entry,
        headers_language=headers_language,
        guesses=_guesses(tree, sources, visible, blocks, body),
        shown=shown,
    )


def choose_metadata(
    sources: Sources,
    visible: Claims,
    body: Sequence[Block],
    *,
    url: str,
    fetched_at: datetime,
    entry: Entry | None = None,
    headers_language: str = "",
    site_languages: Sequence[str] = (),
    guesses: Claims = NOTHING,
    shown: Container[str] = (),
) -> Metadata:
    """The metadata from what each source says; `guesses` count where no source says anything.

    `site_languages`: all that the site is known to write in. `shown`: the page's headings.
    """
    claims = [sources.json_ld, sources.tags, _feed(entry), visible]
    text = " ".join(block.text for block in body)
    title = _title(claims, sources, url, shown)
    language, by_text = choose_language([*_all(claims, lambda c: c.languages), headers_language], text, site_languages)
    spoken = locale(_all(claims, lambda c: c.languages), language, url)
    own = (sources.tags, sources.json_ld)
    titles = dict.fromkeys([*([title.text] if title else []), *_all(claims, lambda c: c.titles)])
    picked = Picked()
    return Metadata(
        title=picked.note("title", title.text if title else None, title.source if title else Source.HEURISTIC),
        authors=choose_authors(picked, claims, guesses),
        published_at=choose_published(picked, claims, [guesses, *address(url)], spoken, fetched_at),
        modified_at=choose_modified(picked, claims, spoken, fetched_at),
        language=picked.note("language", language, Source.HEURISTIC if by_text else _speaker(claims, language)),
        site_name=choose_site_name(picked, sources.tags, sources.json_ld, url),
        canonical_url=picked.first(
            "canonical_url", [sources.tags, sources.json_ld], lambda c: _url(c.canonical_urls, url, page=True)
        ),
        lead_image=picked.first("lead_image", own, lambda c: _url(c.images, url)),
        section=picked.first("section", claims, lambda c: section(c.sections)),
        tags=picked.first("tags", claims, lambda c: tags(c.tags)) or (),
        summary=picked.first("summary", claims, lambda c: _summary(c.summaries, titles)),
        sources=picked.sources,
    )


def _leading(sources: Sources, blocks: Sequence[Block], start: int) -> tuple[str, ...]:
    """The top headings without those behind the text's `start`, of sections and prompts; all if none is left.

    What the page's data call the article counts wherever it stands.
    """
    if len(sources.headings) < 2:  # noqa: PLR2004 - nothing to choose from
        return sources.headings
    behind = {block.text for block in blocks if block.position > start and block.label is Label.HEADING}
    before = {block.text for block in blocks if block.position <= start}
    kept = {*before, *sources.json_ld.titles, *sources.tags.titles}
    found = tuple(heading for heading in sources.headings if heading in kept or heading not in behind)
    return found or sources.headings


def _guesses(
    tree: etree._Element, sources: Sources, visible: Claims, blocks: Sequence[Block], body: Sequence[Block]
) -> Claims:
    """What scripts say, and whose site it is, of the fields that the page leaves open."""
    claims = (sources.json_ld, sources.tags, visible)
    is_dated = any(claim.published for claim in claims)
    is_signed = _is_signed(sources) or bool(persons(visible.authors))
    names = [*_all(claims, lambda c: c.site_names), *map(last_part, sources.tags.titles)]
    is_owned = not any(map(str.split, _all(claims, lambda c: c.organisations))) and not any(
        "/" not in line and not line.isdigit() for line in sources.bylines
    )
    return Claims(
        Source.HEURISTIC,
        published=() if is_dated else tuple(script_dates(tree)),
        authors=() if is_signed else (*script_authors(tree), *(owners(blocks, body, names) if is_owned else ())),
    )


def _is_signed(sources: Sources) -> bool:
    """Whether the page's own data name a person who is not the site."""
    claims = (sources.json_ld, sources.tags)
    return any(named_persons(claim.authors, site_names(claims)) for claim in claims)


def _feed(entry: Entry | None) -> Claims:
    if entry is None:
        return Claims(Source.FEED)
    return Claims(
        Source.FEED,
        titles=(entry.title,) if entry.title else (),
        authors=entry.authors,
        published=(entry.published_at.isoformat(),) if entry.published_at else (),
        modified=(entry.modified_at.isoformat(),) if entry.modified_at else (),
        languages=(entry.language,) if entry.language else (),
        tags=entry.categories,
        summaries=(entry.summary,) if entry.summary else (),
    )


def _title(
    claims: Sequence[Claims], sources: Sources, url: str, shown: Container[str], *, by_address: bool = True
) -> Titled | None:
    """The article's title; not `by_address` the one around which its author and date stand."""
    candidates = [Titled(title, claim.source) for claim in claims for title in claim.titles]
    host = (urlsplit(url).hostname or "").removeprefix("www.")
    names = [*_all(claims, lambda c: c.site_names), host, host.split(".")[0]]
    return choose_title(candidates, sources.headings, names, shown, url if by_address else "")


def _all(claims: Iterable[Claims], read: Callable[[Claims], tuple[str, ...]]) -> list[str]:
    return [value for claim in claims for value in read(claim)]


def _speaker(claims: Iterable[Claims], language: str | None) -> Source:
    """Whose claim the language was, the header's if none of these."""
    for claim in claims:
        if language and any(value.lower().startswith(language) for value in claim.languages):
            return claim.source
    return Source.HEADER


def _url(values: Iterable[str], base: str, *, page: bool = False) -> str | None:
    """The first value that is an http(s) address; of a page, one that is more than a site's front page."""
    for value in values:
        try:
            url = urljoin(base, value.strip())
            parts = urlsplit(url)
        except ValueError:
            continue
        if parts.scheme not in ("http", "https") or not parts.hostname or len(url) > MAX_URL_CHARS:
            continue
        if page and parts.path in ("", "/") and not parts.query and urlsplit(base).path not in ("", "/"):
            continue
        return url
    return None


def _summary(values: Iterable[str], titles: Iterable[str]) -> str | None:
    names = list(islice(titles, MAX_TITLES))
    cleaned = (without_prompts(value, names) for value in values)
    return next((value[:MAX_SUMMARY_CHARS] for value in cleaned if value), None)
