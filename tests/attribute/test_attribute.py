from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from copydesk.attribute import attribute
from copydesk.models import LEFT_OUT, NAVIGATION, OUTSIDE, Attribution, Block, Extract, Label, Metadata, Removal

DATA = Path(__file__).resolve().parents[1] / "data" / "clean"
PROSE = [
    "The harbour authority has postponed the dredging of the eastern channel after a sonar survey found a wreck.",
    "Divers are expected to examine the site next week, a spokeswoman said, adding that ferries keep their timetable.",
    "Archaeologists estimate that the vessel sank in the late eighteenth century, when the port was young.",
]


def attributed(
    lines: Sequence[str | tuple[Label, str]], domain: str = "cedar.example", **metadata: object
) -> Attribution:
    pairs = [(Label.BODY, line) if isinstance(line, str) else line for line in lines]
    blocks = tuple(Block(position, text, label) for position, (label, text) in enumerate(pairs))
    extract = Extract(f"https://{domain}/a", Metadata(**metadata), blocks)  # type: ignore[arg-type]
    return attribute(extract, domain)


@pytest.mark.parametrize(
    ("opening", "agency"),
    [
        ("BEIRUT (Reuters) - ", "Reuters"),
        ("BEIRUT, March 3 (Reuters) - ", "Reuters"),
        ("(رويترز) - ", "Reuters"),
        ("بيروت (رويترز) - ", "Reuters"),
        ("بيروت - أ ف ب - ", "AFP"),
        ("باريس (أ ف ب) – ", "AFP"),
        ("القاهرة - أ ش أ: ", "MENA"),
        ("PARIS (AFP) ", "AFP"),
        ("Paris (AFP) – ", "AFP"),
        ("(AP) — ", "AP"),
        ("WASHINGTON (AP) — ", "AP"),
        ("Berlin (dpa) - ", "dpa"),
        ("Berlin (dpa/bb) - ", "dpa"),
        ("Madrid, 3 mar (EFE).- ", "EFE"),
        ("(ANSA) - ROMA, 3 MAR - ", "ANSA"),
        ("МОСКВА, 3 марта. /ТАСС/. ", "TASS"),
        ("МОСКВА, 3 мар — РИА Новости. ", "RIA Novosti"),
        ("ANKARA (AA) - ", "Anadolu"),
        ("İSTANBUL (AA) - ", "Anadolu"),
        ("أنقرة/ الأناضول/ ", "Anadolu"),
        ("BEIJING, March 3 (Xinhua) -- ", "Xinhua"),
        ("新华社北京3月3日电 ", "Xinhua"),
        ("تهران - ایرنا - ", "IRNA"),
        ("AFP - ", "AFP"),
        ("(CNN) ", "CNN"),
    ],
)
def test_dateline_names_the_agency(opening: str, agency: str) -> None:
    attribution = attributed([opening + PROSE[0], *PROSE[1:]])
    assert (attribution.agency, attribution.method) == (agency, "dateline")
    assert attribution.confidence >= 0.8
    assert attribution.evidence is not None
    assert attribution.evidence.startswith(opening.strip()[:5])


@pytest.mark.parametrize(
    ("line", "agency", "method"),
    [
        ("(Reporting by Jane Roe in Beirut; Editing by John Smith)", "Reuters", "credit-line"),
        ("(إعداد أحمد علي للنشرة العربية - تحرير سارة حسن)", "Reuters", "credit-line"),
        ("bur-jmk/srm", "AFP", "credit-line"),
        ("Source: AP", "AP", "agency-line"),
        ("المصدر: رويترز", "Reuters", "agency-line"),
        ("المصدر : وكالة شينخوا", "Xinhua", "agency-line"),
        ("Quelle: dpa", "dpa", "agency-line"),
        ("Источник: ТАСС", "TASS", "agency-line"),
        ("来源：新华社", "Xinhua", "agency-line"),
        ("© AFP", "AFP", "agency-line"),
        ("(رويترز)", "Reuters", "agency-line"),
        ("Reuters", "Reuters", "agency-line"),
        ("ТАСС", "TASS", "agency-line"),
        ("Copyright 2024 The Associated Press. All rights reserved.", "AP", "credit-line"),
        ("This report by The Canadian Press was first published March 3, 2024.", "The Canadian Press", "credit-line"),
    ],
)
def test_last_line_names_the_agency(line: str, agency: str, method: str) -> None:
    attribution = attributed([*PROSE, line])
    assert (attribution.agency, attribution.method) == (agency, method)
    assert attribution.evidence == line


@pytest.mark.parametrize(
    "line",
    [
        "The Associated Press contributed to this report.",
        "AP writer Jane Roe contributed to this story.",
        "(With inputs from AP)",
    ],
)
def test_a_contribution_is_weaker_than_authorship(line: str) -> None:
    attribution = attributed([*PROSE, line])
    assert attribution.agency == "AP"
    assert attribution.confidence <= 0.5


def test_a_dateline_on_its_own_line_names_the_agency() -> None:
    attribution = attributed(["بيروت - رويترز", *PROSE])
    assert (attribution.agency, attribution.method) == ("Reuters", "dateline")


def test_a_last_paragraph_that_ends_in_an_agency_in_brackets_is_its() -> None:
    attribution = attributed([*PROSE[:2], f"{PROSE[2]} (Reuters)"])
    assert (attribution.agency, attribution.method) == ("Reuters", "credit-line")


@pytest.mark.parametrize(
    ("author", "agency"),
    [
        ("Reuters", "Reuters"),
        ("Reuters Staff", "Reuters"),
        ("By The Associated Press", "AP"),
        ("Jane Roe, Associated Press", "AP"),
        ("Agence France-Presse", "AFP"),
        ("رويترز", "Reuters"),
        ("بي بي سي عربي", "BBC"),
        ("وكالات", "Agencies"),
    ],
)
def test_author_names_the_agency(author: str, agency: str) -> None:
    attribution = attributed(PROSE, authors=(author,))
    assert (attribution.agency, attribution.method) == (agency, "author")


def test_wires_without_a_name_are_weaker_than_a_name() -> None:
    both = attributed([f"بيروت (رويترز) - {PROSE[0]}", *PROSE[1:], "المصدر: وكالات"])
    assert both.agency == "Reuters"
    unnamed = attributed([*PROSE, "المصدر: وكالات"])
    assert unnamed.agency == "Agencies"
    assert unnamed.confidence < both.confidence
    assert attributed([*PROSE, "Source: Reuters"], authors=("وكالات",)).agency == "Reuters"


@pytest.mark.parametrize(
    "line",
    ["X/Reuters", "Getty Images", "AFP via Getty Images", "REUTERS/Jane Roe", "Photo: Reuters", "Reuters", "© Reuters"],
)
def test_a_photo_credit_inside_the_text_is_no_evidence(line: str) -> None:
    attribution = attributed([PROSE[0], "The eastern channel", line, *PROSE[1:]])
    assert attribution.agency is None


def test_the_lead_photos_credit_is_no_evidence() -> None:
    assert attributed(["The eastern channel on Monday", "Reuters", *PROSE]).agency is None
    assert attributed([(Label.CREDIT, "Reuters"), *PROSE]).agency is None


@pytest.mark.parametrize(
    "paragraph",
    [
        "Reuters reported on Monday that the wreck may be a frigate, citing two people who know the survey.",
        "The mayor told Reuters that the works would cost more than planned, and that the state would have to help.",
        "قال أحد الخبراء لبي بي سي إن هذا الأمر غير مرجح، وإن السفينة قد تكون فرقاطة من القرن الثامن عشر.",
        "The report (AFP) said that the works would cost more than planned, and that the state would have to help.",
    ],
)
def test_a_mention_inside_the_text_names_nobody(paragraph: str) -> None:
    attribution = attributed([paragraph, *PROSE])
    assert attribution.agency is None
    assert attribution.confidence <= 0.2


def test_an_outlet_that_the_text_quotes_is_told_as_a_mention() -> None:
    paragraph = "The mayor told Reuters that the works would cost more than planned, and that he would ask for help."
    attribution = attributed([PROSE[0], paragraph])
    assert (attribution.agency, attribution.method, attribution.confidence) == (None, "mention", 0.2)
    assert attribution.evidence == paragraph


def test_a_dateline_far_down_opens_another_report_of_a_round_up() -> None:
    item = f"PARIS (AFP) - {PROSE[1]}"
    assert attributed([*PROSE * 2, item]).agency == "AFP"
    assert attributed([*PROSE * 3, item]).agency is None


@pytest.mark.parametrize(("lines_between", "agency"), [(9, "Reuters"), (10, None)])
def test_a_name_counts_ten_lines_behind_the_text_and_no_farther(lines_between: int, agency: str | None) -> None:
    assert attributed([*PROSE, *["Ports"] * lines_between, "Reuters"]).agency == agency


def test_long_notices_behind_the_text_do_not_hide_the_line_that_names_the_agency() -> None:
    rights = "© 2026 Cedar Media Group. Nothing on these pages may be printed again, not in part, unless we say so."
    assert attributed([*PROSE, "Source: Reuters", rights]).agency == "Reuters"
    blocks = tuple(Block(position, text) for position, text in enumerate([*PROSE, "Source: Reuters"]))
    cookies = Removal(9, rights.removeprefix("© "), Label.OTHER_BOILERPLATE, LEFT_OUT, "2")
    assert attribute(Extract("https://cedar.example/a", Metadata(), blocks, (cookies,)), "x").agency == "Reuters"


@pytest.mark.parametrize("sentence", ["They came with files from AFP under the arm.", "She had inputs from Reuters."])
def test_a_long_paragraph_that_speaks_of_material_from_an_agency_is_no_credit(sentence: str) -> None:
    assert attributed([PROSE[0], " ".join([*PROSE, sentence, *PROSE])]).agency is None


def test_a_name_between_dashes_far_from_the_beginning_is_no_dateline() -> None:
    prose = "that the works would cost more than planned, and that the state would have to help."
    assert attributed([f"Beirut port - Reuters - {prose}"]).agency == "Reuters"
    assert attributed([f"The mayor of the port and of the old market - Reuters - {prose}"]).agency is None


def test_the_seed_article_is_not_taken_for_the_photo_agencys() -> None:
    lines = [line for line in (DATA / "seed-article.txt").read_text(encoding="utf-8").split("\n") if line.strip()]
    assert attributed(lines).agency is None


def test_evidence_among_the_blocks_left_out_counts() -> None:
    blocks = tuple(Block(position, text) for position, text in enumerate(PROSE))
    left_out = Removal(9, "Source: Reuters", Label.OTHER_BOILERPLATE, "outside", "1")
    extract = Extract("https://cedar.example/a", Metadata(site_name="Cedar"), blocks, removals=(left_out,))
    assert attribute(extract, "cedar.example").agency == "Reuters"


@pytest.mark.parametrize("rule", [NAVIGATION, OUTSIDE])
def test_menus_and_what_stands_outside_of_the_container_are_no_evidence(rule: str) -> None:
    blocks = tuple(Block(position, text) for position, text in enumerate(PROSE))
    menu = Removal(9, "Reuters", Label.OTHER_BOILERPLATE, rule, "1")
    assert attribute(Extract("https://cedar.example/a", Metadata(), blocks, (menu,)), "cedar.example").agency is None


def test_what_a_page_says_counts_before_whose_site_it_is_on() -> None:
    attribution = attributed([f"PARIS (AFP) - {PROSE[0]}", *PROSE[1:]], domain="reuters.com", site_name="Reuters")
    assert (attribution.agency, attribution.publisher, attribution.method) == ("AFP", "Reuters", "dateline")


def test_the_agencys_own_site_is_evidence_and_the_publisher_is_the_site() -> None:
    attribution = attributed(PROSE, domain="reuters.com", site_name="Reuters")
    assert (attribution.agency, attribution.publisher, attribution.method) == ("Reuters", "Reuters", "own-site")


def test_nothing_said_is_nobody() -> None:
    assert attributed(PROSE) == Attribution(None, "cedar.example", "none", None, 0.0)
