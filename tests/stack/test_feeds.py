from __future__ import annotations

import json
from pathlib import Path

import pytest

from copydesk.database import connect
from copydesk.feeds import known
from copydesk.stack.feeds import declare_feeds, failing_feeds, names_loopback
from copydesk.stack.home import make_home

DEMO = ("http://127.0.0.1:8101/feed",)
OWN = ("https://example.org/feed",)


@pytest.mark.parametrize("url", ["http://127.0.0.1:8090/feed/", "http://localhost/feed", "http://[::1]:8080/feed"])
def test_a_feed_on_this_machine_is_told_from_others(url: str) -> None:
    assert names_loopback(["https://192.0.2.1/feed", url])


def test_a_private_address_is_not_this_machine() -> None:
    assert not names_loopback(["http://10.0.0.1/feed", "http://192.168.1.1/feed", "http://[fd00::1]/"])


def test_the_demos_feeds_are_paused_while_other_feeds_are_asked_for_and_go_on_later(dsn: str, tmp_path: Path) -> None:
    home = make_home(tmp_path)
    declare_feeds(dsn, home, DEMO, is_demo=True)
    assert states(dsn) == {DEMO[0]: "new"}
    declare_feeds(dsn, home, OWN, is_demo=False)
    assert states(dsn) == {DEMO[0]: "paused", OWN[0]: "new"}
    declare_feeds(dsn, home, DEMO, is_demo=True)
    assert states(dsn) == {DEMO[0]: "new", OWN[0]: "new"}
    assert failing_feeds(dsn) == []


def test_a_demo_on_other_ports_leaves_the_old_ones_paused(dsn: str, tmp_path: Path) -> None:
    home = make_home(tmp_path)
    declare_feeds(dsn, home, DEMO, is_demo=True)
    moved = ("http://127.0.0.1:9101/feed",)
    declare_feeds(dsn, home, moved, is_demo=True)
    assert states(dsn) == {DEMO[0]: "paused", moved[0]: "new"}
    assert json.loads((home.root / "demo-feeds.json").read_text()) == sorted([*DEMO, *moved])


def states(dsn: str) -> dict[str, str]:
    with connect(dsn) as connection:
        return {feed.url: feed.state for feed in known(connection)}
