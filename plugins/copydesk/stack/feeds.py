"""Which feeds the stack polls: those a person named, or the demo's; and whether they are on this machine."""

from __future__ import annotations

import ipaddress
import json
import socket
from collections.abc import Iterable
from urllib.parse import urlsplit

from copydesk.database import connect, query, transaction
from copydesk.stack.home import Home


def declare_feeds(dsn: str, home: Home, feeds: tuple[str, ...], *, is_demo: bool) -> None:
    """Have these feeds polled. The demo's feeds are remembered, and paused when the stack runs without the demo."""
    kept = home.root / "demo-feeds.json"
    known = json.loads(kept.read_text(encoding="utf-8")) if kept.exists() else []
    if is_demo:
        kept.write_text(json.dumps(sorted({*known, *feeds})), encoding="utf-8")
    with connect(dsn) as connection, transaction(connection):
        query(connection, "stack_pause_feeds", {"urls": [url for url in known if url not in feeds]})
        query(connection, "stack_declare_feeds", {"urls": list(feeds)})


def names_loopback(feeds: Iterable[str]) -> bool:
    """Whether one of the feeds is on this machine itself."""
    return any(_is_loopback(urlsplit(url).hostname or "") for url in feeds)


def _is_loopback(host: str) -> bool:
    try:
        addresses = {str(found[4][0]) for found in socket.getaddrinfo(host, None)}
    except OSError:
        return False  # a name that is not known; polling will say so
    return any(ipaddress.ip_address(address).is_loopback for address in addresses)
