"""A category that says that there is none is no tag and no section."""

from __future__ import annotations

import pytest

from copydesk.extract.metadata.topics import section, tags


@pytest.mark.parametrize(
    "name",
    [
        *("Uncategorized", "uncategorised", "غير مصنف", "غير مصنّف", "Non classé", "NON CLASSÉ", "Sin categoría"),
        *("Senza categoria", "Sem categoria", "Без рубрики", "Без категорії", "Bez kategorii", "Geen categorie"),
        *("未分类", "未分類", "미분류", "دسته‌بندی نشده", "ללא קטגוריה", "Ikke kategoriseret", " Uncategorized "),
    ],
)
def test_the_category_of_posts_without_one_is_no_tag_and_no_section(name: str) -> None:
    assert tags([name, "Ports"]) == tags([f"Ports,{name}"]) == ("Ports",)
    assert section([name, "World"]) == "World"
    assert section([name]) is None


@pytest.mark.parametrize(
    "name",
    ["Allgemein", "Genel", "General", "כללי", "Yleinen", "Egyéb", "Category theory", "Uncategorized art", "تصنيف"],
)
def test_a_category_of_what_is_general_is_one(name: str) -> None:
    assert tags([name]) == (name,)
    assert section([name]) == name


def test_tags_stand_once_each_and_are_neither_letters_nor_sentences() -> None:
    assert tags(["Ports, Cranes", "Ports,a,", "x" * 81]) == ("Ports", "Cranes")
    assert len(tags(str(number + 100) for number in range(80))) == 50
