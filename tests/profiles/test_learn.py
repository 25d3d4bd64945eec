from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import pytest

from copydesk.models import Page
from copydesk.profiles.learn import MAX_PAGES, learn
from copydesk.profiles.model import LEARNER_VERSION, Profile
from copydesk.profiles.teacher import Reading, reading

DOMAIN = "gazette.example"
Site = Callable[..., list]


def no_teacher(page: Page) -> Reading:
    return Reading()


def test_container_is_found_by_a_mark_that_no_article_s_own_number_is_part_of(site: Site) -> None:
    profile = learn([told.page for told in site(5)], DOMAIN)
    assert [template.container for template in profile.templates] == ['//div[contains(@class,"Text_body__")]']
    assert (profile.templates[0].pages, profile.templates[0].agreed) == (5, 5)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_same_pages_in_any_order_make_the_same_profile_byte_for_byte(site: Site, seed: int) -> None:
    pages = [told.page for told in site(6)]
    shuffled = pages[seed:] + pages[:seed][::-1] + pages[:2]
    assert learn(shuffled, DOMAIN).to_json() == learn(pages, DOMAIN).to_json()


def test_another_process_makes_the_same_profile(site: Site) -> None:
    pages = site(4)
    program = (
        "import sys; from datetime import UTC, datetime; from hashlib import sha256;"
        "from copydesk.models import Page; from copydesk.profiles.learn import learn; import json;"
        "pages = [Page(u, u, 200, {}, h.encode(), datetime(2026, 3, 1, tzinfo=UTC), sha256(h.encode()).digest())"
        " for u, h in json.load(sys.stdin)]; sys.stdout.write(learn(pages, 'gazette.example').to_json())"
    )
    given = json.dumps([(told.page.url, told.page.body.decode()) for told in pages])
    done = subprocess.run(
        [sys.executable, "-c", program],
        input=given,
        capture_output=True,
        text=True,
        check=True,
        env={**os.environ, "PYTHONHASHSEED": "7"},
    )
    assert done.stdout == learn([told.page for told in pages], DOMAIN).to_json()


def test_a_class_that_one_page_alone_shows_is_the_article_s_own(site: Site) -> None:
    names = ("amber", "birch", "cedar", "daisy", "elder")
    pages = [
        replace(told.page, body=told.page.body.replace(b'class="letter"', f'class="letter {name}"'.encode()))
        for name, told in zip(names, site(5), strict=True)
    ]
    vocabulary = set(learn(pages, DOMAIN).vocabulary)
    assert ".letter" in vocabulary
    assert vocabulary.isdisjoint(f".{name}" for name in names)


def test_profile_survives_its_json(site: Site) -> None:
    profile = learn([told.page for told in site(5)], DOMAIN)
    assert Profile.from_json(profile.to_json()) == profile
    assert profile.learner == LEARNER_VERSION


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"domain": 1}', '{"templates": [{}]}'])
def test_what_is_no_profile_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="not a site profile"):
        Profile.from_json(text)


def test_texts_that_repeat_across_articles_are_learned_but_an_agency_s_line_is_not(site: Site) -> None:
    profile = learn([told.page for told in site(6)], DOMAIN)
    repeated = {repeat.key: repeat.pages for repeat in profile.repeats if not repeat.opening}
    assert repeated["Advertisement: this story goes on below."] == 6
    assert repeated["Get the morning letter"] == 6
    assert any(key.startswith("The views of our readers") for key in repeated)
    assert "Reuters" not in repeated


def test_openings_that_lead_to_links_are_learned(site: Site) -> None:
    profile = learn([told.page for told in site(5)], DOMAIN)
    assert [repeat.key for repeat in profile.repeats if repeat.opening] == ["read also"]


def test_copies_of_one_article_are_one_witness(site: Site) -> None:
    told = site(1)[0]
    body = told.page.body + b"<!-- print view -->"
    copy = replace(told.page, url=told.page.url + "?print", body=body, content_hash=b"x" * 32)
    profile = learn([told.page, copy], DOMAIN)
    assert (profile.pages, profile.templates, profile.repeats) == (1, (), ())


def test_places_of_author_and_date_are_learned_where_the_page_s_data_are_silent(site: Site) -> None:
    profile = learn([told.page for told in site(5)], DOMAIN)
    places = {place.field: (place.attribute, place.example) for place in profile.places}
    assert places["published"][0] == "datetime"
    assert places["authors"][1].startswith("By ")


def test_two_layouts_of_one_site_are_kept_apart(site: Site) -> None:
    pages = [told.page for told in site(4)] + [told.page for told in site(4, start=50, layout="new")]
    containers = {template.container: template.agreed for template in learn(pages, DOMAIN).templates}
    assert set(containers.values()) == {4}
    assert ["Text_body__" in name or "flow" in name for name in containers] == [True, True]


def test_one_page_teaches_no_template(site: Site) -> None:
    assert learn([site(1)[0].page], DOMAIN).templates == ()


def test_without_a_teacher_nothing_is_learned(site: Site) -> None:
    profile = learn([told.page for told in site(5)], DOMAIN, teacher=no_teacher)
    assert profile.templates == ()


def test_majority_outvotes_a_teacher_who_took_another_container_on_one_page(site: Site) -> None:
    pages = [told.page for told in site(5)]
    wrong = reading(["Harbour Gazette 2026 and a long line that stands nowhere on this page at all"], "", [], "", "")
    right = {told.page.content_hash: reading(list(told.body), told.title, [], "", "") for told in site(5)}
    right[pages[2].content_hash] = wrong
    profile = learn(pages, DOMAIN, teacher=lambda page: right[page.content_hash])
    assert [(template.pages, template.agreed) for template in profile.templates] == [(5, 4)]


def test_more_pages_than_needed_are_sampled_alike_in_any_order(site: Site) -> None:
    pages = [told.page for told in site(MAX_PAGES + 5)]
    truth = {told.page.content_hash: reading(list(told.body), told.title, [], "", "") for told in site(MAX_PAGES + 5)}
    profiles = [learn(order, DOMAIN, teacher=lambda page: truth[page.content_hash]) for order in (pages, pages[::-1])]
    assert profiles[0] == profiles[1]
    assert profiles[0].pages == MAX_PAGES


HOSTILE = {
    "nested": "<div class='a'>" * 3000 + "text " * 100 + "</div>" * 3000,
    "wide": "<p class=x>word" * 20000,
    "attribute": f"<div class='{'a ' * 200000}'>{'word ' * 200}</div>",
    "quotes": "<div class='a\"b' id='x\"]|//*[\"'><p>" + "word " * 100 + "</p></div>",
    "control": "<p>\x01\x02\u202e\ufeff" + "word " * 100 + "</p>",
    "empty": "",
    "no element": "<!-- -->",
    "frames": "<frameset><frame src=a></frameset>",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_pages_do_not_break_learning(site: Site, html_page: Callable[[str, str], Page], name: str) -> None:
    hostile = [html_page(f"https://gazette.example/h{number}", HOSTILE[name] + str(number)) for number in range(2)]
    pages = [told.page for told in site(4)]
    truth = {told.page.content_hash: reading(list(told.body), told.title, [], "", "") for told in site(4)}
    words = reading(["word " * 100], "", [], "", "")
    profile = learn(pages + hostile, DOMAIN, teacher=lambda page: truth.get(page.content_hash, words))
    containers = [template.container for template in profile.templates]
    assert '//div[contains(@class,"Text_body__")]' in containers


def test_rulings_stand_in_order_of_their_paths(site: Site) -> None:
    rulings = learn([told.page for told in site(5)], DOMAIN).templates[0].rulings
    assert all(one.path < other.path for one, other in pairwise(rulings))


@pytest.mark.parametrize(("mark", "is_apart"), [("", False), (" class=lead", True)])
def test_a_summary_made_of_the_first_paragraph_is_no_standfirst(
    html_page: Callable[[str, str], Page], site: Site, mark: str, is_apart: bool
) -> None:
    pages = []
    for told in site(5):
        summary, *rest = (line for line in told.body if len(line) > 80)
        text = f"<p{mark}>{summary}</p>" + "".join(f"<p>{line}</p>" for line in rest)
        head = f'<meta name=description content="{summary}"><title>{told.title}</title>'
        html = f"<html lang=en><head>{head}</head><body><h1>{told.title}</h1><div class=text>{text}</div></body></html>"
        pages.append(html_page(told.page.url, html))
    assert [template.standfirst for template in learn(pages, DOMAIN).templates] == [is_apart]
