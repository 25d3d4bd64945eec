from __future__ import annotations

import json
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click
import psycopg2
import pytest
from click.testing import CliRunner, Result

from copydesk.cli.learn import learn
from copydesk.cli.profile import profile
from copydesk.database import connect, transaction
from copydesk.edit import page_of
from copydesk.errors import UsageError
from copydesk.pages import store_pages
from copydesk.profiles.trust import sampled

SENTENCES = (
    "Prices at the old market rose again this week while ships waited outside the harbour for better weather.",
    "Nobody at the council would say when the bridge over the northern river is going to open for carts.",
    "Farmers who had come to town since morning said that they would not sell below what the grain had cost them.",
    "A new mill is to be built behind the station, although its owner has not paid for the land so far.",
)


def story(number: int) -> dict[str, str]:
    lines = [f"{sentence} That was on day {number * 7 + index}." for index, sentence in enumerate(SENTENCES)]
    body = "".join(f"<p>{line}</p>" for line in lines)
    title = f"Story {number} of the harbour town"
    letter = '<div class="letter"><p>Get our letter every morning, free of charge.</p></div>'
    html = (
        f"<!DOCTYPE html><html lang=en><head><meta charset=utf-8><title>{title}</title></head>"
        f"<body><header><a href=/>Harbour News</a></header><h1>{title}</h1>"
        f'<div class="text">{body}{letter}</div></body></html>'
    )
    return {"url": f"https://harbour.example/story-{number}", "html": html}


def copydesk(*arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
    program = [str(Path(sys.executable).with_name("copydesk")), *arguments]
    return subprocess.run(program, input=stdin, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def profiles(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, list[dict[str, Any]]]:
    """A folder of profiles learned from six pages in a file, and what the command said."""
    folder = tmp_path_factory.mktemp("learn")
    (folder / "pages.jsonl").write_text("\n".join(json.dumps(story(number)) for number in range(6)))
    done = copydesk("learn", "--pages", str(folder / "pages.jsonl"), "--out", str(folder / "profiles"), "--json")
    assert done.returncode == 0, done.stderr
    return folder / "profiles", [json.loads(line) for line in done.stdout.splitlines()]


def test_pages_in_a_file_become_a_profile_in_a_file(profiles: tuple[Path, list[dict[str, Any]]]) -> None:
    folder, said = profiles
    assert [(one["site"], one["pages"], one["in_use"]) for one in said] == [("harbour.example", 6, True)]
    assert [path.name for path in folder.iterdir()] == ["harbour.example.json"]


def test_extract_reads_by_profiles_of_a_folder(profiles: tuple[Path, list[dict[str, Any]]]) -> None:
    number = next(number for number in range(50, 99) if not sampled(f"https://harbour.example/story-{number}"))
    done = copydesk("extract", "--profiles", str(profiles[0]), stdin=json.dumps(story(number)))
    record = json.loads(done.stdout)
    assert (record["reading"], len(record["lines"])) == ("profile", len(SENTENCES))
    assert [(one["text"], one["rule"]) for one in record["removed"]] == [
        (f"Harbour News\nStory {number} of the harbour town", "profile:outside"),
        ("Get our letter every morning, free of charge.", "profile:path"),
    ]


@pytest.mark.parametrize(
    ("arguments", "stdin", "words"),
    [
        (("learn",), "", "say what to learn"),
        (("learn", "--pages", "-"), "not json", "line 1 is not JSON"),
        (("learn", "--pages", "-"), '{"url": 1}', "line 1 is not an object"),
        (("learn", "--pages", "-"), '{"url": "/a", "html": ""}', "line 1: '/a' is no address of a web page"),
        (("learn", "--pages", "-"), "\n", "there is no page to learn from"),
        (("extract", "--profiles", "no-such-folder"), "<p>x", "no-such-folder is no folder"),
    ],
)
def test_bad_input_is_told_in_a_sentence(arguments: tuple[str, ...], stdin: str, words: str) -> None:
    done = copydesk(*arguments, stdin=stdin)
    assert done.returncode == 2
    assert words in done.stderr
    assert "Traceback" not in done.stderr


def store(dsn: str, numbers: range) -> None:
    """File stories as the pipeline leaves them behind."""
    now = datetime(2026, 3, 2, tzinfo=UTC)
    pages = [page_of(told["html"], told["url"], now=now) for told in map(story, numbers)]
    with connect(dsn) as connection, transaction(connection), connection.cursor() as cursor:
        store_pages(connection, pages)
        cursor.execute("INSERT INTO ingest.sites (domain) VALUES ('harbour.example') ON CONFLICT DO NOTHING")
        cursor.executemany(
            "INSERT INTO ingest.entries (url, canonical_url, domain, source, item_hash, stage, outcome, reason,"
            " finished_at, fetched_at, page_hash)"
            " VALUES (%s, %s, 'harbour.example', 'feed', '', 'done', 'loaded', 'new', %s, %s, %s)",
            [(page.url, page.url, now, now, psycopg2.Binary(page.content_hash)) for page in pages],
        )


def test_an_operator_learns_a_site_looks_goes_back_and_learns_again(dsn: str) -> None:
    def said(command: click.Command, *arguments: str) -> str:
        done: Result = CliRunner().invoke(command, [*arguments, "--database", dsn], catch_exceptions=False)
        assert done.exit_code == 0
        return done.output

    site = "https://www.harbour.example/any-page"  # any URL of it names a site
    assert "no page of it is stored" in said(learn, site)
    store(dsn, range(4))
    assert "4 stored; 5 pages are needed" in said(learn, site)
    with pytest.raises(UsageError, match=r"nothing was learned of harbour\.example yet"):
        said(profile, site)
    store(dsn, range(4, 6))
    assert json.loads(said(learn, site, "harbour.example", "--json"))["in_use"] is True
    assert "harbour.example: learned from 6 articles" in said(profile, site)
    told = json.loads(said(profile, site, "--json"))
    assert (told["site"], told["version"], told["state"]) == ("harbour.example", 1, "active")
    assert "nothing new" in said(learn, site)
    assert said(profile, site, "--rollback") == "version 1 is out of use; pages are read without a profile\n"
    with pytest.raises(UsageError, match=r"harbour\.example has no profile in use"):
        said(profile, site, "--rollback")
    assert "no site has enough new pages" in said(learn, "--all")
    assert json.loads(said(learn, site, "--json"))["version"] == 2


@pytest.mark.parametrize("command", [learn, profile])
def test_a_bare_word_is_no_site(command: click.Command, dsn: str) -> None:
    with pytest.raises(UsageError, match="harbour is no domain"):
        CliRunner().invoke(command, ["harbour", "--database", dsn], catch_exceptions=False)
