"""What a page's scripts and their data say of its article, for pages that say it nowhere else."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, islice
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
    for text in _with_one_of(_SCRIPT_WORDS, chain(_scripts(tree), data)):
        yield from (found[1] for found in islice(_SCRIPTED.finditer(text), MAX_SCRIPTED))


def script_authors(tree: etree._Element) -> Iterator[str]:
    """The first author line that a page's scripts hold."""
    signed = map(_SIGNED.search, _with_one_of(_AUTHOR_WORDS, _scripts(tree)))
    yield from (found[1] for found in islice(filter(None, signed), 1))


def _scripts(tree: etree._Element) -> Iterator[str]:
    return (script.text or "" for script in tree.iter("script"))


def _with_one_of(words: Sequence[str], texts: Iterable[str]) -> Iterator[str]:
    """Those that have one of the words and are not too long: looking for words costs less than searching does."""
    return (text for text in texts if len(text) <= MAX_SCRIPT_CHARS and any(word in text for word in words))
