"""Author lines to persons."""

from __future__ import annotations

import pytest

from copydesk.extract.metadata.persons import desks, given_first, pen_names, persons, signers, whole_names


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("By Ana Roe and Ben Poe", ("Ana Roe", "Ben Poe")),
        ("by ANA ROE, Senior Correspondent", ("Ana Roe",)),
        ("Ana Roe; Ben Poe; Ana Roe", ("Ana Roe", "Ben Poe")),
        ("Von Jörg Müller", ("Jörg Müller",)),
        ("Par Léa d'Or et Jean-Luc Roe", ("Léa d'Or", "Jean-Luc Roe")),
        ("بقلم: أحمد علي", ("أحمد علي",)),
        ("Автор: Иван Петров", ("Иван Петров",)),
        ("作者：王小明", ("王小明",)),
        ("홍길동 기자", ("홍길동",)),
        ("순천, 광양 구현모 기자 ninek@post.example", ("구현모",)),
        ("Ana Roe ana.roe@post.example", ("Ana Roe",)),
        ("Ana Roe Managing Editor", ("Ana Roe",)),
        ("Chief Political Correspondent", ()),
        ("This Author", ()),
        ("گزارش: مریم احمدی", ("مریم احمدی",)),
        ("إعداد: ليلى حداد - تحرير: سامي نصر", ("ليلى حداد",)),
        ("Haber: Mehmet Demir", ("Mehmet Demir",)),
        ("Propos recueillis par Jean Martin", ("Jean Martin",)),
        ("a cura di Paola Bianchi", ("Paola Bianchi",)),
        ("Oprac. Jan Kowalski", ("Jan Kowalski",)),
        ("Por Ana Ruiz / Madrid", ("Ana Ruiz",)),
        ("Por João Silva e Maria Souza — São Paulo", ("João Silva", "Maria Souza")),
        ("Door Jan de Vries", ("Jan de Vries",)),
        ("מאת דנה כהן", ("דנה כהן",)),
        ("记者 李华 摄影 张三", ("李华",)),
        ("خبرگزاری فارس", ()),
        ("РИА Новости", ()),
        ("PAP", ()),
        ("Our Blogs", ()),
        ("Ana Roe (Port Lune)", ("Ana Roe",)),
        ("Willem van der Berg", ("Willem van der Berg",)),
        ("Jack Shepherd", ("Jack Shepherd",)),  # not his "rd" of a degree
        ("Md Aynal Haque, MD", ("Md Aynal Haque",)),
        ("Benjamin Johnson, Sr. Director of Operations, Lune Lines", ("Benjamin Johnson",)),
        ("Paramita (Guha) Ghosh", ("Paramita (Guha) Ghosh",)),
        ("Ana Roe (Content Manager)", ("Ana Roe",)),
        ("Ana RoePublished", ("Ana Roe",)),
        ("Ana Roe Senior Research Executive", ("Ana Roe",)),
        ("Ana Roe - Product marketer", ("Ana Roe",)),
        ("Linny and Peter", ("Linny", "Peter")),
        ("Ana Roe, Dietitian", ("Ana Roe",)),
        ("Tom May", ("Tom May",)),
        ("By Ana Roe | Reviewed by Ben Poe", ("Ana Roe",)),
        ("Foto: Ana Roe", ()),
        ("Great Day Editorial Team", ()),
        ("Center for Drug Evaluation", ()),
        ("Getty Images", ()),
        ("Human in the Loop", ()),
        ("Posted by BeauHD on Friday December 19, 2025 @08:00PM from the harbour", ("BeauHD",)),
        ("Ana Roe PhD, RN, MSc", ("Ana Roe",)),
        ("March 12, 2024", ()),
        ("Reuters", ()),
        ("AFP", ()),
        ("رويترز", ()),
        ("وكالة الأنباء", ()),
        ("Newsroom Staff", ()),
        ("https://facebook.com/Ana.Roe", ()),
        ("@ana", ()),
        ("admin", ()),
        ("3 minutes", ()),
        ("x" * 5000, ()),
    ],
)
def test_only_persons_are_authors(line: str, expected: tuple[str, ...]) -> None:
    assert persons([line]) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Posted by Ana Roe on August 13, 2024 in News", ("Ana Roe",)),
        ("By Ana Roe, Contributor; Ben Poe, Staff Writer", ("Ana Roe", "Ben Poe")),
        ("Ana Roe, Ben Poe and Carl Doe", ("Ana Roe", "Ben Poe", "Carl Doe")),
        ("By Ana Roe, Ben Poe, and Carl Doe", ("Ana Roe", "Ben Poe", "Carl Doe")),
        ("Text: Ana Roe | Photos: Ben Poe", ("Ana Roe",)),
        ("Story by Ana Roe; Photography by Ben Poe", ("Ana Roe",)),
        ("Interview by Ana Roe", ("Ana Roe",)),
        ("Guest post by Ana Roe", ("Ana Roe",)),
        ("By Ana Roe, CNN", ("Ana Roe",)),
        ("By Ana Roe for The Lune Post", ("Ana Roe",)),
        ("BY ANA ROE | THE LUNE POST", ("Ana Roe",)),
        ("By Ana Roe / Reuters", ("Ana Roe",)),
        ("By ANA ROE Associated Press", ("Ana Roe",)),
        ("By Ana Roe, AP Science Writer", ("Ana Roe",)),
        ("By Dr. Ana Roe", ("Dr. Ana Roe",)),
        ("By Ana Roe Jr., Esq.", ("Ana Roe Jr",)),
        ("Reporting by Ana Roe; editing by Ben Poe", ("Ana Roe",)),
        ("Von unserem Redakteur Jörg Müller", ("Jörg Müller",)),
        ("Von unserem Korrespondenten Jörg Müller", ("Jörg Müller",)),
        ("Ein Kommentar von Anna Schmidt", ("Anna Schmidt",)),
        ("Ein Gastbeitrag von Anna Schmidt", ("Anna Schmidt",)),
        ("Interview: Anna Schmidt", ("Anna Schmidt",)),
        ("Eine Analyse von Anna Schmidt, Berlin", ("Anna Schmidt",)),
        ("Aus Berlin berichtet Anna Schmidt", ("Anna Schmidt",)),
        ("Par Léa Martin (texte) et Paul Durand (photos)", ("Léa Martin",)),
        ("Par la rédaction", ()),
        ("Par Léa Martin, envoyée spéciale à Lune", ("Léa Martin",)),
        ("Par Léa Martin et l'AFP", ("Léa Martin",)),
        ("Rédigé par Léa Martin", ("Léa Martin",)),
        ("Por: Ana Ruiz", ("Ana Ruiz",)),
        ("Por Redacción", ()),
        ("Agencias", ()),
        ("EFE", ()),
        ("Texto: Ana Ruiz Fotos: José Gómez", ("Ana Ruiz",)),
        ("Escrito por Ana Ruiz en Noticias", ("Ana Ruiz",)),
        ("Publicado por Ana Souza em 13/08/2024", ("Ana Souza",)),
        ("Por Redação g1", ()),
        ("Por Ana Souza e agências", ("Ana Souza",)),
        ("Tekst: Jan Kowalski", ("Jan Kowalski",)),
        ("Napisane przez Jan Kowalski", ("Jan Kowalski",)),
        ("Ayşe Yılmaz / İstanbul, 13 Ağustos (DHA)", ("Ayşe Yılmaz",)),
        ("Подготовил Иван Петров", ("Иван Петров",)),
        ("Подготовила: Мария Сидорова", ("Мария Сидорова",)),
        ("Корреспондент: Иван Петров", ("Иван Петров",)),
        ("Szerző: Kovács Anna", ("Kovács Anna",)),
        ("Írta: Kovács Anna", ("Kovács Anna",)),
        ("Av Anna Svensson", ("Anna Svensson",)),
        ("Text: Anna Svensson Foto: Lars Berg", ("Anna Svensson",)),
        ("Af Jens Hansen", ("Jens Hansen",)),
        ("Skrevet av Kari Nordmann", ("Kari Nordmann",)),
        ("Teksti: Matti Virtanen", ("Matti Virtanen",)),
        ("Autor: Ion Popescu", ("Ion Popescu",)),
        ("Scris de Ion Popescu", ("Ion Popescu",)),
        ("Penulis: Budi Santoso", ("Budi Santoso",)),
        ("Oleh: Budi Santoso", ("Budi Santoso",)),
        ("Tác giả: Nguyễn Văn An", ("Nguyễn Văn An",)),
        ("Γράφει ο Γιώργος Παπαδόπουλος", ("Γιώργος Παπαδόπουλος",)),
        ("लेखक: राम कुमार", ("राम कुमार",)),
        ("Piše: Ana Horvat", ("Ana Horvat",)),
        ("Автор: Георги Иванов", ("Георги Иванов",)),
        ("كتبت: منى الخطيب", ("منى الخطيب",)),
        ("كتب - أحمد علي:", ("أحمد علي",)),
        ("كتب أحمد علي:", ("أحمد علي",)),
        ("حوار: أحمد علي", ("أحمد علي",)),
        ("حاوره: أحمد علي", ("أحمد علي",)),
        ("تقرير: أحمد علي", ("أحمد علي",)),
        ("ترجمة: أحمد علي", ()),
        ("متابعة: أحمد علي", ("أحمد علي",)),
        ("أحمد علي - القاهرة", ("أحمد علي",)),
        ("أحمد علي – «الشرق الأوسط»", ("أحمد علي",)),
        ("د. أحمد علي", ("د. أحمد علي",)),
        ("نویسنده: مریم احمدی", ("مریم احمدی",)),
        ("نوشته: مریم احمدی", ("مریم احمدی",)),
        ("ترجمه: مریم احمدی", ()),
        ("مترجم: مریم احمدی", ()),
        ("כתב: יוסי לוי", ("יוסי לוי",)),
        ("כתבה: דנה כהן", ("דנה כהן",)),
        ("מאת: דנה כהן ויוסי לוי", ("דנה כהן", "יוסי לוי")),
        ("צילום: דנה כהן", ()),
        ("文 / 王小明", ("王小明",)),
        ("撰文：王小明 摄影：张三", ("王小明",)),
        ("作者丨王小明", ("王小明",)),
        ("编辑：李华", ()),
        ("文・田中太郎", ("田中太郎",)),
        ("取材・文：田中太郎", ("田中太郎",)),
        ("글 홍길동 · 사진 김철수", ("홍길동",)),
        ("[서울=뉴시스] 홍길동 기자 =", ("홍길동",)),
        ("โดย สมชาย ใจดี", ("สมชาย ใจดี",)),
        ("เขียนโดย สมชาย ใจดี", ("สมชาย ใจดี",)),
    ],
)
def test_what_stands_before_and_behind_a_name_is_taken_off_in_many_languages(
    line: str, expected: tuple[str, ...]
) -> None:
    assert persons([line]) == expected


@pytest.mark.parametrize(
    "line",
    [
        "بقلم وليد حسن وليد كامل",
        "بقلم محمد وليد حسن",
        "记者会在北京举行",
        "本报记者在现场",
        "Aus Berlin berichtet niemand",
    ],
)
def test_what_only_looks_like_a_list_or_a_reporter_is_none(line: str) -> None:
    assert len(persons([line])) <= 1


def test_a_pen_name_is_one_and_an_agency_or_an_address_is_none() -> None:
    assert pen_names(["Human in the Loop"]) == ()
    assert pen_names(["aawoods", "Reuters", "admin", "https://example.org/a"]) == ("aawoods",)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("The Lune Labs Team", ("The Lune Labs Team",)),
        ("By Lune Harbour Trust, 2024", ("Lune Harbour Trust",)),
        ("Center for Harbour Evaluation and Research", ("Center for Harbour Evaluation and Research",)),
        ("98 Cranes", ("98 Cranes",)),
        ("Editorial Team", ()),
        ("Staff", ()),
        ("Reuters Staff", ()),
        ("By The Associated Press", ()),
        ("12:20pm", ()),
        ("crews that keep ships safe", ()),
        ("Got something to say?", ()),
    ],
)
def test_a_team_signs_with_its_own_name_and_a_desk_has_none(line: str, expected: tuple[str, ...]) -> None:
    assert signers([line]) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("News Desk", ("News Desk",)),
        ("Marketing Team", ("Marketing Team",)),
        ("Staff", ("Staff",)),
        ("admin", ()),
        ("Site Administrator", ()),
        ("Guest Author", ()),
        ("Editor", ()),
        ("4 minutes", ()),
        ("Lune Labs Team", ()),  # it has a name of its own
        ("The Associated Press", ()),
    ],
)
def test_a_desk_has_no_name_of_its_own_and_is_no_account(line: str, expected: tuple[str, ...]) -> None:
    assert desks([line]) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("ana.roe@post.example", ("Ana Roe",)),
        ("news.desk@post.example", ()),
        ("ana@post.example", ()),
        ("Harbour ListsJust ClosedCrane Planning", ()),  # categories without spaces between them
        ("Ana MacDonald", ("Ana MacDonald",)),
    ],
)
def test_an_address_may_hold_a_name_and_words_run_together_are_none(line: str, expected: tuple[str, ...]) -> None:
    assert persons([line]) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [("Roe, Ana", "Ana Roe"), ("Roe, Ana B.", "Ana B. Roe"), ("Ana Roe", "Ana Roe"), ("Roe, Editor", "Roe, Editor")],
)
def test_catalogues_write_the_family_name_first(name: str, expected: str) -> None:
    assert given_first(name) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Ana Roe | August 13, 2024", ("Ana Roe",)),
        ("Ana Roe, PhD", ("Ana Roe",)),
        ("Ana", ()),
        ("harbour news", ()),
        ("What Ana Roe told the crews of the harbour", ()),
    ],
)
def test_a_line_consists_of_names_or_it_does_not(line: str, expected: tuple[str, ...]) -> None:
    assert whole_names(line) == expected


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("By Kim Le | June 4, 2024", ("Kim Le",)),
        ("By Kim Le on June 4, 2024", ("Kim Le",)),
        ("by Ana Roe | Feb 11, 2025 | Data Analysis | 0 comments", ("Ana Roe",)),
        ("By Ana Roe | Ben Poe | Feb 11, 2025", ("Ana Roe", "Ben Poe")),
        ("This is a guest post by Ana Roe, ecologist at Lune.", ("Ana Roe",)),
        ("Words & recipe: Ana RoePhotography: Ben Poe", ("Ana Roe",)),
        ("Tekst: Ana Roe en Ben Poe. Beeld: Cal Moe. Eindredactie: D. Doe.", ("Ana Roe", "Ben Poe")),
        ("文：中村俊介、小林あゆみ　編集：伊藤真", ("中村俊介", "小林あゆみ")),
        ("Professor Ana Roe", ("Ana Roe",)),
        ("Sir Ben Poe", ("Ben Poe",)),
        ("24 Days of Web", ()),
    ],
)
def test_lines_of_bylines_name_whom_readers_would_say(line: str, expected: tuple[str, ...]) -> None:
    assert persons([line]) == expected
