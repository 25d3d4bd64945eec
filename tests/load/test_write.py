"""Loading on a real Postgres: rows, revisions, ledger and books in one transaction, twice is once."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from copydesk.audit import audit
from copydesk.database import Connection, connect, transaction
from copydesk.drafts import drafts_at, store_drafts
from copydesk.frontier import add, advance, claim, free_sites
from copydesk.load import load
from copydesk.load.plan import Loaded
from copydesk.models import (
    Article,
    Attribution,
    Block,
    Candidate,
    Entry,
    Label,
    Metadata,
    Outcome,
    Reason,
    Removal,
    Source,
)

NOW = datetime(2031, 5, 3, 12, tzinfo=UTC)
TEXT = "وقال مسؤول في وزارة الزراعة إن موسم الحصاد سيبدأ في موعده هذا العام رغم تأخر الأمطار في الشمال."
METADATA = Metadata(
    title="موسم الحصاد",
    authors=("ليلى حداد", 'A "B", C'),
    published_at=NOW,
    language="ar",
    tags=("زراعة", "{x}", "\\N"),
    sources={"title": Source.JSON_LD},
)
REMOVAL = Removal(0, "غيتي\\n\timages\n\\.", Label.CREDIT, "credit.getty", "1", "div>p")
ARTICLE = Article("", METADATA, (Block(1, TEXT), Block(2, "نهاية", Label.QUOTE)), (REMOVAL, REMOVAL), "trafilatura")
ATTRIBUTION = Attribution("Reuters", "Example", "credit-line", "(Reuters)", 0.9)


def accepted(connection: Connection, *articles: Article, now: datetime = NOW) -> int:
    """A batch with one accepted candidate an article; its entry's URL is the article's."""
    with transaction(connection):
        urls = {article.url: article for article in articles}
        said = f"{now}"
        add(connection, [Entry(url, url, "a.example", title=said, summary=articles[0].text) for url in urls], now)
        batch = claim(connection, now, limit=100, per_domain=100)
        assert batch is not None
        free_sites(connection, batch.batch_id)
        candidates = [
            Candidate(entry.entry_id or 0, "a.example", urls[entry.url], ATTRIBUTION, None) for entry in batch.entries
        ]
        store_drafts(connection, candidates, now)
        advance(connection, batch.batch_id, [candidate.entry_id for candidate in candidates], "accepted")
    return batch.batch_id


def loaded(connection: Connection, *articles: Article, now: datetime = NOW) -> list[tuple[Reason, int]]:
    batch_id = accepted(connection, *articles, now=now)
    with transaction(connection):
        return [(one.reason, one.revision) for one in load(connection, batch_id, now)]


def article(number: int, text: str = TEXT, **known: object) -> Article:
    metadata = replace(METADATA, **known)  # type: ignore[arg-type]
    return replace(ARTICLE, url=f"https://a.example/{number}", metadata=metadata, blocks=(Block(1, text),))


def rows(connection: Connection, text: str) -> list[tuple[object, ...]]:
    with transaction(connection), connection.cursor() as cursor:
        cursor.execute(text)
        return cursor.fetchall()


def test_a_candidate_survives_the_draft_unchanged(connection: Connection) -> None:
    one = replace(ARTICLE, url="https://a.example/1")
    batch_id = accepted(connection, one)
    with transaction(connection):
        [candidate] = drafts_at(connection, batch_id, "accepted")
    assert candidate.article == one
    assert candidate.attribution == ATTRIBUTION


def test_a_draft_with_text_that_postgres_cannot_hold_is_stored_without_it(connection: Connection) -> None:
    batch_id = accepted(connection, article(1, "a\0b\ud800c"))
    with transaction(connection):
        assert drafts_at(connection, batch_id, "accepted")[0].article.text == "abc"


def test_a_loaded_article_is_a_row_with_revision_ledger_and_attribution(connection: Connection) -> None:
    assert loaded(connection, replace(ARTICLE, url="https://a.example/1")) == [(Reason.NEW, 1)]
    assert rows(connection, "SELECT url, title, text, authors, tags, agency, sources->>'title' FROM news.articles") == [
        (
            "https://a.example/1",
            METADATA.title,
            f"{TEXT}\n\nنهاية",
            list(METADATA.authors),
            list(METADATA.tags),
            "Reuters",
            "json-ld",
        )
    ]
    assert rows(connection, "SELECT revision, title FROM news.revisions") == [(1, METADATA.title)]
    assert (
        rows(connection, "SELECT position, label, rule, text FROM news.removed_text")
        == [(0, "credit", "credit.getty", REMOVAL.text)] * 2
    )
    assert rows(connection, "SELECT stage, outcome, reason, article_id FROM ingest.entries") == [
        ("done", "loaded", "new", 1)
    ]
    assert rows(connection, "SELECT count(*) FROM ingest.drafts") == [(0,)]


def test_loading_a_batch_again_does_nothing(connection: Connection) -> None:
    batch_id = accepted(connection, article(1), article(2))
    with transaction(connection):
        assert len(load(connection, batch_id, NOW)) == 2
    before = rows(connection, "SELECT * FROM ingest.articles"), rows(connection, "SELECT * FROM ingest.outcomes")
    with transaction(connection):
        assert load(connection, batch_id, NOW) == ()
    after = rows(connection, "SELECT * FROM ingest.articles"), rows(connection, "SELECT * FROM ingest.outcomes")
    assert after == before


def test_a_load_that_fails_at_its_end_leaves_nothing(connection: Connection) -> None:
    batch_id = accepted(connection, article(1))

    def load_and_fail() -> None:
        with transaction(connection):
            load(connection, batch_id, NOW)
            raise InterruptedError

    with pytest.raises(InterruptedError):
        load_and_fail()
    assert rows(connection, "SELECT count(*) FROM ingest.articles") == [(0,)]
    assert rows(connection, "SELECT stage FROM ingest.entries") == [("accepted",)]
    with transaction(connection):
        assert len(load(connection, batch_id, NOW)) == 1


def test_a_changed_text_is_a_revision_and_the_old_one_stays(connection: Connection) -> None:
    later = NOW + timedelta(hours=1)
    assert loaded(connection, article(1)) == [(Reason.NEW, 1)]
    assert loaded(connection, article(1, TEXT + "!"), now=later) == [(Reason.REVISED, 2)]
    assert rows(connection, "SELECT revision, text, loaded_at FROM news.revisions ORDER BY revision") == [
        (1, TEXT, NOW),
        (2, TEXT + "!", later),
    ]
    assert rows(connection, "SELECT revision, text, first_loaded_at, last_loaded_at FROM news.articles") == [
        (2, TEXT + "!", NOW, later)
    ]
    assert rows(connection, "SELECT revision, count(*) FROM ingest.removals GROUP BY 1 ORDER BY 1") == [(1, 2), (2, 2)]


def test_an_unchanged_text_writes_no_revision_but_the_new_modification_time(connection: Connection) -> None:
    later = NOW + timedelta(hours=1)
    loaded(connection, article(1))
    assert loaded(connection, article(1, modified_at=later), now=later) == [(Reason.SAME_TEXT, 1)]
    assert rows(connection, "SELECT revision, modified_at, last_loaded_at FROM news.articles") == [(1, later, NOW)]
    assert rows(connection, "SELECT last_seen_at FROM ingest.articles") == [(later,)]


def test_a_variant_that_claims_the_same_canonical_url_is_a_duplicate_of_its_article(connection: Connection) -> None:
    one, amp = article(1), article(2, canonical_url="https://a.example/1")
    assert loaded(connection, one, amp) == [(Reason.NEW, 1), (Reason.SAME_ARTICLE, 1)]
    assert rows(connection, "SELECT outcome, article_id FROM ingest.entries ORDER BY entry_id") == [
        ("loaded", 1),
        ("duplicate", 1),
    ]


def test_a_variant_has_its_original_visited_which_then_takes_the_article_over(connection: Connection) -> None:
    own = "https://a.example/2026/11/story-1"
    variant = article(2, canonical_url=own)
    assert loaded(connection, variant) == [(Reason.NEW, 1)]
    assert rows(connection, "SELECT url FROM news.articles") == [("https://a.example/2",)]
    assert rows(connection, "SELECT url, source FROM ingest.entries WHERE stage = 'waiting'") == [(own, "canonical")]
    original = replace(article(1, TEXT + "!"), url=own)
    assert loaded(connection, original) == [(Reason.REVISED, 2)]
    assert rows(connection, "SELECT article_id, url, revision FROM news.articles") == [(1, own, 2)]
    assert rows(connection, "SELECT * FROM ingest.claims") == []
    assert loaded(connection, variant, now=NOW + timedelta(hours=1)) == [(Reason.SAME_ARTICLE, 2)]
    with transaction(connection):
        assert audit(connection, NOW).clean


def test_a_page_that_lies_about_its_original_is_not_merged_with_it(connection: Connection) -> None:
    own = "https://a.example/2026/11/story-1"
    loaded(connection, article(2, canonical_url=own))
    assert loaded(connection, replace(article(1, "كلام آخر تماما. " * 30), url=own)) == [(Reason.NEW, 1)]
    assert rows(connection, "SELECT url FROM news.articles ORDER BY url") == [("https://a.example/2",), (own,)]


def test_what_many_pages_claim_or_no_article_could_be_is_not_visited(connection: Connection) -> None:
    section, story = "https://a.example/news", "https://a.example/2026/11/story-1"
    texts = [f"{word} " * 40 for word in ("أول", "ثان", "ثالث")]
    loaded(connection, article(1, texts[0], canonical_url=section))
    loaded(connection, article(2, texts[1], canonical_url=story), article(3, texts[2], canonical_url=story))
    assert rows(connection, "SELECT url FROM ingest.entries WHERE stage = 'waiting'") == []


def test_pages_that_all_claim_one_canonical_url_are_kept_apart_by_their_texts(connection: Connection) -> None:
    claim_all = "https://a.example/news"
    texts = [f"{word} " * 40 for word in ("أول", "ثان", "ثالث")]
    pages = [article(number, text, canonical_url=claim_all) for number, text in enumerate(texts)]
    assert loaded(connection, *pages) == [(Reason.NEW, 1)] * 3
    assert rows(connection, "SELECT count(DISTINCT url) FROM news.articles") == [(3,)]


def test_batches_that_bring_the_same_article_at_the_same_time_load_it_once(
    writer_dsn: str, connection: Connection
) -> None:
    claimed_url = "https://a.example/news"
    batches = [accepted(connection, article(number, canonical_url=claimed_url)) for number in range(6)]

    def loader(batch_id: int) -> tuple[Loaded, ...]:
        with connect(writer_dsn) as own, transaction(own):
            return load(own, batch_id, NOW)

    with ThreadPoolExecutor(6) as pool:
        outcomes = sorted(one.outcome for result in pool.map(loader, batches) for one in result)
    assert outcomes == [Outcome.DUPLICATE] * 5 + [Outcome.LOADED]
    assert rows(connection, "SELECT revision FROM news.articles") == [(1,)]
