"""Which feeds the stack polls: those a person named, or the demo's; and whether they are on this machine."""

from __future__ import annotations

import ipaddress
import json
import socket
from collections.abc import Iterable
from urllib.parse import urlsplit

from copydesk.database import connect, query, transaction
from copydesk.feed_lists import read_declarations
from copydesk.feeds import Wanted, add, declare, known
from copydesk.settings import ROOT
from copydesk.stack.home import Home
from copydesk.urls import canonicalize

DECLARED = ROOT / "feeds.toml"


def declare_feeds(dsn: str, home: Home, feeds: tuple[str, ...], *, is_demo: bool) -> None:
    """Have these feeds polled, and those of feeds.toml.

    The demo's feeds are remembered, and paused when the stack runs without the demo.
    """
    kept = home.root / "demo-feeds.json"
    demo = json.loads(kept.read_text(encoding="utf-8")) if kept.exists() else []
    if is_demo:
        kept.write_text(json.dumps(sorted({*demo, *feeds})), encoding="utf-8")
    wanted = [Wanted(canonicalize(url)) for url in feeds]
    with connect(dsn) as connection:
        declare(connection, read_declarations(DECLARED))
        add(connection, wanted)
        with transaction(connection):
            query(connection, "stack_pause_feeds", {"urls": [url for url in demo if url not in feeds]})


def failing_feeds(dsn: str) -> list[str]:
    """A line for each feed that could not be read at its last poll."""
    with connect(dsn) as connection:
        return [f"{feed.url}: {feed.last_error}" for feed in known(connection) if feed.failures]


def names_loopback(feeds: Iterable[str]) -> bool:
    """Whether one of the feeds is on this machine itself."""
    return any(_is_loopback(urlsplit(url).hostname or "") for url in feeds)


def _is_loopback(host: str) -> bool:
    try:
        addresses = {str(found[4][0]) for found in socket.getaddrinfo(host, None)}
    except OSError:
        return False  # a name that is not known; polling will say so
    return any(ipaddress.ip_address(address).is_loopback for address in addresses)
