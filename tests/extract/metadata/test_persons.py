"""Author lines to persons."""

from __future__ import annotations

import pytest

from copydesk.extract.metadata.persons import pen_names, persons


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
        ("Ana Roe (Port Lune)", ("Ana Roe",)),
        ("Willem van der Berg", ("Willem van der Berg",)),
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
    assert pen_names(["aawoods", "Reuters", "admin", "https://example.org/a"]) == ("aawoods",)
