"""What the extraction left out is in the ledger under the label that the rules know it by."""

from __future__ import annotations

import pytest

from copydesk.clean import clean
from copydesk.models import BY_PATH, LEFT_OUT, NAVIGATION, OUTSIDE, Block, Extract, Label, Metadata, Removal

PROSE = "The harbour of Port Lune was closed to all ships on Tuesday after a crane fell across its only channel."


def test_a_block_left_out_is_named_by_the_rules_and_stays_the_extractions_deed() -> None:
    removal = Removal(1, "Comments are closed.", Label.OTHER_BOILERPLATE, "extract.left-out", "1")
    extract = Extract("https://post.example/a", Metadata(), (Block(0, PROSE),), (removal,))
    (named,) = clean(extract).removals
    assert (named.label, named.rule) == (Label.COMMENTS_NOTICE, "extract.left-out")


def test_a_block_that_no_rule_knows_keeps_its_label() -> None:
    removal = Removal(1, "Port Lune by night", Label.CAPTION, "extract.left-out", "1")
    extract = Extract("https://post.example/a", Metadata(), (Block(0, PROSE),), (removal,))
    assert clean(extract).removals == (removal,)


@pytest.mark.parametrize(("position", "is_named"), [(12, True), (13, False)])
def test_what_stands_farther_away_than_twelve_blocks_is_the_sites_and_needs_no_name(
    position: int, is_named: bool
) -> None:
    removal = Removal(position, "Comments are closed.", Label.OTHER_BOILERPLATE, LEFT_OUT, "1")
    extract = Extract("https://post.example/a", Metadata(), (Block(0, PROSE),), (removal,))
    (named,) = clean(extract).removals
    assert (named.label is Label.COMMENTS_NOTICE) is is_named


@pytest.mark.parametrize("rule", [NAVIGATION, OUTSIDE, BY_PATH])
def test_runs_of_blocks_and_what_was_named_when_its_site_was_learned_are_not_asked_about(rule: str) -> None:
    removal = Removal(1, "Comments are closed.", Label.OTHER_BOILERPLATE, rule, "1")
    extract = Extract("https://post.example/a", Metadata(), (Block(0, PROSE),), (removal,))
    assert clean(extract).removals == (removal,)
