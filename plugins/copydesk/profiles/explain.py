"""A profile in words: what was learned, from how many pages, with examples."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from copydesk.profiles.model import Profile, Repeat, Ruling, Template
from copydesk.profiles.shadow import unknown_yet
from copydesk.profiles.trust import Record, given_up, trust

MAX_LINES = 25  # of one kind
MAX_CHARS = 70


def explain(profile: Profile, records: Mapping[str, Record]) -> Iterator[str]:
    """Lines for people. `records`: what was lately observed, by template name."""
    languages = ", ".join(profile.languages) or "unknown"
    yield f"{profile.domain}: learned from {profile.pages} articles; language {languages}"
    if caution := unknown_yet(profile):
        yield caution
    for template in profile.templates:
        yield from _template(template, records.get(template.name, Record()))
    if profile.repeats:
        yield ""
        yield "texts that stand on several articles and are never body:"
        yield from _few([_repeat(repeat) for repeat in profile.repeats])
    if profile.places:
        yield ""
        yield "where readers see what the pages' own data may not say:"
    for place in profile.places:
        where = f"{place.xpath}/@{place.attribute}" if place.attribute else place.xpath
        evidence = f"on {place.pages} pages, right on {place.agreed} of {place.known} that could be checked"
        yield f"  {place.field}: {where}  ({evidence}; as {_short(place.example)})"


def _template(template: Template, record: Record) -> Iterator[str]:
    state = "given up" if given_up(record) else f"trust {trust(record):.2f}"
    yield ""
    yield f"template {template.name}: the body stands in {template.container}"
    yield f"  on {template.pages} pages, the teacher agrees on {template.agreed}; {state}"
    yield f"  lately {record.hits} pages read, {record.misses} not; {record.agreed} of {record.judged} judged agreed"
    if template.standfirst:
        yield "  the summary above the text is left to its own field"
    yield "  body:"
    yield from _few([_ruling(ruling) for ruling in template.rulings if ruling.body])
    yield "  not body:"
    yield from _few([_ruling(ruling) for ruling in template.rulings if not ruling.body])


def _ruling(ruling: Ruling) -> str:
    evidence = f"{ruling.blocks} pieces on {ruling.pages} pages, {ruling.share:.0%} by the teacher"
    return f"{ruling.path}  ({ruling.why}; {evidence}; as {_short(ruling.example)})"


def _repeat(repeat: Repeat) -> str:
    where = f"{repeat.place}, with links" if repeat.linked else repeat.place
    return f"{_known_by(repeat)}  (on {repeat.pages} articles, {where}; as {_short(repeat.example)})"


def _known_by(repeat: Repeat) -> str:
    begins = f"{'begins with' if repeat.opening else 'is'} {_short(repeat.key)}" if repeat.key else ""
    return " and ".join(filter(None, (begins, f"ends with {_short(repeat.ending)}" if repeat.ending else "")))


def _few(lines: list[str]) -> Iterator[str]:
    for line in lines[:MAX_LINES]:
        yield f"    {line}"
    if len(lines) > MAX_LINES:
        yield f"    and {len(lines) - MAX_LINES} more (--json shows all)"


def _short(text: str) -> str:
    return f"“{text[:MAX_CHARS]}…”" if len(text) > MAX_CHARS else f"“{text}”"
