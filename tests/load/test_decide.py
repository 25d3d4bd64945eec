"""What loading does with each candidate."""

from __future__ import annotations

from copydesk.load.decide import Arrival, Existing, decide, decide_all
from copydesk.load.identity import content_key
from copydesk.models import Article, Attribution, Block, Candidate, Metadata, Outcome, Reason

OWN, AMP, OTHER = "https://a.example/1", "https://a.example/amp/1", "https://a.example/2"
TEXT = "The harvest will begin on time this year although the rains came late to the north of the country."
CORRECTED = TEXT.replace("north", "south")
ELSE = "The council approved a new tram line on Tuesday after a debate that lasted well into the night."


def arrival(entry_url: str, article_url: str, text: str = TEXT, title: str = "Harvest") -> Arrival:
    article = Article(article_url, Metadata(title=title), (Block(0, text),), (), "trafilatura")
    return Arrival(
        Candidate(1, "a.example", article, Attribution(None, None, "none", None, 0), None), entry_url, article_url
    )


def existing(url: str, entry_url: str, text: str = TEXT, title: str = "Harvest") -> Existing:
    return Existing(url, entry_url, content_key(title, text), text, 3)


def outcome(known: Existing | None, one: Arrival) -> tuple[Outcome, Reason, int] | None:
    decision = decide(known, one)
    return decision and (decision.outcome, decision.reason, decision.revision)


def test_an_unknown_url_is_a_new_article() -> None:
    assert outcome(None, arrival(OWN, OWN)) == (Outcome.LOADED, Reason.NEW, 1)


def test_the_same_title_and_text_again_is_unchanged() -> None:
    assert outcome(existing(OWN, OWN), arrival(OWN, OWN)) == (Outcome.UNCHANGED, Reason.SAME_TEXT, 3)


def test_a_changed_text_or_title_is_the_next_revision() -> None:
    assert outcome(existing(OWN, OWN), arrival(OWN, OWN, ELSE)) == (Outcome.LOADED, Reason.REVISED, 4)
    assert outcome(existing(OWN, OWN), arrival(OWN, OWN, title="Rain")) == (Outcome.LOADED, Reason.REVISED, 4)


def test_a_variant_with_the_same_article_is_a_duplicate_even_where_its_words_differ_a_little() -> None:
    assert outcome(existing(OWN, OWN), arrival(AMP, OWN)) == (Outcome.DUPLICATE, Reason.SAME_ARTICLE, 3)
    assert outcome(existing(OWN, OWN), arrival(AMP, OWN, CORRECTED)) == (Outcome.DUPLICATE, Reason.SAME_ARTICLE, 3)


def test_the_articles_own_url_revises_what_a_variant_brought() -> None:
    assert outcome(existing(OWN, AMP), arrival(OWN, OWN, CORRECTED)) == (Outcome.LOADED, Reason.REVISED, 4)
    assert outcome(existing(OWN, AMP), arrival(OWN, OWN)) == (Outcome.DUPLICATE, Reason.SAME_ARTICLE, 3)


def test_another_article_under_a_claimed_url_is_kept_under_its_own() -> None:
    assert outcome(existing(OWN, OWN), arrival(OTHER, OWN, ELSE)) is None
    [decision] = decide_all([arrival(OTHER, OWN, ELSE)], {OWN: existing(OWN, OWN)})
    assert (decision.url, decision.outcome, decision.reason) == (OTHER, Outcome.LOADED, Reason.NEW)


def test_each_decision_knows_what_the_ones_before_it_did() -> None:
    decisions = decide_all([arrival(OWN, OWN), arrival(AMP, OWN), arrival(OWN, OWN, CORRECTED)], {})
    assert [(one.reason, one.revision) for one in decisions] == [
        (Reason.NEW, 1),
        (Reason.SAME_ARTICLE, 1),
        (Reason.REVISED, 2),
    ]
