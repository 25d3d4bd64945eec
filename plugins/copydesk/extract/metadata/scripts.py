"""What a page's scripts and their data say of its article, for pages that say it nowhere else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import islice
from typing import Final

from lxml import etree

MAX_SCRIPT_CHARS: Final = 2_000_000
MAX_SCRIPTED: Final = 3  # dates of one script

_STATE: Final = etree.XPath(
    "//@props | //@data-page | //@data-props | //@data-react-props | //@data-state"
    " | //meta/@content[contains(., 'datePublished')]"
)
_SCRIPTED: Final = re.compile(
    r"(?:date_?published|publi(?:sh|cation)_?date|published_?(?:at|on|time)?|first_?published_?(?:at)?|pub_?(?:date|time)|deploy_?(?:date|dt))"
    r"(?:\\?\"|&quot;|')?\s{0,3}[:=]\s{0,3}(?:\\?\"|&quot;|')((?:19|20)\d\d[-./]\d\d[-./]\d\d[\dT:.+Z -]{0,24})",
    re.IGNORECASE,
)
_SCRIPT_WORDS: Final = ("ublish", "ubDate", "ublication", "deployD")  # of which a script with such a date has one
# What programs that count visits are told; a bare "author" may be of a picture or of another article.
_SIGNED: Final = re.compile(
    r"(?:page_?post_?author|article_?authors?|post_?author|content_?author|author_?names?)"
    r"\\?[\"']?\s{0,3}[:=]\s{0,3}\[?\s{0,3}\\?[\"']([^\"'\\<>{}\[\]()+]{3,80})[\"'\\]",
    re.IGNORECASE,
)
_AUTHOR_WORDS: Final = (  # of which a script with such an author has one
    "ostAuthor",
    "ost_author",
    "uthorName",
    "uthor_name",
    "rticleAuthor",
    "rticle_author",
    "ontentAuthor",
    "ontent_author",
)


def script_dates(tree: etree._Element) -> Iterator[str]:
    """The dates of publication that a page's scripts and their data hold, for pages that say it nowhere else."""
    state = _STATE(tree)
    data = map(str, state) if isinstance(state, list) else ()
    for text in (*(script.text for script in tree.iter("script")), *data):
        if text and len(text) <= MAX_SCRIPT_CHARS and any(word in text for word in _SCRIPT_WORDS):
            yield from (found[1] for found in islice(_SCRIPTED.finditer(text), MAX_SCRIPTED))


def script_authors(tree: etree._Element) -> Iterator[str]:
    """The first author line that a page's scripts hold."""
    for script in tree.iter("script"):
        text = script.text
        if (
            text
            and len(text) <= MAX_SCRIPT_CHARS
            and any(word in text for word in _AUTHOR_WORDS)
            and (found := _SIGNED.search(text))
        ):
            yield found[1]
            return
