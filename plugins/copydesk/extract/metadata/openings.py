"""What stands before an author's name, and what says that somebody did something else than write."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

# What stands before "by": what was written, or how; and when, which is cut out before.
_MADE: Final = (
    r"(?:(?:this|the)\s+)?(?:(?:guest\s+|blog\s+)?(?:post|article|guide|recipe|story|text|words|opinion|analysis|column|"
    r"report|reporting|blog|essay|interview|commentary|content|page|perspective)s?\s+)?"
    r"(?:(?:was|is|originally|last|first)\s+){0,2}"
    r"(?:(?:view|see|read)\s+)?(?:(?:all|more)\s+(?:posts|articles|stories)\s+)?"
    r"(?:(?:written|posted|published|authored|reported|created|contributed|submitted|compiled|prepared|updated|"
    r"modified|article|story)(?:\s+(?:and|&)\s+\w{3,20})?\s+)?(?:on\s*)?"
)
# Words that only a colon makes an author's.
_BEFORE_COLON: Final = (
    r"story|words|text[eo]?|testo|tekst[iy]?|written|reporting|interviews?|analyse|bericht|reportage|redaksi|penulis|"
    r"authors?|author\(s\)|contributors?|entrevista|intervista|entretien|szerző|írta|piše|pi[sš]u|tác giả|viết bởi|"
    r"текст|редактор|корреспондент|подготовил[аи]?|интервью|συντάκτ(?:ης|ρια)|κείμενο|लेखक|लेखिका|লেখক|مصنف|تحریر|"
    r"حوار|حاوره?ا?|حاورته?ا?|أجرى الحوار|تقرير|متابعة|تحقيق|نوشته|خبرنگار|گفتگو|haber|röportaj|כתבה?|כתבת"
)
# Words that need none.
_BEFORE_NAME: Final = (
    r"vom|di|av|af|od|przez|autor(?:es|in|i|y|zy)?|auteurs?|autore|autori|"
    r"(?:verfasst|geschrieben|eine?r? \w+) von|von\s+unser\w*\s+\w+|aus \w+ berichtet|"
    r"(?:écrit|rédigé|publié|réalisé) par|(?:escrit[oa]|publicad[oa]|redactado) por|"
    r"(?:scritto|pubblicato) da|(?:geschreven|geplaatst) door|(?:napisane|opublikowane|dodane) przez|"
    r"(?:skrevet|skriven|publiceret|publisert) a[vf]|"
    r"scris de|γράφει (?:ο|η)|oleh|автор|авторы|от|підготу(?:вав|вала)|подготовил[аи]?|"
    r"بقلم|كتب(?:ت|ه|ته|تها)?|كتابة|اعداد|إعداد|الكاتبة?|المؤلفة?|تأليف|تحرير|المصدر|نويسنده|نویسنده|به قلم|מאת|"
    r"yazan|yazar|kaleme alan|hazırlayan|گزارش|a cura di|testo di|propos recueillis par|recueillis? par|oprac\.|"
    r"opracował[ai]?|napisał[ai]?|(?:เขียน)?โดย|ผู้เขียน"
)
BY: Final = re.compile(
    rf"^\W*(?:{_MADE}\b(?:by|por|par|von|da|door)(?![\w'’-])(?!\s+unser)\W*|{_MADE}\bby(?-i:(?=[A-Z]))"
    rf"|(?:{_BEFORE_COLON})\s*[:：]\s*|(?:{_BEFORE_NAME})(?:\s*[:：]\s*|\s+)"
    r"|(?:作者|记者|記者|文|撰文|글|기자|著者|筆者|執筆者?|ライター|取材・文|文責)\s*[:：/／|丨・\s]\s*)",
    re.IGNORECASE,
)
# Who did something else than write, from there to the end of the part.
OTHERS: Final = re.compile(
    r"\b(?:(?:medically|clinically|fact|expert|peer|legally|technically|scientifically|last|and)[\s-]+){0,2}"
    r"(?:fact-?checked|reviewed|checked|edited|editing|approved|verified|photographed|illustrated|illustrations?|translated|"
    r"photographs?|pictures?|sponsored|presented|powered|curated|produced|directed|researched|photos?|photography|images?|"
    r"video|audio|art|graphics?|designed|design|filmed|featured?|hosted|narrated|managed|supported|funded|shared|"
    r"recommended|protected)"
    r"\s+(?:by\b|\w{2,9}\s+by\b|:).*"
    r"|\b(?:fotos?|bild(?:er)?|grafik|photos?|crédits?|foto|immagini|фото|تصوير|ترجمة|ترجمه|مترجم|صور|צילום|ภาพ|"
    r"摄影|責任編輯|责任编辑|编辑|责编)"
    r"\s*[:：].*|\s(?:摄影|攝影|撮影|写真)[\s:：/].*|(?:^|\s)사진[\s:：].*|(?<=\S)[\s,،–-]+تحرير\s*[:：].*|"
    r"\b(?:übersetzt|bearbeitet|fotografiert) von\b.*|\btraduit par\b.*|\btraducido por\b.*",
    re.IGNORECASE,
)
# Words of which each line that BY matches has one; in scripts other than Latin any line may match.
_OPENING_WORDS: Final = (
    "por par von vom da door di av af od przez story words text texte texto testo tekst tekstu teksti teksty "
    "written reporting interview interviews analyse bericht reportage redaksi penulis author authors contributor "
    "contributors entrevista intervista entretien szerző írta piše pišu pise pisu tác viết autor autores autorin "
    "autori autory autorzy auteur auteurs autore berichtet scris oleh yazan yazar kaleme hazırlayan haber "
    "röportaj oprac opracował opracowała opracowali napisał napisała napisali"
)
_OPENERS: Final = frozenset(_OPENING_WORDS.split())
_WORD: Final = re.compile(r"[^\W\d_]+")
_OTHER_SCRIPT: Final = re.compile(r"[\u0370-\u1dff\u3000-\ud7af]")


@lru_cache(maxsize=1_000)
def may_open(line: str) -> bool:
    """Whether it is worth looking in a line for what stands before an author's name."""
    if not line.isascii() and _OTHER_SCRIPT.search(line):
        return True
    return any(word in _OPENERS or word.startswith("by") for word in _WORD.findall(line.lower()))
