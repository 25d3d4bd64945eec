"""Names alone on a line in scripts without capital letters, known by the given name that they begin with."""

from __future__ import annotations

import re
from typing import Final

from copydesk.attribute.agencies import agencies
from copydesk.extract.metadata.months import fold
from copydesk.extract.metadata.openings import OTHERS
from copydesk.extract.metadata.parts import marked_parts
from copydesk.extract.metadata.reporters import at_joined_and
from copydesk.extract.metadata.roles import ROLE
from copydesk.folding import fold as fold_line

MAX_WORDS: Final = 3  # but for particles
MAX_CHARS: Final = 40

_ARABIC: Final = (
    "محمد احمد محمود حامد حمد حمدي حمزة علي عمر عثمان عمرو عمار عماد عادل عاطف عامر عباس عبد عبدالله عبدالرحمن "
    "عبدالعزيز "
    "عبدالكريم عصام علاء عزت عزيز عدنان عدي غسان غازي غادة غالب فؤاد فادي فارس فاروق فاطمة فاتن فايز فتحي فراس فريد "
    "فريدة "
    "فهد فهمي فيصل فيروز قاسم قصي كريم كريمة كمال كاظم كارم لؤي لبنى لطفي لطيفة لمياء لميس لينا ليلى ليث ماجد ماجدة "
    "مازن "
    "مالك ماهر ماهرة مجدي محسن محيي مراد مروان مروة مريم مصطفى مصعب معاذ معاوية معتز معن مفيد منال منذر منصور منى "
    "منير مها "
    "مهدي مهند موسى موفق مؤمن مي ميادة ميرفت ميساء ميسون نائل نادر نادية ناديا ناصر نبيل نبيلة نجلاء نجيب ندى نزار "
    "نسرين "
    "نضال نعيم نهى نوال نور نورا نورة نوف نيفين هادي هاشم هالة هاني هبة هدى هشام هناء هند هيثم هيام وائل وجدي وجيه "
    "وديع "
    "وسيم وفاء وليد ياسر ياسمين ياسين يحيى يزن يسرى يعقوب يمنى يوسف يونس ابراهيم ابو ادهم ادم اسامة اسراء اسعد "
    "اسماعيل اشرف اكرم الاء امال اماني امجد امينة انس انور اياد ايمن ايمان ايهاب ايوب باسل باسم "
    "باسمة بدر بدرية براء بسام بسمة بشار بشير بكر بلال بهاء تامر تحسين توفيق تيسير ثامر ثائر جابر جاسم جلال جمال جمانة "
    "جميل جميلة جواد جورج جوزيف جيهان حاتم حازم حافظ حبيب حسام حسان حسن حسناء حسني حسين حليمة حنان حيدر خالد خديجة "
    "خليفة "
    "خليل خميس داليا دانا داود دلال دنيا دينا ديما راشد راغب رامي رانيا راندا رائد ربا رزان رشا رشيد "
    "رضا رضوان رغد رفعت رفيق رقية رنا رنده رنيم رهف روان رولا رياض ريم ريما زاهر زكريا زكي زهراء زهير زياد زيد زين "
    "زينب "
    "زينة سارة سالم سامح سامر سامي سامية سعاد سعد سعود سعيد سعيدة سلمى سلمان سلوى سليم سليمان سمر سمير سميرة سناء "
    "سهى سهام "
    "سهير سوزان سوسن سيد سيدي سيف شادي شادية شاكر شريف شهد شيماء شيرين صابر صادق صالح صبحي صبري صفاء صفية صلاح ضياء "
    "طارق طاهر طلال طلعت طه عائشة عايدة عبلة عبير عزة عفاف علياء عواطف عوض وداد ميشال بيار انطوان الياس جان جبران "
    "طوني شربل "
    "ميشيل حنا بطرس مارون بولس رنيا غيث لجين تمارا تالا جنى"
)
_PERSIAN: Final = (
    "رضا علیرضا محمدرضا حمیدرضا غلامرضا امیر امیرحسین امیرعلی حسین محمدحسین حسن محمدعلی مهدی محمدمهدی هادی حامد حمید "
    "سعید وحید "
    "مجید فرید نوید جمشید فرشید بهرام بهروز بهزاد بابک باقر پرویز پیمان پویا پژمان پوریا تورج جواد جلال "
    "داوود داود داریوش رامین رحیم روزبه سیاوش سینا سیامک سهراب سپهر شاهین شایان شهاب شهرام صادق طاهر عباس عبدالله "
    "عطا فرهاد "
    "فرامرز فرزاد فریبرز فریدون قاسم کاظم کامران کامبیز کاوه کوروش کیوان کریم محسن محمود مسعود مرتضی مصطفی مهرداد "
    "مازیار میثم میلاد منصور منوچهر ناصر نادر نیما نریمان همایون هومن هوشنگ یاسر یوسف آرش آرمان آرمین آرین ابراهیم "
    "احسان احمد "
    "اردشیر اسماعیل افشین اکبر ایرج ایمان مریم زهرا فاطمه معصومه لیلا سارا نرگس نگار نازنین نسرین نیلوفر مینا مهسا "
    "مهناز "
    "مژگان منیژه ملیحه محبوبه مرضیه ماندانا گلناز گلنار کتایون فرناز فریبا فرزانه فائزه فهیمه فرشته غزاله طاهره طیبه "
    "صبا شیوا شیما شیرین شبنم شهلا شهره سیمین سمیرا سمیه سپیده ساناز زینب زیبا ریحانه راضیه پروین پریسا پگاه "
    "بهاره بنفشه الهام الهه اکرم اعظم آزاده آرزو آیدا آناهیتا آتنا تینا تهمینه حمیده هانیه یاسمن "
    "سید سیده نبیله نجیب"
)
_HEBREW: Final = (
    "אבי אבישי אביעד אביגיל אבינועם אבנר אברהם אדם אהוד אהרון אודי אוהד אופיר אופירה אורי אוריאל אורית אורלי אורן "
    "אורנה איהאב אייל איילת אילה אילן אילנה אילת אינה איציק איתי איתן איתמר אלדד אלון אלי אליהו אליעזר אלירן אלכס "
    "אלכסנדר אלמוג "
    "אלעד אמיר אמיתי אמנון אמילי אנה אנשיל אסף אסתר אפרים אפרת אראל ארז אריאל אריה אריק אשר בועז בילי בן בנימין בני "
    "ברוך "
    "גבי גבריאל גד גדי גדעון גיא גידי גיל גילי גילה גלי גלית גליה דב דבורה דוד דודו דורון דורית דליה דן דנה דני דניאל "
    "דניאלה דפנה דרור דרורה הדס הודיה הילה הילי ורד זאב זהבה זיו חביב חגי חגית חוה חיה חן חנה חנן חנוך טובה טל "
    "טליה טלי יאיר יגאל יגיל יהודה יהודית יהונתן יואב יואל יובל יוחאי יונה יוני יונתן יוסי יוסף יורם יותם יחיאל יעל "
    "יעקב יפעת "
    "יצחק ירון ישראל ישי כרמית כרמל לאה ליאור ליאורה ליאת לידור לילך לימור לינוי ליעד לירון לירז מאיה מאיר מאיה מור "
    "מורן מוטי מיה מיטל מיכאל מיכאלה מיכל מיקי מירב מירי מירית מלי מנחם מעיין מרב מרדכי מרים משה מתן מתי נאוה נדב "
    "נהוראי נועה "
    "נועם נורית ניב ניסים ניצן ניר נירה נעה נעמה נעמי נריה נתן נתי נטע נטעאל סיגל סמדר סתיו עדי עדינה עדית עדו עודד "
    "עמירה ליטל עומר עופר עופרה עידו עידן עידית עינב עינת עירית עליזה עמוס עמית עמיר עמירם עמרי עמיחי ענבל ענבר ענת "
    "ערן פנינה פיני צבי "
    "ציפי צופיה קובי קרין קרולינה רבקה רוני רונן רונית רונה רועי רות רותי רותם רויטל רז רחל רינה רן רנה רמי רעות רפי "
    "שגיא שגית שאול שחר שי שילה שימי שירה שירי שירלי שלומי שלומית שלמה שמואל שמעון שמרית שני שנית שרה שרון שרית "
    "תהילה תום תומר תמי תמיר תמר תמרה ג'ון"
)
GIVEN: Final = frozenset(fold(name) for names in (_ARABIC, _PERSIAN, _HEBREW) for name in names.split())

_CASELESS: Final = re.compile(r"[\u05d0-\u05ea\u0620-\u06d3]")
# Parts of a line; what stands before a colon is a place, a role, or who is quoted.
_PLACE: Final = re.compile(r"[^:|]{2,40}:(?=\s)")
_PARTICLES: Final = frozenset(("عبد", "بن", "ابن", "بنت", "ابو", "ام", "ولد", "ال", "سيد", "محمد", "בן", "בר"))
_PIECES: Final = re.compile(r"\s+[–—-]+\s*|\s*[–—-]+\s+|\s*[,،;؛:/|()«»“”]\s*|\s*\"(?=\s|\Z)|(?:(?<=\s)|\A)\"")
_DIGIT: Final = re.compile(r"\d")
# What stands before a name: degrees, "from", and reporters, whose paper may stand behind that.
_TITLE: Final = re.compile(
    r"(?:(?:ا\.?)?د\.|دكتور[هة]?|الدكتور[هة]?|م\.|ا\.|استاذ|الاستاذ[هة]?|دکتر|دكتر|مهندس|سيد[هة]?\s(?=محمد|علي)|ד\"ר|"
    r"ד״ר|פרופ['׳]?|עו\"ד|עו״ד|"
    r"ח\"כ|רב|הרב|מן|من|از|قلم|بقلم|اعداد|تقرير|گزارش|كتب[تةه]?)\s*",
)
_REPORTER: Final = re.compile(r"(?:ال)?مراسل(?:ه|ة|نا|تنا)?|موفد(?:نا|تنا)?|خبرنگار|ה?כתב(?:ת|נו|תנו)?|ב?שליחת?נו")


def bearers(line: str) -> tuple[str, ...]:
    """The names in a line of a script without capital letters whose first word is one that people are given."""
    if line.isascii() or not _CASELESS.search(line) or _is_credit(line):
        return ()
    parts = (_PLACE.sub("", OTHERS.sub("", part)) for part in marked_parts(line))
    pieces = [piece for part in parts for piece in _PIECES.split(part) if piece]
    names = (_bearer(name.strip()) for piece in pieces for name in at_joined_and(piece.replace("  ", " ")))
    return tuple(dict.fromkeys(name for name in names if name))


def _is_credit(line: str) -> bool:
    """Whether an agency and a name stand on the sides of a slash, as under pictures."""
    sides = line.split("/")
    return len(sides) > 1 and any(agencies().named(fold_line(side.strip())) for side in sides)


def _bearer(piece: str) -> str | None:
    words = piece.split()
    start = 0
    while start < len(words) and _TITLE.fullmatch(f"{fold(words[start])} ".strip()):
        start += 1
    if start < len(words) and _REPORTER.fullmatch(words[start]):
        start = next((i for i in range(start + 1, len(words) - 1) if fold(words[i]) in GIVEN), len(words))
    name = " ".join(words[start:])
    length = sum(fold(word) not in _PARTICLES for word in words[start:])
    is_fitting = len(words) - start > 1 and length <= MAX_WORDS and len(name) <= MAX_CHARS and not _DIGIT.search(name)
    return name if is_fitting and fold(words[start]) in GIVEN and not ROLE.search(name) else None
