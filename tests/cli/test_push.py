"""`copydesk push` and `copydesk feeds push`."""

from __future__ import annotations

import json

import pytest
from click.testing import CliRunner, Result

from copydesk.cli import copydesk
from copydesk.database import Connection, transaction
from copydesk.errors import UsageError


def run(dsn: str, *arguments: str) -> Result:
    return CliRunner().invoke(copydesk, [*arguments, "--database", dsn], catch_exceptions=True)


def test_secret_is_shown_once_and_rotation_gives_another(writer_dsn: str) -> None:
    added = json.loads(
        run(writer_dsn, "push", "sources", "add", "wire", "--domain", "www.example.org", "--json").output
    )
    assert len(added["secret"]) >= 43
    listed = run(writer_dsn, "push", "sources", "list", "--json").output
    assert json.loads(listed)["domains"] == "example.org"
    assert added["secret"] not in listed
    rotated = json.loads(run(writer_dsn, "push", "sources", "rotate", "wire", "--json").output)
    assert rotated["secret"] != added["secret"]
    assert json.loads(run(writer_dsn, "push", "sources", "list", "--json").output)["old_secret_until"] is not None
    assert run(writer_dsn, "push", "sources", "remove", "wire").output == "removed wire\n"
    assert run(writer_dsn, "push", "sources", "list", "--json").output == ""


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("add", "Wire Service"), "small letters"),
        (("add", "websub"), "not websub"),
        (("add", "wire", "--rate", "0"), "more than 0"),
        (("remove", "nobody"), "no push source 'nobody'"),
        (("rotate", "nobody"), "no push source 'nobody'"),
    ],
)
def test_what_cannot_be_done_is_said(writer_dsn: str, arguments: tuple[str, ...], words: str) -> None:
    error = run(writer_dsn, "push", "sources", *arguments).exception
    assert isinstance(error, UsageError)
    assert words in str(error)


def test_name_that_is_taken_is_said(writer_dsn: str) -> None:
    run(writer_dsn, "push", "sources", "add", "wire")
    error = run(writer_dsn, "push", "sources", "add", "wire").exception
    assert isinstance(error, UsageError)
    assert "rotate" in str(error)


def test_feed_that_is_not_pushed_says_off_and_a_feed_that_is_unknown_what_to_do(
    connection: Connection, writer_dsn: str
) -> None:
    with transaction(connection), connection.cursor() as cursor:
        cursor.execute("INSERT INTO ingest.feeds (url) VALUES ('https://example.org/f')")
    status = json.loads(run(writer_dsn, "feeds", "push", "https://example.org/f", "status", "--json").output)
    assert (status["feed"], status["state"]) == ("https://example.org/f", "off")
    error = run(writer_dsn, "feeds", "push", "https://example.org/other", "status").exception
    assert isinstance(error, UsageError)
    assert "feeds add" in str(error)


def test_nobody_subscribes_without_saying_where_hubs_reach_us(
    connection: Connection, writer_dsn: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("COPYDESK_PUBLIC_URL", raising=False)
    with transaction(connection), connection.cursor() as cursor:
        cursor.execute("INSERT INTO ingest.feeds (url) VALUES ('https://example.org/f')")
    error = run(writer_dsn, "feeds", "push", "https://example.org/f", "on").exception
    assert isinstance(error, UsageError)
    assert "COPYDESK_PUBLIC_URL" in str(error)
