"""What may be pushed: URLs, feed items, whole articles. The JSON of the webhook and of message queues alike. Pure."""

from __future__ import annotations

import html
import re
from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Self

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field, ValidationError, model_validator

from copydesk.clock import FIRST_YEAR, LAST_YEAR, has_date_everywhere
from copydesk.errors import UrlError
from copydesk.models import Entry
from copydesk.push.refusals import PushRefusedError, Refusal
from copydesk.settings import MAX_URL_CHARS
from copydesk.urls import canonicalize, registrable_domain

MAX_ENTRIES = 1000
MAX_TEXT_CHARS = 1_000_000
MAX_LINE_CHARS = 2_000
MAX_NAMES = 100
MAX_TOLD_PROBLEMS = 5


def _web_url(value: str) -> str:
    try:
        canonicalize(value)
    except UrlError as error:
        raise ValueError(str(error)) from error
    return value


def _without_nul(value: str) -> str:
    if "\0" in value:
        raise ValueError("the character U+0000 is not text")
    return value


def _with_date(value: datetime) -> datetime:
    if not has_date_everywhere(value):
        raise ValueError(f"the year is {value.year}; give one from {FIRST_YEAR} to {LAST_YEAR}, or no date")
    return value


Url = Annotated[str, Field(max_length=MAX_URL_CHARS), AfterValidator(_without_nul), AfterValidator(_web_url)]
Line = Annotated[str, Field(max_length=MAX_LINE_CHARS), AfterValidator(_without_nul)]
Text = Annotated[str, Field(max_length=MAX_TEXT_CHARS), AfterValidator(_without_nul)]
Instant = Annotated[AwareDatetime, AfterValidator(_with_date)]
Names = Annotated[list[Line], Field(max_length=MAX_NAMES)]
Language = Annotated[str, Field(pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8}){0,4}$")]


class _Strict(BaseModel):
    """A field that nobody knows is a misspelt one, so it is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class PushedItem(_Strict):
    """What a feed would say of an article. The page at `url` is fetched."""

    url: Url
    guid: Line | None = None
    title: Line | None = None
    authors: Names = []
    published_at: Instant | None = None
    modified_at: Instant | None = Field(default=None, description="A later one asks for another visit.")
    summary: Text | None = None
    language: Language | None = None
    categories: Names = []
    content_html: Text | None = None


class PushedArticle(_Strict):
    """A whole article: nothing is fetched. Either `text`, with a blank line between paragraphs, or `html`."""

    url: Url
    title: Annotated[Line, Field(min_length=1)]
    text: Text | None = None
    html: Text | None = None
    guid: Line | None = None
    authors: Names = []
    published_at: Instant | None = None
    modified_at: Instant | None = None
    summary: Text | None = None
    language: Language | None = None
    site_name: Line | None = None
    lead_image: Url | None = None
    section: Line | None = None
    tags: Names = []

    @model_validator(mode="after")
    def _one_body(self) -> Self:
        if bool(self.text and self.text.strip()) == bool(self.html and self.html.strip()):
            raise ValueError("give the article's body as either text or html, and not empty")
        return self

    def content_html(self) -> str:
        """The body as HTML, whichever way it came."""
        if self.html:
            return self.html
        return "\n".join(f"<p>{html.escape(part, quote=False)}</p>" for part in self.paragraphs())

    def paragraphs(self) -> list[str]:
        """The paragraphs of `text`."""
        parts = re.split(r"\n[ \t]*\n", (self.text or "").replace("\r\n", "\n"))
        return [part.strip() for part in parts if part.strip()]


class Push(_Strict):
    """One push: any of the three lists, together 1 to 1,000 entries."""

    urls: list[Url] = []
    items: list[PushedItem] = []
    articles: list[PushedArticle] = []

    @model_validator(mode="after")
    def _some(self) -> Self:
        count = len(self.urls) + len(self.items) + len(self.articles)
        if not 1 <= count <= MAX_ENTRIES:
            raise ValueError(f"urls, items and articles together are {count}; give 1 to {MAX_ENTRIES}")
        return self

    def entries(self, source: str) -> tuple[Entry, ...]:
        """All as entries, what says most first: articles, items, urls. `source` is what the books call their origin."""
        return (
            *(_article_entry(article, source) for article in self.articles),
            *(_entry(item, source) for item in self.items),
            *(_entry(PushedItem(url=url), source) for url in self.urls),
        )


def parse(body: bytes) -> Push:
    """The push in a JSON body; refuses with the first problems, each with its place, in words."""
    try:
        return Push.model_validate_json(body)
    except ValidationError as error:
        raise PushRefusedError(Refusal.BAD_BODY, _problems(error)) from error


def check_domains(push: Push, domains: Sequence[str]) -> None:
    """Refuses URLs outside `domains` (registrable domains; `*` for all), and whole articles when there are none."""
    if push.articles and not domains:
        raise PushRefusedError(
            Refusal.FOREIGN_URL, "whole articles are taken only of sites that the operator listed for you; none is"
        )
    if not domains or "*" in domains:
        return
    for entry in push.entries("push"):
        if entry.domain not in domains:
            allowed = ", ".join(domains)
            raise PushRefusedError(Refusal.FOREIGN_URL, f"{entry.url} is not of a site you may push: {allowed}")


def _problems(error: ValidationError) -> str:
    found = error.errors(include_url=False, include_input=False, include_context=False)
    told = [f"{'.'.join(map(str, each['loc'])) or 'body'}: {each['msg']}" for each in found[:MAX_TOLD_PROBLEMS]]
    more = len(found) - len(told)
    return "; ".join(told) + (f"; and {more} more" if more > 0 else "")


def _entry(item: PushedItem, source: str) -> Entry:
    return Entry(
        url=item.url,
        canonical_url=canonicalize(item.url),
        domain=registrable_domain(item.url),
        source=source,
        guid=item.guid,
        title=item.title,
        authors=tuple(item.authors),
        published_at=item.published_at,
        modified_at=item.modified_at,
        summary=item.summary,
        language=item.language,
        categories=tuple(item.categories),
        content_html=item.content_html,
    )


def _article_entry(article: PushedArticle, source: str) -> Entry:
    item = PushedItem(
        url=article.url,
        guid=article.guid,
        title=article.title,
        authors=article.authors,
        published_at=article.published_at,
        modified_at=article.modified_at,
        summary=article.summary,
        language=article.language,
        categories=article.tags,
    )
    return _entry(item.model_copy(update={"content_html": article.content_html()}), source)
