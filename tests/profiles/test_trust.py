from __future__ import annotations

from copydesk.profiles.trust import RECENT_TRIALS, SAMPLE_PER_CENT, TRUSTED, Record, given_up, recent, sampled, trust


def test_a_new_template_is_trusted() -> None:
    assert trust(Record()) >= TRUSTED
    assert not given_up(Record())


def test_each_disagreement_lowers_trust_and_each_agreement_raises_it() -> None:
    assert trust(Record(hits=9, judged=3, agreed=2)) < trust(Record(hits=9, judged=3, agreed=3))
    assert trust(Record(hits=9, judged=3, agreed=3)) > trust(Record())


def test_a_template_the_judge_keeps_disagreeing_with_is_given_up() -> None:
    assert not given_up(Record(hits=50, judged=1, agreed=0))
    assert given_up(Record(hits=50, judged=3, agreed=0))


def test_a_template_that_stops_fitting_is_given_up_by_its_hit_rate() -> None:
    assert not given_up(Record(hits=1, misses=6))
    assert given_up(Record(hits=1, misses=9))


def test_a_long_good_past_does_not_hide_a_change() -> None:
    past = [Record(hits=20) for _ in range(500)]
    now = [Record(misses=20), Record(misses=20)]
    assert given_up(recent([*now, *past]))
    assert not given_up(recent(past))


def test_only_the_newest_trials_count() -> None:
    assert recent([Record(hits=RECENT_TRIALS), Record(misses=1000, judged=2)]) == Record(hits=RECENT_TRIALS, judged=2)


def test_sample_is_at_least_two_per_cent_and_the_same_each_time() -> None:
    urls = [f"https://gazette.example/{number}" for number in range(20_000)]
    chosen = [url for url in urls if sampled(url)]
    assert SAMPLE_PER_CENT >= 2
    assert 0.017 < len(chosen) / len(urls) < 0.023
    assert chosen == [url for url in urls if sampled(url)]
    assert all(sampled(url, 100) for url in urls[:50])
