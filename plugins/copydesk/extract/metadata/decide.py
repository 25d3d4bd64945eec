"""Which source is believed: authors, and the instants of publication and change."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Container, Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import islice
from typing import Final, TypeVar

from copydesk.extract.metadata.claims import Claims
from copydesk.extract.metadata.dates import as_shown, read_instant
from copydesk.extract.metadata.persons import desks, pen_names, persons, signers
from copydesk.extract.metadata.titles import last_part
from copydesk.models import Source

MAX_DATES: Final = 50  # that one source may offer for one field
CLOCK_SLACK: Final = timedelta(days=2)  # a date this far behind the fetch is a wrong zone, beyond it a wrong date
ZONES_APART: Final = timedelta(days=2)  # two dates closer than this may be one, told in two zones

_URL_DATE: Final = re.compile(r"/((?:19|20)\d\d)[/-]([01]?\d|[a-z]{3,9})[/-]([0-3]?\d)(?![\d\w])", re.IGNORECASE)

T = TypeVar("T")


class Picked:
    """Remembers for each field which source it was taken from."""

    def __init__(self) -> None:
        self.sources: dict[str, Source] = {}

    def first(self, field: str, claims: Iterable[Claims], read: Callable[[Claims], T | None]) -> T | None:
        """What the first source that says anything says."""
        for claim in claims:
            if value := read(claim):
                return self.note(field, value, claim.source)
        return None

    def note(self, field: str, value: T, source: Source) -> T:
        """The value, its source noted if there is one."""
        if value:
            self.sources[field] = source
        return value


def choose_authors(picked: Picked, claims: Sequence[Claims], guesses: Claims) -> tuple[str, ...]:
    """Who wrote it: persons before pen names before teams and organisations, the page's own data before what is seen.

    Last counts whose site it is, and a desk that the page's data call the author.

    A byline at the headline is believed before data that name somebody else, unless readers see that name there too:
    the data's may be whose account it was.
    """
    data, sites = claims[:-1], site_names(claims)
    seen = [_without_sections(claims[-1], data)]

    def named(lines: tuple[str, ...]) -> tuple[str, ...]:
        return named_persons(lines, sites)

    known = {name.casefold() for claim in data for name in named(claim.authors)}
    return (
        picked.first("authors", seen, lambda c: _unless(named(c.bylines) or persons(c.bylines), known, c.lines))
        or picked.first("authors", data, lambda c: named(c.authors))
        or picked.first("authors", seen, lambda c: named(c.authors))
        or picked.first("authors", data, lambda c: pen_names(c.authors))
        or picked.first("authors", seen, lambda c: pen_names(c.authors))
        or picked.first("authors", [guesses], lambda c: persons(c.authors)[:1])
        or picked.first("authors", [*data, *seen], lambda c: signers((*c.authors, *c.organisations)))
        or picked.first("authors", data, lambda c: desks(c.authors))
        or ()
    )


def _without_sections(seen: Claims, data: Iterable[Claims]) -> Claims:
    """What is visible, without lines beside the date that name the section: "North Korea"."""
    sections = {name.casefold() for claim in data for name in claim.sections}
    return replace(seen, authors=tuple(line for line in seen.authors if line.casefold() not in sections))


def site_names(claims: Iterable[Claims]) -> frozenset[str]:
    """What the site calls itself, also behind its titles, and the organisations among its authors, for comparison."""
    names = (n for claim in claims for n in (*claim.site_names, *claim.organisations, *map(last_part, claim.titles)))
    return frozenset(name.casefold() for name in names if name)


def named_persons(lines: tuple[str, ...], sites: Container[str]) -> tuple[str, ...]:
    """The persons in author lines, without a site that signs as one."""
    return tuple(name for name in persons(lines) if name.casefold() not in sites)


def _unless(names: tuple[str, ...], known: Collection[str], lines: Iterable[str]) -> tuple[str, ...]:
    """The names, if none of them is known, and none that is known stands in the lines, but as the first part of one."""
    firsts = {name.casefold().split()[0] for name in names if " " in name}
    known = {name for name in known if name not in firsts}
    if not names or any(name.casefold() in known for name in names):
        return ()
    return () if any(name in line.casefold() for line in lines for name in known) else names


def choose_published(
    picked: Picked, claims: Sequence[Claims], guesses: Iterable[Claims], locale: str | None, fetched_at: datetime
) -> datetime | None:
    """When it was published; `claims` end with what is visible, `guesses` count where they say nothing.

    The page's own data are believed before what readers see, but for a date at the headline that is earlier: sites that
    are made anew from their sources date their data by the day of that. Where only a change is dated, that date stands.
    """
    latest, data, seen = fetched_at + CLOCK_SLACK, claims[:-1], claims[-1:]

    def read(claim: Claims) -> datetime | None:
        return _instant(claim.published, locale, latest)

    said = picked.first("published_at", data, read)
    shown = _instant(claims[-1].datelines, locale, latest)
    if said and shown and shown < said - ZONES_APART and not _is_swapped(shown, said):
        return picked.note("published_at", shown, claims[-1].source)
    seen_or_guessed = [*seen, *guesses]
    return (
        _local(said, claims[-1], locale)
        or _in_order(picked.first("published_at", seen_or_guessed, read), seen_or_guessed, read)
        or picked.first("published_at", map(_changed, claims), read)
        # what only says the future is kept as it is said, for the gate to refuse
        or picked.first("published_at", data, lambda c: _instant(c.published, locale, None))
    )


def _in_order(
    found: datetime | None, claims: Iterable[Claims], read: Callable[[Claims], datetime | None]
) -> datetime | None:
    """A visible 3/10 as the third of October, where the address or a script has it so."""
    others = (other for claim in claims if (other := read(claim)))
    return next((other for other in others if found and _is_swapped(found, other)), found)


def _is_swapped(one: datetime, other: datetime) -> bool:
    """Whether two dates are one, with day and month read in another order."""
    return (one.year, one.month, one.day) == (other.year, other.day, other.month)


def _local(said: datetime | None, seen: Claims, locale: str | None) -> datetime | None:
    """What the data say in UTC, in the zone of a visible time that is the same instant, or as readers see its day."""
    if said is None or said.utcoffset() != timedelta():
        return said
    times = [instant for value in islice(seen.published, MAX_DATES) if (instant := read_instant(value, locale))]
    same = next((instant for instant in times if instant == said and instant.utcoffset()), None)
    shown = next((read_instant(value, locale) for value in seen.datelines), None)
    return same or (as_shown(said, shown) if shown else said)


def choose_modified(
    picked: Picked, claims: Sequence[Claims], locale: str | None, fetched_at: datetime
) -> datetime | None:
    """When it was last changed."""
    latest = fetched_at + CLOCK_SLACK
    return picked.first("modified_at", claims, lambda c: _instant(c.modified, locale, latest))


def address(url: str) -> Iterator[Claims]:
    """A date in the page's address."""
    found = _URL_DATE.search(url)
    if found:
        year, month, day = found.groups()
        text = f"{year}-{month:0>2}-{day:0>2}" if month.isdigit() else f"{day} {month} {year}"
        yield Claims(Source.HEURISTIC, published=(text,))


def _changed(claims: Claims) -> Claims:
    """The dates of change, as a guess at the date of publication."""
    return Claims(Source.HEURISTIC, published=claims.modified)


def _instant(values: Iterable[str], language: str | None, latest: datetime | None) -> datetime | None:
    """The first value that is an instant, and not after `latest`."""
    instants = (read_instant(value, language) for value in islice(values, MAX_DATES))
    return next(
        (instant for instant in instants if instant and (latest is None or instant <= latest)),
        None,
    )
