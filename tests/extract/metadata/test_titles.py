"""Titles without the site's name."""

from __future__ import annotations

import pytest

from copydesk.extract.metadata.titles import Titled, choose_title
from copydesk.models import Source

SITES = ["The Lune Post", "post.example"]


@pytest.mark.parametrize(
    ("title", "headings", "expected"),
    [
        ("Harbour closed | The Lune Post", [], "Harbour closed"),
        ("The Lune Post: Harbour closed", ["Harbour closed"], "Harbour closed"),
        ("Harbour closed - World - The Lune Post", ["The Lune Post", "Harbour closed"], "Harbour closed"),
        ("إغلاق الميناء - The Lune Post", [], "إغلاق الميناء"),
        ("A crane - and the harbour it closed", [], "A crane - and the harbour it closed"),
        ("Harbour closed", ["Harbour closed for a week"], "Harbour closed for a week"),
        ("Where ships wait", ["Nobody can leave Port Lune"], "Nobody can leave Port Lune"),
        ("Harbour closed", ["The Lune Post"], "Harbour closed"),
        ("The Lune Post: Harbour closed", [], "Harbour closed"),
        ("Harbour closed again today_The Lune Post", [], "Harbour closed again today"),
        ("Harbour closed: what crews must know", [], "Harbour closed: what crews must know"),
        ("إغلاق الميناء بعد سقوط رافعة | The Lune Post", [], "إغلاق الميناء بعد سقوط رافعة"),
        ("إغلاق الميناء بعد سقوط رافعة ـ The Lune Post", [], "إغلاق الميناء بعد سقوط رافعة"),
        ("港口因起重机倒塌而关闭--国际--The Lune Post", [], "港口因起重机倒塌而关闭"),
        ("港口因起重机倒塌而关闭丨The Lune Post", [], "港口因起重机倒塌而关闭"),
        ("港口因起重机倒塌而关闭：The Lune Post", [], "港口因起重机倒塌而关闭"),
        ("首届港口合作论坛 - 共同为两国航运合作指明方向", [], "首届港口合作论坛 - 共同为两国航运合作指明方向"),
        (
            "Crane erklärt: der Hafen bleibt zu! - und doch nicht - The Lune Post",
            [],
            "Crane erklärt: der Hafen bleibt zu! - und doch nicht",
        ),
        ("Harbour closed", ["Lune Post", "Harbour closed"], "Harbour closed"),
    ],
)
def test_the_title_that_readers_see_wins_without_the_sites_name(title: str, headings: list[str], expected: str) -> None:
    found = choose_title([Titled(title, Source.META)], headings, SITES)
    assert found is not None
    assert found.text == expected


def choose(data: list[str], headings: list[str], shown: tuple[str, ...] = ()) -> str:
    found = choose_title([Titled(title, Source.META) for title in data], headings, SITES, shown)
    assert found is not None
    return found.text


def test_a_heading_with_something_added_gives_way_where_all_data_agree() -> None:
    title, heading = "Harbour closed again today", "Breaking: Harbour closed again today"
    assert choose([title, title, f"{title} - The Lune Post"], [heading]) == title
    assert choose([title, f"{title} - The Lune Post"], [heading]) == heading
    assert choose([title, "Harbour closed again", title], [heading]) == heading


def test_a_day_or_a_count_behind_the_title_goes_where_two_of_the_data_agree() -> None:
    title = "Harbour closed again today"
    assert choose([title, f"{title} - The Lune Post"], [f"{title} Posted on July 1 by ana"]) == title
    assert choose([title, f"{title} - The Lune Post"], [f"{title} (post.example) 87"]) == title
    assert choose([title], [f"{title} 2024"]) == f"{title} 2024"


@pytest.mark.parametrize(
    ("data", "banner"),
    [
        (["Small cranes of the coast", "Roe's Crane Pages: Small cranes of the coast"], "Roe's Crane Pages"),
        (["الميناء مغلق مرة أخرى اليوم", "الميناء مغلق مرة أخرى اليوم | دفتر الميناء"], "دفتر الميناء"),
        (["Der Hafen bleibt zu", "Der Hafen bleibt zu - Kranbuch"], "Kranbuch"),
    ],
)
def test_what_one_title_adds_to_another_is_the_sites_name(data: list[str], banner: str) -> None:
    assert choose(data, [banner]) == data[0]


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("Harbour closed again – The Lune Post", "Harbour closed again"),
        ("Harbour &amp; cranes &#x26; ships", "Harbour & cranes & ships"),
        ("The harbour\u00e2\u0080\u0099s cranes are closed", "The harbour’s cranes are closed"),
        ("Â la carte for all of the crews", "Â la carte for all of the crews"),
        ("About – The Lune Post", "About – The Lune Post"),  # too little would be left
        ("The harbour – and the post that it lost", "The harbour – and the post that it lost"),
    ],
)
def test_a_heading_is_freed_of_the_sites_name_and_of_entities(heading: str, expected: str) -> None:
    assert choose([heading], [heading]) == expected


@pytest.mark.parametrize(
    ("heading", "expected"),
    [
        ("How harbours change their cranes | Opinion", "How harbours change their cranes"),
        ("How crews sleep at night | Crew Health | Port Lune's Clinic", "How crews sleep at night"),
        ("Budget 2024 | Crews get a new crane", "Budget 2024 | Crews get a new crane"),  # a topic first
        (
            "Crews get a crane | What it costs and who pays for it",
            "Crews get a crane | What it costs and who pays for it",
        ),
    ],
)
def test_what_stands_behind_a_bar_is_no_part_of_the_title(heading: str, expected: str) -> None:
    assert choose([heading], [heading]) == expected


def test_a_lower_heading_that_is_the_datas_title_beats_a_top_heading_that_is_unlike_it() -> None:
    title, banner = "What do crews love about harbours?", "A message from all of our sponsors:"
    assert choose([f"{title} | The Lune Post"], [banner], (title,)) == title
    assert choose([f"{title} | The Lune Post"], [banner], ()) == banner


def test_a_paragraph_that_is_marked_as_the_heading_is_no_title() -> None:
    paragraph = "Learn which cranes of the harbour are best for ships, what they cost and who keeps them. " * 3
    assert choose(["Where all of the ships wait"], [paragraph]) == "Where all of the ships wait"


def test_of_two_headings_the_first_that_the_data_confirm_is_the_title() -> None:
    data = ["Harbour closed again - The Lune Post", "… crews concerned"]
    assert choose(data, ["Harbour closed again", "… crews concerned"]) == "Harbour closed again"


def test_a_page_without_any_title_has_none() -> None:
    assert choose_title([], [], SITES) is None


@pytest.mark.parametrize(
    ("title", "heading", "url"),
    [
        ("Ninety cranes of the coast", "Here is our list for May", "https://post.example/cranes-of-the-coast"),
        ("Ninety cranes of the coast", "A LIST OF CRANES", "https://post.example/ninety-cranes-coast/"),
        (
            "إغلاق الميناء بعد سقوط رافعة",
            "كل ما نعرفه حتى الآن عن الحادث",
            "https://post.example/إغلاق-الميناء-بعد-سقوط-رافعة",
        ),
        ("הנמל נסגר אחרי נפילת עגורן", "כל מה שידוע לנו עד עכשיו", "https://post.example/הנמל-נסגר-אחרי-נפילת-עגורן"),
    ],
)
def test_a_heading_gives_way_where_all_data_and_the_address_have_another_title(
    title: str, heading: str, url: str
) -> None:
    data = [Titled(title, Source.META), Titled(f"{title} | The Lune Post", Source.META)]
    found = choose_title(data, [heading], SITES, url=url)
    assert found == Titled(title, Source.META)
    for other in ("https://post.example/?p=17", "https://post.example/t/40223222", ""):
        assert choose_title(data, [heading], SITES, url=other) == Titled(heading, Source.VISIBLE)


@pytest.mark.parametrize(
    ("data", "url"),
    [
        (["Cranes of the coast", "A list for crews"], "https://post.example/cranes-of-the-coast"),  # do not agree
        (["Cranes of the coast"], "https://post.example/our-list-for-may-of-all-cranes-of-the-coast"),  # has both
        (["港口因起重机倒塌而关闭"], "https://post.example/gangkou-guanbi"),  # in another script
    ],
)
def test_a_heading_stays_where_data_and_address_do_not_both_have_another(data: list[str], url: str) -> None:
    heading = "Our list for May of all cranes of the coast"
    found = choose_title([Titled(title, Source.META) for title in data], [heading], SITES, url=url)
    assert found == Titled(heading, Source.VISIBLE)


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("Le maire : « Le port reste fermé » selon la presse", "Le maire : « Le port reste fermé » selon la presse"),
        ("La grue du port est tombée : le maire démissionne", "La grue du port est tombée : le maire démissionne"),
        ("La grue du port est tombée » Le Quai", "La grue du port est tombée"),
        ("Der Hafen bleibt geschlossen – und doch nicht", "Der Hafen bleibt geschlossen – und doch nicht"),
        ("Der Hafen bleibt geschlossen | die kleine Post", "Der Hafen bleibt geschlossen"),
        ("Lune – the town that lost its harbour", "Lune – the town that lost its harbour"),
        ("Lune Post – the town that lost its harbour", "the town that lost its harbour"),
        ("סערה בנמל: העגורן קרס אמש בלילה – דפי הנמל", "סערה בנמל: העגורן קרס אמש בלילה"),
        ("סערה בנמל: העגורן קרס אמש בלילה", "סערה בנמל: העגורן קרס אמש בלילה"),
        ("رئيس البلدية: «الميناء مغلق حتى الغد» وفق الصحف", "رئيس البلدية: «الميناء مغلق حتى الغد» وفق الصحف"),
    ],
)
def test_a_sentence_with_dashes_colons_and_quotes_is_one_title(title: str, expected: str) -> None:
    assert choose([title], []) == expected


@pytest.mark.parametrize(
    ("longer", "title"),
    [
        ("항구 크레인 사고로 열흘 동안 폐쇄-정치ㅣ항구일보", "항구 크레인 사고로 열흘 동안 폐쇄"),
        ("Harbour closed again-World", "Harbour closed again"),
    ],
)
def test_what_a_hyphen_adds_to_another_title_is_no_part_of_it(longer: str, title: str) -> None:
    assert choose([longer, title], []) == title
    assert choose([longer], []).startswith(title + "-")


def test_a_heading_that_says_that_it_is_the_title_does_not_say_so_in_it() -> None:
    assert choose(["Cranes and the ships that they load"], ["Title: Cranes and the ships that they load"]) == (
        "Cranes and the ships that they load"
    )
    assert choose(["Title: short"], ["Title: short"]) == "Title: short"


def test_a_number_behind_the_sites_name_is_an_issues() -> None:
    title = "The Lune Post #18 – The World Without Cranes"
    assert choose([title], [title]) == title
