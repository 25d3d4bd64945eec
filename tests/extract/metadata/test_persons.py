"""Author lines to persons."""

from __future__ import annotations

import pytest

from copydesk.extract.metadata.persons import given_first, pen_names, persons, signers, whole_names


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("By Ana Roe and Ben Poe", ("Ana Roe", "Ben Poe")),
        ("by ANA ROE, Senior Correspondent", ("Ana Roe",)),
        ("Ana Roe; Ben Poe; Ana Roe", ("Ana Roe", "Ben Poe")),
        ("Von Jörg Müller", ("Jörg Müller",)),
        ("Par Léa d'Or et Jean-Luc Roe", ("Léa d'Or", "Jean-Luc Roe")),
        ("بقلم: أحمد علي", ("أحمد علي",)),
        ("Автор: Иван Петров", ("Иван Петров",)),
        ("作者：王小明", ("王小明",)),
        ("홍길동 기자", ("홍길동",)),
        ("순천, 광양 구현모 기자 ninek@post.example", ("구현모",)),
        ("Ana Roe ana.roe@post.example", ("Ana Roe",)),
        ("Ana Roe Managing Editor", ("Ana Roe",)),
        ("Chief Political Correspondent", ()),
        ("This Author", ()),
        ("گزارش: مریم احمدی", ("مریم احمدی",)),
        ("إعداد: ليلى حداد - تحرير: سامي نصر", ("ليلى حداد",)),
        ("Haber: Mehmet Demir", ("Mehmet Demir",)),
        ("Propos recueillis par Jean Martin", ("Jean Martin",)),
        ("a cura di Paola Bianchi", ("Paola Bianchi",)),
        ("Oprac. Jan Kowalski", ("Jan Kowalski",)),
        ("Por Ana Ruiz / Madrid", ("Ana Ruiz",)),
        ("Por João Silva e Maria Souza — São Paulo", ("João Silva", "Maria Souza")),
        ("Door Jan de Vries", ("Jan de Vries",)),
        ("מאת דנה כהן", ("דנה כהן",)),
        ("记者 李华 摄影 张三", ("李华",)),
        ("خبرگزاری فارس", ()),
        ("РИА Новости", ()),
        ("PAP", ()),
        ("Our Blogs", ()),
        ("Ana Roe (Port Lune)", ("Ana Roe",)),
        ("Willem van der Berg", ("Willem van der Berg",)),
        ("Jack Shepherd", ("Jack Shepherd",)),  # not his "rd" of a degree
        ("Md Aynal Haque, MD", ("Md Aynal Haque",)),
        ("Benjamin Johnson, Sr. Director of Operations, Lune Lines", ("Benjamin Johnson",)),
        ("Paramita (Guha) Ghosh", ("Paramita (Guha) Ghosh",)),
        ("Ana Roe (Content Manager)", ("Ana Roe",)),
        ("Ana RoePublished", ("Ana Roe",)),
        ("Ana Roe Senior Research Executive", ("Ana Roe",)),
        ("Ana Roe - Product marketer", ("Ana Roe",)),
        ("Linny and Peter", ("Linny", "Peter")),
        ("Ana Roe, Dietitian", ("Ana Roe",)),
        ("Tom May", ("Tom May",)),
        ("By Ana Roe | Reviewed by Ben Poe", ("Ana Roe",)),
        ("Foto: Ana Roe", ()),
        ("Great Day Editorial Team", ()),
        ("Center for Drug Evaluation", ()),
        ("Getty Images", ()),
        ("Human in the Loop", ()),
        ("Posted by BeauHD on Friday December 19, 2025 @08:00PM from the harbour", ("BeauHD",)),
        ("Ana Roe PhD, RN, MSc", ("Ana Roe",)),
        ("March 12, 2024", ()),
        ("Reuters", ()),
        ("AFP", ()),
        ("رويترز", ()),
        ("وكالة الأنباء", ()),
        ("Newsroom Staff", ()),
        ("https://facebook.com/Ana.Roe", ()),
        ("@ana", ()),
        ("admin", ()),
        ("3 minutes", ()),
        ("x" * 5000, ()),
    ],
)
def test_only_persons_are_authors(line: str, expected: tuple[str, ...]) -> None:
    assert persons([line]) == expected


def test_a_pen_name_is_one_and_an_agency_or_an_address_is_none() -> None:
    assert pen_names(["Human in the Loop"]) == ()
    assert pen_names(["aawoods", "Reuters", "admin", "https://example.org/a"]) == ("aawoods",)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("The Lune Labs Team", ("The Lune Labs Team",)),
        ("By Lune Harbour Trust, 2024", ("Lune Harbour Trust",)),
        ("Center for Harbour Evaluation and Research", ("Center for Harbour Evaluation and Research",)),
        ("98 Cranes", ("98 Cranes",)),
        ("Editorial Team", ()),
        ("Staff", ()),
        ("Reuters Staff", ()),
        ("By The Associated Press", ()),
        ("12:20pm", ()),
        ("crews that keep ships safe", ()),
        ("Got something to say?", ()),
    ],
)
def test_a_team_signs_with_its_own_name_and_a_desk_has_none(line: str, expected: tuple[str, ...]) -> None:
    assert signers([line]) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Roe, Ana", "Ana Roe"), ("Roe, Ana B.", "Ana B. Roe"), ("Ana Roe", "Ana Roe"), ("Roe, Editor", "Roe, Editor")],
)
def test_catalogues_write_the_family_name_first(name: str, expected: str) -> None:
    assert given_first(name) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Ana Roe | August 13, 2024", ("Ana Roe",)),
        ("Ana Roe, PhD", ("Ana Roe",)),
        ("Ana", ()),
        ("harbour news", ()),
        ("What Ana Roe told the crews of the harbour", ()),
    ],
)
def test_a_line_consists_of_names_or_it_does_not(line: str, expected: tuple[str, ...]) -> None:
    assert whole_names(line) == expected
