"""`copydesk try` as a person runs it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from copydesk.cli.try_page import try_page

from .test_extract import PARAGRAPHS, page


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "page.html"
    path.write_text(page("Harbour closed after crane falls"), encoding="utf-8")
    return path


def test_kept_blocks_are_plain_and_removed_ones_marked_with_label_and_rule(file: Path) -> None:
    result = CliRunner().invoke(try_page, [str(file), "--url", "https://post.example/harbour"])
    assert result.exit_code == 0, result.output
    lines = [line.rstrip() for line in result.output.splitlines()]
    assert all(paragraph in lines for paragraph in PARAGRAPHS)
    (removed,) = [line for line in lines if "Comments are closed." in line]
    assert removed.startswith("- [comments-notice, ")


def test_each_field_is_shown_with_its_source_and_each_stage_with_its_time(file: Path) -> None:
    result = CliRunner().invoke(try_page, [str(file), "--json"])
    record = json.loads(result.output)
    assert record["metadata"]["title"] == {"value": "Harbour closed after crane falls", "source": "visible"}
    assert record["metadata"]["authors"] == {"value": ["Ana Roe"], "source": "meta"}
    assert set(record["milliseconds"]) == {"fetch", "extract", "clean", "attribute"}


def test_a_file_that_is_not_there_is_a_usage_error() -> None:
    result = CliRunner().invoke(try_page, ["no-such-file.html"])
    assert "no-such-file.html" in str(result.exception)
