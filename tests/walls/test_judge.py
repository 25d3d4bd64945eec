"""Pages that are walls are refused as what they are; articles about walls, and short articles beside walls, load."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from copydesk.errors import PermanentPageError
from copydesk.models import Entry, Outcome, Page, Reason
from copydesk.pipeline.make import make
from copydesk.walls import Term, wall_of_error
from copydesk.walls.phrases import phrases

NOW = datetime(2026, 11, 23, tzinfo=UTC)
URL = "https://news.example/2026/story"
HARBOURS = ("Orrin", "Salt", "Velm", "Tarn", "Asker", "Lunde", "Pell", "Marrow", "Quill", "Sund", "Varde", "Holm")
SENTENCES = [
    f"The council of {name} harbour voted on Tuesday to widen its northern quay, said its chair, Nora {name}son. "
    for name in HARBOURS
]
ARABIC = [
    f"صوت مجلس ميناء {name} يوم الثلاثاء على توسيع رصيفه الشمالي قبل حلول فصل الشتاء كما قالت رئيسته نورا لندغرين. "
    for name in (
        "الفنار",
        "الزهراء",
        "المنارة",
        "النخيل",
        "المرجان",
        "الروضة",
        "الواحة",
        "السلام",
        "البحر",
        "الشمس",
        "القمر",
    )
]
LONG = "".join(SENTENCES)
SHORT = "".join(SENTENCES[:2])
SHORT_ARABIC = "".join(ARABIC[:2])
MENU = "".join(f'<li><a href="/{name}">{name.title()}</a></li>' for name in ("world", "sport", "culture", "money"))


def html(title: str, body: str, head: str = "", language: str = "en") -> str:
    return (
        f"<!DOCTYPE html><html lang={language}><head><meta charset=utf-8><title>{title}</title>{head}</head>"
        f"<body><nav><ul>{MENU}</ul></nav><main>{body}</main><footer>About us. Imprint. Contact.</footer></body></html>"
    )


def article(title: str, text: str, more: str = "", head: str = "", language: str = "en") -> str:
    paragraphs = "".join(f"<p>{part}.</p>" for part in text.split(". ") if part.strip())
    return html(title, f"<article><h1>{title}</h1>{paragraphs}{more}</article>", head, language)


def json_ld(**said: object) -> str:
    claim = {"@context": "https://schema.org", "@type": "NewsArticle", "headline": "Quay", **said}
    return f'<script type="application/ld+json">{json.dumps(claim)}</script>'


def terms(markup: str) -> tuple[Term, ...]:
    page = Page(URL, URL, 200, {"content-type": "text/html; charset=utf-8"}, markup.encode(), NOW, b"hash")
    return make((page, Entry(URL, URL, "news.example", entry_id=1), None)).terms


def refused(markup: str) -> tuple[Outcome, Reason]:
    with pytest.raises(PermanentPageError) as caught:
        terms(markup)
    return caught.value.outcome, caught.value.reason


CHALLENGE = "<script>window._cf_chl_opt={cType:'managed'};</script>"
CAPTCHA = "<form><div class=g-recaptcha data-sitekey=x></div></form>"
PASSWORD = "<form method=post><input name=user><input type=password name=secret><button>OK</button></form>"

BOT_WALLS = {
    "challenge": html(
        "Just a moment...", "<h1>news.example</h1><p>Enable JavaScript and cookies to continue</p>", CHALLENGE
    ),
    "challenge without text": f"<html><head><title>news.example</title></head><body>{CHALLENGE}</body></html>",
    "challenge in French": html(
        "Un instant…", "<p>Vérifiez que vous êtes humain en effectuant l’action.</p>", language="fr"
    ),
    "challenge in Arabic": html(
        "لحظة…", "<h1>news.example</h1><p>التحقّق من أنّك إنسان. قد يستغرق ذلك ثوانٍ.</p>", CHALLENGE, "ar"
    ),
    "challenge in Turkish": html("Bir dakika lütfen...", "<p>İnsan olduğunuzu doğrulayın.</p>", language="tr"),
    "blocked": html(
        "Attention Required! | Cloudflare",
        "<h1>Sorry, you have been blocked</h1><p>This website is using a security service to protect itself from online"
        " attacks. The action you just performed triggered the security solution.</p>",
    ),
    "captcha": html("news.example", f"<p>Please verify you are a human before you go on.</p>{CAPTCHA}"),
    "refresh": html("Checking your browser", "<p>Wait.</p>", "<meta http-equiv=refresh content='5'>"),
}


@pytest.mark.parametrize("name", BOT_WALLS)
def test_a_test_for_robots_is_a_bot_wall(name: str) -> None:
    assert refused(BOT_WALLS[name]) == (Outcome.REFUSED, Reason.BOT_WALL)


PAYWALLS = {
    "structured": article("Quay to be widened", SHORT, head=json_ld(isAccessibleForFree=False)),
    "structured as text": article("Quay to be widened", SHORT, head=json_ld(isAccessibleForFree="False")),
    "prompt": article("Quay to be widened", SHORT, "<div class=box><p>Subscribe to continue reading</p></div>"),
    "prompt in French": article(
        "Le quai sera élargi",
        SHORT,
        "<p>Il vous reste 80% de cet article à lire. La suite est réservée aux abonnés.</p>",
    ),
    "prompt in German": article("Der Kai wird breiter", SHORT, "<p>Dieser Artikel ist nur für Abonnenten.</p>"),
    "prompt in Arabic": article("توسيع الرصيف", SHORT_ARABIC, "<p>هذا المقال للمشتركين فقط</p>", language="ar"),
    "label": article("Quay to be widened", SHORT, "<p>For subscribers only</p>"),
}


@pytest.mark.parametrize("name", PAYWALLS)
def test_the_beginning_of_a_paid_article_is_a_paywall(name: str) -> None:
    assert refused(PAYWALLS[name]) == (Outcome.REFUSED, Reason.PAYWALL)


@pytest.mark.parametrize(
    "markup",
    [
        article("Quay to be widened", LONG, head=json_ld(isAccessibleForFree=False)),
        article("Quay to be widened", LONG, head=json_ld(isAccessibleForFree="http://schema.org/False")),
    ],
)
def test_a_long_open_part_loads_and_the_page_is_known_not_to_be_free(markup: str) -> None:
    assert terms(markup) == (Term("paywall", "JSON-LD says isAccessibleForFree: false"),)


NOT_FOUND = {
    "English": html("Page not found - The Quay", "<h1>Oops!</h1><p>The page you are looking for no longer exists.</p>"),
    "with teasers": html(
        "The Quay", "<h1>404</h1><p>We couldn't find that page.</p>" + f"<h3>Latest</h3><ul>{MENU * 8}</ul>"
    ),
    "Arabic": html("الصفحة غير موجودة", "<p>عذرًا، الصفحة التي تبحث عنها غير موجودة أو تم نقلها.</p>", language="ar"),
    "Russian": html("Страница не найдена", "<p>Запрашиваемая страница была удалена.</p>", language="ru"),
    "Spanish": html("Página no encontrada | El Muelle", "<p>La página que buscas ya no existe.</p>", language="es"),
}


@pytest.mark.parametrize("name", NOT_FOUND)
def test_a_page_that_says_in_words_that_it_is_not_there_is_gone(name: str) -> None:
    assert refused(NOT_FOUND[name]) == (Outcome.GONE, Reason.SOFT_NOT_FOUND)


CONSENTS = {
    "English": html(
        "Before you continue",
        "<p>We and our partners store and/or access information on a device, such as cookies, and process it."
        "</p><button>Accept all</button><button>Reject all</button>",
    ),
    "German": html(
        "Mit Werbung weiterlesen",
        "<h1>Willkommen bei der Kaizeitung</h1><p>Wir und unsere Partner verarbeiten Informationen auf einem Gerät. Sie"
        " können Ihre Einwilligung widerrufen.</p><button>Akzeptieren und weiter</button>",
        language="de",
    ),
    "form": html(
        "The Quay",
        "<form action=https://consent.example/save><p>Our vendors rely on legitimate interest. You may withdraw your"
        " consent.</p><button>Agree and continue</button></form>",
    ),
}


@pytest.mark.parametrize("name", CONSENTS)
def test_a_page_that_only_asks_for_consent_is_refused_as_that(name: str) -> None:
    assert refused(CONSENTS[name]) == (Outcome.REFUSED, Reason.CONSENT)


@pytest.mark.parametrize(
    ("title", "language"), [("Log in", "en"), ("تسجيل الدخول", "ar"), ("Se connecter – Le Quai", "fr"), ("Войти", "ru")]
)
def test_a_login_form_is_a_login(title: str, language: str) -> None:
    assert refused(html(title, f"<p>Welcome back</p>{PASSWORD}", language=language)) == (Outcome.REFUSED, Reason.LOGIN)


@pytest.mark.parametrize(
    "text",
    [
        "We recognise you are here from a country belonging to the European Economic Area.",
        "Dieser Inhalt ist in Ihrem Land nicht verfügbar.",
        "هذا المحتوى غير متاح في منطقتك.",
        "Ce contenu n’est pas disponible dans votre pays.",
    ],
)
def test_a_page_that_is_not_for_our_country_is_a_geo_block(text: str) -> None:
    assert refused(html("The Quay", f"<h1>Sorry</h1><p>{text}</p>")) == (Outcome.REFUSED, Reason.GEO_BLOCK)


ABOUT = {
    "captchas": "Verify you are human: checking your browser before accessing a site made it famous. ",
    "paywalls": "Readers are told to subscribe to continue reading, and that an article is for subscribers only. ",
    "not found": "The page you are looking for no longer exists, say sites, and the museum collects error 404 pages. ",
    "consent": "We and our partners store and/or access information on a device: accept all or reject all, it says. ",
    "geo blocks": "The video is not available in your country, viewers were told of geographical restrictions. ",
    "captchas in Arabic": "يطلب الموقع التحقق من أنك إنسان قبل الدخول، وهو ما يشكو منه القراء في كل مكان هذه الأيام. ",
    "paywalls in Arabic": "تقول الصحف إن هذا المقال للمشتركين فقط، وتطلب من القراء أن يشتركوا لمتابعة قراءة المقال. ",
}
TITLES = {
    "captchas": "Just a moment: how captchas took over",
    "paywalls": "Subscribe to continue reading: the year of the paywall",
    "not found": "Error 404: a museum of missing pages",
    "consent": "Before you continue: what a cookie banner costs",
    "geo blocks": "Not available in your country",
    "captchas in Arabic": "لحظة: كيف سيطرت اختبارات الروبوت",
    "paywalls in Arabic": "عام جدران الدفع",
}


@pytest.mark.parametrize("about", ABOUT)
@pytest.mark.parametrize("times", [2, 4, 12])
def test_an_article_about_walls_is_an_article(about: str, times: int) -> None:
    language = "ar" if "Arabic" in about else "en"
    more = "".join((ARABIC if language == "ar" else SENTENCES)[:times])
    for head in ("", json_ld(), '<meta property="og:type" content="article">'):
        assert terms(article(TITLES[about], f"{ABOUT[about]}{more}", head=head, language=language)) == ()


AROUND = {
    "a login": PASSWORD + "<p>Log in</p>",
    "comments": CAPTCHA + "<h2>Comments</h2><p>Prove you are not a robot to comment.</p>",
    "a blocked video": "<p>This video is not available in your country.</p>",
    "a cookie banner": "<div><p>We and our partners use cookies and more.</p><button>Accept all</button></div>",
    "a script of a bot wall's maker": "<script src=/cdn-cgi/challenge-platform/scripts/jsd/main.js></script>",
}
HEADS = {
    "an article": json_ld(),
    "a free article": json_ld(isAccessibleForFree=True),
    "an article of which a part is not free": json_ld(
        hasPart={"@type": "WebPageElement", "isAccessibleForFree": False}
    ),
}


@pytest.mark.parametrize("around", AROUND)
@pytest.mark.parametrize("head", HEADS)
def test_a_short_article_loads_whatever_stands_around_it(around: str, head: str) -> None:
    assert terms(article("Quay to be widened", SHORT, AROUND[around], HEADS[head])) == ()


@pytest.mark.parametrize("around", ["a login", "a cookie banner", "a script of a bot wall's maker"])
def test_a_short_article_that_does_not_say_that_it_is_one_loads_too(around: str) -> None:
    assert terms(article("Quay to be widened", SHORT, AROUND[around])) == ()
    assert terms(article("توسيع الرصيف", SHORT_ARABIC, AROUND[around], language="ar")) == ()


def test_a_prompt_far_from_the_body_is_none_of_its_article() -> None:
    links = "".join(f"<li><a href=/{name}>The harbour of {name} and its people</a></li>" for name in HARBOURS)
    aside = f"<aside><ul>{links}</ul><p>Subscribe to read the full archive</p></aside>"
    assert (
        terms(html("Quay to be widened", f"<article><h1>Quay to be widened</h1><p>{SHORT}</p></article>{aside}")) == ()
    )


def test_an_article_that_the_page_carries_as_data_loads_behind_a_prompt() -> None:
    head = json_ld(isAccessibleForFree=False, articleBody=LONG)
    assert terms(article("Quay to be widened", SENTENCES[0], "<p>Subscribe to continue reading</p>", head)) in (
        (),
        (Term("paywall", "JSON-LD says isAccessibleForFree: false"),),
    )


def test_an_errors_body_tells_which_wall_it_is_and_a_plain_error_is_none() -> None:
    wall = wall_of_error({"content-type": "text/html"}, BOT_WALLS["challenge"].encode())
    assert wall is not None
    assert wall.reason is Reason.BOT_WALL
    for text in ("<h1>403 Forbidden</h1>", "<h1>We will be back soon</h1><p>The site is being mended.</p>", "", "\0"):
        assert wall_of_error({"content-type": "text/html"}, text.encode()) is None


@pytest.mark.parametrize(
    ("kind", "what"),
    [
        ("bot-wall", "titles"),
        ("bot-wall", "sentences"),
        ("soft-not-found", "titles"),
        ("soft-not-found", "sentences"),
        ("login", "titles"),
        ("consent", "titles"),
        ("consent", "sentences"),
        ("geo-block", "sentences"),
        ("paywall", "sentences"),
        ("paywall", "labels"),
    ],
)
def test_every_phrase_says_something_in_the_compared_form(kind: str, what: str) -> None:
    found = phrases(kind, what)
    assert len(found) > 20
    assert all(len(phrase) >= (2 if what in ("titles", "labels") else 4) for phrase in found)
