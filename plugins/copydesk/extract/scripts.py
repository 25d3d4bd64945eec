"""The article that a page carries in a script for a script to show: the longest HTML in its JSON strings."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Final

from lxml import etree

MAX_SCRIPT_CHARS: Final = 2_000_000
MIN_STRING_CHARS: Final = 400
MIN_PARAGRAPHS: Final = 3

_SCRIPTS: Final = etree.XPath("//script[not(@src) and not(contains(@type, 'ld+json'))]")
# A string that begins as one and is long; possessive, so that no input makes it look twice at a character.
_STRING: Final = re.compile(r'"((?:[^"\\]|\\.){400,}+)"', re.DOTALL)
_PARAGRAPH: Final = re.compile(r"<p[\s>]", re.IGNORECASE)
_ESCAPED: Final = re.compile(r"\\u003[cC]|<")


def embedded_html(tree: etree._Element) -> str:
    """The longest HTML of at least MIN_PARAGRAPHS paragraphs in a string of a script, empty if there is none."""
    found = _SCRIPTS(tree)
    texts = (getattr(script, "text", None) or "" for script in (found if isinstance(found, list) else ()))
    return max((html for text in texts for html in _html(text)), key=len, default="")


def _html(script: str, depth: int = 0) -> Iterator[str]:
    """The HTML in the strings of a script; a string may itself be JSON."""
    if not MIN_STRING_CHARS <= len(script) <= MAX_SCRIPT_CHARS:
        return
    for string in _STRING.finditer(script):
        text = _decoded(string[0]) if _ESCAPED.search(string[0]) else ""
        if text.lstrip().startswith("<"):
            yield from (text,) if len(_PARAGRAPH.findall(text)) >= MIN_PARAGRAPHS else ()
        elif depth == 0:
            yield from _html(text, depth + 1)


def _decoded(literal: str) -> str:
    try:
        text = json.loads(literal, strict=False)
    except (ValueError, RecursionError):
        return ""
    return text if isinstance(text, str) else ""
