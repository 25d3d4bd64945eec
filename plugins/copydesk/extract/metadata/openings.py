"""What stands before an author's name, and what says that somebody did something else than write."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

# What stands before "by": what was written, or how; and when, which is cut out before.
_MADE: Final = (
    r"(?:(?:this(?:\s+is)?(?:\s+an?)?|the|an?)\s+)?(?:(?:guest\s+|blog\s+)?(?:post|article|guide|recipe|story|text|words|opinion|analysis|"
    r"column|"
    r"report|reporting|blog|essay|interview|commentary|content|page|perspective)s?\s+)?"
    r"(?:(?:was|is|originally|last|first)\s+){0,2}"
    r"(?:(?:view|see|read)\s+)?(?:(?:all|more)\s+(?:posts|articles|stories)\s+)?"
    r"(?:(?:written|posted|published|authored|reported|created|contributed|submitted|compiled|prepared|updated|"
    r"modified|article|story)(?:\s+(?:and|&)\s+\w{3,20})?\s+)?(?:on\s*)?"
)
# Words that only a colon makes an author's.
_BEFORE_COLON: Final = (
    r"story|words(?:\s(?:&|and)\s\w{3,12})?|text[eo]?|testo|tekst[iy]?|written|reporting|interviews?|analyse|bericht|reportage|redaksi|penulis|"
    r"authors?|author\(s\)|contributors?|entrevista|intervista|entretien|szerző|írta|piše|pi[sš]u|tác giả|viết bởi|"
    r"текст|редактор|корреспондент|подготовил[аи]?|интервью|συντάκτ(?:ης|ρια)|κείμενο|लेखक|लेखिका|লেখক|مصنف|تحریر|"
    r"حوار|حاوره?ا?|حاورته?ا?|أجرى الحوار|تقرير|متابعة|تحقيق|نوشته|خبرنگار|گفتگو|haber|röportaj|כתבה?|כתבת|"
    r"(?:text|texte|texto|testo)\s(?:und|et|y|e|&)\s(?:fotos?|bilder|photos?)|protokoll|reporta(?:gem|je|ge)|muhabir|"
    r"ekleyen|köşe yazarı|söyleşi|reporter|skribent|pewarta|wartawan|обозреватель|"
    r"спецкор|журналист(?:ка)?|журналіст(?:ка)?|материал подготовил[аи]?|επιμέλεια|ρεπορτάζ|(?:من )?مراسلت?نا|موفدت?نا|"
    r"یادداشت|مصاحبه|تهیه و تنظیم|(?:שם )?הכתבת?|ראיון|פרשנות|דעה|טור|작성자|글쓴이|필자"
)
_CAPITAL: Final = r"[A-ZÀ-ÖØ-ÞĆČĎĐĞİŁŃŚŞŠŹŻŽΑ-ΫЀ-ЯҐ]"
# A name of two to four words with capital letters, and nothing behind it but where its bearer is.
_WHOLE_NAME: Final = (
    rf"(?-i:(?=(?:{_CAPITAL}[\w.'’-]*\s(?:(?:de|da|do|dos|di|du|del|la|le|von|van|der|den|el|al)\s){{0,2}}){{1,3}}"
    rf"{_CAPITAL}[\w.'’-]*(?:\s(?:desde|from|in|dari|aus|da|à|en|для|for)\s.*)?\s*(?:[,(].*)?\Z))"
)
# What was written, where it stands before "of" or "from" and a whole name; it may be about whom "portrait of" names.
_GENRES: Final = (
    r"(?:(?:ein|eine|un|una|une|uma|um|en|ett|een)\s)?"
    r"(?:kommentar|reportage|analyse|interview|essay|kolumne|glosse|protokoll|leitartikel|chronique|article|récit|"
    r"enquête|billet|texte|éditorial|crónica|crônica|entrevista|reportaje|reportagem|artículo|artigo|análisis|análise|"
    r"opinión|opinião|opinioni|columna|coluna|texto|articolo|intervista|commento|analisi|servizio|testo|inchiesta|"
    r"editoriale|krönika|kronikk|text|tekst|ledare|analys|intervju|column|opinie|verslag)"
    r"\s(?:von|de|di|av|af|van|d['’])\s?"
)
# Reporters, with where they are or for whom they work, before a whole name.
_REPORTERS: Final = (
    r"(?:(?:(?:de|avec|del|da|il|la|dal|dalla|von|van)\s)?(?:notre|nostr[oa]|unser\w*|onze|vår|nuestr[oa]|noss[oa]|"
    r"наш[аи]?)\s|"
    r"(?:de|dal|dalla|del|van|vom)\s|dall['’])?"
    r"(?:envoyée?s?\sspéciale?s?|correspondante?|inviat[oa]|corrispondente|corresponsal|enviad[oa]\sespecial|"
    r"correspondente|"
    r"korrespondent(?:in)?|correspondent|verslaggever|verslaggeefster|reporter|wartawan|laporan(?:\swartawan)?|"
    r"(?:специальный\s)?корреспондент(?:ка)?|спецкор|собкор|обозреватель|журналист(?:ка)?|кореспондент(?:ка)?|"
    r"журналіст(?:ка)?)"
    rf"(?:\s(?:à|a|en|in|em|i|в|у|из|de|of)\s(?-i:{_CAPITAL})[\w-]+|\s«[^«»]{{2,40}}»)?(?:\s?[,:]\s|\s)"
)
# Words that need none.
_BEFORE_NAME: Final = (
    r"vom|di|av|af|od|przez|autor(?:es|in|i|y|zy)?|auteurs?|autore|autori|"
    r"(?:verfasst|geschrieben|aufgezeichnet|protokolliert|eingestellt|eine?r? \w+) von|von\s+unser\w*\s+\w+|"
    r"aus \w+ berichtet|das gespräch führten?|die fragen stellten?|signé|"
    r"(?:(?:article|entretien|interview|texte|reportage|tribune)\s)?(?:écrite?|rédigée?|publiée?|réalisée?|menée?|"
    r"recueillis?) par|(?:tribune|chronique|texte|récit|analyse) par|"
    r"(?:escrit[oa]|publicad[oa]|redactad[oa]|firmad[oa]|elaborad[oa]|realizad[oa]|postado|enviado) por|"
    r"(?:scritto|pubblicato|postato|inserito|firmato) da|(?:geschreven|geplaatst) door|"
    r"(?:napisane|opublikowane|dodane) przez|rozmawia(?:ł[ai]?|li)|napisa(?:ł[ai]?|li)|notował[ai]?|"
    r"(?:skrevet|skriven|publiceret|publisert) a[vf]|"
    r"scris de|γράφει (?:ο|η)|(?:ditulis\s)?oleh|автор(?:\s(?:статьи|текста|материала))?|авторы|от|"
    r"підготу(?:вав|вала)|розмовля(?:в|ла)|подготовил[аи]?|беседовал[аи]?|записал[аи]?|"
    r"بقلم|كتب(?:ت|ه|ته|تها)?|كتابة|اعداد|إعداد|الكاتبة?|المؤلفة?|تأليف|تحرير|المصدر|بواسطة|من مراسلت?نا|"
    r"نويسنده|نویسنده|نویسندگان|نوشته\u200c?ی?|نگارش|به قلم|مصاحبه از|گفتگو از|گزارش از|מאת|(?:נכתב )?על ידי|"
    r"yazan|yazar|kaleme alan|hazırlayan|derleyen|گزارش|a cura di|propos recueillis par|recueillis? par|"
    r"oprac\.|"
    r"opracował[ai]?|napisał[ai]?|(?:เขียน)?โดย|ผู้เขียน"
)
BY: Final = re.compile(
    rf"^\W*(?:(?:posted|published|filed)\s(?:in|under)\s[^|]{{2,40}}?\s(?-i:by)\s|{_MADE}\b(?:by|por|par|von|da|door)(?![\w'’-])(?!\s+unser)\W*|{_MADE}\bby(?-i:(?=[A-Z]))"
    rf"|(?:{_BEFORE_COLON})\s*[:：]\s*|(?:{_BEFORE_NAME})(?:\s*[:：/]\s*|\s+[–—-]\s+|\s+)"
    rf"|(?:{_GENRES}|{_REPORTERS}){_WHOLE_NAME}"
    rf"|(?:του|της)\s(?-i:(?={_CAPITAL}[\w.-]+\s{_CAPITAL}[\w-]+\s*\Z))"
    r"|(?:(?:本文)?作者|记者|記者|文|撰文|撰稿|採訪撰文|採訪|采访|整理|글|기자|著者|筆者|執筆者?|ライター|取材・文|"
    r"文責|聞き手)"
    r"\s*[:：/／|丨・=＝\s]\s*)",
    re.IGNORECASE,
)
# Who did something else than write, from there to the end of the part.
OTHERS: Final = re.compile(
    r"\b(?:(?:medically|clinically|fact|expert|peer|legally|technically|scientifically|last|and)[\s-]+){0,2}"
    r"(?:fact-?checked|reviewed|checked|edited|editing|approved|verified|photographed|illustrated|illustrations?|"
    r"translated|"
    r"photographs?|pictures?|sponsored|presented|powered|curated|produced|directed|researched|photos?|photography|"
    r"images?|"
    r"video|audio|art|graphics?|designed|design|filmed|featured?|hosted|narrated|managed|supported|funded|shared|"
    r"recommended|protected)"
    r"\s+(?:by\b|\w{2,9}\s+by\b|:).*"
    r"|\b(?:beeld|fotografie|fotografía|fotografia|illustrati(?:e|on)|illustrazioni|ilustra(?:ción|ção)|eindredactie|"
    r"lektorat|montage|kamera|vormgeving)\s*[:：].*|(?:\A|\s)(?:編集|撮影|写真|構成|校閲)\s?[:：].*"
    r"|\b(?:fotos?|bild(?:er)?|grafik|photos?|crédits?|foto|immagini|фото|تصوير|ترجمة|ترجمه|مترجم|صور|צילום|ภาพ|"
    r"摄影|責任編輯|责任编辑|编辑|责编|翻译|翻譯|תרגום|перевод|переклад|çeviri|çeviren|traducción|tradução|"
    r"traduzione|traduction)"
    r"\s*[:：].*|\s(?:摄影|攝影|撮影|写真|图|圖)[\s:：/].*|(?:^|\s)사진[\s:：].*|(?<=\S)[\s,،–-]+تحرير\s*[:：].*|"
    r"\b(?:übersetzt|bearbeitet|fotografiert|aus dem \w+) von\b.*|\btraduite? (?:d\S*\s(?:\S+\s)?)?par\b.*|"
    r"\btraducido por\b.*|"
    r"\b(?:traducción|tradução|traduzione|fotografia|fotografía|ilustra(?:ción|ção)|illustrazioni|"
    r"imagens|vídeo|video) (?:de|di)\s(?-i:[A-ZÀ-Þ]).*|"
    r"\bçeviren\s.*|"
    r"\s?(?:實習生|实习生)\s.*",
    re.IGNORECASE,
)
# Words of which each line that BY matches has one; in scripts other than Latin any line may match.
_OPENING_WORDS: Final = (
    "por par von vom da door di av af od przez story words text texte texto testo tekst tekstu teksti teksty "
    "written reporting interview interviews analyse bericht reportage redaksi penulis author authors contributor "
    "contributors entrevista intervista entretien szerző írta piše pišu pise pisu tác viết autor autores autorin "
    "autori autory autorzy auteur auteurs autore berichtet scris oleh yazan yazar kaleme hazırlayan haber "
    "röportaj oprac opracował opracowała opracowali napisał napisała napisali rozmawiał rozmawiała rozmawiali notował "
    "notowała protokoll reportaje reportajem reportage reportagem muhabir ekleyen köşe söyleşi reporter skribent "
    "pewarta "
    "wartawan laporan kommentar essay kolumne glosse leitartikel chronique article récit enquête billet éditorial "
    "crónica "
    "crônica artículo artigo análisis análise opinión opinião opinioni columna coluna articolo intervista commento "
    "analisi "
    "servizio inchiesta editoriale krönika kronikk ledare analys intervju column opinie verslag envoyé envoyée envoyés "
    "correspondant correspondante inviato inviata corrispondente corresponsal enviado enviada correspondente "
    "korrespondent korrespondentin correspondent verslaggever verslaggeefster gespräch fragen signé derleyen"
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
