"""Which visible lines say when the article was published, and which when it was changed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Final, Literal

from lxml import etree

from copydesk.extract.metadata.bylines import Places
from copydesk.extract.metadata.dates import as_shown, read_instant
from copydesk.models import Block, Label

SHORT_CHARS: Final = 80  # a date line of its own
LINE_CHARS: Final = 200
FAR_ABOVE: Final = 40  # blocks above the text where an element named after dates may stand
BEHIND: Final = 15  # blocks behind the text that may say when it was posted

STEPS: Final = 7  # of a path that say where a line stands

MAX_SCRIPT_CHARS: Final = 2_000_000
MAX_SCRIPTED: Final = 3  # dates of one script

Kind = Literal["published", "modified"]

_DATED: Final = re.compile(r"date|datum|fecha|time|publi|posted|meta|byline|info|created|updated", re.IGNORECASE)
_NAMED: Final = re.compile(r"[.#][\w-]*(?:date|datum|fecha|publish|posted)", re.IGNORECASE)
_ELSEWHERE: Final = re.compile(
    r"related|teaser|recommend|popular|trending|comment|copyright|event|[.#]nav|[.#]menu",
    re.IGNORECASE,
)
_YEAR: Final = re.compile(r"(?:19|20)\d\d|[٠-٩۰-۹]{4}|\d[./-]\d\d?[./-]\d\d")
_UPDATED: Final = (
    r"(?:last\s+)?(?:up-?dated?|modified|revised|edited|reviewed|changed|fact[ -]checked)|mise? à jour|modifié|"
    r"aktualisiert|geändert|stand:|actualizad[oa]|modificad[oa]|aggiornat[oa]|atualizad[oa]|bijgewerkt|обновлен[оа]?|изменен[оа]?|"
    r"تحديث|تم التحديث|آخر تحديث|güncellen?me|güncellendi|עודכן|עדכון|به ?روز ?رسانی|更新|修改|수정|"
    r"aktualizac|zaktualizowan|aktualizov|uppdatera[dt]|opdateret|oppdatert|päivitetty|frissítve|actualizat|diperbarui|"
    r"cập nhật|ενημέρωση|оновлен[оа]?"
)
_PUBLISHED: Final = (
    r"(?:originally\s+|first\s+)?(?:published|posted|created|released)|publiée? |paru le|veröffentlicht|erschienen|"
    r"publicad[oa]|pubblicat[oa]|gepubliceerd|опубликован[оа]?|نشرت?|تاريخ النشر|yayın|פורסם|انتشار|发布|"
    r"发表|發布|発信|公開|입력|data publikacji|opublikowan|publikov|publicera[dt]|publisert|udgivet|julkaistu|publicat|"
    r"diterbitkan|δημοσίευση|опубліковано"
)
_MARK: Final = re.compile(rf"(?P<modified>{_UPDATED})|(?P<published>{_PUBLISHED})", re.IGNORECASE)

_PUBLISHES: Final = re.compile(rf"{_MARK.pattern}|^\W*\w{{3,9}} \d{{1,2}},? \d{{4}}\W*$", re.IGNORECASE)
_STATE: Final = etree.XPath("//@props | //@data-page | //@data-props | //@data-react-props | //@data-state")
_SCRIPTED: Final = re.compile(
    r"(?:date_?published|publi(?:sh|cation)_?date|published_?(?:at|on|time)?|first_?published_?(?:at)?|pub_?(?:date|time))"
    r"(?:\\?\"|&quot;|')?\s{0,3}[:=]\s{0,3}(?:\\?\"|&quot;|')((?:19|20)\d\d-\d\d-\d\d[\dT:.+Z -]{0,24})",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Dated:
    """A date as a line says it, of what, and the position of the line."""

    kind: Kind
    value: str
    position: int


def near_dates(near: Iterable[Block], machine: Mapping[str, str]) -> list[Dated]:
    """The dates of lines around the headline, nearest first. `machine`: what `<time>` elements say to machines."""
    lines = [block for block in near if _YEAR.search(block.text) and not _is_elsewhere(block)]
    named = [block for block in lines if any(map(_DATED.search, _steps(block)))]
    rest = [block for block in lines if block not in named and len(block.text) <= SHORT_CHARS]
    return [dated for block in (*named, *rest) for dated in _dates(block, machine)]


def other_dates(blocks: Sequence[Block], places: Places, machine: Mapping[str, str]) -> list[Dated]:
    """The dates farther off: of lines behind the text that say "posted", and of elements above it that are named so."""
    behind = [b for b in blocks if places.end <= b.position <= places.end + BEHIND and _PUBLISHES.search(b.text)]
    above = [b for b in blocks if places.start - FAR_ABOVE <= b.position < places.start and _is_named(b)]
    lines = [b for b in (*behind, *reversed(above)) if len(b.text) <= LINE_CHARS and not _is_elsewhere(b)]
    return [dated for block in lines if _YEAR.search(block.text) for dated in _dates(block, machine)]


def script_dates(tree: etree._Element) -> Iterator[str]:
    """The dates of publication that a page's scripts and their data hold, for pages that say it nowhere else."""
    state = _STATE(tree)
    data = map(str, state) if isinstance(state, list) else ()
    for text in (*(script.text for script in tree.iter("script")), *data):
        if text and len(text) <= MAX_SCRIPT_CHARS and ("ublish" in text or "ubDate" in text or "ublication" in text):
            yield from (found[1] for found in islice(_SCRIPTED.finditer(text), MAX_SCRIPTED))


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
    is_updated = any(map(_names_update, _steps(block)[-1:]))
    for kind, part in spoken(block.text):
        value = next((exact for shown, exact in machine.items() if shown in part), part)
        if instant := read_instant(value):
            shown = read_instant(part) if value != part else None
            local = as_shown(instant, shown) if shown else instant
            yield Dated(
                "modified" if is_updated else kind, value if local is instant else local.isoformat(), block.position
            )


def _names_update(step: str) -> bool:
    return re.search(r"updated|modified", step, re.IGNORECASE) is not None and "publish" not in step


def _has_digit(text: str) -> bool:
    return any(map(str.isdigit, text))


def _is_named(block: Block) -> bool:
    return any(map(_NAMED.search, _steps(block)))


def _is_elsewhere(block: Block) -> bool:
    return block.label in (Label.CAPTION, Label.CREDIT, Label.RELATED) or any(
        map(_names_other, block.path.rsplit(">", STEPS)[-STEPS:])
    )


@lru_cache(maxsize=20_000)
def _names_other(step: str) -> bool:
    return _ELSEWHERE.search(step) is not None


def _steps(block: Block) -> list[str]:
    """The last elements of a block's path, each with its names."""
    return block.path.rsplit(">", 3)[-3:]
