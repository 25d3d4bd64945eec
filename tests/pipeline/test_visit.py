"""What the answer to a request means for the visit it was made for."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from copydesk.errors import HeldPageError, PermanentPageError, TransientPageError
from copydesk.frontier import Ended, Release
from copydesk.models import Entry, NotModified, Outcome, Page, Reason
from copydesk.pipeline.visit import FRESH, MAX_FRESH_ATTEMPTS, Kept, Same, Visit, verdict
from copydesk.settings import MAX_ATTEMPTS

NOW = datetime(2031, 5, 3, 12, tzinfo=UTC)
URL = "https://a.example/1"
VISIT = Visit(Entry(URL, URL, "a.example", entry_id=7, attempts=1), page_hash=b"known", article_id=3)
PAGE = Page(URL, URL, 200, {}, b"<p>", NOW, b"known")


def transient(retry_at: datetime | None = None) -> TransientPageError:
    return TransientPageError(URL, Reason.RATE_LIMITED, "the server answered 429", retry_at=retry_at)


def test_a_page_with_other_bytes_goes_on() -> None:
    page = replace(PAGE, content_hash=b"other")
    assert verdict(VISIT, page, NOW, 0) == Kept(7, page)
    assert verdict(replace(VISIT, page_hash=None), PAGE, NOW, 0) == Kept(7, PAGE)


def test_the_same_bytes_and_a_304_end_unchanged_with_the_article() -> None:
    for answer in (PAGE, NotModified(URL, {}, NOW)):
        same = verdict(VISIT, answer, NOW, 0)
        assert isinstance(same, Same)
        assert same.ended.outcome is Outcome.UNCHANGED
        assert same.ended.reason is Reason.NOT_MODIFIED
        assert same.ended.article_id == 3


def test_the_same_bytes_behind_other_redirects_go_on_as_their_article_may_have_moved() -> None:
    led = replace(PAGE, final_url="https://a.example/2")
    for visit, page, goes_on in (
        (replace(VISIT, final_url=URL), PAGE, False),
        (replace(VISIT, final_url=URL), led, True),
        (replace(VISIT, final_url=led.final_url), led, False),
        (replace(VISIT, final_url=led.final_url), replace(led, moved_to=led.final_url), True),
        (VISIT, led, False),  # nobody noted where it came from
    ):
        assert isinstance(verdict(visit, page, NOW, 0), Kept) == goes_on


def test_a_permanent_error_ends_with_its_own_reason() -> None:
    error = PermanentPageError(URL, Outcome.GONE, Reason.HTTP_GONE, "the server answered 410")
    assert verdict(VISIT, error, NOW, 0) == Ended(7, Outcome.GONE, Reason.HTTP_GONE, "fetch", "the server answered 410")


NOT_FOUND = PermanentPageError(URL, Outcome.GONE, Reason.NOT_FOUND, "the server answered 404")


def fresh(attempts: int, source: str = "feed", age: timedelta = timedelta(seconds=5)) -> Visit:
    entry = replace(VISIT.entry, attempts=attempts, source=source, first_seen_at=NOW - age)
    return replace(VISIT, entry=entry)


def test_an_article_that_is_listed_before_it_is_there_is_asked_for_again_before_it_counts_as_gone() -> None:
    waits = [verdict(fresh(attempts), NOT_FOUND, NOW, 1.0) for attempts in range(1, MAX_FRESH_ATTEMPTS)]
    minutes = [one.not_before - NOW for one in waits if isinstance(one, Release) and one.counts]
    assert minutes == [timedelta(minutes=wait) for wait in (1, 2, 4)]
    last = verdict(fresh(MAX_FRESH_ATTEMPTS), NOT_FOUND, NOW, 1.0)
    assert last == Ended(7, Outcome.GONE, Reason.NOT_FOUND, "fetch", "the server answered 404 (attempt 4)")


def test_a_redirect_to_the_home_page_is_asked_for_again_as_a_404_is() -> None:
    soft = PermanentPageError(URL, Outcome.GONE, Reason.SOFT_NOT_FOUND, "redirects to https://a.example/")
    assert isinstance(verdict(fresh(1), soft, NOW, 1.0), Release)
    assert isinstance(verdict(fresh(MAX_FRESH_ATTEMPTS), soft, NOW, 1.0), Ended)


def test_who_was_not_asked_waits_however_often_and_no_attempt_is_counted() -> None:
    held = HeldPageError(URL, Reason.RATE_LIMITED, "left alone", retry_at=NOW + timedelta(hours=1), site="a.example")
    tried = replace(VISIT, entry=replace(VISIT.entry, attempts=MAX_ATTEMPTS))
    release = verdict(tried, held, NOW, 1.0)
    assert isinstance(release, Release)
    assert not release.counts
    assert release.not_before >= NOW + timedelta(hours=1)


@pytest.mark.parametrize(
    ("visit", "answer"),
    [
        (VISIT, NOT_FOUND),
        (fresh(1, age=FRESH), NOT_FOUND),
        (fresh(1, source="archive"), NOT_FOUND),
        (fresh(1), PermanentPageError(URL, Outcome.GONE, Reason.HTTP_GONE, "the server answered 410")),
        (fresh(1), PermanentPageError(URL, Outcome.REFUSED, Reason.WRONG_TYPE, "it is a picture")),
    ],
    ids=["long known", "no longer fresh", "of an archive", "410", "other errors"],
)
def test_what_is_gone_for_good_is_gone_at_once(visit: Visit, answer: PermanentPageError) -> None:
    assert isinstance(verdict(visit, answer, NOW, 1.0), Ended)


def test_a_transient_error_waits_as_long_as_the_server_wishes() -> None:
    wish = NOW + timedelta(hours=3)
    release = verdict(VISIT, transient(wish), NOW, 0.5)
    assert isinstance(release, Release)
    assert release.counts
    assert release.not_before == wish
    assert release.detail == "rate-limited: the server answered 429"


def test_a_transient_error_waits_longer_each_time_and_ends_after_the_last_attempt() -> None:
    def after(attempts: int) -> object:
        return verdict(replace(VISIT, entry=replace(VISIT.entry, attempts=attempts)), transient(), NOW, 1.0)

    waits = [one.not_before for one in map(after, range(1, MAX_ATTEMPTS)) if isinstance(one, Release)]
    assert len(waits) == MAX_ATTEMPTS - 1
    assert waits == sorted(set(waits))
    last = after(MAX_ATTEMPTS)
    assert isinstance(last, Ended)
    assert (last.outcome, last.reason) == (Outcome.FAILED, Reason.RATE_LIMITED)
