from __future__ import annotations

import json
import sys
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from aiohttp import web
from click.testing import CliRunner, Result

from copydesk import sites
from copydesk.cli import copydesk
from copydesk.database import Connection, transaction

sys.path.insert(0, str(Path(__file__).parents[1]))
from hostile_server import MISDEEDS, HostileServer, hostile_server_in_thread

Run = Callable[..., Result]


@pytest.fixture
def server() -> Iterator[HostileServer]:
    with hostile_server_in_thread() as server:
        yield server


@pytest.fixture
def run(writer_dsn: str) -> Run:
    environment = {
        "COPYDESK_DATABASE": writer_dsn,
        "COPYDESK_ALLOW_NETWORKS": "127.0.0.0/8",
        "COPYDESK_PAUSE_SECONDS": "0",
    }

    def run(*arguments: str) -> Result:
        return CliRunner(env=environment).invoke(copydesk, ["feeds", *arguments])

    return run


def lines(result: Result) -> list[dict[str, object]]:
    return [json.loads(line) for line in result.stdout.splitlines()]


def test_a_feed_is_looked_at_added_listed_and_removed(run: Run, server: HostileServer) -> None:
    url = server.url("/feed/good")
    assert lines(run("add", url, "--json")) == [{"url": url, "outcome": "added"}]
    assert lines(run("add", url, "--json")) == [{"url": url, "outcome": "there already"}]
    (listed,) = lines(run("list", "--json"))
    assert (listed["url"], listed["state"]) == (url, "new")
    assert run("remove", url).stdout == f"{url}: removed\n"
    assert run("list", "--json").stdout == ""


def test_what_is_no_feed_is_not_added_and_the_feeds_of_the_page_are_named(run: Run, server: HostileServer) -> None:
    result = run("add", server.url("/feed/html"), server.url("/feed/good"), "--json")
    assert result.exit_code == 1
    good, bad = lines(result)
    assert good == {"url": server.url("/feed/good"), "outcome": "added"}
    assert "an HTML page, not a feed" in str(bad["outcome"])
    assert server.url("/feed/good") in str(bad["outcome"])
    assert len(lines(run("list", "--json"))) == 1


def test_a_feed_that_moved_for_good_is_added_where_it_is_now(run: Run, server: HostileServer) -> None:
    run("add", server.url("/to?status=301&to=/feed/good"))
    assert [each["url"] for each in lines(run("list", "--json"))] == [server.url("/feed/good")]


def test_no_check_adds_without_asking(run: Run, server: HostileServer) -> None:
    run("add", "--no-check", server.url("/feed/good"), "--poll-seconds", "120", "--title", "Mine")
    assert server.asked == []
    (feed,) = lines(run("list", "--json"))
    assert (feed["title"], feed["poll_seconds"]) == ("Mine", 120)


def test_check_tells_what_is_there_and_stores_nothing(run: Run, server: HostileServer) -> None:
    (found,) = lines(run("check", server.url("/feed/broken-item"), "--json"))
    assert (found["format"], found["title"], found["items"]) == ("rss20", "The Wire", 2)
    assert found["problems"]
    assert "The Wire" in run("check", server.url("/feed/good")).stdout
    assert run("list", "--json").stdout == ""


def test_check_tells_of_a_document_that_breaks_its_reader_and_of_the_others(run: Run, server: HostileServer) -> None:
    result = run("check", server.url("/feed/long-name"), server.url("/feed/good"), "--json")
    odd, good = lines(result)
    assert result.exit_code == 1
    assert "the document broke its reader" in str(odd["error"])
    assert good["items"] == 3


def test_a_url_that_is_none_is_an_error_of_usage(run: Run) -> None:
    result = run("add", "ftp://example.com/feed")
    assert result.exit_code != 0
    assert "http://" in str(result.exception)


def test_opml_goes_out_and_comes_back(run: Run, tmp_path: Path) -> None:
    run("add", "--no-check", "https://example.com/feed?a=1&b=2", "--title", "أخبار <&>")
    file = tmp_path / "feeds.opml"
    file.write_text(run("export").stdout, encoding="utf-8")
    before = [(each["url"], each["title"]) for each in lines(run("list", "--json"))]
    run("remove", "https://example.com/feed?a=1&b=2")
    run("import", str(file))
    assert [(each["url"], each["title"]) for each in lines(run("list", "--json"))] == before


def test_feeds_toml_is_applied_twice_to_the_same_end(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "feeds.toml"
    file.write_text('[[feed]]\nurl = "https://example.com/feed"\npoll_seconds = 300\n', encoding="utf-8")
    assert [each["outcome"] for each in lines(run("apply", str(file), "--json"))] == ["added"]
    assert [each["outcome"] for each in lines(run("apply", str(file), "--json"))] == ["there already"]
    (feed,) = lines(run("list", "--json"))
    assert (feed["declared"], feed["poll_seconds"]) == (True, 300)


def test_a_feeds_toml_that_declares_nothing_is_told_and_is_no_error(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "feeds.toml"
    file.write_text("# none yet\n", encoding="utf-8")
    result = run("apply", str(file), "--json")
    assert (result.exit_code, result.stdout) == (0, "")
    assert f"{file} declares no feed" in result.stderr


def test_poll_makes_feeds_due(run: Run) -> None:
    run("add", "--no-check", "https://example.com/feed")
    assert run("poll").stdout == "https://example.com/feed: due now\n"
    assert "no feed https://nobody.example/" in str(run("poll", "https://nobody.example/").exception)


def test_discover_finds_the_feeds_of_a_site(run: Run, server: HostileServer) -> None:
    (found,) = lines(run("discover", server.url("/feed/html"), "--json"))
    assert (found["url"], found["found_by"], found["items"]) == (server.url("/feed/good"), "link", 3)
    nothing = run("discover", server.url("/page"))
    assert (nothing.exit_code, nothing.stdout) == (1, "")
    assert "no feed was found" in nothing.stderr


def section(_request: web.Request) -> Awaitable[web.Response]:
    links = "".join(f"<h2><a href=/2026/11/{n}-story>The story number {n} of today</a></h2>" for n in range(10, 15))

    async def answer() -> web.Response:
        return web.Response(text=f"<html lang=en><title>World</title>{links}</html>", content_type="text/html")

    return answer()


def test_a_page_that_lists_articles_is_found_as_the_last_resort_and_polled(
    run: Run, server: HostileServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(MISDEEDS, "/world", section)
    url = server.url("/world")
    (found,) = lines(run("discover", url, "--json"))
    assert (found["url"], found["found_by"], found["format"], found["items"]) == (url, "section page", "page", 5)
    assert run("add", url).exit_code == 1
    assert run("add", "--page", server.url("/page")).exit_code == 1
    assert lines(run("add", "--page", url, "--json")) == [{"url": url, "outcome": "added"}]
    assert "1 feed asked, 1 with changes, 5 new" in run("poll", "--now").stdout
    (listed,) = lines(run("list", "--json"))
    assert (listed["kind"], listed["items"], listed["state"]) == ("page", 5, "healthy")


def test_a_lost_feed_is_moved_to_where_it_is_suggested_to_be(run: Run, server: HostileServer) -> None:
    run("add", "--no-check", server.url("/feed/html"))
    run("poll", "--now")
    (lost,) = lines(run("list", "--json"))
    assert (lost["state"], lost["suggested_url"]) == ("failing", server.url("/feed/good"))
    assert server.url("/feed/good") in run("list").stdout
    assert run("move", server.url("/feed/html")).stdout == f"{server.url('/feed/good')}: due now\n"
    run("poll", "--now")
    (found,) = lines(run("list", "--json"))
    assert (found["state"], found["former_urls"]) == ("healthy", [server.url("/feed/html")])


def test_a_feed_that_is_gone_is_paused_with_the_reason_until_it_is_resumed(run: Run, server: HostileServer) -> None:
    url = server.url("/status?is=410")
    run("add", "--no-check", url)
    run("poll", "--now")
    (gone,) = lines(run("list", "--json"))
    assert (gone["state"], gone["pause_reason"]) == ("paused", "gone: the server answered 410")
    assert "gone: the server answered 410" in run("list").stdout
    assert run("resume", url).stdout == f"{url}: due now\n"
    assert lines(run("list", "--json"))[0]["state"] == "healthy"
    assert "no feed https://nobody.example/" in str(run("resume", "https://nobody.example/").exception)


def test_a_site_that_an_operator_forbids_is_not_asked_by_check(
    run: Run, server: HostileServer, connection: Connection
) -> None:
    url = server.url("/feed/good")
    with transaction(connection):
        sites.put(connection, sites.domain_of(url), sites.Wanted(blocked_because="a lawsuit"), datetime.now(UTC))
    (checked,) = lines(run("check", url, "--json"))
    assert "an operator forbids" in str(checked["error"])
