"""Which URLs are worth a visit, and when to look again."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from copydesk.frontier.visits import Need, Visits, item_hash, need, next_revisit
from copydesk.models import Entry

NOW = datetime(2031, 5, 3, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
ENTRY = Entry(url="https://a.example/1", canonical_url="https://a.example/1", domain="a.example", title="One")
VISITS = Visits(
    unfinished=False, first_seen_at=NOW - HOUR, last_seen_at=NOW - HOUR, last_hash=b"x", hashes=(b"x", b"y")
)


@pytest.mark.parametrize(
    ("visits", "said", "before", "answer"),
    [
        (None, b"x", None, Need.NEW),
        (VISITS, b"x", None, Need.KNOWN),
        (VISITS, b"y", None, Need.CHANGED),  # its own feed says again what it said earlier
        (VISITS, b"z", None, Need.CHANGED),
        (replace(VISITS, last_hash=None), b"y", None, Need.KNOWN),  # another feed said the same
        (replace(VISITS, last_hash=None), b"z", None, Need.CHANGED),
        (VISITS, b"x", NOW, Need.REVISIT),
        (VISITS, b"x", NOW - HOUR, Need.KNOWN),
        (replace(VISITS, unfinished=True), b"z", NOW, Need.KNOWN),
    ],
)
def test_what_an_item_asks_for(visits: Visits | None, said: bytes, before: datetime | None, answer: Need) -> None:
    assert need(visits, said, before) is answer


def test_an_item_is_the_same_whatever_entry_or_feed_carries_it() -> None:
    assert item_hash(replace(ENTRY, entry_id=7, feed_id=3, attempts=2)) == item_hash(ENTRY)
    instant = NOW.astimezone(datetime.strptime("+0300", "%z").tzinfo)
    assert item_hash(replace(ENTRY, published_at=instant)) == item_hash(replace(ENTRY, published_at=NOW))


@pytest.mark.parametrize("field", ["title", "summary", "content_html"])
def test_an_item_with_another_text_is_another(field: str) -> None:
    assert item_hash(replace(ENTRY, **{field: "Two"})) != item_hash(ENTRY)  # type: ignore[arg-type]
    assert item_hash(replace(ENTRY, modified_at=NOW)) != item_hash(ENTRY)


def test_a_link_that_says_nothing_of_its_article_changes_nothing() -> None:
    link = item_hash(Entry("https://a.example/1", "https://a.example/1", "a.example", source="page"))
    visits = Visits(False, NOW, NOW, None, {item_hash(ENTRY)})
    assert need(visits, link, None) is Need.KNOWN
    assert need(visits, link, NOW + HOUR) is Need.REVISIT
    assert need(None, link, None) is Need.NEW


@pytest.mark.parametrize(
    ("published", "first_seen", "now", "answer"),
    [
        (None, NOW, NOW, NOW + HOUR),
        (None, NOW, NOW + HOUR, NOW + 6 * HOUR),
        (None, NOW, NOW + 23 * HOUR, NOW + 24 * HOUR),
        (None, NOW, NOW + 30 * HOUR, NOW + 72 * HOUR),
        (None, NOW, NOW + 72 * HOUR, None),
        (NOW - 10 * HOUR, NOW, NOW, NOW + 14 * HOUR),  # seen late: an article's age is what counts
        (NOW - 100 * HOUR, NOW, NOW, None),
        (NOW + 100 * HOUR, NOW, NOW, NOW + HOUR),  # a date in the future is not to be trusted
    ],
)
def test_pages_are_looked_at_again_less_and_less_often(
    published: datetime | None, first_seen: datetime, now: datetime, answer: datetime | None
) -> None:
    assert next_revisit("feed", published, first_seen, now) == answer


def test_what_an_archive_lists_is_not_looked_at_again() -> None:
    assert next_revisit("archive", None, NOW, NOW) is None
