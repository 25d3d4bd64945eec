"""An author line's parts: what bars, bullets, dates and style sheets keep apart."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from copydesk.attribute.agencies import agencies
from copydesk.extract.blocks import squeeze
from copydesk.extract.metadata.when import without_dates, without_preposition
from copydesk.folding import fold

MAX_LINE_CHARS: Final = 300

# Words that stand directly behind a name where only the style sheet parts them.
_JOINED: Final = re.compile(
    r"(?<=[a-zà-ÿ])(?=(?:Published|Updated|Posted|Reviewed|Last|Senior|Founder|Contributor|Editor|Staff|Share|Follow|"
    r"Photography|Photos?|Images?|Illustrations?|"
    r"January|February|March|April|May|June|July|August|September|October|November|December)(?![a-z])|In\s[A-Z])"
    r"|(?<=\d)(?=[A-Z][a-z]{2})"
    r"|(?<=[a-zà-ÿığşа-яё])(?=(?:Yayınlanma|Yayın|Güncelleme|Giriş|Veröffentlicht|Aktualisiert|Publié|Mis à jour|"
    r"Publicado|Actualizado|Atualizado|Pubblicato|Aggiornato|Gepubliceerd|Opublikowano|Опубликовано|Обновлено)\b)"
)
_CONTACT: Final = re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+|@\w+")
_FILED: Final = re.compile(r"(?<=\w),?\s(?:in|under|filed (?:in|under))\s+[A-Z](?!.*\sby\s[A-Z]).*$|^In\s[A-Z].*$")
_BARS: Final = re.compile(
    r"\s*[|•⋅●\t]\s*"
    r"|\s*(?<![\u30a0-\u9fff])·\s*|\s*·(?![\u30a0-\u9fff])\s*"  # which parts the words of one name in East Asia
    r"|,\s(?=(?:by|par|por|door)\s(?-i:[A-ZÀ-Þ]))"
    r"|,\s(?=(?:de notre|dal(?:la)?(?: nostr[oa])?|del|von unser\w*)\s(?:[ck]orr[ei]spond|corresponsal|envoyé|inviat))"
    r"|\s+(?=(?:作者|来源|來源|责编|责任编辑|責任編輯|编辑|記者|记者|原标题)\s?[:：])"
    r"|\s+—\s+(?=(?:written|updated|published|posted|medically|fact|reviewed|last|by)\b)",
    re.IGNORECASE,
)
_ADDRESS: Final = re.compile(r"\s*(?:https?:|//|www\.)", re.IGNORECASE)


@lru_cache(maxsize=512)
def marked_parts(line: str) -> tuple[str, ...]:
    """A line's parts at bars, bullets and dates."""
    if len(line) > MAX_LINE_CHARS or _ADDRESS.match(line):
        return ()
    text = _JOINED.sub(" | ", squeeze(line.replace("\n", " | ")))
    if "@" in text:
        text = _CONTACT.sub(" | ", text)
    return tuple(without_preposition(_FILED.sub("", part)) for part in _BARS.split(without_dates(text)) if part)


def is_picture_credit(line: str) -> bool:
    """Whether an agency stands on a side of a slash, as under pictures: "Ana Roe/AFP"."""
    sides = line.split("/")
    return len(sides) > 1 and any(agencies().named(fold(side.strip())) for side in sides)
