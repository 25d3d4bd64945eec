"""What a page says of its own use: robots tags, reservations of text and data mining. Recorded, not judged."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Final

HEAD_BYTES: Final = 256 * 1024
MAX_META_BYTES: Final = 2000
MAX_EVIDENCE_CHARS: Final = 200
# What robots tags may say that bears on keeping and using a page (RFC 9309 leaves them to each engine).
DIRECTIVES: Final = frozenset(
    {"none", "noindex", "nofollow", "noarchive", "nocache", "nosnippet", "noimageindex", "notranslate", "noai"}
    | {"noimageai", "unavailable_after", "max-snippet", "tdm-reservation"}
)
_ATTRIBUTE: Final = re.compile(r"""([a-z-]+)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_AGENT: Final = re.compile(r"\s*([a-z0-9_*-]+)\s*:\s*(?=[a-z])", re.IGNORECASE)
_WITH_VALUE: Final = frozenset({"unavailable_after", "max-snippet"})


@dataclass(frozen=True, slots=True)
class Term:
    """One thing that a page says, as `noarchive`, and where and how it says it."""

    term: str
    evidence: str


def terms_of(headers: Mapping[str, str], body: bytes, agent: str = "copydesk") -> tuple[Term, ...]:
    """What headers (lower-case names) and meta elements say to all, or to `agent`; each term once, headers first."""
    terms: dict[str, Term] = {}
    for term in (*_of_headers(headers, agent), *_of_meta(body, agent)):
        terms.setdefault(term.term, term)
    return tuple(terms.values())


def _of_headers(headers: Mapping[str, str], agent: str) -> Iterator[Term]:
    robots = headers.get("x-robots-tag", "")
    yield from _robots("X-Robots-Tag", robots, agent)
    if headers.get("tdm-reservation", "").strip() == "1":
        yield _reservation("header tdm-reservation", headers.get("tdm-policy"))


def _of_meta(body: bytes, agent: str) -> Iterator[Term]:
    found = dict(_meta(body))
    for name in ("robots", agent):
        yield from _robots(f"meta {name}", found.get(name, ""), agent)
    if found.get("tdm-reservation", "").strip() == "1":
        yield _reservation("meta tdm-reservation", found.get("tdm-policy"))


def _meta(body: bytes) -> Iterator[tuple[str, str]]:
    """Name and content of each meta element in the head that has both."""
    head = body[:HEAD_BYTES]
    lowered = head.lower()
    end = lowered.find(b"</head")
    at = lowered.find(b"<meta", 0, end)
    while at >= 0:
        closing = head.find(b">", at, at + MAX_META_BYTES)
        attributes = _attributes(head[at : closing if closing > 0 else at])
        if "name" in attributes and "content" in attributes:
            yield attributes["name"].strip().lower(), html.unescape(attributes["content"])
        at = lowered.find(b"<meta", at + 1, end)


def _attributes(element: bytes) -> dict[str, str]:
    text = element.decode("utf-8", "replace")
    return {found[1].lower(): found[2] or found[3] or found[4] or "" for found in _ATTRIBUTE.finditer(text)}


def _robots(where: str, said: str, agent: str) -> Iterator[Term]:
    """The directives in a list, without those that are said to another agent: `otherbot: noindex, nofollow`."""
    ours = True
    for part in said.split(","):
        name, _, value = part.strip().lower().partition(":")
        name = name.strip()
        if value and name not in _WITH_VALUE:
            ours = name in ("*", agent)
            name = value.strip().partition(":")[0].strip()
        if ours and name in DIRECTIVES:
            yield Term(name, f"{where}: {' '.join(said.split())}"[:MAX_EVIDENCE_CHARS])


def _reservation(where: str, policy: str | None) -> Term:
    return Term("tdm-reservation", f"{where}: 1{f', policy {policy.strip()}' if policy else ''}"[:MAX_EVIDENCE_CHARS])
