"""Which blocks stay and which go. Pure: an Extract in, an Article out, every block in exactly one of its two lists."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from copydesk.clean.lines import Surroundings, line_of, surroundings
from copydesk.clean.link_lists import link_lists
from copydesk.clean.markup import trusted
from copydesk.clean.own_words import own_verdict
from copydesk.clean.rule import MAX_LINE_CHARS, Place, Rule
from copydesk.clean.rulebook import Rulebook, standard_rulebook
from copydesk.clean.summary import own_summary
from copydesk.clean.teasers import teasers
from copydesk.clean.verdict import Verdict
from copydesk.clean.wording import Standing, Weighed, standard_judge, standard_wording
from copydesk.models import BY_PATH, KEPT_LABELS, NAVIGATION, OUTSIDE, Article, Block, Extract, Label, Removal

# What no rule is asked about: many blocks in one removal; what is called as its place was when that was learned.
_NAMED = frozenset({NAVIGATION, OUTSIDE, BY_PATH})
_IS_AT = {
    Place.HEAD: Surroundings.in_head,
    Place.TAIL: Surroundings.in_tail,
    Place.EDGE: Surroundings.at_edge,
    Place.START: Surroundings.at_start,
    Place.END: Surroundings.at_end,
}
_SET = re.compile(r"(?:^|>)(?:pre|code|samp|table|dl)\b")  # not made of sentences: the words there tell nothing
NEAR = 12  # blocks around the body; what is farther away is the site's, and needs no name


def clean(extract: Extract, rulebook: Rulebook | None = None) -> Article:
    """The article of `extract`, by the rules of `rulebook` (default: the built-in rules and the operator's own)."""
    desk = Desk(extract, rulebook or standard_rulebook())
    verdicts = desk.verdicts()
    pairs = list(zip(extract.blocks, verdicts, strict=True))
    removed = [_removal(block, verdict) for block, verdict in pairs if verdict is not None]
    kept = tuple(block for block, verdict in pairs if verdict is None)
    removals = tuple(sorted([*map(desk.named, extract.removals), *removed], key=lambda removal: removal.position))
    metadata = own_summary(extract.metadata, kept, removals)
    return Article(extract.url, metadata, kept, removals, extract.reading)


def _removal(block: Block, verdict: Verdict) -> Removal:
    return Removal(block.position, block.text, verdict.label, verdict.rule, verdict.version, block.path)


class Desk:
    """Decides one page: each block by itself and its place, then by its neighbours, then lists as a whole."""

    def __init__(self, extract: Extract, rulebook: Rulebook) -> None:
        self.metadata = extract.metadata
        self.rulebook = rulebook
        self.span = (extract.blocks[0].position, extract.blocks[-1].position) if extract.blocks else (0, -1)
        self.host = (urlsplit(extract.url).hostname or "").lower()
        self.lines = [line_of(block, MAX_LINE_CHARS) for block in trusted(extract.blocks)]
        self.candidates = [self._on_site(rulebook.anywhere(line)) for line in self.lines]
        self.at_edges: dict[int, list[Rule]] = {}
        self.around = surroundings(self.lines, self._is_wrapping)

    def verdicts(self) -> list[Verdict | None]:
        found = [self._by_itself(index) for index in range(len(self.lines))]
        self._by_neighbours(found)
        known = list(found)
        for index in range(len(found)):
            found[index] = found[index] or self._by_zone(index)
        if self.rulebook.wordings and self.around.has_text:
            self._by_wording(found)
        if found != known:
            self._by_neighbours(found)
        return link_lists(self.lines, teasers(self.lines, found))

    def named(self, removal: Removal) -> Removal:
        """What the extraction left out, under the label that a rule knows it by; it stays the extraction's deed."""
        first, last = self.span
        if removal.label is not Label.OTHER_BOILERPLATE or not first - NEAR <= removal.position <= last + NEAR:
            return removal
        if removal.rule in _NAMED:
            return removal
        rules = self._on_site(self.rulebook.of_text(removal.text, removal.path))
        return replace(removal, label=rules[0].label) if rules else removal

    def _is_wrapping(self, index: int) -> bool:
        self._edge_rules(index)
        return bool(self.candidates[index] or self.at_edges[index])

    def _edge_rules(self, index: int) -> list[Rule]:
        if index not in self.at_edges:
            self.at_edges[index] = self._on_site(self.rulebook.at_edges(self.lines[index]))
        return self.at_edges[index]

    def _on_site(self, rules: Sequence[Rule]) -> list[Rule]:
        return [rule for rule in rules if not rule.sites or any(_is_on(self.host, site) for site in rule.sites)]

    def _by_itself(self, index: int) -> Verdict | None:
        line = self.lines[index]
        if line.block.label not in KEPT_LABELS:
            return Verdict(line.block.label, f"markup.{line.block.label}", "1")
        at_edge = self._edge_rules(index) if self.around.at_edge(index) else ()
        for rule in (*self.candidates[index], *at_edge):
            if self._in_place(rule, index):
                return Verdict(rule.label, rule.rule_id, rule.version)
        return own_verdict(line, self.metadata, self.around, index)

    def _by_zone(self, index: int) -> Verdict | None:
        if not self.around.at_start(index) and not self.around.at_end(index):
            return None
        for rule in self._on_site(self.rulebook.in_zones(self.lines[index])):
            if self._in_place(rule, index):
                return Verdict(rule.label, rule.rule_id, rule.version)
        return None

    def _in_place(self, rule: Rule, index: int) -> bool:
        return rule.place is Place.ANYWHERE or _IS_AT[rule.place](self.around, index)

    def _by_neighbours(self, found: list[Verdict | None]) -> None:
        """Take off what is known by the block behind or before it: what that takes tells of the next one again."""
        for index in (*reversed(range(len(found))), *range(len(found))):
            found[index] = found[index] or self._by_neighbour(index, found)

    def _by_neighbour(self, index: int, found: Sequence[Verdict | None]) -> Verdict | None:
        previous = _label(found, index - 1)
        following = _label(found, index + 1)
        if previous is None and following is None:
            return None
        for rule in self.rulebook.neighbour_rules:
            near = (not rule.before or following in rule.before) and (not rule.after or previous in rule.after)
            meant = near and rule.script in self.lines[index].scripts and self._on_site([rule])
            if meant and self._in_place(rule, index) and rule.fits(self.lines[index]):
                return Verdict(rule.label, rule.rule_id, rule.version)
        return None

    def _by_wording(self, found: list[Verdict | None]) -> None:
        """Take off what words and standing are sure of, twice: what is taken tells of what stands beside it."""
        weighed = {index: known for index in range(len(found)) if (known := self._weighed(index, found))}
        standing = Standing(self.lines, found, self.around)
        for index in (*weighed, *reversed(weighed)):
            if found[index] is None:
                told, alone, asks = standing.facts(index), self.is_alone(index, found), self._asks(index)
                if standard_judge().is_sure(weighed[index], told, alone=alone, asks=asks):
                    label = weighed[index].label
                    found[index] = Verdict(label, f"wording.{label}", standard_wording().version)

    def _weighed(self, index: int, found: Sequence[Verdict | None]) -> Weighed | None:
        if found[index] is not None or not self.may_be_judged(index, found):
            return None
        weighed = standard_wording().weighed(self.lines[index])
        if weighed is None or f"wording.{weighed.label}" not in self.rulebook.wordings:
            return None
        return weighed

    def may_be_judged(self, index: int, found: Sequence[Verdict | None]) -> bool:
        """False for code and tables, for prose in mid-article, and for questions and what is set apart amid text."""
        line = self.lines[index]
        if (line.is_prose and not self.around.at_edge(index)) or _SET.search(line.block.path):
            return False
        is_plain = line.block.label is Label.BODY and not self._asks(index)
        return is_plain or not self.is_alone(index, found)

    def _asks(self, index: int) -> bool:
        return self.lines[index].folded.endswith("?")

    def is_alone(self, index: int, found: Sequence[Verdict | None]) -> bool:
        """True amid text that stays: at no edge, and beside nothing that was taken off."""
        return not (_label(found, index - 1) or _label(found, index + 1) or self.around.at_edge(index))


def _is_on(host: str, site: str) -> bool:
    return host == site or host.endswith(f".{site}")


def _label(found: Sequence[Verdict | None], index: int) -> Label | None:
    verdict = found[index] if 0 <= index < len(found) else None
    return verdict.label if verdict else None
