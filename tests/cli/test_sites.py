"""`copydesk sites` as an operator types it."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from click.testing import CliRunner, Result

from copydesk.cli import copydesk
from copydesk.database import Connection, transaction
from copydesk.errors import UsageError
from copydesk.frontier import Ended, add, claim, finish
from copydesk.models import Entry, Outcome, Reason

NOW = datetime(2031, 5, 3, 12, tzinfo=UTC)
Run = Callable[..., Result]


@pytest.fixture
def run(writer_dsn: str) -> Run:
    def run(*arguments: str) -> Result:
        environment = {"COPYDESK_DATABASE": writer_dsn}
        return CliRunner(env=environment).invoke(copydesk, ["sites", *arguments], catch_exceptions=True)

    return run


def record(result: Result) -> dict[str, object]:
    found: dict[str, object] = json.loads(result.stdout)
    return found


def test_what_is_set_is_listed_shown_and_cleared(run: Run) -> None:
    assert run("list", "--json").stdout == ""
    run("set", "https://www.news.example.co.uk/a", "--pause", "2.5", "--concurrency", "3")
    found = record(run("set", "example.co.uk", "--robots", "ignore", "--because", "a contract of 2030", "--json"))
    assert (found["domain"], found["pause_seconds"], found["concurrency"]) == ("example.co.uk", 2.5, 3)
    assert found["robots_ignored_because"] == "a contract of 2030"
    assert "ignored: a contract of 2030" in run("list").stdout
    cleared = record(run("clear", "example.co.uk", "--json"))
    assert [cleared[name] for name in ("pause_seconds", "concurrency", "robots_ignored_because", "set_at")] == [
        None
    ] * 4
    assert run("list", "--json").stdout == ""
    assert record(run("list", "--all", "--json"))["domain"] == "example.co.uk"


def test_each_thing_is_taken_back_by_itself(run: Run) -> None:
    run("set", "a.example", "--block", "--because", "a lawsuit", "--pause", "0")
    run("set", "a.example", "--robots", "ignore", "--because", "a contract")
    after = record(run("set", "a.example", "--unblock", "--json"))
    assert (after["blocked_because"], after["robots_ignored_because"], after["pause_seconds"]) == (
        None,
        "a contract",
        0.0,
    )
    assert record(run("set", "a.example", "--robots", "obey", "--json"))["robots_ignored_because"] is None


@pytest.mark.parametrize(
    ("arguments", "complaint"),
    [
        (("set", "a.example"), "nothing to set"),
        (("set", "a.example", "--robots", "ignore"), "say why"),
        (("set", "a.example", "--block", "--because", " "), "say why"),
        (("set", "a.example", "--pause", "4000"), "between 0 and 3600"),
        (("set", "a.example", "--concurrency", "0"), "between 1 and 16"),
        (("set", "a..example", "--pause", "1"), "not a host name"),
        (("set", "wire", "--pause", "1"), "wire is no domain"),
        (("set", "7", "--block", "--because", "a lawsuit"), "7 is no domain"),
        (("show", "wire/feed"), "wire is no domain"),
        (("show", "never.example"), "was never seen"),
        (("clear", "never.example"), "was never seen"),
    ],
)
def test_what_makes_no_sense_is_refused_with_what_to_do(run: Run, arguments: tuple[str, ...], complaint: str) -> None:
    result = run(*arguments)
    assert isinstance(result.exception, UsageError)
    assert complaint in str(result.exception)
    assert run("list", "--all", "--json").stdout == ""


@pytest.mark.parametrize(
    ("named", "site"),
    [
        ("wire:8080", "wire:8080"),
        ("http://wire/feed", "wire:80"),
        ("localhost", "localhost:80"),
        ("127.0.0.1", "127.0.0.1:80"),
        ("WWW.Example.ORG", "example.org"),
    ],
)
def test_a_site_is_named_by_a_domain_an_address_or_a_host_with_its_port(run: Run, named: str, site: str) -> None:
    assert record(run("set", named, "--pause", "1", "--json"))["domain"] == site


def test_show_tells_what_visits_found_day_by_day(run: Run, connection: Connection) -> None:
    reasons = [Reason.PAYWALL, Reason.PAYWALL, Reason.BOT_WALL, Reason.TIMEOUT]
    urls = [f"https://a.example/{number}" for number in range(len(reasons))]
    with transaction(connection):
        add(connection, [Entry(url, url, "a.example") for url in urls], NOW)
        batch = claim(connection, NOW, limit=10, per_domain=10)
        assert batch
        outcomes = {Reason.TIMEOUT: Outcome.FAILED}
        ended = [
            Ended(entry.entry_id or 0, outcomes.get(reason, Outcome.REFUSED), reason, "fetch")
            for entry, reason in zip(batch.entries, reasons, strict=True)
        ]
        finish(connection, ended, NOW)
        with connection.cursor() as cursor:
            cursor.execute(
                "INSERT INTO ingest.page_terms VALUES (%s, 'noarchive', 'meta robots')", (ended[0].entry_id,)
            )
    shown = record(run("show", "a.example", "--json"))
    assert shown["page_terms"] == {"noarchive": 1}
    assert [(day["day"], day["access"], day["entries"]) for day in shown["access"]] == [  # type: ignore[attr-defined]
        ("2031-05-03", "paywall", 2),
        ("2031-05-03", "bot-wall", 1),
    ]
    text = run("show", "a.example").stdout
    assert "noarchive (1)" in text
    assert "2031-05-03  paywall" in text
