from __future__ import annotations

import pytest

from copydesk.profiles.evidence import is_evidence
from copydesk.profiles.frames import around, framed
from copydesk.profiles.openings import Line

TITLE, AUTHOR = "Council votes on the old market", "Anna Miller"


@pytest.mark.parametrize(
    ("text", "frame"),
    [
        (f"Share «{TITLE}» on Facebook", ("share", "on facebook")),
        (f"You're reading: {TITLE}", ("you re reading", "")),
        (f"{TITLE} – follow us on Telegram", ("", "follow us on telegram")),
        (f"{AUTHOR} has written for us since 2010.", ("", "has written for us since 0")),
        ("شارك «مجلس المدينة يقر الخطة» على فيسبوك", ("شارك", "على فيسبوك")),
        (TITLE, None),
        (f"By {AUTHOR}", None),
        (f"{AUTHOR}, Reuters", None),
        (f"{TITLE}s are many, and this line has nothing to do with it", None),
        ("Anna Millers boat is for sale", None),
        (f"{TITLE} " + "and many words " * 30, None),
    ],
)
def test_what_stands_before_and_behind_an_article_s_own_words(text: str, frame: tuple[str, str] | None) -> None:
    assert around(text, (TITLE, AUTHOR, "مجلس المدينة يقر الخطة", "", "Ed")) == frame


def test_the_longest_of_an_article_s_own_words_is_looked_for() -> None:
    assert around("Share The Old Market Square now with us", ("The Old Market", "The Old Market Square")) == (
        "share",
        "now with us",
    )


def lines(frame: tuple[str, str]) -> list[Line]:
    return [Line(article, f"line {article}", "tail", 0.0, taught=True, frame=frame) for article in range(3)]


def test_a_frame_needs_several_articles() -> None:
    share = ("share", "on facebook")
    assert list(framed(lines(share), 3, is_evidence)) == [share]
    assert framed(lines(share), 4, is_evidence) == {}


@pytest.mark.parametrize("frame", [("", "writes for the associated press"), ("told to reuters", "")])
def test_a_frame_that_names_an_agency_is_no_site_s(frame: tuple[str, str]) -> None:
    assert framed(lines(frame), 2, is_evidence) == {}
