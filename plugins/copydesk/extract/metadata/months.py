"""Names of months in many languages, by number, and the spelling in which they are compared."""

from __future__ import annotations

import re
from typing import Final

# Arabic as in the Gulf and Egypt, the Levant, and the Maghreb; `_` is a space within a name. A name that two languages
# give to different months (Polish and Croatian "listopad") is the more widely read language's.
_NAMES: Final = (
    (
        "january jan janvier janv januar jänner jän enero ene gennaio gen janeiro januari stycznia styczeń "
        "января январь янв січня ocak oca يناير كانون_الثاني جانفي ژانویه ינואר ιανουαριου ιανουαριος ιαν ledna "
        "tammikuuta január ianuarie ian януари јануар जनवरी جنوری জানুয়ারি tháng_1 gener"
    ),
    (
        "february feb février févr fevrier februar febrero febbraio fevereiro fev februari lutego luty февраля "
        "февраль фев лютого şubat şub فبراير شباط فيفري فوریه פברואר φεβρουαριου φεβρουαριος φεβ února "
        "helmikuuta február februarie февруари фебруар फरवरी فروری ফেব্রুয়ারি tháng_2 febrer pebruari"
    ),
    (
        "march mar mars märz maerz mrz marzo março marco maart marca marzec марта март мар березня mart مارس "
        "آذار מרץ מרס μαρτιου μαρτιος μαρ března maaliskuuta március martie marts मार्च مارچ মার্চ tháng_3 març "
        "maret"
    ),
    (
        "april apr avril avr abril abr aprile kwietnia kwiecień апреля апрель апр квітня nisan nis أبريل نيسان "
        "أفريل آوریل אפריל απριλιου απριλιος απρ dubna huhtikuuta április aprilie април अप्रैल اپریل এপ্রিল "
        "tháng_4"
    ),
    (
        "may mai mayo maggio mag maio mei maja maj мая май травня mayıs مايو أيار ماي مه מאי μαιου μαιος května "
        "toukokuuta május мај मई مئی মে tháng_5 maig"
    ),
    (
        "june jun juin juni junio giugno giu junho czerwca czerwiec июня июнь июн червня haziran haz يونيو يونيه "
        "حزيران جوان ژوئن יוני ιουνιου ιουνιος ιουν června kesäkuuta június iunie юни јун जून جون জুন tháng_6 "
        "juny"
    ),
    (
        "july jul juillet juil juli julio luglio lug julho lipca lipiec июля июль июл липня temmuz tem يوليو "
        "يوليه يوليوز تموز جويلية ژوئیه יולי ιουλιου ιουλιος ιουλ července heinäkuuta július iulie юли јул जुलाई "
        "جولائی জুলাই tháng_7 juliol"
    ),
    (
        "august augusts aug août aout agosto ago augustus sierpnia sierpień augusti августа август авг серпня ağustos "
        "ağu agustus أغسطس آب أوت غشت اوت אוגוסט αυγουστου αυγουστος αυγ srpna elokuuta augusztus अगस्त اگست "
        "আগস্ট tháng_8 agost avgust"
    ),
    (
        "september sept sep septembre septiembre setiembre settembre set setembro września wrzesień сентября сентябрь "
        "сен сент вересня eylül eyl سبتمبر أيلول شتنبر سپتامبر ספטמבר σεπτεμβριου σεπτεμβριος σεπ září syyskuuta "
        "szeptember septembrie септември септембар सितंबर सितम्बर ستمبر সেপ্টেম্বর tháng_9 setembre"
    ),
    (
        "october oct octobre oktober okt octubre ottobre ott outubro out października październik октября "
        "октябрь окт жовтня ekim eki أكتوبر تشرين_الأول اكتبر اکتبر אוקטובר οκτωβριου οκτωβριος οκτ října "
        "lokakuuta október octombrie октомври октобар oktobar अक्टूबर اکتوبر অক্টোবর tháng_10"
    ),
    (
        "november nov novembre noviembre novembro listopada listopad listopadu ноября ноябрь ноя листопада kasım "
        "kas نوفمبر تشرين_الثاني نونبر نوامبر נובמבר νοεμβριου νοεμβριος νοε marraskuuta noiembrie ноември "
        "новембар novembar नवंबर नवम्बर نومبر নভেম্বর tháng_11 nopember"
    ),
    (
        "december dec décembre déc decembre dezember dez diciembre dic dicembre dezembro grudnia grudzień "
        "декабря декабрь дек грудня aralık ara desember ديسمبر كانون_الأول دجنبر دسامبر דצמבר δεκεμβριου "
        "δεκεμβριος δεκ prosince joulukuuta decembrie декември децембар decembar दिसंबर दिसम्बर دسمبر ডিসেম্বর "
        "tháng_12 desembre"
    ),
)
# Baltic, Caucasian, Turkic and other languages, and more short forms.
_MORE: Final = (
    "sausio sau janvāris jaanuar janúar yanvar қаңтар იანვარი հունվարի janar ஜனவரி siječnja sty січ",
    "vasario vas februāris veebruar februari fevral ақпан თებერვალი փետրվարի shkurt பிப்ரவரி veljače lut лют",
    "kovo marts märts machi mac наурыз მარტი մարտի மார்ச் ožujka бер",
    "balandžio aprīlis aprill aprili aprel сәуір აპრილი ապրիլի prill ஏப்ரல் travnja kwi квіт",
    "gegužės maijs maí mei мамыр მაისი մայիսի மே svibnja трав",
    "birželio jūnijs juuni júní juni iyun маусым ივნისი հունիսի qershor ஜூன் lipnja cze черв",
    "liepos jūlijs juuli júlí julai iyul шілде ივლისი հուլիսի korrik ஜூலை srpnja lip лип",
    "rugpjūčio ágúst agosti ogos agu avqust тамыз აგვისტო օգոստոսի gusht ஆகஸ்ட் kolovoza sie серп",
    "rugsėjo septembris septemba sentyabr қыркүйек სექტემბერი սեպտեմբերի shtator செப்டம்பர் rujna wrz вер",
    "spalio oktobris oktoober október oktoba oktyabr oktabr қазан ოქტომბერი հոկտեմբերի tetor அக்டோபர் paź жовт",
    "lapkričio novembris nóvember novemba noyabr қараша ნოემბერი նոյեմբերի nëntor நவம்பர் studenoga studenog lis лист",
    "gruodžio decembris detsember desemba dekabr желтоқсан დეკემბერი դեկտեմբերի dhjetor டிசம்பர் prosinca gru груд des",
)
# Thai, whose short forms have lost their dots here.
_THAI: Final = (
    "มกราคม มค",
    "กุมภาพันธ์ กพ",
    "มีนาคม มีค",
    "เมษายน เมย",
    "พฤษภาคม พค",
    "มิถุนายน มิย",
    "กรกฎาคม กค",
    "สิงหาคม สค",
    "กันยายน กย",
    "ตุลาคม ตค",
    "พฤศจิกายน พย",
    "ธันวาคม ธค",
)
# The Persian calendar's, as in Iran and in Afghanistan.
_PERSIAN: Final = (
    "فروردین حمل",
    "اردیبهشت ثور",
    "خرداد جوزا",
    "تیر سرطان",
    "مرداد امرداد اسد",
    "شهریور سنبله",
    "مهر میزان",
    "آبان عقرب",
    "آذر قوس",
    "دی جدی",
    "بهمن دلو",
    "اسفند حوت",
)
# Hebrew short forms, without their mark.
_HEBREW: Final = ("ינו", "פבר", "", "אפר", "", "", "", "אוג", "ספט", "אוק", "נוב", "דצמ")
_DIGITS: Final = str.maketrans("٠١٢٣٤٥٦٧٨٩۰۱۲۳۴۵۶۷۸۹０１２３４５６７８９०१२३४५६७८९০১২৩৪৫৬৭৮৯", "0123456789" * 5)
# Hamza and ya forms made one, dots and accents that capital letters lose, vowel marks and signs without width.
_LETTERS: Final = str.maketrans("أإآٱىیكکةئıάέήίόύώςϊΐϋΰ", "اااايي" + "كك" + "هيiαεηιουωσιιυυ") | dict.fromkeys(
    map(ord, "׳ـًٌٍَُِّْٰ\u0307\u200c\u200e\u200f\u061c")
)


def digits(text: str) -> str:
    """Text with the digits of any script as 0 to 9."""
    return text.translate(_DIGITS)


def fold(text: str) -> str:
    """Text as months' names are compared: lower case, single spaces, variants of letters made one."""
    return " ".join(digits(text).lower().translate(_LETTERS).split())


def _by_name(months: tuple[str, ...]) -> dict[str, int]:
    return {fold(name.replace("_", " ")): number for number, names in enumerate(months, 1) for name in names.split()}


MONTHS: Final = _by_name(_HEBREW) | _by_name(_THAI) | _by_name(_MORE) | _by_name(_NAMES)
PERSIAN_MONTHS: Final = _by_name(_PERSIAN)
# Of the name of a month in the more widely read languages, folded.
PATTERN: Final = "|".join(sorted(map(re.escape, _by_name(_NAMES)), key=len, reverse=True))
