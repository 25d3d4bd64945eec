"""WebSub's discovery: headers before the document, the feed's own links and nobody else's."""

from __future__ import annotations

import json

import pytest

from copydesk.push.hub_links import HubLinks, hub_links, preferred

URL = "https://example.org/blog/feed"
FOUND = HubLinks(("https://hub.example/",), "https://example.org/feed")

ATOM = b"""<?xml version="1.0"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title>
<link rel="hub" href="https://hub.example/"/><link rel="self" href="/feed"/>
<entry><title>E</title><link href="/e"/><link rel="hub" href="https://evil.example/"/>
<link rel="self" href="https://evil.example/e"/></entry></feed>"""
RSS = b"""<rss version="2.0" xmlns:a="http://www.w3.org/2005/Atom"><channel><link>https://example.org/</link>
<a:link rel="self" href="https://example.org/feed"/><a:link rel="hub" href="https://hub.example/"/>
<item><link>https://example.org/e</link><a:link rel="hub" href="https://evil.example/"/></item></channel></rss>"""
HTML = b"""<!doctype html><head><link rel=hub href=https://hub.example/><LINK REL="alternate self" HREF="/feed"></head>
<body><link rel=hub href=https://evil.example/><p>x"""
JSON_FEED = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "items": [],
        "feed_url": "https://example.org/feed",
        "hubs": [{"type": "rssCloud", "url": "https://no.example/"}, {"type": "WebSub", "url": "https://hub.example/"}],
    }
).encode()


@pytest.mark.parametrize("body", [ATOM, RSS, HTML, JSON_FEED], ids=["atom", "rss", "html", "json"])
def test_links_are_read_from_the_document(body: bytes) -> None:
    assert hub_links(URL, {}, body) == FOUND


@pytest.mark.parametrize(
    "header",
    [
        '<https://hub.example/>; rel="hub", <https://example.org/feed>; rel="self"',
        "<https://hub.example/>;rel=hub,</feed>;rel=self",
        '</feed>; title="a, <b>; rel=hub"; rel="SELF alternate", <https://hub.example/>; type="x"; rel="other hub"',
    ],
)
def test_link_headers_come_before_the_document(header: str) -> None:
    other = ATOM.replace(b"hub.example", b"second.example").replace(b"/feed", b"/second")
    assert hub_links(URL, {"link": header}, other) == FOUND


def test_other_link_headers_do_not_hide_the_documents_links() -> None:
    assert hub_links(URL, {"link": '<https://api.example/>; rel="https://api.w.org/"'}, ATOM) == FOUND


def test_hubs_over_tls_are_preferred_and_what_is_no_url_is_left_out() -> None:
    header = "<http://b.example/>; rel=hub, <https://a.example/>; rel=hub, <javascript:x>; rel=hub, <>; rel=hub"
    assert hub_links(URL, {"link": header}, b"") == HubLinks(("https://a.example/", "http://b.example/"), None)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<",
        b"{",
        b"[" * 100_000,
        b"plain text",
        b'{"hubs": "x"}',
        b'{"hubs": [3, {"type": "WebSub"}]}',
        b'<?xml version="1.0"?><!DOCTYPE f [<!ENTITY a SYSTEM "file:///x">]><feed><link rel="hub" href="&a;"/></feed>',
        b"<feed>" * 5000,
    ],
)
def test_hostile_document_names_no_hub(body: bytes) -> None:
    assert hub_links(URL, {}, body) == HubLinks((), None)


def test_plain_hub_is_tried_over_tls_first_unless_it_names_a_port() -> None:
    assert preferred("https://hub.example/") == ("https://hub.example/",)
    assert preferred("http://hub.example/x") == ("https://hub.example/x", "http://hub.example/x")
    assert preferred("http://127.0.0.1:8080/") == ("http://127.0.0.1:8080/",)
