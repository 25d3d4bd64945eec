"""Every rule's own examples."""

from __future__ import annotations

import pytest

from copydesk.clean.examples import wrong_examples
from copydesk.clean.rule import Rule
from copydesk.clean.rulebook import load_rulebook

RULES = load_rulebook().rules
LANGUAGES = {"ar", "en", "fr", "es", "de", "it", "pt", "ru", "tr", "fa", "he", "zh"}


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.rule_id)
def test_rule_matches_what_it_must_and_nothing_it_must_not(rule: Rule) -> None:
    assert wrong_examples(rule) == []


@pytest.mark.parametrize("rule", [rule for rule in RULES if rule.pattern], ids=lambda rule: rule.rule_id)
def test_rule_has_examples_of_both_kinds(rule: Rule) -> None:
    assert rule.must
    assert rule.must_not


def test_every_language_has_rules() -> None:
    assert {rule.rule_id.split(".")[0] for rule in RULES} >= LANGUAGES
