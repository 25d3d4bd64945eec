"""Data Docs are written now and then, pruned, and never in the way."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from copydesk.models import Article, Attribution, Block, Candidate, Metadata
from copydesk.settings import EXPECTATIONS_DIR
from copydesk.validate import docs, write_data_docs

pytestmark = pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning")
NOW = datetime(2031, 5, 3, 12, tzinfo=UTC)
SHORT = Candidate(
    1,
    "a.example",
    Article(
        "https://a.example/1", Metadata(title="An article"), (Block(0, "Too short to be one."),), (), "trafilatura"
    ),
    Attribution(None, None, "none", None, 0.0),
    None,
)


def results(directory: Path) -> list[Path]:
    return sorted((directory / "results").rglob("*.json"))


def test_pages_about_the_result_are_written_and_the_suites_stay_as_they_are(tmp_path: Path) -> None:
    before = {path: path.read_bytes() for path in EXPECTATIONS_DIR.iterdir()}
    assert write_data_docs(tmp_path, [SHORT], NOW)
    assert "articles" in (tmp_path / "site" / "index.html").read_text(encoding="utf-8")
    [page] = (tmp_path / "site" / "validations").rglob("*.html")
    assert "characters_beyond_title" in page.read_text(encoding="utf-8")
    assert {path: path.read_bytes() for path in EXPECTATIONS_DIR.iterdir()} == before


def test_what_an_article_says_is_shown_as_text_and_never_as_markup(tmp_path: Path) -> None:
    evil = "<img src=x onerror=alert(1)>\t<script>alert(2)</script>"
    known = Metadata(title=evil, language="<svg onload=alert(3)>")
    write_data_docs(tmp_path, [replace(SHORT, article=replace(SHORT.article, metadata=known))], NOW)
    [page] = (tmp_path / "site" / "validations").rglob("*.html")
    text = page.read_text(encoding="utf-8")
    assert "&lt;img src=x" in text
    assert not [markup for markup in ("<img src=x", "<script>alert", "<svg onload") if markup in text]


def test_pages_are_written_no_more_often_than_every_ten_minutes(tmp_path: Path) -> None:
    assert write_data_docs(tmp_path, [SHORT], NOW)
    assert not write_data_docs(tmp_path, [SHORT], NOW + docs.WRITE_EVERY - timedelta(seconds=1))
    assert write_data_docs(tmp_path, [SHORT], NOW + docs.WRITE_EVERY)
    assert len(results(tmp_path)) == 2


def test_old_results_go(tmp_path: Path) -> None:
    for number in range(docs.RESULTS_KEPT + 5):
        run = tmp_path / "results" / "articles" / "__none__" / f"20200101T{number:06}.000000Z"
        run.mkdir(parents=True)
    assert write_data_docs(tmp_path, [SHORT], NOW)
    assert len(list((tmp_path / "results").glob("*/*/*"))) == docs.RESULTS_KEPT
    assert len(results(tmp_path)) == 1


def test_a_folder_that_cannot_be_written_harms_nothing(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    assert not write_data_docs(tmp_path / "file", [SHORT], NOW)


def test_nothing_is_written_about_nothing(tmp_path: Path) -> None:
    assert not write_data_docs(tmp_path / "docs", [], NOW)
    assert not (tmp_path / "docs").exists()
