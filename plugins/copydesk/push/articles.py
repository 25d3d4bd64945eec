"""A whole article that was pushed: stored as a page of our own kind, read back from it as an Extract.

So it can be made again from its page like any other, and takes the same way from `clean` on.
"""

from __future__ import annotations

import hashlib
from datetime import datetime

from pydantic import ValidationError

from copydesk.errors import PermanentPageError
from copydesk.models import Block, Extract, Metadata, Outcome, Page, Reason, Source
from copydesk.push.messages import PushedArticle

MEDIA_TYPE = "application/vnd.copydesk.article+json"
_FIELDS = (
    *("title", "authors", "published_at", "modified_at", "language"),
    *("site_name", "lead_image", "section", "tags", "summary"),
)


def page_of(article: PushedArticle, now: datetime) -> Page:
    """The page to store for a pushed article; its bytes are the article's JSON."""
    body = article.model_dump_json(exclude_defaults=True).encode()
    return Page(
        url=article.url,
        final_url=article.url,
        status=200,
        headers={"content-type": MEDIA_TYPE},
        body=body,
        fetched_at=now,
        content_hash=hashlib.sha256(body).digest(),
    )


def is_pushed(page: Page) -> bool:
    """Whether a page is a pushed article."""
    return page.headers.get("content-type", "").partition(";")[0].strip().lower() == MEDIA_TYPE


def read_article(page: Page) -> Extract:
    """The Extract of a page made by `page_of`. Raises PermanentPageError (UNREADABLE, TOO_COSTLY).

    A server may claim our media type; it gains nothing, as the article's URL is the page's own.
    """
    try:
        article = PushedArticle.model_validate_json(page.body)
    except ValidationError as error:
        detail = f"not a pushed article: {error.error_count()} fields are wrong"
        raise PermanentPageError(page.final_url, Outcome.FAILED, Reason.UNREADABLE, detail) from error
    return Extract(
        url=page.final_url,
        metadata=_metadata(article, page.final_url),
        blocks=_blocks(article),
        reading="push",
        bylines=tuple(article.authors),
    )


def _metadata(article: PushedArticle, url: str) -> Metadata:
    return Metadata(
        title=article.title,
        authors=tuple(article.authors),
        published_at=article.published_at,
        modified_at=article.modified_at,
        language=article.language.partition("-")[0].lower() if article.language else None,
        site_name=article.site_name,
        canonical_url=url,
        lead_image=article.lead_image,
        section=article.section,
        tags=tuple(article.tags),
        summary=article.summary,
        sources={name: Source.PUSH for name in _FIELDS if getattr(article, name)},
    )


def _blocks(article: PushedArticle) -> tuple[Block, ...]:
    from copydesk.extract.blocks import blocks  # noqa: PLC0415 - lxml, which who only receives pushes does not need
    from copydesk.extract.tree import parse  # noqa: PLC0415

    return blocks(parse(article.content_html(), article.url), article.url)
