"""Section and tags as sites name them, without the category that WordPress gives to posts that have none."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Final

from copydesk.folding import fold

MAX_TAGS: Final = 50
MAX_TAG_CHARS: Final = 80

# Names that say "no category". Where WordPress calls it "General" instead (Allgemein, Genel, כללי), people mean it too.
_NONE: Final = frozenset(
    fold(each)
    for each in (
        *("Uncategorized", "Uncategorised", "No category", "Non classé", "Non classée", "Non catégorisé"),
        *("Sans catégorie", "Sin categoría", "Sin categorizar", "Sin clasificar", "Sense categoria", "Sen categoría"),
        *("Sem categoria", "Sem categorias", "Não categorizado", "Senza categoria", "Non categorizzato"),
        *("Fără categorie", "Necategorisit", "Unkategorisiert", "Nicht kategorisiert", "Ohne Kategorie"),
        *("Keine Kategorie", "Geen categorie", "Niet gecategoriseerd", "Ongecategoriseerd", "Zonder categorie"),
        *("Okategoriserade", "Okategoriserat", "Ukategorisert", "Ikke kategoriseret", "Ukategoriseret"),
        *("Luokittelematon", "Kategorisoimaton", "Óflokkað", "Без рубрики", "Без категории", "Без категорії"),
        *("Без категория", "Некатегоризирано", "Некатегоризовано", "Без категорија", "Nekategorizirano"),
        *("Bez kategorii", "Bez kategorie", "Bez kategorije", "Nezařazené", "Nezaradené", "Kategorizálatlan"),
        *("Be kategorijos", "Nekategorizēts", "Kategooriata", "Pa kategori", "Kategorisiz", "Kategorilenmemiş"),
        *("Kateqoriyasız", "Χωρίς κατηγορία", "Μη κατηγοριοποιημένο", "Αταξινόμητα", "غير مصنف", "غير مصنفة"),
        *("بدون تصنيف", "بلا تصنيف", "دسته‌بندی نشده", "دسته بندی نشده", "بدون دسته", "بدون دسته‌بندی"),
        *("ללא קטגוריה", "לא מסווג", "अवर्गीकृत", "Tak Berkategori", "Tanpa Kategori", "Tidak Dikategorikan"),
        *("Chưa phân loại", "Chưa được phân loại", "ไม่มีหมวดหมู่", "未分类", "未分類", "미분류", "분류되지 않음"),
    )
)


def tags(values: Iterable[str]) -> tuple[str, ...]:
    """The tags in `values`, each of which may be several with commas between, each once."""
    parts = (part.strip() for value in values for part in value.split(","))
    named = dict.fromkeys(part for part in parts if 1 < len(part) <= MAX_TAG_CHARS and not _is_none(part))
    return tuple(named)[:MAX_TAGS]


def section(values: Iterable[str]) -> str | None:
    """The first section that is one."""
    return next((value for value in values if value and not _is_none(value)), None)


def _is_none(name: str) -> bool:
    return len(name) <= MAX_TAG_CHARS and fold(name) in _NONE
