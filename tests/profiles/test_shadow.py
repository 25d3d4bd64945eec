from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from copydesk.profiles import shadow
from copydesk.profiles.alike import alike
from copydesk.profiles.learn import learn
from copydesk.profiles.relearn import judge
from copydesk.profiles.shadow import Score
from copydesk.profiles.teacher import read, reading

DOMAIN = "gazette.example"
Site = Callable[..., list]


def test_a_good_first_profile_is_accepted_with_its_figures(site: Site) -> None:
    profile, decision = judge(DOMAIN, [told.page for told in site(6)], None)
    assert decision.accepted
    assert (decision.score.pages, decision.score.hit_rate) == (6, 1.0)
    assert "reads 100% of 6 stored pages" in decision.reason
    assert profile.templates


def test_a_version_that_reads_fewer_pages_than_the_one_in_use_is_refused(site: Site) -> None:
    decision = shadow.decide(Score(20, 0.8, 0.99), Score(20, 1.0, 0.99))
    assert not decision.accepted
    assert "worse" in decision.reason


def test_a_version_that_is_less_like_the_teacher_is_refused() -> None:
    assert not shadow.decide(Score(20, 1.0, 0.9), Score(20, 1.0, 0.99)).accepted
    assert shadow.decide(Score(20, 1.0, 0.98), Score(20, 1.0, 0.99)).accepted


def test_a_version_that_is_of_little_use_is_refused_though_there_is_none_before() -> None:
    assert not shadow.decide(Score(20, 0.4, 1.0), None).accepted
    assert not shadow.decide(Score(20, 1.0, 0.5), None).accepted


def test_a_spoilt_profile_is_found_out_on_stored_pages(site: Site) -> None:
    pages = [told.page for told in site(6)]
    good = learn(pages, DOMAIN)
    template = good.templates[0]
    wrong = tuple(replace(ruling, body=not ruling.body) for ruling in template.rulings)
    spoilt = replace(good, templates=(replace(template, rulings=wrong),))
    old, new = (shadow.score(profile, pages, read) for profile in (good, spoilt))
    assert not shadow.decide(new, old).accepted


def test_a_fifth_is_held_out_where_there_are_enough_pages(site: Site) -> None:
    few, many = [told.page for told in site(6)], [told.page for told in site(60)]
    assert shadow.split(few) == (few, few)
    learning, testing = shadow.split(many)
    assert sorted([*learning, *testing], key=many.index) == many
    assert 3 <= len(testing) <= 24


def test_likeness_is_of_words_in_any_order_and_of_characters_where_words_are_not_parted() -> None:
    assert alike("one two three", "three two one") == 1.0
    assert alike("one two", "three four") == 0.0
    assert alike("", "") == 0.0
    assert 0.5 < alike("新华社北京电", "新华社上海电") < 1


def test_what_few_articles_cannot_show_is_told(site: Site) -> None:
    pages = [told.page for told in site(6)]
    _, few = judge(DOMAIN, pages[:2], None)
    assert few.accepted
    assert few.reason.endswith("; 2 articles do not show what only some of a site's have; 5 would")
    _, enough = judge(DOMAIN, pages[:5], None)
    assert ";" not in enough.reason


def test_it_is_told_why_pages_taught_nothing(site: Site) -> None:
    page = site(1)[0].page
    copies = [replace(page, content_hash=bytes([number]) * 32) for number in range(3)]
    empty = [replace(page, body=b"", content_hash=bytes([number]) * 32) for number in range(3)]
    reasons = [judge(DOMAIN, pages, None)[1].reason for pages in ([page], copies, empty)]
    assert reasons == [
        "one article: what is the site's shows on two at least, and better on 5",
        "3 pages of one article: what is the site's shows on two at least, and better on 5",
        "none of 3 pages holds text",
    ]


def test_short_pages_of_which_the_teacher_reads_menus_too_condemn_no_profile(site: Site) -> None:
    pages = [told.page for told in site(5)]
    taught = {told.page.content_hash: reading(list(told.body), told.title, [], "", "") for told in site(5)}
    profile = learn(pages, DOMAIN, teacher=lambda page: taught[page.content_hash])
    menus = reading(["Harbour", "Gazette", "Home"] * 200, "", [], "", "")
    for page in pages[:2]:
        taught[page.content_hash] = menus
    assert shadow.decide(shadow.score(profile, pages, lambda page: taught[page.content_hash]), None).accepted
    taught[pages[2].content_hash] = menus
    assert not shadow.decide(shadow.score(profile, pages, lambda page: taught[page.content_hash]), None).accepted
