from __future__ import annotations

from urllib.parse import parse_qsl, unquote, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st

from copydesk.errors import UrlError
from copydesk.urls import absolute, canonicalize, host, is_spelling, origin, registrable_domain


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("HTTP://Example.COM:80", "http://example.com/"),
        ("https://example.com:8443/a", "https://example.com:8443/a"),
        ("https://example.com/?p=123&utm_source=rss", "https://example.com/?p=123"),
        ("https://example.com/?utm_source=rss&UTM_medium=x", "https://example.com/"),
        ("https://example.com/a?b=2&a=1&fbclid=x", "https://example.com/a?b=2&a=1"),
        ("https://example.com/a?id=&ref=home&source=x", "https://example.com/a?id=&ref=home&source=x"),
        ("https://example.com/a?at_medium=RSS&at_campaign=KARANGA", "https://example.com/a"),
        ("https://example.com/a/./b/../c#comments", "https://example.com/a/c"),
        ("https://example.com/a%7eb%2fc", "https://example.com/a~b%2Fc"),
        ("https://example.com/a//b/", "https://example.com/a//b/"),
        ("https://example.com/خبر", "https://example.com/%D8%AE%D8%A8%D8%B1"),
        ("https://example.com/%d8%ae%d8%a8%d8%b1", "https://example.com/%D8%AE%D8%A8%D8%B1"),
        ("https://مثال.إختبار/", "https://xn--mgbh0fb.xn--kgbechtv/"),
        ("http://user:secret@example.com/", "http://example.com/"),
        ("http://example.com./", "http://example.com/"),
        ("http://[::1]:80/a", "http://[::1]/a"),
        ("http://0x7f.1/", "http://127.0.0.1/"),
        ("http://2130706433/", "http://127.0.0.1/"),
        ("  https://example.com/a\nb ", "https://example.com/ab"),
    ],
)
def test_one_resource_has_one_spelling(url: str, canonical: str) -> None:
    assert canonicalize(url) == canonical


@pytest.mark.parametrize(
    "url",
    [
        "",
        "example.com/a",
        "//example.com/a",
        "ftp://example.com/a",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "mailto:a@example.com",
        "http://",
        "http:///a",
        "http://a..b/",
        "http://exa mple.com/",
        "http://ex%2ecom/",
        "http://example.com:99999/",
        "http://example.com:0/",
        "http://1.2.3.4.5/",
        "http://example.com\\@example.org/",
        "https://example.com/" + "a" * 2048,
    ],
)
def test_what_is_not_a_web_url_is_an_error(url: str) -> None:
    with pytest.raises(UrlError):
        canonicalize(url)


@given(st.text(st.characters(codec="utf-8"), max_size=60))
def test_canonical_form_is_a_fixed_point(path: str) -> None:
    once = canonicalize("https://example.com/a?" + path)
    assert canonicalize(once) == once


WORDS = st.text("abcxyz019-_~.%é خبر", min_size=1, max_size=6)
NAMES = st.sampled_from(["p", "id", "article", "page", "ref", "utm_source", "utm_x", "fbclid", "mc_cid", "at_medium"])
ADDRESSES = st.builds(
    lambda host, path, query: f"https://{host}/{'/'.join(path)}?{'&'.join(f'{name}={value}' for name, value in query)}",
    st.sampled_from(["example.com", "www.example.com", "m.example.com", "مثال.إختبار"]),
    st.lists(WORDS, max_size=3),
    st.lists(st.tuples(NAMES, st.integers(0, 3)), max_size=4),
)
TRACKING = frozenset({"utm_source", "utm_x", "fbclid", "mc_cid", "at_medium"})


def meaning(url: str) -> tuple[object, ...]:
    """What a URL asks a server for, as far as it can matter which article comes."""
    parts = urlsplit(url)
    query = [pair for pair in parse_qsl(parts.query, keep_blank_values=True) if pair[0] not in TRACKING]
    host = parts.hostname or ""
    return host.encode("idna"), _undotted([unquote(part) for part in parts.path.split("/")[1:]]), query


def _undotted(segments: list[str]) -> list[str]:
    found: list[str] = []
    for segment in segments:
        if segment == "..":
            found = found[:-1]
        elif segment != ".":
            found.append(segment)
    return found + ([""] if segments[-1] in (".", "..") else [])


@given(ADDRESSES, ADDRESSES)
def test_no_two_articles_share_a_canonical_url(one: str, other: str) -> None:
    if canonicalize(one) == canonicalize(other):
        assert meaning(one) == meaning(other)


@given(ADDRESSES)
def test_canonical_urls_are_fixed_points_that_ask_for_the_same(url: str) -> None:
    canonical = canonicalize(url)
    assert canonicalize(canonical) == canonical
    assert meaning(canonical) == meaning(url)
    assert not TRACKING & {name for name, _ in parse_qsl(urlsplit(canonical).query)}


@given(ADDRESSES, st.lists(st.sampled_from(sorted(TRACKING)), min_size=1, max_size=3))
def test_tracking_parameters_never_make_another_url(url: str, names: list[str]) -> None:
    assert canonicalize(f"{url}&{'&'.join(f'{name}=x' for name in names)}") == canonicalize(url)


@pytest.mark.parametrize(
    ("one", "other", "is_one"),
    [
        ("https://www.example.com/a/", "http://example.com/a", True),
        ("https://example.com/", "https://www.example.com/", True),
        ("https://example.com/a", "https://m.example.com/a", False),
        ("https://example.com/a?p=1", "https://example.com/a", False),
        ("https://example.com/a", "https://example.com/A", False),
        ("https://example.com:8443/a", "https://example.com/a", False),
    ],
)
def test_spellings_of_one_url_differ_in_scheme_www_and_last_slash(one: str, other: str, is_one: bool) -> None:
    assert is_spelling(one, other) is is_one


@given(st.text(max_size=40))
def test_any_text_is_a_url_or_an_error_of_ours(text: str) -> None:
    try:
        canonical = canonicalize(text)
    except UrlError:
        return
    assert canonical.startswith(("http://", "https://"))


@pytest.mark.parametrize(
    ("url", "domain"),
    [
        ("https://www.news.example.co.uk/a", "example.co.uk"),
        ("https://example.com:8443/", "example.com"),
        ("https://alice.blogspot.com/", "alice.blogspot.com"),
        ("https://github.io/", "github.io"),
        ("http://127.0.0.1:8080/", "127.0.0.1:8080"),
        ("http://127.0.0.1/", "127.0.0.1:80"),
        ("https://localhost/", "localhost:443"),
        ("http://[::1]:81/", "[::1]:81"),
        ("http://wordpress:8000/", "wordpress:8000"),
        ("http://a.localhost:8000/", "a.localhost:8000"),
        ("https://a.b.newsroom.internal/", "newsroom.internal"),
    ],
)
def test_site_is_the_registrable_domain_or_else_host_and_port(url: str, domain: str) -> None:
    assert registrable_domain(url) == domain


@pytest.mark.parametrize(
    ("link", "expected"),
    [
        ("/b?p=1", "https://example.com/b?p=1"),
        ("b", "https://example.com/a/b"),
        ("//cdn.example.org/x", "https://cdn.example.org/x"),
        ("http://example.org/", "http://example.org/"),
    ],
)
def test_links_are_read_against_their_document(link: str, expected: str) -> None:
    assert absolute("https://example.com/a/feed", link) == expected


@pytest.mark.parametrize("link", ["javascript:void(0)", "mailto:a@b.c", "http://[bad", "tag:example.com,2026:1"])
def test_a_link_to_no_web_page_is_an_error(link: str) -> None:
    with pytest.raises(UrlError):
        absolute("https://example.com/a", link)


def test_host_and_origin_of_a_url() -> None:
    assert host("http://[::FFFF:7f00:1]/") == host("http://[::ffff:127.0.0.1]/") == "::ffff:127.0.0.1"
    assert host("http://[2001:DB8:0::1]/") == "2001:db8::1"
    assert origin("https://Example.com/a") == "https://example.com:443"
