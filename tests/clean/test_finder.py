"""Looking rules up by a text's own signs and words finds the same ones as trying them one by one."""

from __future__ import annotations

import random
from collections.abc import Iterator

import pytest

from copydesk.clean.lines import Line, line_of
from copydesk.clean.rule import MAX_LINE_CHARS, ZONES, Place, Rule
from copydesk.clean.rulebook import Rulebook, standard_rulebook
from copydesk.models import Block, Label

LABELS = (Label.BODY, Label.LIST, Label.HEADING, Label.CAPTION)
PATHS = ("", "div.article>p", "div#newsletter-box>p", "aside.related>ul>li", "div.c-tags>a")


@pytest.fixture(scope="module")
def book() -> Rulebook:
    return standard_rulebook()


def corpus(book: Rulebook) -> Iterator[Line]:
    """Every rule's examples as they are, and pieces of two examples of any languages put together; some long."""
    chance = random.Random(7)
    examples = [text for rule in book.rules for text in (*rule.must, *rule.must_not)]
    joined = [f"{chance.choice(examples)} {chance.choice(examples)}" for _ in range(300)]
    cut = [text[: chance.randrange(1, 60)] for text in chance.choices(examples, k=150)]
    long = [" ".join(chance.choices(examples, k=9)) for _ in range(60)]
    for number, text in enumerate((*chance.sample(examples, k=1200), *joined, *cut, *long, "", "١٢٣", "ελληνικά")):
        block = Block(number, text, LABELS[number % 4], PATHS[number % 5], (number % 3) / 2)
        yield line_of(block, MAX_LINE_CHARS)


def one_by_one(rules: list[Rule], line: Line) -> list[str]:
    return sorted(rule.rule_id for rule in rules if rule.script in line.scripts and rule.fits(line))


def test_the_rules_found_are_those_that_fit_when_tried_alone(book: Rulebook) -> None:
    own = [rule for rule in book.rules if not rule.needs_neighbour]
    anywhere = [rule for rule in own if rule.place is Place.ANYWHERE or not rule.pattern]
    edges = [rule for rule in own if rule.place not in {Place.ANYWHERE, *ZONES} and rule.pattern]
    zones = [rule for rule in own if rule.place in ZONES and rule.pattern]
    hits = 0
    for line in corpus(book):
        for find, rules in ((book.anywhere, anywhere), (book.at_edges, edges), (book.in_zones, zones)):
            found = sorted(rule.rule_id for rule in find(line))
            assert found == one_by_one(rules, line), line
            hits += len(found)
    assert hits > len(book.rules)


def test_rules_come_in_the_order_of_the_files(book: Rulebook) -> None:
    order = {rule.rule_id: number for number, rule in enumerate(book.rules)}
    for line in corpus(book):
        numbers = [order[rule.rule_id] for rule in book.at_edges(line)]
        assert numbers == sorted(numbers)
