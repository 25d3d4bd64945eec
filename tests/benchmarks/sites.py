"""Made-up sites that are hard to read: the farm's texts in pages with all that news sites put around and between them.

Twelve layouts: class names as people, CSS modules, CSS in JavaScript, utility style sheets and WordPress write them;
paragraphs in one container, in chunks, in blocks of their own; standfirsts, subheads, captions, links, letters and
advertisements between paragraphs, comments as long as the article behind it. A third of the sites is rebuilt half way.
"""

from __future__ import annotations

import html
import json
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cache
from hashlib import sha256

from farm import GeneratedPage, pages

from copydesk.models import Page

SITES = 12
STYLES = ("plain", "modules", "script", "utility", "wordpress", "table")
WRAPPINGS = ("flat", "chunks", "blocks")
AUTHORS = ("Nora Lindgren", "Samir Haddad", "Claire Dubreuil", "Tom Abara")
FETCHED_AT = datetime(2026, 3, 1, tzinfo=UTC)
READ_ALSO = {"en": "Read also", "fr": "À lire aussi", "ar": "اقرأ أيضا"}
LETTER = {
    "en": (
        "Our morning letter",
        "The five things to know today, in your mailbox before breakfast. Free of charge.",
    ),
    "fr": ("Notre lettre du matin", "Cinq choses à savoir, dans votre boîte avant le petit-déjeuner."),
    "ar": (
        "نشرتنا الصباحية",
        "خمسة أمور ينبغي أن تعرفها اليوم تصلك إلى بريدك قبل الإفطار.",
    ),
}
ADVERT = {"en": "Advertisement", "fr": "Publicité", "ar": "إعلان"}
DISCLAIMER = {
    "en": "This article was produced without the help of the advertiser. All rights are with its publisher.",
    "fr": "Cet article a été rédigé sans l'aide de l'annonceur. Tous les droits appartiennent à son éditeur.",
    "ar": "كتب هذا المقال دون مساعدة المعلن، وجميع الحقوق محفوظة للناشر ولا يجوز نقل النص دون إذن مكتوب.",
}


@dataclass(frozen=True, slots=True)
class Look:
    """How a site writes its pages in one of its two ages."""

    site: int
    age: int
    style: str
    wrapping: str
    language: str
    standfirst: bool
    comments: bool
    metadata: bool


@dataclass(frozen=True, slots=True)
class Telling:
    """A page and its own text: its lines, in order."""

    page: Page
    lines: tuple[str, ...]


def look(site: int, *, rebuilt: bool = False) -> Look:
    """The look of a site before, or after, it was rebuilt."""
    number = site + 5 * rebuilt
    return Look(
        site=site,
        age=int(rebuilt),
        style=STYLES[number % len(STYLES)],
        wrapping=WRAPPINGS[(number // 2) % len(WRAPPINGS)],
        language=("en", "ar", "fr")[site % 3],
        standfirst=number % 2 == 0,
        comments=number % 3 == 1,
        metadata=number % 4 < 2,
    )


def is_rebuilt(site: int) -> bool:
    """Does this site change its layout half way?"""
    return site % 3 == 2


def site_pages(site: int, count: int) -> list[Telling]:
    """The first `count` articles of a site, all in its first look."""
    return _tellings(look(site), _stories(site, count), 0)


def rebuilt_pages(site: int, count: int) -> list[Telling]:
    """`count` articles from after the site was rebuilt; none of them is among `site_pages`."""
    return _tellings(look(site, rebuilt=True), _stories(site, 2 * count)[count:], count)


def _stories(site: int, count: int) -> list[GeneratedPage]:
    return [page for page in _every(count) if page.site == site]


@cache
def _every(count: int) -> list[GeneratedPage]:
    return pages(SITES * count, SITES)


def _tellings(site: Look, stories: Sequence[GeneratedPage], first: int) -> list[Telling]:
    # what stands around a story is about another one
    others = [*stories[1:], stories[0]]
    return [_telling(site, first + index, *pair) for index, pair in enumerate(zip(stories, others, strict=True))]


def _telling(site: Look, number: int, story: GeneratedPage, other: GeneratedPage) -> Telling:
    chance = random.Random(f"{site.site} {site.age} {number}")
    subheads = {index: _words(chance, story, 4) for index in range(3, len(story.lines), 5)}
    lines = [part for index, line in enumerate(story.lines) for part in (subheads.get(index), line) if part]
    source = _Writer(site, story, other, number).page(subheads)
    url = f"https://site-{site.site}.example{story.path}"
    body = source.encode()
    return Telling(Page(url, url, 200, {}, body, FETCHED_AT, sha256(body).digest()), tuple(lines))


def _words(chance: random.Random, story: GeneratedPage, count: int) -> str:
    words = " ".join(story.lines).split()
    start = chance.randrange(max(1, len(words) - count))
    return " ".join(words[start : start + count]).strip(" .,;:").capitalize()


class _Writer:
    """Writes one page."""

    def __init__(self, site: Look, story: GeneratedPage, other: GeneratedPage, number: int) -> None:
        self.site, self.story, self.other, self.number = site, story, other, number
        self.author = AUTHORS[number % len(AUTHORS)]
        self.chance = random.Random(f"chrome {site.site} {site.age} {number}")

    def name(self, what: str) -> str:
        """A class attribute for an element that is a `what`, as the site's tools would write it."""
        mark = sha256(f"{self.site.site} {self.site.age} {what}".encode()).hexdigest()
        names = {
            "plain": f"c-{what} {what}--{self.site.site}",
            "modules": f"{what.title()}_root__{mark[:3]}X{mark[4]}",
            "script": f"css-{mark[:6]} e{mark[7:13]}0",
            "utility": f"mx-{int(mark[0], 16)} text-{'lg' if what == 'body' else 'sm'} w-{mark[2]}{mark[3]}",
            "wordpress": f"wp-{what} entry-{what}",
            "table": f"{what}{self.site.site}",
        }
        role = f' data-component="{what}-block"' if self.site.style == "script" else ""
        return f' class="{names[self.site.style]}"{role}'

    def page(self, subheads: dict[int, str]) -> str:
        title = html.escape(self.story.title)
        side = "".join(f"<li{self.name('card')}>{self._card(i)}</li>" for i in range(60))
        menu = "".join(f"<li><a href='/m/{i}'>{_words(random.Random(i), self.other, 1)}</a></li>" for i in range(250))
        main = f"{self._head()}{self._body(subheads)}{self._tail()}"
        article = f"<article id='post-{self.number}'{self.name('article')}>{main}</article>"
        layout = (
            f"<table><tr><td>{main}</td><td><ul>{side}</ul></td></tr></table>"
            if self.site.style == "table"
            else f"<main>{article}</main><aside{self.name('side')}><ul>{side}</ul></aside>"
        )
        return (
            f"<!DOCTYPE html><html lang={self.site.language}><head><meta charset=utf-8>"
            f"<title>{title} | Site {self.site.site}</title>{self._metadata()}<style>{'.a{margin:0}' * 2500}</style>"
            "</head>"
            f"<body><header><nav><ul>{menu}</ul></nav></header>{layout}"
            f"<footer><p>Site {self.site.site}</p></footer><script>{'var a=[1,2,3];' * 6000}</script></body></html>"
        )

    def _card(self, number: int) -> str:
        sizes = ", ".join(f"/i/{number}-{width}.jpg {width}w" for width in (320, 640, 960, 1280))
        return f"<a href='/s/{number}'><img src='/i/{number}.jpg' srcset='{sizes}' alt=''><b>{self._tease()}</b></a>"

    def _metadata(self) -> str:
        if not self.site.metadata:
            return f'<meta name=description content="{html.escape(self._summary())}">'
        data = {
            "@type": "NewsArticle",
            "headline": self.story.title,
            "datePublished": self.story.published_at.isoformat(),
            "author": {"@type": "Person", "name": self.author},
            "description": self._summary(),
        }
        return f'<script type="application/ld+json">{json.dumps(data)}</script>'

    def _summary(self) -> str:
        return _words(random.Random(self.number), self.other, 18) + "."

    def _tease(self) -> str:
        return _words(self.chance, self.other, 8)

    def _head(self) -> str:
        lead = f"<p{self.name('lead')}>{html.escape(self._summary())}</p>" if self.site.standfirst else ""
        return (
            f"<div{self.name('head')}><h1>{html.escape(self.story.title)}</h1>{lead}"
            f"<span{self.name('author')}>{self.author}</span>"
            f"<time datetime='{self.story.published_at.isoformat()}'>{self.story.published_at:%Y-%m-%d}</time></div>"
        )

    def _body(self, subheads: dict[int, str]) -> str:
        blocks = []
        for index, line in enumerate(self.story.lines):
            if index in subheads:
                blocks.append(self._block(f"<h2>{html.escape(subheads[index])}</h2>"))
            blocks.append(self._block(f"<p>{html.escape(line)}</p>"))
            blocks += self._between(index)
        blocks.append(self._block(f"<p>{DISCLAIMER[self.site.language]}</p>"))
        if self.site.wrapping == "chunks":
            chunks = ("".join(blocks[start : start + 6]) for start in range(0, len(blocks), 6))
            blocks = [f"<section{self.name('chunk')}>{chunk}</section>" for chunk in chunks]
        return f"<div{self.name('body')}>{''.join(blocks)}</div>"

    def _block(self, inner: str) -> str:
        return f"<div{self.name('text')}>{inner}</div>" if self.site.wrapping == "blocks" else inner

    def _between(self, index: int) -> Sequence[str]:
        language = self.site.language
        link = f"<a href='/r/{index}'>{self._tease()}</a>"
        found = {
            0: f"<figure{self.name('figure')}><img src=a><figcaption>{self._tease()}. Reuters</figcaption></figure>",
            1: f"<p><strong>{READ_ALSO[language]}: {link}</strong></p>",
            2: f"<div{self.name('letter')}><h3>{LETTER[language][0]}</h3><p>{LETTER[language][1]}</p></div>",
            4: f"<p>{ADVERT[language]}</p>",
            5: f"<ul{self.name('related')}><li>{link}</li><li><a href=/x>{self._tease()}</a></li></ul>",
        }
        return [found[index]] if index in found and index < len(self.story.lines) - 1 else []

    def _tail(self) -> str:
        tags = "".join(f"<a rel=tag href=/t/{i}>{_words(random.Random(i), self.other, 1)}</a> " for i in range(4))
        about = f"{self.author} writes about harbours and what they live on. She lives in town."
        bio = f"<div{self.name('bio')}><p>{about}</p></div>"
        said = (f"{html.escape(_words(self.chance, self.other, 40))}." for _ in range(7))
        told = "".join(f"<li{self.name('comment')}><b>Reader {i}</b><p>{text}</p></li>" for i, text in enumerate(said))
        comments = f"<ol{self.name('comments')}>{told}</ol>" if self.site.comments else ""
        return f"<p{self.name('tags')}>{tags}</p>{bio}{comments}"
