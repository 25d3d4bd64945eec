"""One page into one candidate: extract, clean, attribute. Runs in a worker process that a hostile page may kill."""

from __future__ import annotations

import importlib
from dataclasses import dataclass, replace

from copydesk.attribute import attribute
from copydesk.clean import clean
from copydesk.clean.lines import SCRIPTS
from copydesk.clean.rulebook import standard_rulebook
from copydesk.edit import load, page_of, small_page
from copydesk.errors import PermanentPageError
from copydesk.extract import extract
from copydesk.models import Article, Block, Candidate, Entry, Extract, Outcome, Page, Reason, Removal
from copydesk.profiles.known import Known, Observed, Taken, take
from copydesk.push.articles import is_pushed, read_article
from copydesk.urls import registrable_domain
from copydesk.walls import Term, is_teaser, judged, terms_of

# Of one page, kept or not. The gate refuses articles of a quarter of it; whole batches rest in memory there.
MAX_TEXT_CHARS = 2_000_000

# What comes in a page's place and does not say that the article is gone: a feed that carries its text is as good.
NO_PAGE = frozenset({Reason.WRONG_TYPE, Reason.BOT_WALL, Reason.CONSENT, Reason.LOGIN, Reason.GEO_BLOCK})

Work = tuple[Page, Entry, Known | None]


@dataclass(frozen=True, slots=True)
class Draft:
    """A page's candidate, what reading the page showed of its site's profile, and what the page says of its use."""

    candidate: Candidate
    observed: tuple[Observed, ...] = ()
    terms: tuple[Term, ...] = ()


@dataclass(frozen=True, slots=True)
class _Read:
    """What was read, the article that is left of it, and what the page says of its use."""

    taken: Taken
    article: Article
    terms: tuple[Term, ...]


def make(work: Work) -> Draft:
    """The draft of an entry's page, or of what the feed carries where something else came in the page's place.

    Raises PermanentPageError when nothing, or too much, is in it, or it is a wall.
    """
    page, entry, known = work
    try:
        read = _of_page(page, entry, known)
    except PermanentPageError as error:
        if error.reason not in NO_PAGE or (told := _of_feed(page, entry)) is None:
            raise
        read = told
    domain = registrable_domain(page.final_url)
    candidate = Candidate(
        entry_id=entry.entry_id or 0,
        domain=domain,
        article=read.article,
        attribution=attribute(read.taken.extract, domain),
        page_hash=page.content_hash,
    )
    return Draft(candidate, read.taken.observed, read.terms)


def _of_page(page: Page, entry: Entry, known: Known | None) -> _Read:
    taken = _take(page, entry, known)
    _refuse_too_much(page, taken.extract)
    article = clean(taken.extract)
    return _Read(taken, article, judged(page, article))


def _of_feed(page: Page, entry: Entry) -> _Read | None:
    """The article that the feed carries, read as a page that says nothing else; None if it carries a teaser only."""
    if not entry.content_html:
        return None
    html = f"<!DOCTYPE html><body><article>{entry.content_html}</article>"
    found = replace(extract(page_of(html, page.url, now=page.fetched_at), entry), reading="feed")
    _refuse_too_much(page, found)
    article = clean(found)
    return None if is_teaser(article.text) else _Read(Taken(found), article, terms_of(page.headers, page.body))


def _refuse_too_much(page: Page, extract: Extract) -> None:
    shown: list[Block | Removal] = [*extract.blocks, *extract.removals]
    characters = sum(len(one.text) for one in shown)
    if characters > MAX_TEXT_CHARS:
        detail = f"its text is {characters:,} characters, more than the {MAX_TEXT_CHARS:,} that one page may have"
        raise PermanentPageError(page.url, Outcome.REFUSED, Reason.TOO_COSTLY, detail)


def _take(page: Page, entry: Entry, known: Known | None) -> Taken:
    return Taken(read_article(page)) if is_pushed(page) else take(page, entry, known)


def warm(*, all_scripts: bool = False) -> None:
    """Load all that making an article may need: forks of this process share it.

    Of the rules those that any text may need, with `all_scripts` all. Patterns of other scripts are compiled at their
    first use, which takes half a millisecond each.
    """
    importlib.import_module("trafilatura")  # reads where the model is unsure
    load()
    page = small_page()
    make((page, Entry(url=page.url, canonical_url=page.url, domain=registrable_domain(page.url)), None))
    if all_scripts:
        standard_rulebook().load(SCRIPTS)
    standard_rulebook().compile()
