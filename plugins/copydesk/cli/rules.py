"""`copydesk rules`: what the cleaning rules are, and whether an operator's own do what they should."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import click

from copydesk.clean.examples import wrong_examples
from copydesk.clean.rule import Rule
from copydesk.clean.rulebook import load_rulebook
from copydesk.cli.output import print_json, print_table
from copydesk.settings import Settings


@click.group()
def rules() -> None:
    """The rules by which blocks are taken off. COPYDESK_RULES names files with your own; see docs/rules.md."""


@rules.command("list")
@click.option("--json", "as_json", is_flag=True, help="One JSON line a rule.")
def list_rules(as_json: bool) -> None:
    """List the rules in force."""
    columns = ("rule", "version", "label", "where")
    rows = [(rule.rule_id, rule.version, rule.label.value, rule.place.value) for rule in _rules(())]
    if not as_json:
        print_table(columns, rows)
        return
    for row in rows:
        print_json(dict(zip(columns, row, strict=True)))


@rules.command()
@click.argument("files", nargs=-1, type=click.Path(path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="One JSON line.")
def check(files: Sequence[Path], as_json: bool) -> None:
    """Read the rules, and run every rule's examples.

    The rules in force, and those of FILES (files or folders). Exit code 1 when an example goes wrong, 2 when a file
    cannot be read.
    """
    found = _rules(files)
    wrong = [sentence for rule in found for sentence in wrong_examples(rule)]
    examples = sum(len(rule.must) + len(rule.must_not) for rule in found)
    if as_json:
        print_json({"rules": len(found), "examples": examples, "wrong": wrong})
    else:
        for sentence in wrong:
            click.echo(sentence)
        click.echo(f"{len(found)} rules, {examples} examples, {len(wrong)} wrong")
    if wrong:
        sys.exit(1)


def _rules(files: Sequence[Path]) -> tuple[Rule, ...]:
    own = [place for place in Settings.from_environment().rules if place not in files]
    return load_rulebook([*own, *files]).rules
