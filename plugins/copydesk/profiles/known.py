"""Reading a page with what is known of its site, if anything is: fast path, judge and fallback in one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import lru_cache

from copydesk.errors import PageError
from copydesk.extract import extract
from copydesk.models import KEPT_LABELS, Entry, Extract, Label, Page, Removal
from copydesk.profiles.alike import alike
from copydesk.profiles.apply import read_page
from copydesk.profiles.model import Profile
from copydesk.profiles.reader import Reader
from copydesk.profiles.trust import Record, sampled

AGREES = 0.8  # two readings of a page agree from this likeness on
READERS_KEPT = 64


@dataclass(frozen=True, slots=True)
class Known:
    """A site's profile on its way to the workers. `profile` is JSON, `given_up` names templates not to be used."""

    domain: str
    version: int
    profile: str
    given_up: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Observed:
    """What one page showed of one template."""

    domain: str
    version: int
    template: str
    record: Record


@dataclass(frozen=True, slots=True)
class Taken:
    """A page's extract, and what reading it showed of the site's profile."""

    extract: Extract
    observed: tuple[Observed, ...] = ()


def take(page: Page, entry: Entry | None = None, known: Known | None = None) -> Taken:
    """Read a page by its site's profile, else by `extract`. Raises PageError as that does.

    Sampled pages are read both ways, for the books alone. Where the readings differ, the profile's stays: on pages of
    known text it was right in all 25 such cases, and a template that really is wrong loses its trust.
    """
    if known is None:
        return Taken(extract(page, entry))
    reader = reader_of(known)
    found = read_page(reader, page, entry)
    if found is None:
        templates = [template.name for template in reader.profile.templates]
        missed = tuple(Observed(known.domain, known.version, name, Record(misses=1)) for name in templates)
        return Taken(without_repeats(reader, extract(page, entry)), missed)
    template, fast = found
    record = _judged(reader, fast, page, entry) if sampled(page.url) else Record(hits=1)
    return Taken(fast, (Observed(known.domain, known.version, template.name, record),))


def _judged(reader: Reader, fast: Extract, page: Page, entry: Entry | None) -> Record:
    """Whether the reading without profile is much the same, what the site repeats taken off that too."""
    try:
        slow = without_repeats(reader, extract(page, entry))
    except PageError:  # what the judge cannot read it cannot judge
        return Record(hits=1)
    agreed = alike(_text(fast), _text(slow)) >= AGREES
    return Record(hits=1, judged=1, agreed=int(agreed))


def without_repeats(reader: Reader, found: Extract) -> Extract:
    """An extract without the texts that the site puts on many articles: they go to the ledger."""
    repeated = [block for block in found.blocks if reader.repeats(block.text, block.link_density)]
    if not repeated:
        return found
    gone = {block.position for block in repeated}
    removals = [
        Removal(
            block.position,
            block.text,
            Label.OTHER_BOILERPLATE if block.label in KEPT_LABELS else block.label,
            "profile:repeated",
            reader.version,
            block.path,
        )
        for block in repeated
    ]
    return replace(
        found,
        blocks=tuple(block for block in found.blocks if block.position not in gone),
        removals=tuple(sorted((*found.removals, *removals), key=lambda removal: removal.position)),
    )


@lru_cache(maxsize=READERS_KEPT)
def reader_of(known: Known) -> Reader:
    """The reader of a profile, made once a process."""
    profile = Profile.stored(known.domain, known.profile)
    templates = tuple(template for template in profile.templates if template.name not in known.given_up)
    return Reader(replace(profile, templates=templates), str(known.version))


def _text(found: Extract) -> str:
    return " ".join(block.text for block in found.blocks)
