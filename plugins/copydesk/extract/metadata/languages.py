"""The language of a text, as an ISO 639-1 code: what the page says, unless the text itself shows that it lies."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Final

MIN_CHARS: Final = 60  # of text; less proves nothing against what the page says
SAMPLE_CHARS: Final = 450  # tells as much as three times of it
_CODE: Final = re.compile(r"\A\s*([a-z]{2})(?:[-_][\w-]+)?\s*\Z", re.IGNORECASE)
_SAME: Final = {
    "nb": "no",
    "nn": "no",
    "iw": "he",
    "in": "id",
    "sh": "sr",
    "hr": "sr",
    "bs": "sr",
    "ms": "id",
}
_OLD: Final = {"iw": "he", "in": "id", "ji": "yi"}


def read_code(claim: str) -> str | None:
    """The language part of a tag such as `ar-EG` or `en_US`; None for what is no tag."""
    found = _CODE.match(claim)
    if not found:
        return None
    code = found[1].lower()
    return _OLD.get(code, code)


def detect(text: str) -> str | None:
    """The language a text is written in, None if it is too short to tell."""
    sample = text[:SAMPLE_CHARS]
    if sum(map(str.isalpha, sample)) < MIN_CHARS:
        return None
    import py3langid  # noqa: PLC0415 - loads its model

    return str(py3langid.classify(sample)[0])


def choose_language(claims: Iterable[str], text: str, site: Sequence[str] = ()) -> tuple[str | None, bool]:
    """The language, and whether it was the text that told it.

    Neighbours that are written alike (nb and no, hr and sr) count as the same. A page that claims the one language in
    which its `site` is known to write is believed without a look at the text.
    """
    codes = [code for code in map(read_code, claims) if code]
    if codes and list(site) == codes[:1]:
        return codes[0], False
    seen = detect(text)
    if seen is None:
        return (codes[0], False) if codes else (None, True)
    for code in codes:
        if _SAME.get(code, code) == _SAME.get(seen, seen):
            return code, False
    return seen, True
