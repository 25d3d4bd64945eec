"""One page into one candidate: extract, clean, attribute. Runs in a worker process that a hostile page may kill."""

from __future__ import annotations

import importlib
from dataclasses import dataclass

from copydesk.attribute import attribute
from copydesk.clean import clean
from copydesk.clean.lines import SCRIPTS
from copydesk.clean.rulebook import standard_rulebook
from copydesk.edit import load, small_page
from copydesk.errors import PermanentPageError
from copydesk.models import Block, Candidate, Entry, Extract, Outcome, Page, Reason, Removal
from copydesk.profiles.known import Known, Observed, Taken, take
from copydesk.push.articles import is_pushed, read_article
from copydesk.urls import registrable_domain
from copydesk.walls import Term, judged

# Of one page, kept or not. The gate refuses articles of a quarter of it; whole batches rest in memory there.
MAX_TEXT_CHARS = 2_000_000

Work = tuple[Page, Entry, Known | None]


@dataclass(frozen=True, slots=True)
class Draft:
    """A page's candidate, what reading the page showed of its site's profile, and what the page says of its use."""

    candidate: Candidate
    observed: tuple[Observed, ...] = ()
    terms: tuple[Term, ...] = ()


def make(work: Work) -> Draft:
    """The draft of an entry's page. Raises PermanentPageError when nothing, or too much, is in it, or it is a wall."""
    page, entry, known = work
    domain = registrable_domain(page.final_url)
    taken = _take(page, entry, known)
    _refuse_too_much(page, taken.extract)
    article = clean(taken.extract)
    terms = judged(page, article)
    candidate = Candidate(
        entry_id=entry.entry_id or 0,
        domain=domain,
        article=article,
        attribution=attribute(taken.extract, domain),
        page_hash=page.content_hash,
    )
    return Draft(candidate, taken.observed, terms)


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
