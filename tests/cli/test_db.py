"""`copydesk db` as a person runs it."""

from __future__ import annotations

import json

from click.testing import CliRunner

from copydesk.cli.db import db


def test_status_is_red_until_migrate_has_run(empty_dsn: str) -> None:
    runner = CliRunner()
    before = runner.invoke(db, ["status", "--json", "--database", empty_dsn])
    assert before.exit_code == 1
    pending = json.loads(before.output)["pending"]
    assert pending
    migrated = runner.invoke(db, ["migrate", "--database", empty_dsn])
    assert migrated.exit_code == 0
    assert migrated.output.splitlines() == [*(f"applied {name}" for name in pending), "the database is up to date"]
    after = runner.invoke(db, ["status"], env={"COPYDESK_DATABASE": empty_dsn})
    assert after.exit_code == 0
    assert "pending" not in after.output


def test_migrate_twice_applies_nothing_more(dsn: str) -> None:
    result = CliRunner().invoke(db, ["migrate", "--json", "--database", dsn])
    assert json.loads(result.output) == {"applied": []}
