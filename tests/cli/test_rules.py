from __future__ import annotations

import json
from pathlib import Path

from click.testing import CliRunner

from copydesk.cli.rules import rules

GOOD = """
[[rules]]
id = "desk"
label = "other-boilerplate"
version = 1
pattern = 'from our desk'
must = ["From our desk"]
must_not = ["From our desk in Beirut"]
"""


def test_check_runs_every_example_of_built_in_and_own_rules(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text(GOOD, encoding="utf-8")
    result = CliRunner().invoke(rules, ["check", "--json", str(own)], env={"COPYDESK_RULES": ""})
    report = json.loads(result.stdout)
    assert result.exit_code == 0
    assert report["wrong"] == []
    assert report["rules"] > 200
    assert report["examples"] > 1000


def test_check_names_the_example_that_goes_wrong(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text(GOOD.replace('must = ["From our desk"]', 'must = ["From the desk"]'), encoding="utf-8")
    result = CliRunner().invoke(rules, ["check"], env={"COPYDESK_RULES": str(own)})
    assert result.exit_code == 1
    assert "own.desk must match 'From the desk'" in result.stdout
    assert result.stdout.splitlines()[-1].endswith("examples, 1 wrong")


def test_list_names_own_rules_beside_the_built_in_ones(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text(GOOD, encoding="utf-8")
    result = CliRunner().invoke(rules, ["list", "--json"], env={"COPYDESK_RULES": str(own)})
    names = {json.loads(line)["rule"] for line in result.stdout.splitlines()}
    assert {"own.desk", "en.comments-closed", "ar.news-disclaimer"} <= names
