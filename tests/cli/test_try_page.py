"""`copydesk try` as a person runs it."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from copydesk import sites
from copydesk.cli.try_page import try_page
from copydesk.database import Connection, transaction
from copydesk.edit import page_of
from copydesk.errors import UsageError
from copydesk.profiles import store
from copydesk.profiles.files import read, write
from copydesk.profiles.learn import learn
from copydesk.profiles.shadow import Decision, Score
from copydesk.profiles.store import StoredPage
from copydesk.profiles.trust import sampled

from .test_extract import PARAGRAPHS, page
from .test_learn import story


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
    assert set(record["milliseconds"]) == {"fetch", "profile", "extract", "clean", "walls", "attribute"}


def test_what_a_page_says_of_its_use_is_shown(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    markup = page("Harbour closed", *PARAGRAPHS * 3).replace("<head>", "<head><meta name=robots content=noarchive>")
    path.write_text(markup, encoding="utf-8")
    record = json.loads(CliRunner().invoke(try_page, [str(path), "--json"]).output)
    assert (record["terms"], record["refused"]) == ({"noarchive": "meta robots: noarchive"}, None)
    assert "noarchive  [meta robots: noarchive]" in CliRunner().invoke(try_page, [str(path)]).output


def test_a_page_that_would_be_refused_is_told_why(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    claim = '<script type="application/ld+json">{"@type": "NewsArticle", "isAccessibleForFree": false}</script>'
    path.write_text(page("Harbour closed").replace("<head>", f"<head>{claim}"), encoding="utf-8")
    record = json.loads(CliRunner().invoke(try_page, [str(path), "--json"]).output)
    assert (record["refused"]["outcome"], record["refused"]["reason"]) == ("refused", "paywall")
    assert "not loaded: refused, paywall: only the first" in CliRunner().invoke(try_page, [str(path)]).output


def test_a_site_that_an_operator_forbids_is_not_asked(connection: Connection, writer_dsn: str) -> None:
    with transaction(connection):
        sites.put(connection, "post.example", sites.Wanted(blocked_because="a lawsuit"), datetime.now(UTC))
    result = CliRunner().invoke(try_page, ["https://post.example/harbour", "--database", writer_dsn])
    assert "an operator forbids post.example: a lawsuit" in str(result.exception)


def test_a_file_that_is_not_there_is_a_usage_error() -> None:
    result = CliRunner().invoke(try_page, ["no-such-file.html"])
    assert "no-such-file.html" in str(result.exception)


def test_a_file_that_is_no_page_is_named(tmp_path: Path) -> None:
    path = tmp_path / "empty.html"
    path.touch()
    result = CliRunner().invoke(try_page, [str(path)])
    assert str(result.exception) == f"{path}: not HTML: Document is empty"


def test_a_file_that_is_a_feed_is_told_so_and_what_reads_it(tmp_path: Path) -> None:
    path = tmp_path / "feed.xml"
    path.write_text("<feed xmlns='http://www.w3.org/2005/Atom'><entry><title>Harbour</title></entry></feed>", "utf-8")
    result = CliRunner().invoke(try_page, [str(path), "--url", "https://post.example/feed"])
    assert isinstance(result.exception, UsageError)
    assert "no HTML page but an Atom feed; `copydesk feeds check URL`" in str(result.exception)


def test_a_url_that_is_none_is_a_usage_error(file: Path) -> None:
    result = CliRunner().invoke(try_page, [str(file), "--url", "http://["])
    assert isinstance(result.exception, UsageError)
    assert "--url http://[ is no URL" in str(result.exception)


@pytest.fixture(scope="module")
def profiles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the profile of harbour.example."""
    folder = tmp_path_factory.mktemp("try")
    pages = [page_of(one["html"].encode(), one["url"]) for one in map(story, range(50)) if not sampled(one["url"])]
    write(folder, learn(pages[:6], "harbour.example"))
    return folder


def tried(folder: Path, number: int, *arguments: str) -> Result:
    told = story(number)
    path = folder / f"story-{number}.html"
    path.write_text(told["html"], encoding="utf-8")
    options = ["--url", told["url"], "--profiles", str(folder), *arguments]
    return CliRunner().invoke(try_page, [str(path), *options], catch_exceptions=False)


def unsampled() -> int:
    return next(number for number in range(50, 99) if not sampled(story(number)["url"]))


def test_a_known_site_is_read_by_its_profile_and_it_is_said_which(profiles: Path) -> None:
    record = json.loads(tried(profiles, unsampled(), "--json").stdout)
    assert record["reading"] == "profile"
    assert record["profile"] == {
        "site": "harbour.example",
        "version": 1,
        "template": record["profile"]["template"],
        "judged": False,
        "used": True,
    }
    assert (
        f"version 1 of harbour.example, template {record['profile']['template']}" in tried(profiles, unsampled()).output
    )


def test_no_profile_shows_the_page_as_of_an_unknown_site(profiles: Path) -> None:
    record = json.loads(tried(profiles, unsampled(), "--json", "--no-profile").stdout)
    assert (record["reading"], record["profile"]) == ("page", None)


def test_a_page_of_the_sample_tells_what_the_reading_without_profile_says(profiles: Path) -> None:
    number = next(number for number in range(999) if sampled(story(number)["url"]))
    assert "of the sample that is also read without, which agrees" in tried(profiles, number).output


def test_a_page_that_the_profile_does_not_fit_is_read_without(profiles: Path) -> None:
    path = profiles / "other.html"
    path.write_text(page("Harbour closed after crane falls"), encoding="utf-8")
    options = [str(path), "--url", "https://harbour.example/other", "--profiles", str(profiles)]
    output = CliRunner().invoke(try_page, options, catch_exceptions=False).output
    assert "version 1 of harbour.example does not fit this page; read without" in output


def test_a_database_that_does_not_answer_is_told_of_and_done_without(file: Path) -> None:
    options = [str(file), "--url", "https://post.example/a", "--database", "host=/nowhere dbname=none"]
    result = CliRunner().invoke(try_page, options, catch_exceptions=False)
    assert result.exit_code == 0
    assert "read without a site profile" in result.stderr


def test_the_profile_in_use_in_the_database_is_used(connection: Connection, writer_dsn: str, profiles: Path) -> None:
    number = unsampled()
    learned_from = [StoredPage(1, page_of(b"", ""))]
    decision = Decision(True, "as good as any", Score(6, 1.0, 1.0))
    with transaction(connection), connection.cursor() as cursor:
        cursor.execute("INSERT INTO ingest.sites (domain) VALUES ('harbour.example')")
        store.add(connection, read(profiles / "harbour.example.json"), learned_from, decision, datetime.now(UTC))
    path = profiles / "stored.html"
    path.write_text(story(number)["html"], encoding="utf-8")
    options = [str(path), "--url", story(number)["url"], "--database", writer_dsn, "--json"]
    record = json.loads(CliRunner().invoke(try_page, options, catch_exceptions=False).stdout)
    assert (record["reading"], record["profile"]["version"]) == ("profile", 1)
