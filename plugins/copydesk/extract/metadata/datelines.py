"""Which visible lines say when the article was published, and which when it was changed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final, Literal

from copydesk.extract.metadata.dates import as_shown, read_instant
from copydesk.extract.metadata.places import Places, steps
from copydesk.models import Block, Label

SHORT_CHARS: Final = 80  # a date line of its own
LINE_CHARS: Final = 200
FAR_ABOVE: Final = 40  # blocks above the text where an element named after dates may stand
LABEL_CHARS: Final = 24  # of a label that stands alone before its date ("Last update:")
MAX_BETWEEN: Final = 3  # words between "published" and the first number of its date: "on Friday, September"
SERIES: Final = 3  # dates of one look: a list of other articles
OWN_STEPS: Final = 3  # of a path, which may be named after dates

Kind = Literal["published", "modified", "original"]

_DATED: Final = re.compile(r"date|datum|fecha|time|publi|posted|meta|byline|info|created|updated", re.IGNORECASE)
_NAMED: Final = re.compile(r"[.#][\w-]*(?:date|datum|fecha|publish|posted)", re.IGNORECASE)
_ELSEWHERE: Final = re.compile(
    r"related|teaser|recommend|popular|trending|comment|copyright|event|figcaption|[.#]nav|[.#]menu",
    re.IGNORECASE,
)
_YEAR: Final = re.compile(r"(?:19|20|25|13|14)\d\d|[٠-٩۰-۹]{4}|\d[./-]\d\d?[./-]\d\d|[\d元]年")
_UPDATED: Final = (
    r"(?:last\s+)?(?:up-?dated?|modified|revised|edited|reviewed|changed|fact[ -]checked)|mise? à jour|modifié|"
    r"aktualisiert|geändert|stand:|actualizad[oa]|modificad[oa]|aggiornat[oa]|atualizad[oa]|bijgewerkt|обновлен[оа]?|изменен[оа]?|"
    r"تحديث|تم التحديث|آخر تحديث|güncellen?me|güncellendi|עודכן|עדכון|به[\s\u200c]?روز[\s\u200c]?رسانی|更新|修改|수정|"
    r"aktualizac|zaktualizowan|aktualizov|uppdatera[dt]|opdateret|oppdatert|päivitetty|frissítve|actualizat|diperbarui|"
    r"cập nhật|ενημέρωση|оновлен[оа]?|actualización|atualização|aggiornamento|обновление|modifica:"
)
_PUBLISHED: Final = (
    r"(?:originally\s+|first\s+)?(?:published|posted|created|released)|publiée? |paru le|veröffentlicht|erschienen|"
    r"publicad[oa]|pubblicat[oa]|gepubliceerd|опубликован[оа]?|نشرت?|تاريخ النشر|yayın|פורסם|انتشار|发布|"
    r"发表|發布|発信|公開|입력|data publikacji|opublikowan|publikov|publicera[dt]|publisert|udgivet|julkaistu|publicat|"
    r"diterbitkan|δημοσίευση|опубліковано|primera publicación|primeira publicação|prima pubblicazione|"
    r"data (?:di )?pubblicazione|первая публикация|дата публикации|fecha de publicación|"
    r"date de publication|منتشر شده?|erstveröffentlich"
)
_MARK: Final = re.compile(rf"(?P<modified>{_UPDATED})|(?P<published>{_PUBLISHED})", re.IGNORECASE)

_ORIGINALLY: Final = re.compile(
    r"(?:originally|first) (?:published|posted|appeared)|ursprünglich veröffentlicht|zuerst veröffentlicht|"
    r"initialement publié|publicad[oa] originalmente|pubblicat[oa] originariamente",
    re.IGNORECASE,
)
_BY_WHOM: Final = re.compile(r"\W*(?:by|in|at|von|bei|par|dans|por|en|da|su)\b", re.IGNORECASE)
_IDENTIFIER: Final = re.compile(r"#[\w-]+")

_PUBLISHES: Final = re.compile(rf"{_MARK.pattern}|^\W*\w{{3,9}} \d{{1,2}},? \d{{4}}\W*$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Dated:
    """A date as a line says it, of what, and the position of the line."""

    kind: Kind
    value: str
    position: int


def near_dates(near: Sequence[Block], machine: Mapping[str, str]) -> list[Dated]:
    """The dates of lines around the headline, nearest first. `machine`: what `<time>` elements say to machines."""
    lines = _labelled(near)
    named = [block for block in lines if any(map(_DATED.search, steps(block, OWN_STEPS)))]
    rest = [block for block in lines if block not in named and (len(block.text) <= SHORT_CHARS or _is_stated(block))]
    return [dated for block in (*named, *rest) for dated in _dates(block, machine)]


def other_dates(blocks: Sequence[Block], places: Places, machine: Mapping[str, str]) -> list[Dated]:
    """The dates farther off: of lines behind the text that say "posted", and of elements above it that are named so."""
    behind = [block for block in places.ending(blocks) if _PUBLISHES.search(block.text)]
    above = [b for b in blocks if places.start - FAR_ABOVE <= b.position < places.start and _is_named(b)]
    lines = [b for b in (*behind, *reversed(above)) if len(b.text) <= LINE_CHARS and not _is_elsewhere(b)]
    return [dated for block in lines if _YEAR.search(block.text) for dated in _dates(block, machine)]


def stated_dates(blocks: Sequence[Block], places: Places) -> list[Dated]:
    """The dates of lines behind the text that say when it was published, or originally published."""
    behind = [block for block in places.ending(blocks) if len(block.text) <= LINE_CHARS]
    lines = [block for block in behind if _YEAR.search(block.text) and not _is_elsewhere(block)]
    return [
        Dated("original" if _ORIGINALLY.search(line.text) else "published", part, line.position)
        for line in lines
        for part in _stated(line.text)
    ]


def _is_stated(block: Block) -> bool:
    return len(block.text) <= LINE_CHARS and any(_stated(block.text))


def _stated(line: str) -> Iterator[str]:
    """What follows a word like "published", if that is a day and not by whom or where."""
    marks = list(_MARK.finditer(line))
    ends = [mark.start() for mark in marks[1:]]
    for mark, end in zip(marks, [*ends, len(line)], strict=False):
        part = line[mark.end() : end]
        between = re.split(r"\d", part, maxsplit=1)[0]
        is_day = len(between.split()) <= MAX_BETWEEN and not _BY_WHOM.match(between)
        if mark["published"] and is_day and read_instant(part):
            yield part.strip()


def spoken(text: str) -> Iterator[tuple[Kind, str]]:
    """The parts of a line that hold a date, each with what it is the date of: "13 August, updated 1 September"."""
    marks = list(_MARK.finditer(text))
    starts = [0, *(mark.end() for mark in marks)]
    ends = [*(mark.start() for mark in marks), len(text)]
    kinds: list[Kind] = ["published", *("modified" if mark["modified"] else "published" for mark in marks)]
    if marks and not _has_digit(text[starts[-1] :]):  # the word stands behind the date
        kinds[-2] = kinds[-1]
    for kind, start, end in zip(kinds, starts, ends, strict=True):
        if _has_digit(text[start:end]):
            yield kind, text[start:end].strip()


def _dates(block: Block, machine: Mapping[str, str]) -> Iterator[Dated]:
    *_, outer, own = ("", *steps(block, OWN_STEPS))
    is_updated = _names_update(own) or (own.startswith("time") and _names_update(outer))
    for kind, part in spoken(block.text):
        exact = next((exact for shown, exact in machine.items() if shown in part), part)
        value = exact if read_instant(exact) else part
        if instant := read_instant(value):
            shown = read_instant(part) if value != part else None
            local = as_shown(instant, shown) if shown else instant
            yield Dated(
                "modified" if is_updated else kind, value if local is instant else local.isoformat(), block.position
            )


def _names_update(step: str) -> bool:
    return re.search(r"updated|modified|changed", step, re.IGNORECASE) is not None and "publish" not in step


def _labelled(near: Sequence[Block]) -> list[Block]:
    """The lines with a date, each with the label that stands alone before it; without those of a list of others."""
    labels = {block.position + 1: block.text for block in near if _is_label(block.text)}
    dated = [block for block in near if _YEAR.search(block.text) and not _is_elsewhere(block)]
    looks = Counter(_look(block) for block in {block.text: block for block in dated}.values())
    return [
        replace(block, text=f"{labels[block.position]} {block.text}") if block.position in labels else block
        for block in dated
        if looks[_look(block)] < SERIES
    ]


def _is_label(text: str) -> bool:
    return len(text) <= LABEL_CHARS and _MARK.match(text) is not None and not _has_digit(text)


def _look(block: Block) -> str:
    """The last elements of a block's path, whatever their identifiers."""
    return ">".join(_IDENTIFIER.sub("", step) for step in steps(block, OWN_STEPS))


def _has_digit(text: str) -> bool:
    return any(map(str.isdigit, text))


def _is_named(block: Block) -> bool:
    return any(map(_NAMED.search, steps(block, OWN_STEPS)))


def _is_elsewhere(block: Block) -> bool:
    return block.label in (Label.CAPTION, Label.CREDIT, Label.RELATED) or any(map(_names_other, steps(block)))


@lru_cache(maxsize=20_000)
def _names_other(step: str) -> bool:
    return _ELSEWHERE.search(step) is not None
