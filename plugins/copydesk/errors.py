"""The error tree. Each error names the thing it is about, what was wrong and what to do.

Transient or permanent is a branch of the tree: transient is worth another attempt, permanent is an outcome.
"""

from __future__ import annotations

from datetime import datetime

from copydesk.models import Outcome, Reason


class CopydeskError(Exception):
    """Any error of ours."""


class UsageError(CopydeskError):
    """The person asked for something that cannot be done; the message says what to do instead."""


class UrlError(UsageError):
    """A string is not a URL that can be fetched over http or https; the message quotes it."""


class DatabaseError(CopydeskError):
    """Postgres refused or could not be reached."""


class DatabaseAwayError(DatabaseError):
    """Postgres cannot be had, or has no room, for now: what it was given is not at fault, and will do later."""


class PageError(CopydeskError):
    """A URL did not yield a usable page. `outcome` and `reason` are what the books will say."""

    def __init__(self, url: str, outcome: Outcome, reason: Reason, detail: str) -> None:
        super().__init__(f"{url}: {detail}")
        self.url = url
        self.outcome = outcome
        self.reason = reason
        self.detail = detail


class PermanentPageError(PageError):
    """Asking again would not help: refused, gone, or unreadable."""


class TransientPageError(PageError):
    """Asking again later may help. `retry_at` is when the server wishes to be asked again, if that is known.

    `site` is the registrable domain whose wish that is: redirects may lead to another site than that of `url`.
    """

    def __init__(
        self, url: str, reason: Reason, detail: str, *, retry_at: datetime | None = None, site: str | None = None
    ) -> None:
        super().__init__(url, Outcome.FAILED, reason, detail)
        self.retry_at = retry_at
        self.site = site


class HeldPageError(TransientPageError):
    """Nobody was asked: the site is to be left alone until `retry_at`, or its pause is too long to wait for."""


class FeedError(CopydeskError):
    """A feed's document could not be read as a feed."""

    def __init__(self, url: str, detail: str) -> None:
        super().__init__(f"{url}: {detail}")
        self.url = url
        self.detail = detail
