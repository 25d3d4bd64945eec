"""What one source says of an article, as it says it: strings, not yet cleaned."""

from __future__ import annotations

from dataclasses import dataclass

from copydesk.models import Source


@dataclass(frozen=True, slots=True)
class Claims:
    """One source's say. Every field may be empty; of several values the first is the one the source would stand by.

    `text` is the article's whole text, where a source carries it; `organisations` are authors that are no persons;
    `bylines` are author lines that readers see at the headline and that say "By"; `datelines`
    are dates of publication that they see between headline and text, or that a line behind it states; `lines` is what
    they see around the headline; `feeds` are the titles of the feeds that the page links to.
    """

    source: Source
    titles: tuple[str, ...] = ()
    authors: tuple[str, ...] = ()
    published: tuple[str, ...] = ()
    modified: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    site_names: tuple[str, ...] = ()
    canonical_urls: tuple[str, ...] = ()
    images: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    summaries: tuple[str, ...] = ()
    organisations: tuple[str, ...] = ()
    bylines: tuple[str, ...] = ()
    datelines: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    feeds: tuple[str, ...] = ()
    text: str = ""
