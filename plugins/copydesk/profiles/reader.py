"""A profile made ready for use: its look-ups, and the reading of one container."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from copydesk.extract.repeats import runs_again
from copydesk.profiles.model import Profile, Template
from copydesk.profiles.repeats import matcher
from copydesk.profiles.rulings import EMBEDS, FEW_LINKS, bare, homes_of, is_embedded, is_neighbour, key_of
from copydesk.profiles.structure import Element, Piece, Signer, pieces

PROSE_CHARS = 80
PROSE_WEIGHT = 4


@dataclass(frozen=True, slots=True)
class Judged:
    """A piece with what the profile says of it: `rule` is empty for body; `known` is false where it saw none such."""

    piece: Piece
    rule: str
    known: bool

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
        self._rulings = {
            template.name: {ruling.path: ruling.body for ruling in template.rulings} for template in profile.templates
        }
        self._homes = {template.name: homes_of(template.rulings) for template in profile.templates}
        self._chrome = {name: _chrome(rulings) for name, rulings in self._rulings.items()}
        self.repeats = matcher(profile.repeats)

    def read(self, template: Template, container: Element) -> list[Judged]:
        """Every piece of the container, judged, in document order."""
        rulings, chrome = self._rulings[template.name], self._chrome[template.name]
        found = pieces(container, self._sign, chrome.__contains__)
        homes = self._homes[template.name]
        return _once([self._judge(rulings, chrome, homes, piece) for piece in found])

    def _judge(self, rulings: dict[str, bool], chrome: frozenset[str], homes: frozenset[str], piece: Piece) -> Judged:
        if piece.path in chrome:
            return Judged(piece, "profile:path", True)
        if self.repeats(piece.text, piece.links):
            return Judged(piece, "profile:repeated", True)
        if is_embedded(piece.path):
            return Judged(piece, "profile:path", True)
        key = key_of(piece)
        body = rulings.get(key)
        if body is None:
            body = rulings.get(bare(key))
        if body is None and key.endswith("@bold"):
            body = rulings.get(piece.path, rulings.get(bare(piece.path)))
        if body is None:  # a first list or quote among the paragraphs is as good as they are
            return Judged(piece, "" if is_neighbour(piece, homes) else "profile:unknown", False)
        return Judged(piece, "" if body else "profile:path", True)


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

    Paragraphs that would be lost count several times: they may be body in a part that other articles do not have.
    """
    unknown = body = 0
    for one in judged:
        if not one.known:
            unknown += len(one.piece.text) * (PROSE_WEIGHT if _is_lost_prose(one) else 1)
        elif one.body:
            body += len(one.piece.text)
    return unknown / (unknown + body) if unknown else 0.0


def _chrome(rulings: Mapping[str, bool]) -> frozenset[str]:
    """The paths under which there is nothing but what the profile knows not to be body: read as one piece each."""
    seen, body = set[str](), set[str]()
    for key, is_body in rulings.items():
        steps = key.partition("@")[0].split(">")
        above = {">".join(steps[:length]) for length in range(1, len(steps) + 1)}
        seen |= above
        if is_body:
            body |= above
    return frozenset(seen - body)
