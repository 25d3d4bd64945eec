"""What loading does with each candidate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from copydesk.load.decide import Arrival, Existing, Move, decide_all
from copydesk.load.identity import content_key
from copydesk.models import Article, Attribution, Block, Candidate, Metadata, Reason

OWN, AMP, OTHER = "https://a.example/1", "https://a.example/amp/1", "https://a.example/2"
TEXT = "The harvest will begin on time this year although the rains came late to the north of the country."
CORRECTED = TEXT.replace("north", "south")
ELSE = "The council approved a new tram line on Tuesday after a debate that lasted well into the night."


def arrival(
    entry_url: str, article_url: str, text: str = TEXT, title: str = "Harvest", claimed: str | None = None
) -> Arrival:
    article = Article(article_url, Metadata(title=title), (Block(0, text),), (), "trafilatura")
    candidate = Candidate(1, "a.example", article, Attribution(None, None, "none", None, 0), None)
    return Arrival(candidate, entry_url, article_url, claimed)


def amp(text: str = TEXT) -> Arrival:
    return arrival(AMP, AMP, text, claimed=OWN)


def existing(
    url: str, entry_url: str, text: str = TEXT, title: str = "Harvest", claimed: str | None = None
) -> Existing:
    return Existing(url, entry_url, content_key(title, text), text, 3, claimed)


def planned(arrivals: Sequence[Arrival], *stored: Existing) -> tuple[list[tuple[str, Reason, int]], list[Move]]:
    """The decisions as URL, reason and revision; and the moves."""
    claiming = [article for article in stored if article.claimed_url]
    plan = decide_all(arrivals, {article.url: article for article in stored if not article.claimed_url}, claiming)
    return [(one.url, one.reason, one.revision) for one in plan.decisions], list(plan.moves)


def test_an_unknown_url_is_a_new_article() -> None:
    assert planned([arrival(OWN, OWN)]) == ([(OWN, Reason.NEW, 1)], [])


def test_the_same_title_and_text_again_is_unchanged() -> None:
    assert planned([arrival(OWN, OWN)], existing(OWN, OWN)) == ([(OWN, Reason.SAME_TEXT, 3)], [])


def test_a_changed_text_or_title_is_the_next_revision() -> None:
    assert planned([arrival(OWN, OWN, ELSE)], existing(OWN, OWN)) == ([(OWN, Reason.REVISED, 4)], [])
    assert planned([arrival(OWN, OWN, title="Rain")], existing(OWN, OWN)) == ([(OWN, Reason.REVISED, 4)], [])


def test_a_page_that_redirects_to_an_article_we_have_is_a_duplicate_even_where_its_words_differ_a_little() -> None:
    for text in (TEXT, CORRECTED):
        assert planned([arrival(OTHER, OWN, text)], existing(OWN, OWN)) == ([(OWN, Reason.SAME_ARTICLE, 3)], [])


def test_an_articles_own_url_revises_what_another_visit_brought() -> None:
    stored = existing(OWN, OTHER)
    assert planned([arrival(OWN, OWN, CORRECTED)], stored) == ([(OWN, Reason.REVISED, 4)], [])
    assert planned([arrival(OWN, OWN)], stored) == ([(OWN, Reason.SAME_ARTICLE, 3)], [])


def test_a_page_that_moved_stays_the_article_that_it_was() -> None:
    assert planned([arrival(OWN, OTHER, CORRECTED)], existing(OWN, OWN)) == ([(OWN, Reason.REVISED, 4)], [])


def test_a_variant_whose_original_is_unknown_is_kept_under_its_own_url_with_its_claim() -> None:
    plan = decide_all([amp()], {})
    assert [(one.url, one.reason, one.claimed_url) for one in plan.decisions] == [(AMP, Reason.NEW, OWN)]


def test_a_variant_of_an_article_we_have_is_a_duplicate_if_the_texts_agree() -> None:
    assert planned([amp()], existing(OWN, OWN)) == ([(OWN, Reason.SAME_ARTICLE, 3)], [])
    assert planned([amp(CORRECTED)], existing(OWN, OWN)) == ([(OWN, Reason.SAME_ARTICLE, 3)], [])


def test_a_page_that_claims_another_article_is_kept_apart_from_it() -> None:
    assert planned([amp(ELSE)], existing(OWN, OWN)) == ([(AMP, Reason.NEW, 1)], [])


def test_variants_of_an_unknown_original_meet_each_other() -> None:
    mobile = arrival(OTHER, OTHER, CORRECTED, claimed=OWN)
    assert planned([mobile], existing(AMP, AMP, claimed=OWN)) == ([(AMP, Reason.SAME_ARTICLE, 3)], [])
    assert planned([amp(), mobile]) == ([(AMP, Reason.NEW, 1), (AMP, Reason.SAME_ARTICLE, 1)], [])


def test_the_original_takes_over_the_article_of_its_variant() -> None:
    stored = existing(AMP, AMP, claimed=OWN)
    move = [Move(AMP, OWN)]
    assert planned([arrival(OWN, OWN)], stored) == ([(OWN, Reason.SAME_ARTICLE, 3)], move)
    assert planned([arrival(OWN, OWN, CORRECTED)], stored) == ([(OWN, Reason.REVISED, 4)], move)


def test_an_original_and_its_variant_in_one_batch_are_one_article_in_either_order() -> None:
    assert planned([amp(), arrival(OWN, OWN, CORRECTED)]) == ([(OWN, Reason.NEW, 1), (OWN, Reason.REVISED, 2)], [])
    assert planned([arrival(OWN, OWN), amp()]) == ([(OWN, Reason.NEW, 1), (OWN, Reason.SAME_ARTICLE, 1)], [])


def test_an_original_that_says_something_else_takes_nothing_over() -> None:
    assert planned([arrival(OWN, OWN, ELSE)], existing(AMP, AMP, claimed=OWN)) == ([(OWN, Reason.NEW, 1)], [])


def test_the_variant_still_meets_its_article_after_that_moved() -> None:
    for text in (TEXT, CORRECTED):
        assert planned([amp(text)], existing(OWN, OWN)) == ([(OWN, Reason.SAME_ARTICLE, 3)], [])
    assert planned([amp(CORRECTED)], existing(OWN, AMP)) == ([(OWN, Reason.REVISED, 4)], [])


def test_another_article_at_the_url_where_redirects_led_is_kept_under_its_own() -> None:
    assert planned([arrival(OTHER, OWN, ELSE)], existing(OWN, OWN)) == ([(OTHER, Reason.NEW, 1)], [])


def test_who_lives_at_a_url_gets_it_from_who_only_led_there() -> None:
    assert planned([arrival(OWN, OWN, ELSE)], existing(OWN, OTHER)) == ([(OWN, Reason.NEW, 1)], [Move(OWN, OTHER)])


def test_each_decision_knows_what_the_ones_before_it_did() -> None:
    found, _ = planned([arrival(OWN, OWN), arrival(OTHER, OWN), arrival(OWN, OWN, CORRECTED)])
    assert [(reason, revision) for _, reason, revision in found] == [
        (Reason.NEW, 1),
        (Reason.SAME_ARTICLE, 1),
        (Reason.REVISED, 2),
    ]


TEXTS = st.sampled_from([TEXT, CORRECTED, ELSE])
URLS = st.sampled_from([OWN, AMP, OTHER])


@given(st.lists(st.builds(arrival, URLS, URLS, TEXTS, claimed=st.none() | URLS), max_size=8))
def test_pages_meet_in_one_article_only_where_their_texts_agree(arrivals: list[Arrival]) -> None:
    plan = decide_all(arrivals, {})
    assert [decision.arrival.entry_url for decision in plan.decisions] == [one.entry_url for one in arrivals]
    latest: dict[str, Existing] = {}
    for decision in plan.decisions:
        before, page = latest.get(decision.url), decision.arrival.entry_url
        assert (before is None) == (decision.reason is Reason.NEW)
        assert before is None or page == before.entry_url or before.agrees(decision.arrival)
        if decision.reason in (Reason.NEW, Reason.REVISED):
            text = decision.arrival.candidate.article.text
            latest[decision.url] = replace(existing(decision.url, page, text), revision=decision.revision)


def test_a_long_row_of_articles_each_at_the_next_ones_url_goes_home() -> None:
    def url(number: int) -> str:
        return f"https://a.example/{number}"

    row = [existing(url(number), url(number + 1), f"{TEXT} {number}" * 9) for number in range(1500)]
    decisions, moves = planned([arrival(url(0), url(0), ELSE)], *row)
    assert decisions == [(url(0), Reason.NEW, 1)]
    assert moves == [Move(url(number), url(number + 1)) for number in reversed(range(1500))]
