"""What the answer to a request means for the visit it was made for. Pure: told the time and the dice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from copydesk.errors import HeldPageError, PageError, TransientPageError
from copydesk.frontier import Ended, Release
from copydesk.frontier.visits import WITHOUT_REVISITS
from copydesk.models import Entry, NotModified, Outcome, Page, Reason
from copydesk.politeness import next_attempt_at
from copydesk.settings import MAX_ATTEMPTS

Answer = Page | NotModified | PageError
STEP = "fetch"
# A site's feed may list an article some minutes before all of its servers have the page.
FRESH = timedelta(minutes=15)
MAX_FRESH_ATTEMPTS = 4  # at once and three times more, within 7 minutes


@dataclass(frozen=True, slots=True)
class Visit:
    """A claimed entry, and what the last visit to its URL left if its item said the same: else all of that is None.

    `page_hash` is of the page that came then, `article_id` the article it belongs to; `final_url` is where it came
    from, and `moved` says that only permanent redirects led there. `concurrency` is how many requests at a time the
    entry's site takes.
    """

    entry: Entry
    etag: str | None = None
    last_modified: str | None = None
    page_hash: bytes | None = None
    article_id: int | None = None
    concurrency: int = 1
    final_url: str | None = None
    moved: bool = False

    @property
    def entry_id(self) -> int:
        """The identity of the entry, which a claimed one always has."""
        assert self.entry.entry_id is not None  # noqa: S101 - it comes from the table
        return self.entry.entry_id


@dataclass(frozen=True, slots=True)
class Kept:
    """A page to store and to go on with."""

    entry_id: int
    page: Page


@dataclass(frozen=True, slots=True)
class Same:
    """A visit that found what the last one found; `answer` has what makes the next request conditional."""

    visit: Visit
    answer: Page | NotModified

    @property
    def ended(self) -> Ended:
        """How the entry ends."""
        detail = "the server says so" if isinstance(self.answer, NotModified) else "the bytes are the same"
        return Ended(self.visit.entry_id, Outcome.UNCHANGED, Reason.NOT_MODIFIED, STEP, detail, self.visit.article_id)


Verdict = Kept | Same | Ended | Release


def own_trouble(visit: Visit, answer: Answer) -> TransientPageError | None:
    """The passing failure of the visit's own site that an answer is; None if it is none, or of where redirects led."""
    if isinstance(answer, TransientPageError) and answer.site in (None, visit.entry.domain):
        return answer
    return None


def is_elsewhere(visit: Visit, answer: Page | NotModified) -> bool:
    """Whether redirects led elsewhere than the last time, or now do so for good: the article may have moved.

    That loading decides, also on the bytes that there were; and what a server knows of them from one URL tells nothing
    of another.
    """
    if visit.final_url is None or answer.final_url is None:
        return False
    return visit.final_url != answer.final_url or visit.moved != (answer.moved_to is not None)


def verdict(visit: Visit, answer: Answer, now: datetime, jitter: float) -> Verdict:
    """What becomes of a visit that was answered so; `jitter` between 0 and 1 spreads what has to wait."""
    if isinstance(answer, Page):
        is_same = answer.content_hash == visit.page_hash and not is_elsewhere(visit, answer)
        return Same(visit, answer) if is_same else Kept(visit.entry_id, answer)
    if isinstance(answer, NotModified):
        return Same(visit, answer)
    wish = answer.retry_at if isinstance(answer, TransientPageError) else None
    if _may_pass(visit, answer, now):
        not_before = next_attempt_at(visit.entry.attempts, now, jitter=jitter, retry_at=wish)
        asked = not isinstance(answer, HeldPageError)
        return Release(visit.entry_id, not_before, counts=asked, detail=f"{answer.reason}: {answer.detail}")
    is_last_of_some = isinstance(answer, TransientPageError) or visit.entry.attempts > 1
    tries = f" (attempt {visit.entry.attempts})" if is_last_of_some else ""
    return Ended(visit.entry_id, answer.outcome, answer.reason, STEP, answer.detail + tries)


def _may_pass(visit: Visit, answer: PageError, now: datetime) -> bool:
    """Whether the page may be there at another attempt: the trouble passes, or the article is so new that it lags."""
    if isinstance(answer, HeldPageError):
        return True
    if isinstance(answer, TransientPageError):
        return visit.entry.attempts < MAX_ATTEMPTS
    return may_be_late(visit.entry, answer, now)


def may_be_late(entry: Entry, error: PageError, now: datetime) -> bool:
    """Whether a page that is not there may come, as its article is so new that the site's servers may lag."""
    if error.reason not in (Reason.NOT_FOUND, Reason.SOFT_NOT_FOUND) or entry.attempts >= MAX_FRESH_ATTEMPTS:
        return False
    is_fresh = entry.first_seen_at is not None and now - entry.first_seen_at < FRESH
    return is_fresh and entry.source not in WITHOUT_REVISITS
