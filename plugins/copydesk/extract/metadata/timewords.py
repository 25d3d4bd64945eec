"""Words of lines that say when, in many languages, without their dates; `_` is a space, and words may be patterns."""

from __future__ import annotations

from typing import Final

WEEKDAYS: Final = (
    "monday tuesday wednesday thursday friday saturday sunday "
    "montag dienstag mittwoch donnerstag freitag samstag sonntag "
    "lundi mardi mercredi jeudi vendredi samedi dimanche "
    "lunes martes miércoles jueves viernes sábado domingo "
    "(?:segunda|terça|quarta|quinta|sexta)-feira "
    "lunedì martedì mercoledì giovedì venerdì sabato domenica "
    "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag "
    "måndag tisdag onsdag torsdag fredag lördag söndag "
    "poniedziałek wtorek środa czwartek piątek sobota niedziela "
    "pazartesi salı çarşamba perşembe cuma cumartesi pazar "
    "понедельник вторник среда четверг пятница суббота воскресенье "
    "понеділок вівторок середа четвер п[’']ятниця субота неділя "
    "δευτέρα τρίτη τετάρτη πέμπτη παρασκευή σάββατο κυριακή "
    "senin selasa rabu kamis jumat sabtu minggu "
    "السبت ال[أا]حد ال[اإ]ثنين الثلاثاء ال[أا]ربعاء الخميس الجمعة "
    "(?:یک|دو|سه_?|چهار|پنج_?)?شنبه جمعه "
    "יום_(?:ראשון|שני|שלישי|רביעי|חמישי|שישי) שבת"
)
# What says of which event a date is, and "at … o'clock".
STAMPS: Final = (
    "updated? published posted modified date (?:estimated_)?reading_time "
    "stand erstellt veröffentlicht publiziert aktualisiert datum uhr "
    "publié modifié mis_à_jour "
    "fecha publicad[oa] actualizad[oa] última_actualización primera_publicación "
    "data publicado atualizado última_atualização primeira_publicação "
    "pubblicato aggiornato ultimo_aggiornamento data_pubblicazione "
    "gepubliceerd bijgewerkt publicerad uppdaterad opublikowan[eo] aktualizacja "
    "(?:yayın|giriş|yayınlanma|oluşturulma|eklenme)_tarihi tarihi? son_güncelleme "
    "дата опубликовано обновлено создано изменено последнее_обновление первая_публикация року "
    "δημοσίευση (?:τελευταία_)?ενημέρωση diterbitkan diperbarui "
    "تاريخ تاريخ_النشر نشر نشر_في آخر_تحديث الساعة ميلادي الموافق بتوقيت_\\w+ "
    "تاریخ تاریخ_انتشار زمان_انتشار انتشار ساعت "
    "פורסם(?:_ב)? עודכן עדכון_אחרון תאריך_פרסום בשעה "
    "发布时间 发表时间 出版 更新 發布時間 發佈時間 更新時間 公開日 更新日 입력 수정 등록 승인 송고시간 작성일"
)
# What leads to a date or an hour. In lower case: with a capital letter they are names, as "Le" is in Vietnam.
PREPOSITIONS: Final = "on at am um den der le à il el alle alle_ore ore a_las em às en op om kl dnia pada"
