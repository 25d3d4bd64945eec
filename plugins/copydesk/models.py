"""The types that travel between steps: one frozen dataclass per arrow of the flow.

Every instant is a timezone-aware datetime. Text is Unicode, limits on text are in characters.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum


class Label(StrEnum):
    """What a block of a page is. The first five are text that readers came for."""

    BODY = "body"
    HEADING = "heading"
    QUOTE = "quote"
    LIST = "list"
    TABLE = "table"
    CAPTION = "caption"
    CREDIT = "credit"
    DATELINE = "dateline"
    BYLINE = "byline"
    DISCLAIMER = "disclaimer"
    COMMENTS_NOTICE = "comments-notice"
    RELATED = "related"
    SHARE = "share"
    SUBSCRIBE = "subscribe"
    TAGS = "tags"
    AUTHOR_BIO = "author-bio"
    COPYRIGHT = "copyright"
    ADVERTISEMENT = "advertisement"
    OTHER_BOILERPLATE = "other-boilerplate"


KEPT_LABELS = frozenset({Label.BODY, Label.HEADING, Label.QUOTE, Label.LIST, Label.TABLE})

# The rules under which the ledger lists what a reading of a page did not take for the article's body.
LEFT_OUT = "extract.left-out"  # one block
NAVIGATION = "extract.navigation"  # menus and teasers far from the body: a block a line
OUTSIDE = "profile:outside"  # all before, or behind, the container that a site's profile names: a block a line
BY_PATH = "profile:path"  # at a path that holds no body of its site; called what stood there when it was learned
SURROUNDINGS = frozenset({LEFT_OUT, NAVIGATION, OUTSIDE})


class Source(StrEnum):
    """Where the value of a metadata field was read, the better source first."""

    PUSH = "push"  # a partner sent the whole article and said so
    JSON_LD = "json-ld"
    META = "meta"
    VISIBLE = "visible"  # marked up for readers: <time>, rel=author, an element a site profile names
    FEED = "feed"
    HEADER = "header"  # of the HTTP response
    HEURISTIC = "heuristic"  # trafilatura's reading of the page, or a guess from its text


class Outcome(StrEnum):
    """How an entry ended. Each entry ends exactly once."""

    LOADED = "loaded"
    UNCHANGED = "unchanged"
    DUPLICATE = "duplicate"
    QUARANTINED = "quarantined"
    REFUSED = "refused"
    GONE = "gone"
    FAILED = "failed"


class Reason(StrEnum):
    """Why an entry ended so. Closed: table ingest.reasons lists the same values with their outcomes."""

    NEW = "new"
    REVISED = "revised"
    MOVED = "moved"
    SAME_TEXT = "same-text"
    NOT_MODIFIED = "not-modified"
    STILL_QUARANTINED = "still-quarantined"
    SAME_ARTICLE = "same-article"
    EXPECTATION = "expectation"
    ROBOTS = "robots"
    BLOCKED = "blocked"
    TOO_LARGE = "too-large"
    BOMB = "bomb"
    WRONG_TYPE = "wrong-type"
    EMPTY = "empty"
    PRIVATE_ADDRESS = "private-address"
    BAD_URL = "bad-url"
    REDIRECTS = "redirects"
    TOO_COSTLY = "too-costly"
    LOGIN = "login"
    PAYWALL = "paywall"
    BOT_WALL = "bot-wall"
    GEO_BLOCK = "geo-block"
    CONSENT = "consent"
    NOT_FOUND = "not-found"
    SOFT_NOT_FOUND = "soft-not-found"
    HTTP_GONE = "http-gone"
    REDIRECTED = "redirected"
    CLIENT_ERROR = "client-error"
    SERVER_ERROR = "server-error"
    RATE_LIMITED = "rate-limited"
    TIMEOUT = "timeout"
    CONNECTION = "connection"
    BAD_RESPONSE = "bad-response"
    UNREADABLE = "unreadable"
    CRASHED = "crashed"


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed as the database knows it when it is due for a poll. `kind` is `feed`, or `page` for a page of links."""

    feed_id: int
    url: str
    title: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    content_hash: bytes | None = None
    kind: str = "feed"


@dataclass(frozen=True, slots=True)
class Entry:
    """A URL that something says is an article, with what that something says of it.

    `url` is as published, made absolute; `canonical_url` is the same without tracking parameters and is its identity.
    `content_html` is the feed's own full content, if any; `off_site` says that it leads to another site than its feed.
    `first_seen_at` is when the URL was discovered, None until it is in the frontier.
    """

    url: str
    canonical_url: str
    domain: str
    source: str = "feed"
    guid: str | None = None
    title: str | None = None
    authors: tuple[str, ...] = ()
    published_at: datetime | None = None
    modified_at: datetime | None = None
    summary: str | None = None
    language: str | None = None
    categories: tuple[str, ...] = ()
    content_html: str | None = None
    entry_id: int | None = None
    feed_id: int | None = None
    attempts: int = 0
    first_seen_at: datetime | None = None
    off_site: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """What the server said. `headers` has lower-case names; `content_hash` is the SHA-256 of `body`."""

    url: str
    final_url: str
    status: int
    headers: Mapping[str, str]
    body: bytes
    fetched_at: datetime
    content_hash: bytes
    moved_to: str | None = None  # where `url` has moved for good: only permanent redirects led there


@dataclass(frozen=True, slots=True)
class NotModified:
    """The server answered a conditional request with 304: what we have is still what it would send."""

    url: str
    headers: Mapping[str, str]
    fetched_at: datetime
    final_url: str | None = None  # behind redirects; None for `url`
    moved_to: str | None = None  # as of a Page


@dataclass(frozen=True, slots=True)
class Block:
    """One visible block of text of a page, in document order.

    `path` is the element path from body, as `div.content>article>p`; `link_density` is the share of characters in
    links; `label` is what the block's own markup says it is, `Label.BODY` where it says nothing; `behind_image` is true
    when a picture stands between the block and the text before it.
    """

    position: int
    text: str
    label: Label = Label.BODY
    path: str = ""
    link_density: float = 0.0
    behind_image: bool = False


@dataclass(frozen=True, slots=True)
class Removal:
    """A block that was taken off, for the ledger: nothing is silently altered."""

    position: int
    text: str  # under rules NAVIGATION and OUTSIDE a run of blocks, one a line; `position` is the first one's
    label: Label
    rule: str
    rule_version: str
    path: str = ""


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of an article beside its text. `sources` says for each filled field where it was read."""

    title: str | None = None
    authors: tuple[str, ...] = ()
    published_at: datetime | None = None
    modified_at: datetime | None = None
    language: str | None = None
    site_name: str | None = None
    canonical_url: str | None = None
    lead_image: str | None = None
    section: str | None = None
    tags: tuple[str, ...] = ()
    summary: str | None = None
    sources: Mapping[str, Source] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Extract:
    """A page as labelled blocks and metadata, before anything is taken off.

    `removals` are all blocks of the page that the choice of the body left out: each visible block of a page is here or
    in `blocks`, once, in order of position.
    `reading` names what the body was read from: `page` (by the model of the body), `trafilatura`, `json-ld`, `feed`,
    `profile`, `push`, `script`.
    `bylines` are the author lines of page and feed as they stand there, agencies and roles included: evidence.
    """

    url: str
    metadata: Metadata
    blocks: tuple[Block, ...]
    removals: tuple[Removal, ...] = ()
    reading: str = "trafilatura"
    bylines: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Article:
    """What readers get: kept blocks and metadata; and the ledger of what was taken off."""

    url: str
    metadata: Metadata
    blocks: tuple[Block, ...]
    removals: tuple[Removal, ...]
    reading: str

    @property
    def text(self) -> str:
        """The kept blocks, a blank line between two of them."""
        return "\n\n".join(block.text for block in self.blocks)


@dataclass(frozen=True, slots=True)
class Attribution:
    """Who wrote an article and who published it. `agency` is a canonical name ("Reuters"), None when no one is named.

    `method` says what kind of evidence decided: `dateline`, `credit-line`, `author`, `agency-line`, `own-site` (the
    page is on the agency's own site), `mention` (the text only quotes an outlet, which names nobody), `none`.
    `evidence` quotes it; `confidence` is between 0 and 1. "Agencies" stands for wires that are not named.
    """

    agency: str | None
    publisher: str | None
    method: str
    evidence: str | None
    confidence: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """An article with its attribution, on its way through validation, and the entry and page it comes from."""

    entry_id: int
    domain: str
    article: Article
    attribution: Attribution
    page_hash: bytes | None


@dataclass(frozen=True, slots=True)
class Rejection:
    """One failed expectation of one candidate. `observed` is the value that failed, as text, shortened for display."""

    entry_id: int
    expectation: str
    column: str
    observed: str | None
