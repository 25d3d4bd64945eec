"""Made-up posts of two WordPress sites, English and Arabic, each with its truth.

What the sites wrap around their posts is in their own words, which no rule of the rulebook can know.
"""

from __future__ import annotations

import html
import random
from collections.abc import Callable
from dataclasses import dataclass

PARAGRAPHS = 8
WITH_PARTS = range(7, 1000)  # the numbers of posts that are more than plain paragraphs
NEW_PART = 5  # the paragraph below
PARTS = (
    "<p><strong>{}</strong></p>",
    '<h2 class="wp-block-heading">{}</h2>',
    '<ul class="wp-block-list"><li>{}</li>',
    "<li>{}</li></ul>",
    '<blockquote class="wp-block-quote"><p>{}</p></blockquote>',
)
TOLD = (
    "the council of harbour town voted on a new plan for its old market while farmers and traders said that prices had "
    "risen since spring because ships came late and the river was low so that boats stood still for weeks"
)
TOLD_IN_ARABIC = (
    "صوّت مجلس المدينة على خطة جديدة للسوق القديم بينما قال المزارعون والتجار إن الأسعار ارتفعت منذ "
    "الربيع لأن السفن تأخرت وكان النهر منخفضا فتوقفت القوارب أسابيع طويلة قرب الميناء الشرقي بعد موسم جاف"
)


Theme = Callable[[str], str]


def old_theme(content: str) -> str:
    """The block theme that WordPress comes with."""
    return f'<div class="entry-content wp-block-post-content is-layout-constrained">\n{content}\n</div>'


def new_theme(content: str) -> str:
    """Another theme: paragraphs stand a level deeper, under other names."""
    inside = content.replace("<p>", "<p class=story__p>")
    return f'<section class="story"><div class="story__flow">{inside}</div></section>'


@dataclass(frozen=True, slots=True)
class Post:
    """A post of a site: its path, its page, its title, and the lines that are its body."""

    path: str
    html: str
    title: str
    body: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Blog:
    """How a site writes. `words` make its sentences; `around` the lines of one post around and between its own."""

    name: str
    language: str
    words: tuple[str, ...]
    stop: str
    around: Callable[[str, str, str], dict[int, list[str]]]

    def post(self, number: int, theme: Theme = old_theme) -> Post:
        """Post `number`, as a theme shows it."""
        chance = random.Random(f"{self.name} {number}")
        title = self._sentence(chance, 7).rstrip(self.stop)
        body = tuple(" ".join(self._sentence(chance, 15) for _ in range(3)) for _ in range(PARAGRAPHS))
        other, person = self._sentence(chance, 6).rstrip(self.stop), self._sentence(chance, 2).rstrip(self.stop)
        parts = [self._sentence(chance, 8).rstrip(self.stop) for _ in PARTS]
        around = self.around(other, person, f"/post/{number + 40}")
        lines = [*around.get(-1, [])]
        for index, line in enumerate(body):
            if number in WITH_PARTS and index == NEW_PART:
                lines += [tag.format(part) for tag, part in zip(PARTS, parts, strict=True)]
            lines += [f"<p>{html.escape(line)}</p>", *around.get(index, [])]
        if number in WITH_PARTS:
            body = (*body[:NEW_PART], *parts, *body[NEW_PART:])
        return Post(f"/post/{number}", self._page(title, number, theme("\n".join(lines))), title, body)

    def _sentence(self, chance: random.Random, count: int) -> str:
        return (" ".join(chance.choice(self.words) for _ in range(count)) + self.stop).capitalize()

    def _page(self, title: str, number: int, content: str) -> str:
        direction = ' dir="rtl"' if self.language == "ar" else ""
        day = f"2026-02-{number % 27 + 1:02}T08:00:00+00:00"
        return (
            f'<!DOCTYPE html><html lang="{self.language}"{direction}><head><meta charset="UTF-8">'
            f"<title>{title} &#8211; {self.name}</title></head>"
            f'<body class="post-template-default single postid-{number}"><header class="wp-block-template-part">'
            f'<a href="/">{self.name}</a></header><main class="wp-block-group">'
            f'<h1 class="wp-block-post-title">{title}</h1>'
            f'<div class="wp-block-post-date"><time datetime="{day}">{day[:10]}</time></div>'
            f"{content}</main>"
            f'<footer class="wp-block-template-part"><p>{self.name}</p></footer></body></html>'
        )


def _english(other: str, person: str, link: str) -> dict[int, list[str]]:
    return {
        -1: ["<p>A page from the mill&#8217;s own notebook, open to anyone who walks by.</p>"],
        1: [f'<p>From the same drawer: <a href="{link}">{other}</a></p>'],
        2: [f"<p><em>Eyes behind the lens: {person.title()}</em></p>"],
        3: [f'<p>Off you go to the next shelf – <a href="{link}">{other}</a></p>'],
        5: ["<p>&#9654; Ring the bell once and we knock at your door each Tuesday.</p>"],
        7: [
            f"<p>Set down for the mill by {person.title()}.</p>",
            "<p>Whoever set these words down answers for them alone, the mill and its millers do not.</p>",
            '<p>Walk along with us: <a href="https://t.me/mill">Telegram</a>, <a href="https://x.com/mill">X</a></p>',
        ],
    }


def _arabic(other: str, person: str, link: str) -> dict[int, list[str]]:
    return {
        -1: ["<p>صفحة من دفتر الطاحونة، مفتوحة لكل عابر سبيل.</p>"],
        1: [f'<p>من الدرج ذاته: <a href="{link}">{other}</a></p>'],
        2: [f"<p><em>العين خلف العدسة: {person}</em></p>"],
        3: [f'<p>هيا إلى الرف التالي – <a href="{link}">{other}</a></p>'],
        5: ["<p>◄ دقّ الجرس مرة واحدة ونطرق بابك كل ثلاثاء.</p>"],
        7: [
            f"<p>خطّه للطاحونة {person}.</p>",
            "<p>من خطّ هذه الكلمات يُسأل عنها وحده، ولا تُسأل عنها الطاحونة ولا أهلها.</p>",
            '<p>سيروا معنا: <a href="https://t.me/mill">تلغرام</a>، <a href="https://x.com/mill">إكس</a></p>',
        ],
    }


ENGLISH = Blog("The Old Mill", "en", tuple(TOLD.split()), ".", _english)
ARABIC = Blog("الطاحونة القديمة", "ar", tuple(TOLD_IN_ARABIC.split()), ".", _arabic)
BLOGS = (ENGLISH, ARABIC)
