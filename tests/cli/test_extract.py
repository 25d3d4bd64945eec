"""`copydesk extract` as a person runs it."""

from __future__ import annotations

import json
import random

import pytest
from click.testing import CliRunner, Result

from copydesk.cli.extract import extract
from copydesk.errors import UsageError

PARAGRAPHS = (
    "The harbour of Port Lune was closed to all ships on Tuesday after a crane fell across its only channel.",
    "Nobody was hurt, the harbour master said, but four freighters wait outside and the ferry has been cancelled.",
    "Divers are to look at the channel in the morning, and a floating crane is on its way from the capital.",
)


def page(title: str, *paragraphs: str) -> str:
    body = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs or PARAGRAPHS)
    return (
        f'<html lang="en"><head><title>{title} | The Lune Post</title>'
        f'<meta property="og:site_name" content="The Lune Post"><meta name="author" content="By Ana Roe">'
        f'<meta property="article:published_time" content="2026-03-04T05:06:07+02:00">'
        f"</head><body><nav><a href=/>Home</a></nav><article><h1>{title}</h1>{body}"
        f"<p class=no-comments>Comments are closed.</p></article></body></html>"
    )


def run(text: str | bytes, *arguments: str) -> Result:
    return CliRunner().invoke(extract, arguments, input=text)


def records(result: Result) -> list[dict[str, object]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_html_gives_one_record() -> None:
    result = run(page("Harbour closed after crane falls"), "--url", "https://post.example/harbour")
    (record,) = records(result)
    assert result.exit_code == 0
    assert record["url"] == "https://post.example/harbour"
    assert record["title"] == "Harbour closed after crane falls"
    assert record["authors"] == ["Ana Roe"]
    assert record["published_at"] == "2026-03-04T05:06:07+02:00"
    assert record["language"] == "en"
    assert record["lines"] == list(PARAGRAPHS)
    removed = {str(removal["text"]): removal for removal in record["removed"]}  # type: ignore[attr-defined]
    assert removed["Comments are closed."]["label"] == "comments-notice"
    assert set(removed["Comments are closed."]) == {"text", "label", "rule"}


def test_records_stand_in_the_order_of_the_lines_and_bad_lines_sink_no_others() -> None:
    good = [
        json.dumps({"url": f"https://post.example/{n}", "html": page(f"The crane's story, part {n}")}) for n in range(4)
    ]
    lines = [good[0], "{not json", good[1], '{"url": "https://post.example/x"}', "", good[2], "[1]", good[3]]
    result = run("\n".join(lines))
    assert [record.get("title", record.get("reason")) for record in records(result)] == [
        *("The crane's story, part 0", "unreadable", "The crane's story, part 1", "unreadable"),
        *("The crane's story, part 2", "unreadable", "The crane's story, part 3"),
    ]
    assert result.exit_code == 2
    assert "line 2: not JSON" in result.stderr


def test_the_number_of_workers_changes_nothing() -> None:
    lines = "\n".join(
        json.dumps({"url": f"https://post.example/{n}", "html": page(f"Crane, part {n}")}) for n in range(6)
    )
    assert run(lines, "--workers", "1").stdout == run(lines, "--workers", "3").stdout


def test_nothing_on_standard_input_is_a_usage_error() -> None:
    result = run("\n \n")
    assert "nothing on standard input" in str(result.exception)


def test_a_url_option_that_is_none_is_a_usage_error() -> None:
    result = run(page("Harbour closed"), "--url", "http://[")
    assert isinstance(result.exception, UsageError)
    assert "--url http://[ is no URL" in str(result.exception)


def test_a_url_that_is_none_is_a_bad_line() -> None:
    result = run(json.dumps({"url": "http://[", "html": page("Harbour closed")}))
    assert result.exit_code == 2
    assert 'line 1: "url" is no URL' in result.stderr


RSS = f'<?xml version="1.0"?><rss version="2.0"><channel><item><title>{PARAGRAPHS[0]}</title></item></channel></rss>'
JSON_FEED = {"version": "https://jsonfeed.org/version/1.1", "items": [{"content_html": PARAGRAPHS[0]}]}


@pytest.mark.parametrize(
    ("given", "told"),
    [
        (random.Random(3).randbytes(20_000), "this is no HTML page but binary data"),
        (RSS, "this is no HTML page but an RSS feed; `copydesk feeds check URL` shows what it lists"),
        (json.dumps({"url": "https://post.example/feed", "html": RSS}), "this is no HTML page but an RSS feed"),
        (json.dumps(JSON_FEED), 'line 1: not an object with a text "html" but a JSON feed; `copydesk feeds check URL`'),
        (json.dumps(JSON_FEED, indent=2), "this is no HTML page but a JSON feed"),
        (json.dumps([JSON_FEED]), "this is no HTML page but a JSON feed"),
    ],
)
def test_what_is_no_page_is_said_to_be_what_it_is_and_is_no_article(given: str | bytes, told: str) -> None:
    result = run(given)
    (record,) = records(result)
    assert result.exit_code == 2
    assert set(record) == {"url", "error", "reason"}
    assert str(record["error"]).startswith(told)
