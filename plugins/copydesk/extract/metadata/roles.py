"""Words that stand on author lines and are no person's name: roles, desks, agencies, controls."""

from __future__ import annotations

import re
from typing import Final

from copydesk.extract.metadata.timewords import PREPOSITIONS, STAMPS, WEEKDAYS

# One language or kind a line; `_` is a space, and words may be patterns.
_JOBS: Final = (
    "reporters? editors? editorial correspondents? staff writers? contributors? columnists? journalists? authors? "
    "producer photographer photography copywriter blogger reviewer reviewed freelance freelancer intern meteorologist "
    "experts? consultants? specialists? analysts? strategists? researchers? scientist engineer developer "
    "attorneys? lawyers? professor educators? instructor teacher coach trainer advisor adviser "
    "physician nurse therapist psychologist dietitian dietician nutritionist "
    "winemaker gardener horticulturist astrologer marketer realtor "
    "founder co-?founder owner executive officer vice ceo cto cfo coo cmo director manager president members? "
    "redaktion redakteur(?:in)? autorin korrespondent(?:in)? "
    "journaliste rédacteur rédactrice rédaction redaction envoyée? spéciale? correspondante? "
    "redacción redaccion redactora? giornalista periodista corresponsal "
    "redazione inviat[oa] redação redacao jornalista repórter "
    "redakcja redaktor dziennikar(?:z|ka) publicyst(?:a|ka) "
    "редакция корреспондент журналист editör muhabir"
)
_HOUSES: Final = (
    "desk newsdesk team newsroom news agency agencies press media service services network tv radio online "
    "magazine times daily weekly monthly quarterly post herald tribune guardian gazette ledger "
    "admin administrator webmaster guest inc llc ltd gmbh corp company partners solutions insurance "
    "foundation charity association society group club committee council ministry bureau office department "
    "university institute academy college library museum hospital clinic center centre "
    "blog studio studios software labs? "
    "nachrichten agenturen pressestelle agence agencia agência agencias gabinete "
    "agenzia ufficio stampa agências "
    "агентство новости пресс haber haberler haberleri merkezi ajansı"
)
_AGENCIES: Final = (
    "reuters afp apa ap dpa upi efe ansa bloomberg xinhua tass тасс риа pti ians anadolu bbc cnn sda ats keystone "
    "belga anp"
)
_CONTROLS: Final = (
    "minutes read comments? share follow subscribe view posts articles more about contact user default sign log login "
    "email twitter facebook bluesky mastodon threads instagram linkedin youtube pinterest whatsapp tiktok rss "
    "submit menu search skip close open next previous back home download copy print listen "
    "photo photos pictured images getty shutterstock istock unsplash pexels "
    "updated published modified posted publié modifié yayınlanma yayın güncelleme giriş "
    "unknown anonymous null none undefined "
    "topics? categor(?:y|ies) tags? insights resources? newsletters? podcasts? videos? guides? article content version "
    "privacy terms cookies? advertisement sponsored disclosure methodology "
    "best top research evaluation related featured popular latest trending "
    "january february july september october november december monday tuesday wednesday thursday friday saturday sunday"
)
# Accounts that content systems and their keepers name, and no person.
_ACCOUNTS: Final = (
    "superadmin super_user sysadmin administrador administrateur amministratore beheerder администратор админ \\w+-bot"
)
# The same in other scripts, as patterns: desks, dates and controls; and houses, which may sign as those above may.
DESK_ABROAD: Final = (
    r"نُشر|نشر في|تحديث|القراءة|دقائق|دقيقة|يناير|فبراير|أبريل|يونيو|يوليو|أغسطس|سبتمبر|أكتوبر|نوفمبر|ديسمبر|تشرين|كانون"
    r"|تعليق|مراسل|محرر|تحرير|فريق|غرفة الاخبار|خبرنگار|روزنامه\u200c?نگار|تحریریه|כתב|מערכת|编辑|编辑部|评论员|評論員|"
    r"责任编辑|記者会|기자단"
)
_HOUSES_ABROAD: Final = (
    r"وكال|رويترز|صحيفة|جريدة|موقع|قناة|شبكة|أخبار|الأناضول|بي بي سي|فرانس برس|خبرگزاری|סוכנות"
    r"|通讯社|新华社|新华网|通信社|新聞|연합뉴스"
)


def is_account(name: str) -> bool:
    """Whether a name is that of an account and no more."""
    return _ACCOUNT_NAME.fullmatch(name) is not None


def words(*lists: str) -> str:
    return "|".join(word.replace("_", r"\s") for words in lists for word in words.split())


ROLE: Final = re.compile(
    rf"\b(?:{words(_JOBS, _HOUSES, _AGENCIES, _CONTROLS, _ACCOUNTS)})\b|{DESK_ABROAD}|{_HOUSES_ABROAD}",
    re.IGNORECASE,
)
JOB: Final = re.compile(rf"(?:{words(_JOBS)})[,;]?", re.IGNORECASE)
HOUSE: Final = re.compile(rf"(?:{words(_HOUSES)})", re.IGNORECASE)
# What qualifies a role: behind a name it begins the role.
RANK: Final = re.compile(
    r"senior|sr|former|formerly|lead|deputy|chief|managing|contributing|associate|assistant|head|founding|junior|"
    r"certified|licensed|registered|guest|special|principal|independent|uk-based|us-based|digital|content|marketing|"
    r"product|business|tech(?:nology)?|science|health|sports?|political|legal|medical|trial|is|was|has|who|by",
    re.IGNORECASE,
)
# Words of lines that only look like names: "Primary Image", "Follow This Author", "How To".
STRAY: Final = re.compile(
    r"\b(?:this|these|that|our|your|all|primary|images?|blogs?|spotlight|how|what|why|when|where|with|is|are|click|"
    r"here|meet|join|get|find|posts|stories|guide|tips|reviews?|site|us|now|start|sign|shop|buy|learn|try|order)\b",
    re.IGNORECASE,
)
# Words of desks that are no name of their own: what is left of "Lune Labs Team" without them signs.
DESK: Final = re.compile(
    rf"(?:{words(_JOBS, _CONTROLS, _ACCOUNTS)}|desk|team|newsroom|news|agency|agencies|"
    r"admin|administrator|webmaster|guest|our|"
    r"the|and|of|by|from|in|for|to|written|marketing|community|content|web|site|blog|digital|communications|support|"
    r"online|service|services|report|wire|wires|local|national|international|world|sports|business|"
    r"company|group|office|department|committee|foundation|association|"
    r"agenturen|nachrichten|mit|von|der|die|das|la|le|les|los|equipo|équipe|equipe|dell[ae]|de|del|rédaction|"
    r"redacción|redazione|redação|redaksi|tim|deportes|cronaca|suivre|"
    r"фото|وكالات|متابعات)",
    re.IGNORECASE,
)
# Accounts that a content system names, and words about the page: no desk signs so.
ACCOUNT: Final = re.compile(
    rf"\b(?:{words(_CONTROLS, _ACCOUNTS)}|admin|administrator|webmaster|guest|web|site|by|written|our|authors?)\b"
    r"|\A(?:editor|member|blog|news)\Z",
    re.IGNORECASE,
)
# Whole lines that are no names though they are written like ones.
PLAIN: Final = re.compile(
    rf"(?:{words(_CONTROLS)}|by|by line|byline|written|full bio|bio|profile|last update|sign in|sign up|log in|"
    r"connect|table of contents|contents|introduction|overview|summary|key takeaways|takeaways|best overall|work|us|"
    r"our|also|learn|explore|products?|company|solutions|pricing|lifestyle|business|technology|health|finance|travel|"
    r"food|culture|politics|world|opinion|science|sports?|education|marketing|design|development|history|research|"
    rf"{words(WEEKDAYS, STAMPS, PREPOSITIONS)}|"
    r"wellness|prevention|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|march|april|may|june|august)",
    re.IGNORECASE,
)
_ACCOUNT_NAME: Final = re.compile(rf"(?:{words(_ACCOUNTS)})", re.IGNORECASE)
