"""Words that stand on author lines and are no person's name: roles, desks, agencies, controls."""

from __future__ import annotations

import re
from typing import Final

_JOBS: Final = (
    "reporters? editors? editorial correspondents? staff writers? contributors? columnists? journalists? "
    "producer photographer photography experts? consultants? specialists? analysts? attorneys? lawyers? "
    "founder co-?founder owner strategists? researchers? scientist professor physician nurse therapist "
    "psychologist dietitian dietician nutritionist coach trainer educators? instructor teacher executive "
    "officer intern freelance freelancer winemaker gardener horticulturist astrologer reviewer reviewed "
    "advisor adviser copywriter blogger marketer realtor vice ceo cto cfo coo cmo director manager president "
    "founder redaktion redakteur(?:in)? autorin korrespondent(?:in)? journaliste rédacteur rédactrice "
    "rédaction redaction redacción redaccion redactora? redazione redação redacao giornalista periodista "
    "jornalista repórter redakcja redaktor редакция корреспондент журналист editör muhabir engineer "
    "envoyée? spéciale? correspondante? corresponsal inviat[oa] dziennikar(?:z|ka) publicyst(?:a|ka) "
    "developer meteorologist author authors member members"
)
_HOUSES: Final = (
    "desk newsdesk team newsroom news agency agencies press media magazine times daily post herald tribune guardian "
    "admin administrator webmaster guest service services network tv radio online nachrichten agenturen "
    "agence agencia agência agencias agenzia agências агентство новости пресс haber haberler haberleri merkezi "
    "ajansı inc llc ltd gmbh "
    "corp company foundation university institute department association society group club blog studio "
    "studios office committee council center centre insurance partners solutions academy college hospital "
    "clinic bureau ministry library museum software agency labs?"
)
_AGENCIES: Final = (
    "reuters afp apa ap dpa upi efe ansa bloomberg xinhua tass тасс риа pti ians anadolu bbc cnn sda ats keystone "
    "belga anp"
)
_CONTROLS: Final = (
    "minutes read comments? share follow subscribe view posts articles more about contact email twitter "
    "facebook bluesky mastodon threads instagram linkedin youtube pinterest whatsapp tiktok rss photo photos pictured "
    "updated published modified posted publié modifié unknown anonymous null none undefined user default sign log "
    "login submit menu search skip close open next previous back home topics? categor(?:y|ies) tags? "
    "insights resources? newsletters? podcasts? videos? guides? privacy terms cookies? article content "
    "version images getty shutterstock istock unsplash pexels best top research evaluation advertisement "
    "yayınlanma yayın güncelleme giriş "
    "sponsored disclosure methodology download copy print listen related featured popular latest trending "
    "january february july september october november december monday tuesday wednesday thursday friday saturday sunday"
)
# The same in other scripts, as patterns: desks, dates and controls; and houses, which may sign as those above may.
DESK_ABROAD: Final = (
    r"نُشر|نشر في|تحديث|القراءة|دقائق|دقيقة|يناير|فبراير|أبريل|يونيو|يوليو|أغسطس|سبتمبر|أكتوبر|نوفمبر|ديسمبر|تشرين|كانون"
    r"|مراسل|محرر|تحرير|فريق|غرفة الاخبار|خبرنگار|روزنامه\u200c?نگار|تحریریه|כתב|מערכת|编辑|编辑部|评论员|評論員|"
    r"责任编辑|記者会|기자단"
)
_HOUSES_ABROAD: Final = (
    r"وكال|رويترز|صحيفة|جريدة|موقع|قناة|شبكة|أخبار|الأناضول|بي بي سي|فرانس برس|خبرگزاری|סוכנות"
    r"|通讯社|新华社|新华网|通信社|新聞|연합뉴스"
)


def words(*lists: str) -> str:
    return "|".join(word.replace("_", r"\s") for words in lists for word in words.split())


# What is left of a date line once the date is cut out; `_` is a space.
WEEKDAYS: Final = (
    "montag dienstag mittwoch donnerstag freitag samstag sonntag lundi mardi mercredi jeudi vendredi samedi dimanche "
    "lunes "
    "martes miércoles jueves viernes sábado domingo (?:segunda|terça|quarta|quinta|sexta)-feira lunedì martedì "
    "mercoledì "
    "giovedì venerdì sabato domenica pazartesi salı çarşamba perşembe cuma cumartesi pazar понедельник вторник среда "
    "четверг "
    "пятница суббота воскресенье понеділок вівторок середа четвер п[’']ятниця субота неділя poniedziałek wtorek środa "
    "czwartek piątek sobota niedziela maandag dinsdag woensdag donderdag vrijdag zaterdag zondag måndag tisdag "
    "onsdag torsdag "
    "fredag lördag söndag senin selasa rabu kamis jumat sabtu minggu δευτέρα τρίτη τετάρτη πέμπτη παρασκευή σάββατο "
    "κυριακή "
    "السبت الأحد الاحد الاثنين الإثنين الثلاثاء الأربعاء الاربعاء الخميس الجمعة (?:یک|دو|سه_?|چهار|پنج_?)?شنبه جمعه "
    "יום_(?:ראשון|שני|שלישי|רביעי|חמישי|שישי) שבת"
)
_STAMPS: Final = (
    "son_güncelleme (?:yayın|giriş|yayınlanma|oluşturulma|eklenme)_tarihi última_actualización primera_publicación "
    "primeira_publicação последнее_обновление первая_публикация ultimo_aggiornamento data_pubblicazione تاریخ تاريخ "
    "stand erstellt veröffentlicht publiziert aktualisiert uhr às em alle_ore ore il le am pubblicato aggiornato "
    "última_atualização publicado atualizado actualizado publicada fecha datum data tarihi? року "
    "опубликовано обновлено создано изменено дата opublikowano aktualizacja opublikowane publicerad uppdaterad "
    "gepubliceerd "
    "bijgewerkt diterbitkan diperbarui تاريخ_النشر نشر_في نشر آخر_تحديث الساعة ميلادي الموافق بتوقيت_\\w+ تاریخ_انتشار "
    "زمان_انتشار انتشار ساعت פורסם(?:_ב)? עודכן עדכון_אחרון תאריך_פרסום בשעה 发布时间 发表时间 出版 更新 發布時間 "
    "發佈時間 "
    "更新時間 公開日 更新日 δημοσίευση (?:τελευταία_)?ενημέρωση 입력 수정 등록 승인 송고시간 작성일"
)


ROLE: Final = re.compile(
    rf"\b(?:{words(_JOBS, _HOUSES, _AGENCIES, _CONTROLS)})\b|{DESK_ABROAD}|{_HOUSES_ABROAD}",
    re.IGNORECASE,
)
JOB: Final = re.compile(rf"(?:{words(_JOBS)})[,;]?", re.IGNORECASE)
HOUSE: Final = re.compile(rf"(?:{words(_HOUSES)})", re.IGNORECASE)
# What qualifies a role: behind a name it begins the role.
RANK: Final = re.compile(
    r"senior|sr|former|formerly|lead|deputy|chief|managing|contributing|associate|assistant|head|founding|junior|"
    r"certified|"
    r"licensed|registered|guest|special|principal|independent|uk-based|us-based|digital|content|marketing|"
    r"product|business|tech(?:nology)?|science|health|sports?|political|legal|medical|trial|is|was|has|who|by",
    re.IGNORECASE,
)
# Words of lines that only look like names: "Primary Image", "Follow This Author", "How To".
STRAY: Final = re.compile(
    r"\b(?:this|these|that|our|your|all|primary|images?|blogs?|spotlight|how|what|why|when|where|with|is|are|click|"
    r"here|"
    r"meet|join|get|find|posts|stories|guide|tips|reviews?|site|us|now|start|sign|shop|buy|learn|try|order)\b",
    re.IGNORECASE,
)
# Words of desks that are no name of their own: what is left of "Lune Labs Team" without them signs.
DESK: Final = re.compile(
    rf"(?:{words(_JOBS, _CONTROLS)}|desk|team|newsroom|news|agency|agencies|admin|administrator|webmaster|guest|our|"
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
    rf"\b(?:{words(_CONTROLS)}|admin|administrator|webmaster|guest|web|site|by|written|our|authors?)\b|\A(?:editor|"
    rf"member|blog|news)\Z",
    re.IGNORECASE,
)
# Whole lines that are no names though they are written like ones.
PLAIN: Final = re.compile(
    rf"(?:{words(_CONTROLS)}|by|by line|byline|written|full bio|bio|profile|last update|sign in|sign up|log in|"
    r"connect|table of contents|contents|introduction|overview|summary|key takeaways|takeaways|best overall|work|us|"
    r"our|also|learn|explore|products?|company|solutions|pricing|lifestyle|business|technology|health|finance|travel|"
    r"food|"
    r"culture|politics|world|opinion|science|sports?|education|marketing|design|development|history|research|"
    rf"{words(WEEKDAYS, _STAMPS)}|"
    r"wellness|prevention|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec|march|april|may|june|august)",
    re.IGNORECASE,
)
