"""Claimed entries become pages, ends or wait again, and no answer is lost."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from copydesk.audit import audit
from copydesk.database import Connection, transaction
from copydesk.errors import DatabaseError, PermanentPageError, TransientPageError
from copydesk.frontier import Ended, add, finish
from copydesk.models import Entry, NotModified, Outcome, Page, Reason
from copydesk.pages import page_of_entry
from copydesk.pipeline import Fetched, claim_batch, fetch_batch
from copydesk.pipeline.asking import DOWN_AFTER, ask_sites
from copydesk.pipeline.visit import MAX_FRESH_ATTEMPTS, Visit
from copydesk.settings import Settings

NOW = datetime(2031, 5, 3, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
Answer = Page | NotModified | Exception


def page(url: str, text: str = "news", **headers: str) -> Page:
    body = f"<p>{text} of {url}</p>".encode()
    return Page(url, url, 200, headers, body, NOW, hashlib.sha256(body).digest())


class Web:
    """Answers as it is told, page by default; remembers what it was asked and how conditionally."""

    def __init__(self, answers: Mapping[str, Answer] | None = None) -> None:
        self.answers = dict(answers or {})
        self.asked: list[tuple[str, str | None]] = []
        self.busy: set[str] = set()

    async def fetch(self, url: str, *, etag: str | None = None, last_modified: str | None = None) -> Page | NotModified:
        site = url.split("/")[2]
        assert site not in self.busy, "two requests to one site at a time"
        self.busy.add(site)
        await asyncio.sleep(0)
        self.busy.remove(site)
        self.asked.append((url, etag))
        answer = self.answers.get(url) or page(url)
        if isinstance(answer, Exception):
            raise answer
        return answer


def url(number: int, site: str = "a.example") -> str:
    return f"https://{site}/{number}"


def entry(number: int, site: str = "a.example", **said: object) -> Entry:
    one = Entry(url(number, site), url(number, site), site, title=f"Item {number}")
    return replace(one, **said)  # type: ignore[arg-type]


def transient(one: str, retry_at: datetime | None = None) -> TransientPageError:
    return TransientPageError(one, Reason.SERVER_ERROR, "the server answered 503", retry_at=retry_at)


def fetched(
    settings: Settings,
    connection: Connection,
    web: Web,
    *entries: Entry,
    now: datetime = NOW,
    seconds: float = 60,
    anew: bool = False,
) -> Fetched:
    with transaction(connection):
        add(connection, entries, now, revisit_before=now if anew else None)
    batch_id = claim_batch(settings, now)
    assert batch_id is not None
    return fetch_batch(settings, batch_id, fetcher=web, clock=lambda: now, seconds=seconds)


def rows(connection: Connection, text: str) -> list[tuple[object, ...]]:
    with transaction(connection), connection.cursor() as cursor:
        cursor.execute(text)
        return cursor.fetchall()


def test_pages_are_stored_whole_and_once_however_many_entries_bring_them(
    settings: Settings, connection: Connection
) -> None:
    same = page("https://mirror.example")
    web = Web({url(1): same, url(2): same})
    done = fetched(settings, connection, web, entry(1), entry(2), entry(3, "b.example"))
    assert done.sentence == "3 fetched"
    assert rows(connection, "SELECT count(*), sum(body_bytes)::int FROM ingest.pages") == [
        (2, len(same.body) + len(page(url(3, "b.example")).body))
    ]
    with transaction(connection):
        assert page_of_entry(connection, 1).body == same.body
    assert rows(connection, "SELECT DISTINCT lease_until, batch_id FROM ingest.sites") == [(None, None)]


def test_each_kind_of_answer_has_its_end_or_its_wait(settings: Settings, connection: Connection) -> None:
    gone = PermanentPageError(url(1), Outcome.GONE, Reason.HTTP_GONE, "the server answered 410")
    web = Web({url(1): gone, url(2): transient(url(2)), url(3): ZeroDivisionError("a bug of ours")})
    done = fetched(settings, connection, web, *(entry(number) for number in range(1, 5)))
    assert done.sentence == "1 fetched, 1 gone: http-gone, 1 failed: crashed, 1 later"
    assert rows(connection, "SELECT stage, reason, detail FROM ingest.entries ORDER BY entry_id") == [
        ("done", "http-gone", "the server answered 410"),
        ("waiting", None, "server-error: the server answered 503"),
        ("done", "crashed", "fetching failed: ZeroDivisionError('a bug of ours')"),
        ("fetched", None, None),
    ]


def test_a_page_that_lags_behind_its_feed_is_had_later_and_the_books_add_up(
    settings: Settings, connection: Connection
) -> None:
    lagging, lost = (
        PermanentPageError(url(n), Outcome.GONE, Reason.NOT_FOUND, "the server answered 404") for n in (1, 2)
    )
    web = Web({url(1): lagging, url(2): lost})
    fetched(settings, connection, web, entry(1), entry(2), entry(3))
    assert rows(connection, "SELECT stage, detail FROM ingest.entries ORDER BY entry_id") == [
        ("waiting", "not-found: the server answered 404"),
        ("waiting", "not-found: the server answered 404"),
        ("fetched", None),
    ]
    del web.answers[url(1)]
    for minute in (1, 3, 7):
        later = NOW + timedelta(minutes=minute)
        if (batch_id := claim_batch(settings, later)) is not None:
            fetch_batch(settings, batch_id, fetcher=web, clock=lambda now=later: now)
        with transaction(connection):
            books = audit(connection, later)
        assert books.clean
        assert books.discovered == books.ended + books.waiting + books.under_way == 3
    assert [asked for asked, _ in web.asked].count(url(2)) == MAX_FRESH_ATTEMPTS
    assert rows(connection, "SELECT stage, outcome, reason, attempts FROM ingest.entries ORDER BY entry_id") == [
        ("fetched", None, None, 2),
        ("done", "gone", "not-found", MAX_FRESH_ATTEMPTS),
        ("fetched", None, None, 1),
    ]


def test_a_site_that_asks_for_quiet_is_left_alone_and_only_the_asked_entry_counts_an_attempt(
    settings: Settings, connection: Connection
) -> None:
    web = Web({url(0): transient(url(0), NOW + HOUR)})
    done = fetched(settings, connection, web, *(entry(number) for number in range(4)))
    assert (done.pages, done.later) == (0, 4)
    assert len(web.asked) == 1
    assert rows(connection, "SELECT attempts, count(*) FROM ingest.entries WHERE stage = 'waiting' GROUP BY 1") == [
        (0, 3),
        (1, 1),
    ]
    assert claim_batch(settings, NOW + HOUR - timedelta(seconds=1)) is None
    assert claim_batch(settings, NOW + HOUR) is not None


def test_a_site_that_is_down_is_not_asked_for_everything(settings: Settings, connection: Connection) -> None:
    web = Web({url(number): transient(url(number)) for number in range(10)})
    assert fetched(settings, connection, web, *(entry(number) for number in range(10))).later == 10
    assert len(web.asked) == DOWN_AFTER


def test_what_time_does_not_allow_goes_back_as_if_it_had_not_been_claimed(
    settings: Settings, connection: Connection
) -> None:
    web = Web()
    done = fetched(settings, connection, web, entry(1), entry(2), seconds=0)
    assert (done.pages, done.later, web.asked) == (0, 2, [])
    assert rows(connection, "SELECT DISTINCT stage, attempts, batch_id, lease_until FROM ingest.entries") == [
        ("waiting", 0, None, None)
    ]


def loaded(connection: Connection) -> None:
    """What has been fetched is loaded, as far as the frontier is concerned."""
    with transaction(connection), connection.cursor() as cursor:
        cursor.execute("SELECT entry_id FROM ingest.entries WHERE stage = 'fetched'")
        finish(
            connection, [Ended(one, Outcome.LOADED, Reason.NEW, "load", None, 1) for (one,) in cursor.fetchall()], NOW
        )


@pytest.mark.parametrize(
    ("second", "sentence"),
    [
        (lambda: NotModified(url(1), {}, NOW), "1 unchanged: not-modified"),
        (lambda: page(url(1), ETag="w"), "1 unchanged: not-modified"),
        (lambda: page(url(1), "corrected"), "1 fetched"),
    ],
    ids=["304", "the same bytes", "other bytes"],
)
def test_a_page_is_asked_for_conditionally_and_made_again_only_when_it_changed(
    settings: Settings, connection: Connection, second: Callable[[], Page], sentence: str
) -> None:
    web = Web({url(1): page(url(1), etag='"v1"')})
    fetched(settings, connection, web, entry(1))
    loaded(connection)
    web.answers[url(1)] = second()
    assert fetched(settings, connection, web, entry(1), now=NOW + HOUR, anew=True).sentence == sentence
    assert web.asked == [(url(1), None), (url(1), '"v1"')]


def test_after_an_unchanged_visit_the_next_one_is_conditional_too(settings: Settings, connection: Connection) -> None:
    web = Web({url(1): page(url(1), etag='"v1"')})
    fetched(settings, connection, web, entry(1))
    loaded(connection)
    web.answers[url(1)] = NotModified(url(1), {}, NOW)
    for hours in (1, 2, 3):
        fetched(settings, connection, web, entry(1), now=NOW + hours * HOUR, anew=True)
    assert [etag for _, etag in web.asked] == [None, '"v1"', '"v1"', '"v1"']


def test_what_another_url_says_has_not_changed_is_asked_for_in_full(settings: Settings, connection: Connection) -> None:
    web = Web({url(1): page(url(1), etag='"v1"')})
    fetched(settings, connection, web, entry(1))
    loaded(connection)
    web.answers[url(1)] = NotModified(url(1), {}, NOW, url(2), url(2))
    fetched(settings, connection, web, entry(1), now=NOW + HOUR, anew=True)
    assert [etag for _, etag in web.asked] == [None, '"v1"', None]


def test_an_item_that_says_something_else_is_fetched_in_full(settings: Settings, connection: Connection) -> None:
    web = Web({url(1): page(url(1), etag='"v1"')})
    fetched(settings, connection, web, entry(1))
    loaded(connection)
    assert fetched(settings, connection, web, entry(1, title="Corrected"), now=NOW + HOUR).sentence == "1 fetched"
    assert web.asked == [(url(1), None), (url(1), None)]


def test_fetching_a_batch_again_fetches_nothing_again(settings: Settings, connection: Connection) -> None:
    web = Web()
    done = fetched(settings, connection, web, entry(1))
    again = fetch_batch(settings, done.batch_id, fetcher=web, clock=lambda: NOW)
    assert again.sentence == "nothing to fetch"
    assert len(web.asked) == 1


def test_a_database_that_is_away_for_the_scoreboard_ends_no_entry(settings: Settings, connection: Connection) -> None:
    web = Web({url(1): DatabaseError("server closed the connection unexpectedly")})
    with pytest.raises(DatabaseError, match="server closed"):
        fetched(settings, connection, web, *(entry(number) for number in range(1, 4)))
    assert rows(connection, "SELECT DISTINCT stage, outcome FROM ingest.entries") == [("claimed", None)]


async def test_an_error_in_writing_ends_the_asking_and_is_raised_itself() -> None:
    def write(_: object) -> None:
        raise DatabaseError("the disk is full")

    visits = [Visit(replace(entry(number, f"s{number}.example"), entry_id=number)) for number in range(50)]
    with pytest.raises(DatabaseError, match="the disk is full"):
        await ask_sites(Web(), visits, write=write, more=lambda: True)
