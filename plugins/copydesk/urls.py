"""URLs: one spelling a resource, and the site that a URL belongs to. Nothing here asks the network.

courlan is not used for identity: it sorts parameters and drops some that WordPress and others tell articles by.
"""

from __future__ import annotations

import ipaddress
import re
import socket
from functools import cache, lru_cache
from urllib.parse import unquote

from tldextract import TLDExtract
from yarl import URL

from copydesk.errors import UrlError
from copydesk.settings import MAX_URL_CHARS

DEFAULT_PORTS = {"http": 80, "https": 443}

# Parameters that say how a reader came, never what is read. What some sites tell articles by (id, p, ref) stays.
_TRACKING = re.compile(
    r"(?:utm|mtm|matomo|hsa)_\w+|(?:pk|piwik)_(?:campaign|kwd|keyword|source|medium|content|cid)"
    r"|at_(?:campaign|medium|creation|format|link_\w+|custom\d|send_date|ptr_name|bbc_team)|xtor|ns_(?:campaign|mchannel|source)"
    r"|fbclid|gclid|gclsrc|dclid|wbraid|gbraid|msclkid|yclid|ymclid|ysclid|twclid|ttclid|igshid|igsh|li_fat_id|srsltid"
    r"|mc_[ce]id|mkt_tok|_hs(?:enc|mi)|_ga|_gl|_openstat|wt[._](?:mc|zmc)(?:_\w+)?|vero_(?:id|conv)|oly_(?:anon|enc)_id"
    r"|cmpid|s_cid|ncid|ocid|smid|traffic_source|guccounter|guce_referrer(?:_sig)?|fb_(?:action_\w+|ref|source)",
    re.IGNORECASE,
)
_UNSAFE_HOST = re.compile(r"[^a-z0-9._:-]")
_NUMERIC_HOST = re.compile(r"(?:.*\.)?(?:0x[0-9a-f]*|[0-9]+)")


def canonicalize(url: str) -> str:
    """The one spelling of an http or https URL, at most MAX_URL_CHARS characters: its identity.

    Lower-case scheme and host, IDNA, no default port, user, fragment or tracking parameters; percent-encoding and dot
    segments normalised. Path, and the order of the parameters that stay, are kept. Raises UrlError for anything else.
    """
    parsed = _parse(url)
    port = "" if parsed.port == DEFAULT_PORTS[parsed.scheme] else f":{parsed.port}"
    query = _without_tracking(parsed.raw_query_string)
    canonical = f"{parsed.scheme}://{_bracketed(host(url))}{port}{parsed.raw_path or '/'}{'?' if query else ''}{query}"
    if len(canonical) > MAX_URL_CHARS:
        raise UrlError(f"{url[:80]}…: the URL is longer than {MAX_URL_CHARS} characters")
    return canonical


def is_spelling(one: str, other: str) -> bool:
    """Whether two canonical URLs differ in nothing but scheme, a leading `www.` and a slash at the path's end."""
    return _unadorned(one) == _unadorned(other)


def absolute(base: str, link: str) -> str:
    """`link` as it stands in a document at `base`, made absolute. Raises UrlError if that is no web URL."""
    try:
        joined = str(URL(base).join(URL(_squeezed(link))))
    except ValueError as error:
        raise UrlError(f"{link[:200]!r} is not a URL: {error}") from error
    _parse(joined)
    return joined


def registrable_domain(url: str) -> str:
    """The site of a URL: registrable domain by the bundled public suffix list, private suffixes included.

    For an IP address, `localhost` and any other name without a dot it is host:port.
    """
    parsed = _parse(url)
    name = host(url)
    return _registrable(name) or f"{_bracketed(name)}:{parsed.port}"


def host(url: str) -> str:
    """The host of a URL in ASCII, without brackets; numeric spellings of an IPv4 address (0x7f.1) become dotted."""
    name = (_parse(url).raw_host or "").lower().removesuffix(".")
    if not name or ".." in name or _UNSAFE_HOST.search(name):
        raise UrlError(f"{url[:200]}: {name or 'an empty name'} is not a host name")
    if ":" in name:
        return _one_spelling(name)
    return _dotted(name) if _NUMERIC_HOST.fullmatch(name) else name


def origin(url: str) -> str:
    """Scheme, host and port of a URL, as `https://example.org:443`: what a robots.txt is valid for."""
    parsed = _parse(url)
    return f"{parsed.scheme}://{_bracketed(host(url))}:{parsed.port}"


@lru_cache(maxsize=4096)
def _parse(url: str) -> URL:
    try:
        parsed = URL(_squeezed(url))
        port = parsed.port
    except ValueError as error:
        raise UrlError(f"{url[:200]!r} is not a URL: {error}") from error
    if parsed.scheme not in DEFAULT_PORTS or not parsed.raw_host or not port:
        raise UrlError(f"{url[:200]!r} is not a URL of a web page; give one that starts with http:// or https://")
    return parsed


def _unadorned(url: str) -> tuple[str, str, str]:
    parsed = _parse(url)
    port = parsed.port if parsed.port not in DEFAULT_PORTS.values() else ""
    return f"{host(url).removeprefix('www.')}:{port}", parsed.raw_path.rstrip("/"), parsed.raw_query_string


def _squeezed(url: str) -> str:
    """As browsers read a link: no blanks around it, no tabs and line ends in it."""
    return re.sub(r"[\t\r\n]", "", url.strip("\0\t\n\r\f\v "))


def _without_tracking(query: str) -> str:
    kept = (part for part in query.split("&") if part and not _TRACKING.fullmatch(unquote(part.partition("=")[0])))
    return "&".join(kept)


def _dotted(name: str) -> str:
    try:
        return str(ipaddress.IPv4Address(socket.inet_aton(name)))
    except OSError as error:
        raise UrlError(f"{name} is neither a host name nor an IPv4 address") from error


def _one_spelling(name: str) -> str:
    """An IPv6 address as the system spells it; Python's own spelling of mapped ones changed in 3.13."""
    try:
        return socket.inet_ntop(socket.AF_INET6, socket.inet_pton(socket.AF_INET6, name))
    except OSError as error:
        raise UrlError(f"{name} is not an IPv6 address") from error


def _bracketed(name: str) -> str:
    return f"[{name}]" if ":" in name else name


@lru_cache(maxsize=16384)
def _registrable(name: str) -> str | None:
    """None for an address, localhost and a bare name; a host that is itself a public suffix stands for itself."""
    if ":" in name or "." not in name or name.endswith(".localhost") or _NUMERIC_HOST.fullmatch(name):
        return None
    found = _suffix_list()(name)
    unlisted = ".".join(name.split(".")[-2:])  # the list's own rule for top-level domains that it does not list
    return found.top_domain_under_public_suffix or found.suffix or unlisted


@cache
def _suffix_list() -> TLDExtract:
    """The list that comes with tldextract: no look-up at run time, so the same answer everywhere."""
    return TLDExtract(suffix_list_urls=(), cache_dir=None, include_psl_private_domains=True)
