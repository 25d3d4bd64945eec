"""Runs a rule's own examples: for the tests, and for operators through `copydesk rules check`."""

from __future__ import annotations

from copydesk.clean.lines import line_of
from copydesk.clean.rule import MAX_LINE_CHARS, Rule
from copydesk.models import Block


def wrong_examples(rule: Rule) -> list[str]:
    """A sentence for each example that the rule gets wrong, [] when all are right.

    An example stands for a block whose place, neighbours, markup, links and path are as the rule wants them.
    """
    missed = [f"{rule.rule_id} must match {text!r}" for text in rule.must if not _fits(rule, text)]
    taken = [f"{rule.rule_id} must not match {text!r}" for text in rule.must_not if _fits(rule, text)]
    return missed + taken


def _fits(rule: Rule, text: str) -> bool:
    return rule.fits_text(line_of(Block(position=0, text=text), MAX_LINE_CHARS))
