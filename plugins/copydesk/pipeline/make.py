"""One page into one candidate: extract, clean, attribute. Runs in a worker process that a hostile page may kill."""

from __future__ import annotations

from copydesk.attribute import attribute
from copydesk.clean import clean
from copydesk.extract import extract
from copydesk.models import Candidate, Entry, Extract, Page
from copydesk.push.articles import is_pushed, read_article
from copydesk.urls import registrable_domain

Work = tuple[Page, Entry]


def make(work: Work) -> Candidate:
    """The candidate of an entry's page. Raises PermanentPageError when the page holds nothing that can be read."""
    page, entry = work
    domain = registrable_domain(page.final_url)
    extracted = _extract(page, entry)
    return Candidate(
        entry_id=entry.entry_id or 0,
        domain=domain,
        article=clean(extracted),
        attribution=attribute(extracted, domain),
        page_hash=page.content_hash,
    )


def _extract(page: Page, entry: Entry) -> Extract:
    return read_article(page) if is_pushed(page) else extract(page, entry)
