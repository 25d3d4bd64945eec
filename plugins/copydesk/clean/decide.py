"""Which blocks stay and which go. Pure: an Extract in, an Article out, every block in exactly one of its two lists."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

from copydesk.clean.lines import Line, Surroundings, line_of, surroundings
from copydesk.clean.own_words import own_verdict
from copydesk.clean.rule import MAX_LINE_CHARS, Place, Rule
from copydesk.clean.rulebook import Rulebook, standard_rulebook
from copydesk.clean.verdict import Verdict
from copydesk.models import KEPT_LABELS, Article, Block, Extract, Label, Removal


def clean(extract: Extract, rulebook: Rulebook | None = None) -> Article:
    """The article of `extract`, by the rules of `rulebook` (default: the built-in rules and the operator's own)."""
    verdicts = _Desk(extract, rulebook or standard_rulebook()).verdicts()
    pairs = list(zip(extract.blocks, verdicts, strict=True))
    removed = [_removal(block, verdict) for block, verdict in pairs if verdict is not None]
    return Article(
        url=extract.url,
        metadata=extract.metadata,
        blocks=tuple(block for block, verdict in pairs if verdict is None),
        removals=tuple(sorted([*extract.removals, *removed], key=lambda removal: removal.position)),
        reading=extract.reading,
    )


def _removal(block: Block, verdict: Verdict) -> Removal:
    return Removal(block.position, block.text, verdict.label, verdict.rule, verdict.version, block.path)


class _Desk:
    """Decides one page: first each block by itself and its place, then those whose neighbours were taken off."""

    def __init__(self, extract: Extract, rulebook: Rulebook) -> None:
        self.extract = extract
        self.rulebook = rulebook
        self.host = (urlsplit(extract.url).hostname or "").lower()
        self.lines = [line_of(block, MAX_LINE_CHARS) for block in extract.blocks]
        self.candidates = [self._candidates(line) for line in self.lines]
        self.around = self._surroundings()

    def verdicts(self) -> list[Verdict | None]:
        found = [self._by_itself(index) for index in range(len(self.lines))]
        for index in reversed(range(len(found))):
            found[index] = found[index] or self._by_neighbour(index, found)
        for index in range(len(found)):
            found[index] = found[index] or self._by_neighbour(index, found)
        return found

    def _candidates(self, line: Line) -> tuple[Rule, ...]:
        return tuple(rule for rule in self.rulebook.candidates(line) if self._on_site(rule))

    def _on_site(self, rule: Rule) -> bool:
        return not rule.sites or any(self.host == site or self.host.endswith(f".{site}") for site in rule.sites)

    def _surroundings(self) -> Surroundings:
        """Blocks that some rule would take are no prose, or a long disclaimer would hide the page's end from itself."""
        seen = zip(self.lines, self.candidates, strict=True)
        return surroundings([line.is_prose and not candidates for line, candidates in seen])

    def _by_itself(self, index: int) -> Verdict | None:
        line = self.lines[index]
        if line.block.label not in KEPT_LABELS:
            return Verdict(line.block.label, f"markup.{line.block.label}", "1")
        for rule in self.candidates[index]:
            if self._in_place(rule, index):
                return Verdict(rule.label, rule.rule_id, rule.version)
        return own_verdict(line, self.extract.metadata, self.around, index)

    def _in_place(self, rule: Rule, index: int) -> bool:
        if rule.place is Place.HEAD:
            return self.around.in_head(index)
        if rule.place is Place.TAIL:
            return self.around.in_tail(index)
        return rule.place is Place.ANYWHERE or self.around.in_head(index) or self.around.in_tail(index)

    def _by_neighbour(self, index: int, found: Sequence[Verdict | None]) -> Verdict | None:
        previous = _label(found, index - 1)
        following = _label(found, index + 1)
        for rule in self.rulebook.neighbour_rules:
            near = (not rule.before or following in rule.before) and (not rule.after or previous in rule.after)
            if near and self._on_site(rule) and self._in_place(rule, index) and rule.fits(self.lines[index]):
                return Verdict(rule.label, rule.rule_id, rule.version)
        return None


def _label(found: Sequence[Verdict | None], index: int) -> Label | None:
    verdict = found[index] if 0 <= index < len(found) else None
    return verdict.label if verdict else None
