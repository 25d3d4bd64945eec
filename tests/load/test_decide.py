"""What loading does with each candidate."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from copydesk.load.decide import decide_all
from copydesk.load.identity import content_key
from copydesk.load.plan import Arrival, Decision, Existing, Item, Move, Plan
from copydesk.models import Article, Attribution, Block, Candidate, Metadata, Outcome, Reason

OWN, AMP, OTHER = "https://a.example/1", "https://a.example/amp/1", "https://a.example/2"
THIRD, SECTION = "https://a.example/3", "https://a.example/category/news"
TEXT = (
    "The harvest will begin on time this year although the rains came late to the north of the country. "
    "Farmers there had feared for weeks that the wheat would stay too short to be cut before the end of June."
)
CORRECTED = TEXT.replace("north", "south")
ELSE = "The council approved a new tram line on Tuesday after a debate that lasted well into the night."


def arrival(  # noqa: PLR0917 - as a visit says it, most of it seldom
    entry_url: str,
    article_url: str,
    text: str = TEXT,
    title: str = "Harvest",
    claimed: str | None = None,
    read_url: str | None = None,
    item: Item | None = None,
) -> Arrival:
    """What a visit brings; unless `read_url` is given, redirects led to where the page goes by."""
    article = Article(article_url, Metadata(title=title), (Block(0, text),), (), "trafilatura")
    candidate = Candidate(1, "a.example", article, Attribution(None, None, "none", None, 0), None)
    return Arrival(candidate, entry_url, read_url or article_url, article_url, claimed, item=item)


def amp(text: str = TEXT) -> Arrival:
    return arrival(AMP, AMP, text, claimed=OWN)


def existing(url: str, read_url: str, text: str = TEXT, title: str = "Harvest", claimed: str | None = None) -> Existing:
    return Existing(url, read_url, read_url, content_key(title, text), text, 3, claimed)


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


def test_a_link_that_redirects_to_an_article_we_have_is_a_visit_to_that() -> None:
    stored = existing(OWN, OWN)
    assert planned([arrival(OTHER, OWN)], stored) == ([(OWN, Reason.SAME_ARTICLE, 3)], [])
    assert planned([arrival(OTHER, OWN, CORRECTED)], stored) == ([(OWN, Reason.REVISED, 4)], [])


def test_another_spelling_of_an_articles_url_is_a_duplicate_even_where_its_words_differ_a_little() -> None:
    for text in (TEXT, CORRECTED):
        visit = arrival(OTHER, OWN, text, read_url=OTHER)
        assert planned([visit], existing(OWN, OWN)) == ([(OWN, Reason.SAME_ARTICLE, 3)], [])


def test_an_articles_own_url_revises_what_another_visit_brought() -> None:
    stored = existing(OWN, OTHER)
    assert planned([arrival(OWN, OWN, CORRECTED)], stored) == ([(OWN, Reason.REVISED, 4)], [])
    assert planned([arrival(OWN, OWN)], stored) == ([(OWN, Reason.SAME_ARTICLE, 3)], [])


def test_an_article_whose_url_leads_elsewhere_for_now_stays_where_it_is() -> None:
    plan = decide_all([arrival(OWN, OTHER, CORRECTED)], {OWN: existing(OWN, OWN)})
    [decision] = plan.decisions
    assert (decision.url, decision.reason, decision.read_url) == (OWN, Reason.REVISED, OWN)
    assert (plan.moves, plan.former) == ((), {})


def led(text: str = TEXT, to: str = OTHER, *, url: str = OWN, claimed: str | None = None) -> Arrival:
    """A visit to a URL that leads elsewhere for good."""
    return replace(arrival(url, to, text, claimed=claimed), for_good=True)


def after(arrivals: Sequence[Arrival], *stored: Existing) -> tuple[list[tuple[str, Reason, int]], Plan]:
    plan = decide_all(arrivals, {article.url: article for article in stored})
    return [(one.url, one.reason, one.revision) for one in plan.decisions], plan


def test_an_article_whose_url_leads_to_its_text_for_good_moves_there_and_a_revision_says_so() -> None:
    for text in (TEXT, CORRECTED):
        decisions, plan = after([led(text)], existing(OWN, OWN))
        assert decisions == [(OTHER, Reason.MOVED, 4)]
        assert (plan.moves, plan.former) == ((Move(OWN, OTHER),), {OWN: OTHER})
        assert plan.decisions[0].read_url == OTHER


def test_an_article_that_moved_back_is_where_it_was_and_left_the_other_url() -> None:
    moved = replace(existing(OTHER, OTHER), former_urls=frozenset({OWN}))
    decisions, plan = after([led(url=OTHER, to=OWN)], moved)
    assert decisions == [(OWN, Reason.MOVED, 4)]
    assert plan.former == {OTHER: OWN}


def test_the_old_url_of_an_article_that_moved_finds_it() -> None:
    moved = replace(existing(OTHER, OTHER), former_urls=frozenset({OWN}))
    assert after([led()], moved)[0] == [(OTHER, Reason.SAME_ARTICLE, 3)]
    assert after([arrival(OWN, OWN)], moved)[0] == [(OTHER, Reason.SAME_ARTICLE, 3)]
    decisions, plan = after([arrival(OWN, OWN, ELSE)], moved)  # another article is there now
    assert decisions == [(OWN, Reason.NEW, 1)]
    assert (plan.moves, plan.former) == ((), {})


def test_an_article_that_moved_twice_is_found_by_a_url_that_leads_to_the_last_one() -> None:
    moved = replace(existing(OTHER, OTHER), former_urls=frozenset({OWN}))
    decisions, plan = after([led(to=THIRD)], moved)
    assert decisions == [(THIRD, Reason.MOVED, 4)]
    assert plan.former == {OTHER: THIRD}


def test_an_article_whose_url_leads_to_another_known_one_stays_as_it_is_and_says_where_it_leads() -> None:
    stored = (existing(OWN, OWN), existing(OTHER, OTHER))
    for visit in (led(), led(CORRECTED), led(ELSE), arrival(OWN, OTHER)):
        decisions, plan = after([visit], *stored)
        assert decisions == [(OWN, Reason.REDIRECTED, 3)]
        assert plan.decisions[0].redirects_to == OTHER
        assert (plan.moves, plan.former) == ((), {})


def test_an_article_whose_url_leads_to_another_text_a_list_or_what_is_above_it_stays_as_it_is() -> None:
    deep, above = "https://a.example/world/africa/rains", "https://a.example/world/"
    for visit in (led(ELSE), arrival(OWN, OTHER, ELSE), led(to=SECTION), led(f"{TEXT} {ELSE} {ELSE[::-1]} {ELSE}")):
        decisions, plan = after([visit], existing(OWN, OWN))
        assert decisions == [(OWN, Reason.REDIRECTED, 3)]
        assert plan.decisions[0].redirects_to == visit.article_url
    assert after([led(url=deep, to=above)], existing(deep, deep))[0] == [(deep, Reason.REDIRECTED, 3)]


def test_an_article_that_is_back_at_its_url_does_not_lead_elsewhere_any_more() -> None:
    away = replace(existing(OWN, OWN), redirects_to=OTHER)
    for text in (TEXT, CORRECTED):
        assert after([arrival(OWN, OWN, text)], away)[1].decisions[0].redirects_to is None
    assert after([amp()], away)[1].decisions[0].redirects_to == OTHER  # a variant says nothing of it


def test_another_spelling_of_its_url_is_the_articles_own_whatever_it_says_now() -> None:
    plain = OWN.replace("https", "http")
    assert after([led(ELSE, OWN, url=plain)], existing(plain, plain))[0] == [(OWN, Reason.MOVED, 4)]


def test_a_page_that_claims_its_text_for_another_url_moves_nothing_there() -> None:
    assert after([led(claimed=OWN)], existing(OWN, OWN))[0] == [(OWN, Reason.SAME_TEXT, 3)]
    assert after([led(claimed=THIRD)], existing(OWN, OWN))[0] == [(OWN, Reason.SAME_TEXT, 3)]


def test_the_same_item_of_its_feed_under_another_url_is_the_same_article_there_if_texts_agree() -> None:
    stored = replace(existing(OWN, OWN), items=frozenset({(7, "guid")}))
    decisions, plan = after([arrival(OTHER, OTHER, CORRECTED, item=(7, "guid"))], stored)
    assert decisions == [(OTHER, Reason.MOVED, 4)]
    assert plan.former == {OWN: OTHER}
    for item in ((7, "other"), (8, "guid"), None):
        assert after([arrival(OTHER, OTHER, item=item)], stored)[0] == [(OTHER, Reason.NEW, 1)]
    assert after([arrival(OTHER, OTHER, ELSE, item=(7, "guid"))], stored)[0] == [(OTHER, Reason.NEW, 1)]
    elsewhere = "https://b.example/1"
    assert after([arrival(elsewhere, elsewhere, item=(7, "guid"))], stored)[0] == [(elsewhere, Reason.NEW, 1)]


def test_the_old_and_the_new_url_in_one_batch_are_one_article_in_either_order() -> None:
    item = (7, "guid")
    stored = replace(existing(OWN, OWN), items=frozenset({item}))
    own = arrival(OTHER, OTHER, item=item)
    assert after([led(), own], stored)[0] == [(OTHER, Reason.MOVED, 4), (OTHER, Reason.SAME_ARTICLE, 4)]
    assert after([own, led()], stored)[0] == [(OTHER, Reason.MOVED, 4), (OTHER, Reason.SAME_ARTICLE, 4)]


def test_redirects_that_lead_to_another_address_at_each_visit_lead_to_one_article() -> None:
    first, second = (f"{OWN}?sid={number}" for number in (1, 2))
    stored = replace(existing(first, first), entry_url=OWN)
    decisions, plan = after([arrival(OWN, second, CORRECTED)], stored)
    assert decisions == [(first, Reason.REVISED, 4)]
    assert plan.decisions[0].read_url == second
    assert after([arrival(OWN, second, ELSE)], stored)[0] == [(second, Reason.NEW, 1)]  # a link to what is newest


def test_nobody_is_sent_home_to_where_another_one_is() -> None:
    guest, resident = existing(OWN, OTHER), existing(OTHER, OTHER, ELSE)  # which should not be
    assert after([arrival(OWN, OWN, ELSE[::-1])], guest, resident)[0] == [(OWN, Reason.REVISED, 4)]


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


def test_another_article_that_goes_by_a_url_that_is_taken_is_kept_under_its_own() -> None:
    visit = arrival(OTHER, OWN, ELSE, read_url=OTHER)
    assert planned([visit], existing(OWN, OWN)) == ([(OTHER, Reason.NEW, 1)], [])


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
URLS = st.sampled_from([OWN, AMP, OTHER, THIRD, SECTION])
PAGES = st.builds(
    arrival,
    URLS,
    URLS,
    TEXTS,
    claimed=st.none() | URLS,
    read_url=st.none() | URLS,
    item=st.none() | st.tuples(st.integers(1, 2), st.sampled_from("ab")),
)
VISITS = st.builds(
    lambda one, for_good: replace(one, for_good=for_good and one.entry_url != one.read_url), PAGES, st.booleans()
)


class Shelf:
    """Writes plans as the database does: first the moves, then one article a URL; and fails where that would."""

    def __init__(self) -> None:
        self.articles: dict[str, Existing] = {}
        self.former: dict[str, str] = {}
        self.had: set[str] = set()

    def file(self, arrivals: Sequence[Arrival]) -> Plan:
        known = {url: replace(one, former_urls=self._left(url)) for url, one in self.articles.items()}
        plan = decide_all(arrivals, known, [one for one in known.values() if one.claimed_url])
        for move in plan.moves:
            self._move(move)
        for decision in plan.decisions:
            self._write(decision)
        own = {one.url for one in plan.decisions} | {move.new_url for move in plan.moves}
        self.former = {url: now for url, now in self.former.items() if url not in own} | dict(plan.former)
        self.had |= set(self.articles)
        return plan

    def _left(self, url: str) -> frozenset[str]:
        return frozenset(former for former, now in self.former.items() if now == url)

    def _move(self, move: Move) -> None:
        assert move.new_url not in self.articles
        self.articles[move.new_url] = replace(self.articles.pop(move.url), url=move.new_url, claimed_url=None)
        self.former = {url: move.new_url if now == move.url else now for url, now in self.former.items()}

    def _write(self, one: Decision) -> None:
        visit, before = one.arrival, self.articles.get(one.url)
        assert one.revision == (before.revision if before else 0) + (one.outcome is Outcome.LOADED)
        if before is None:
            assert one.reason is Reason.NEW
            before = existing(one.url, one.read_url, visit.text, claimed=one.claimed_url)
        if one.outcome is Outcome.LOADED:
            before = replace(before, content_key=visit.content_key, text=visit.text, entry_url=visit.entry_url)
            before = replace(before, items=before.items | ({visit.item} if visit.item else frozenset()))
        stands = {"read_url": one.read_url, "redirects_to": one.redirects_to}
        self.articles[one.url] = replace(before, revision=one.revision, **stands)


def in_order(shelf: Shelf) -> None:
    """No two articles were read at one URL, and every URL that an article ever had finds one, and one only."""
    assert len({one.read_url for one in shelf.articles.values()}) == len(shelf.articles)
    assert set(shelf.former.values()) <= set(shelf.articles)
    assert not set(shelf.former) & set(shelf.articles)
    assert shelf.had <= set(shelf.former) | set(shelf.articles)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.lists(VISITS, max_size=4), max_size=6))
def test_whatever_leads_where_plans_can_be_written_and_no_url_or_text_is_lost(batches: list[list[Arrival]]) -> None:
    shelf = Shelf()
    for arrivals in batches:
        before = dict(shelf.articles)
        plan = shelf.file(arrivals)
        assert [one.arrival.entry_url for one in plan.decisions] == [one.entry_url for one in arrivals]
        assert len(shelf.articles) == len(before) + sum(one.reason is Reason.NEW for one in plan.decisions)
        in_order(shelf)


@settings(max_examples=200, deadline=None)
@given(st.lists(VISITS, max_size=8))
def test_a_visit_that_is_made_twice_writes_once(arrivals: list[Arrival]) -> None:
    shelf = Shelf()
    for one in arrivals:
        shelf.file([one])
        [again] = shelf.file([one]).decisions
        assert again.outcome is not Outcome.LOADED
        in_order(shelf)


@settings(max_examples=200, deadline=None)
@given(st.lists(VISITS, max_size=8))
def test_only_its_own_page_makes_of_an_article_another_text(visits: list[Arrival]) -> None:
    shelf = Shelf()
    for visit in visits:
        before = dict(shelf.articles)
        plan = shelf.file([visit])
        was = {move.new_url: move.url for move in plan.moves}
        for decision in plan.decisions:
            old = before.get(was.get(decision.url, decision.url))
            if decision.outcome is Outcome.LOADED and decision.reason is not Reason.NEW:
                assert old is not None
                assert old.agrees(visit) or {visit.read_url, visit.article_url} & {old.url, old.read_url}


def test_a_long_row_of_articles_each_at_the_next_ones_url_goes_home() -> None:
    def url(number: int) -> str:
        return f"https://a.example/{number}"

    row = [existing(url(number), url(number + 1), f"{TEXT} {number}" * 9) for number in range(1500)]
    decisions, moves = planned([arrival(url(0), url(0), ELSE)], *row)
    assert decisions == [(url(0), Reason.NEW, 1)]
    assert moves == [Move(url(number), url(number + 1)) for number in reversed(range(1500))]
