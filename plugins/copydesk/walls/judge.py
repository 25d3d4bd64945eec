"""A fetched page before its article is believed: refused as a wall, or let pass with what it says of its own use."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from copydesk.errors import PageError, PermanentPageError
from copydesk.extract.decode import decode
from copydesk.extract.tree import parse
from copydesk.models import Article, Outcome, Page, Reason
from copydesk.walls.decide import CONSENT_CHARS, Wall, is_teaser, may_be_wall, paywall_of, wall_of, weight
from copydesk.walls.signs import Signs, read_signs
from copydesk.walls.terms import Term, terms_of

# An article that was read from elsewhere in the page than its visible text is there, whatever that says.
_READ_ELSEWHERE: Final = frozenset({"push", "json-ld", "script"})
_CLAIMS: Final = (b"article:published_time", b'content="article"', b'Article"', b'Posting"')
_FREE: Final = b"isAccessibleForFree"


def judged(page: Page, article: Article) -> tuple[Term, ...]:
    """What a page says of its use, with `paywall` if it is not free as a whole but for a part that is long enough.

    Raises PermanentPageError if the page is a wall, or shows no more than the beginning of its article.
    """
    terms = terms_of(page.headers, page.body)
    if article.reading == "feed":  # of the page is only known that the article is not on it
        _refuse_wall(page, _signs(page.headers, page.body, page.final_url), "")
        return terms
    if article.reading in _READ_ELSEWHERE or not _worth_a_look(page.body, article.text):
        return terms
    looked_at = is_teaser(article.text) or _says_not_free(page.body) or may_be_wall(article)
    signs = _signs(page.headers, page.body, page.final_url) if looked_at else None
    if signs:
        _refuse_wall(page, signs, article.text)
    by = paywall_of(signs, article)
    if by and is_teaser(article.text):
        detail = f"only the first {len(article.text):,} characters are open: {by}"
        raise PermanentPageError(page.url, Outcome.REFUSED, Reason.PAYWALL, detail)
    return (*terms, Term("paywall", by)) if by else terms


def _refuse_wall(page: Page, signs: Signs, body: str) -> None:
    if wall := wall_of(signs, body):
        raise PermanentPageError(page.url, wall.outcome, wall.reason, wall.detail)


def wall_of_error(headers: Mapping[str, str], body: bytes) -> Wall | None:
    """The wall that the body of a 4xx or 503 answer shows, None if it is just an error."""
    try:
        return wall_of(_signs(headers, body, ""), "")
    except PageError:
        return None


def _worth_a_look(page: bytes, body: str) -> bool:
    """Whether a page may be a wall or behind one, by its bytes: most are long or say that they are articles."""
    if is_teaser(body) or _says_not_free(page):
        return True
    return weight(body) <= CONSENT_CHARS and not any(claim in page for claim in _CLAIMS)


def _says_not_free(page: bytes) -> bool:
    return any(b"alse" in value[:40] for value in page.split(_FREE)[1:])


def _signs(headers: Mapping[str, str], body: bytes, url: str) -> Signs:
    markup = decode(body, headers)
    return read_signs(parse(markup, url), markup)
