"""The teacher: what trafilatura and the reading without profile make of one page, and the metadata that the page tells.

There are three witnesses, who go wrong in different ways: the model of the body knows wording and names but not this
site, the rules of cleaning know lines and what stands beside them, and trafilatura keeps what stands amid the text.
What each one's word is worth was measured on pages with known bodies, by models that had not seen those pages.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from copydesk.clean import clean
from copydesk.errors import PageError
from copydesk.extract import extract_tree
from copydesk.extract.body import known_of, seen
from copydesk.extract.features import Declared
from copydesk.extract.metadata import Sources, read_sources
from copydesk.extract.metadata.languages import detect
from copydesk.extract.model import CERTAIN, body_model
from copydesk.extract.tree import decode_and_parse
from copydesk.models import SURROUNDINGS, Article, Block, Metadata, Page, Source
from copydesk.profiles.structure import plain

MIN_PART_CHARS = 25  # a shorter text is found inside others by chance
FOUND = 0.6  # of a text's characters must stand in known blocks
BODY = 0.5
SUREST = 0.99  # that the model ever counts for
# What the other words add to the model's, in log odds.
TRAFILATURA = 2.0  # as much less where it leaves a block out
KEPT = -0.5  # in the end, by the reading without profile
LEFT_OUT = -1.2
TAKEN_OFF = -3.0  # by the rules of cleaning


@dataclass(frozen=True, slots=True)
class Reading:
    """One page as the teacher reads it: its body's lines, and metadata to recognise elsewhere, all in plain form.

    `lines` and `joined` are trafilatura's. `likely`: how likely each block of the page is body by all witnesses; empty
    where only trafilatura was asked. `title` is trafilatura's, `headline` our own. `date` is a day as YYYY-MM-DD,
    `language` what the text is written in; both empty where they are not known. `is_byline`: the authors are those of
    a byline, though the page's data name somebody.
    """

    lines: frozenset[str] = frozenset()
    joined: str = ""
    title: str = ""
    authors: tuple[str, ...] = ()
    summary: str = ""
    date: str = ""
    language: str = ""
    tags: tuple[str, ...] = ()
    likely: Mapping[str, float] = field(default_factory=dict, repr=False)
    headline: str = ""
    is_byline: bool = False

    @property
    def body(self) -> str:
        """The text that the witnesses together read."""
        if not self.likely:
            return self.joined
        return " ".join(text for text in self.likely if self.share(text) >= BODY)

    def share(self, text: str) -> float:
        """How sure it is that this plain text is part of the body, 0 to 1."""
        return round(self._likely(text), 2) if self.likely else float(self.holds(text))

    def holds(self, text: str) -> bool:
        """Does trafilatura have this plain text in the body?"""
        return text in self.lines or (len(text) >= MIN_PART_CHARS and text in self.joined)

    def _likely(self, text: str) -> float:
        """What is said of a text that is a block, a part of one, or made of several."""
        if text in self.likely:
            return self.likely[text]
        if len(text) < MIN_PART_CHARS:
            return 0.0
        around = next((likely for block, likely in self.likely.items() if text in block), None)
        if around is not None:
            return around
        parts = [(len(block), likely) for block, likely in self._long_blocks() if block in text]
        total = sum(size for size, _ in parts)
        return sum(size * likely for size, likely in parts) / total if total >= FOUND * len(text) else 0.0

    def _long_blocks(self) -> Iterator[tuple[str, float]]:
        return ((block, likely) for block, likely in self.likely.items() if len(block) >= MIN_PART_CHARS)


def read(page: Page) -> Reading:
    """Let all witnesses read a page. What they cannot read teaches nothing, and is no error."""
    found = _by_trafilatura(page)
    try:
        tree = decode_and_parse(page)
        sources = read_sources(tree)
        likely = _by_model(seen(tree, page.final_url), known_of(sources))
        extracted = extract_tree(tree, sources, page)
    except PageError:
        return found
    told = _with_metadata(found, extracted.metadata, sources)
    return replace(told, likely=together(likely, found, clean(extracted)))


def together(likely: Mapping[str, float], found: Reading, article: Article) -> dict[str, float]:
    """How likely each block is body, by the model, what trafilatura found, and the article without profile."""
    kept = {plain(block.text) for block in article.blocks}
    taken_off = {plain(one.text) for one in article.removals if one.rule not in SURROUNDINGS}
    made = {}
    for text, by_model in likely.items():
        word = KEPT if text in kept else TAKEN_OFF if text in taken_off else LEFT_OUT
        if found.lines:
            word += TRAFILATURA if found.holds(text) else -TRAFILATURA
        believed = min(SUREST, max(1 - SUREST, by_model))
        made[text] = 1 / (1 + math.exp(-math.log(believed / (1 - believed)) - word))
    return made


def _by_trafilatura(page: Page) -> Reading:
    from trafilatura import bare_extraction  # noqa: PLC0415 - heavy

    try:
        found = bare_extraction(page.body, url=page.final_url, with_metadata=True, include_comments=False)
    except Exception:  # noqa: BLE001 - a hostile page may raise anything in a library that is not ours
        return Reading()
    if found is None or isinstance(found, dict):
        return Reading()
    return reading((found.text or "").split("\n"), found.title, (), found.description, None)


def _by_model(blocks: Sequence[Block], known: Declared) -> Mapping[str, float]:
    """How likely each block of a page is body; of equal ones the likeliest counts."""
    whole = body_model().probabilities(blocks, [False] * len(blocks), known)
    likely: dict[str, float] = {}
    for block, parts in zip(blocks, whole.tolist(), strict=True):
        text = plain(block.text)
        likely[text] = max(likely.get(text, 0.0), parts / CERTAIN)
    likely.pop("", None)
    return likely


def _with_metadata(found: Reading, told: Metadata, sources: Sources) -> Reading:
    """The same with the metadata that our own reading knows better than trafilatura."""
    is_seen = told.sources.get("authors") is Source.VISIBLE
    return replace(
        found,
        authors=tuple(filter(None, map(plain, told.authors))),
        date=told.published_at.date().isoformat() if told.published_at else "",
        language=told.language or "",
        tags=tuple(filter(None, map(plain, told.tags))),
        headline=plain(told.title or ""),
        is_byline=is_seen and any(claims.authors or claims.organisations for claims in (sources.json_ld, sources.tags)),
    )


def reading(
    lines: Sequence[str],
    title: str | None,
    authors: Sequence[str],
    summary: str | None,
    date: str | None,
) -> Reading:
    """A reading from the values as a page has them."""
    kept = [line for line in map(plain, lines) if line]
    return Reading(
        lines=frozenset(kept),
        joined=" ".join(kept),
        title=plain(title or ""),
        headline=plain(title or ""),
        authors=tuple(filter(None, map(plain, authors))),
        summary=plain(summary or ""),
        date=(date or "")[:10],
        language=detect(" ".join(lines)) or "",
    )
