"""A profile made ready for use: its look-ups, and the reading of one container."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain

from copydesk.extract.repeats import runs_again
from copydesk.models import BY_PATH, Label
from copydesk.profiles import labels
from copydesk.profiles.model import Profile, Ruling, Template
from copydesk.profiles.repeats import matcher
from copydesk.profiles.rulings import BOLD, EMBEDS, FEW_LINKS, bare, homes_of, is_embedded, is_neighbour, key_of
from copydesk.profiles.strange import PROSE_CHARS, strange_prose
from copydesk.profiles.structure import Element, Piece, Signer, pieces

PROSE_WEIGHT = 4


@dataclass(frozen=True, slots=True)
class Judged:
    """A piece with what the profile says of it: `rule` is empty for body; `known` is false where it saw none such.

    `label` is what it is called if it is no body.
    """

    piece: Piece
    rule: str
    known: bool
    label: Label = Label.OTHER_BOILERPLATE

    @property
    def body(self) -> bool:
        """Does it belong to the body?"""
        return not self.rule


class Reader:
    """Reads containers by a profile. Holds no state of any page but remembered spellings.

    `version` goes into the ledger with each block that the profile takes off.
    """

    def __init__(self, profile: Profile, version: str = "1") -> None:
        self.profile = profile
        self.version = version
        self._sign = Signer(frozenset(profile.vocabulary) | EMBEDS)
        self._layouts = {template.name: _layout(template.rulings) for template in profile.templates}
        self.repeats = matcher(profile.repeats)

    def read(self, template: Template, container: Element) -> list[Judged]:
        """Every piece of the container, judged, in document order."""
        layout = self._layouts[template.name]
        found = pieces(
            container,
            self._sign,
            layout.chrome.__contains__,
            lambda element, path: strange_prose(element, path, self._sign, layout.seen),
        )
        return _once([self._judge(layout, piece) for piece in found])

    def _judge(self, layout: _Layout, piece: Piece) -> Judged:
        path = piece.path
        if path in layout.chrome:
            return Judged(piece, BY_PATH, True, layout.label(path))
        if self.repeats(piece.text, piece.links):
            return Judged(piece, "profile:repeated", True)
        if is_embedded(path):
            return Judged(piece, BY_PATH, True)
        key = layout.key(piece)
        if key is None:  # a first list or quote among the paragraphs is as good as they are
            return Judged(piece, "" if is_neighbour(piece, layout.homes) else "profile:unknown", False)
        return Judged(piece, "", True) if layout.rulings[key] else Judged(piece, BY_PATH, True, layout.label(key))


@dataclass(frozen=True, slots=True)
class _Layout:
    """A template's look-ups: rulings by key, all paths `seen`, those of chrome and of homes, what places are called."""

    rulings: Mapping[str, bool]
    seen: frozenset[str]
    chrome: frozenset[str]
    homes: frozenset[str]
    labels: Mapping[str, Label]

    def key(self, piece: Piece) -> str | None:
        """The key by which a ruling tells of a piece, None if none does."""
        key = key_of(piece)
        if key in self.rulings:
            return key
        asked = [bare(key), piece.path, bare(piece.path)] if key.endswith(BOLD) else [bare(key)]
        return next((one for one in asked if one in self.rulings), None)

    def label(self, key: str) -> Label:
        """What the pieces of a key that hold no body are called."""
        return self.labels.get(key, Label.OTHER_BOILERPLATE)


def _layout(ruled: Sequence[Ruling]) -> _Layout:
    rulings = {ruling.path: ruling.body for ruling in ruled}
    seen = _above(rulings)
    # Under these there is nothing but what the profile knows not to be body: read as one piece each.
    chrome = seen - _above(key for key, body in rulings.items() if body)
    return _Layout(rulings, seen, chrome, homes_of(ruled), labels.by_path(ruled))


def _above(keys: Iterable[str]) -> frozenset[str]:
    """The paths of keys, and of all that is above those."""
    return frozenset(chain.from_iterable(labels.prefixes(key.partition("@")[0]) for key in keys))


def _once(judged: list[Judged]) -> list[Judged]:
    """The same, where a body that the page holds twice, as for wide and for narrow screens, is body once."""
    body = [index for index, one in enumerate(judged) if one.body]
    for run in runs_again([judged[index].piece.text for index in body]):
        for place in run:
            judged[body[place]] = replace(judged[body[place]], rule="profile:again")
    return judged


def _is_lost_prose(one: Judged) -> bool:
    piece = one.piece
    is_prose = len(piece.text) >= PROSE_CHARS and piece.links < FEW_LINKS
    return is_prose and not one.body and piece.element.tag == "p"


def unknown_share(judged: Iterable[Judged]) -> float:
    """The share of characters, among body and unknown pieces, that stand where the profile knows nothing.

    Paragraphs that would be lost count several times: they may be body in a part that other articles do not have, also
    one within what the profile leaves out.
    """
    unknown = body = 0
    for one in judged:
        if not one.known:
            unknown += len(one.piece.text) * (PROSE_WEIGHT if _is_lost_prose(one) else 1)
        elif one.body:
            body += len(one.piece.text)
        unknown += PROSE_WEIGHT * one.piece.strange
    return unknown / (unknown + body) if unknown else 0.0
