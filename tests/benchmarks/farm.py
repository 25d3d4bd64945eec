"""A farm of made-up news sites for benchmarks: a template a site, pages that differ in length and structure.

Everything follows from a seed: the same numbers give the same pages. Words come from the demo newswire's stories, put
together anew by a chain of word pairs, so that no two pages share a paragraph.

Any twelve sites with numbers in a row are about as heavy as real ones, measured on 117 article pages of publishers of
25 countries. Their quartiles: 129, 245 and 367 kB; of it scripts 19, 58, 114 (20, 30, 45 elements), style sheets 0, 10,
57, drawings 0, 10, 30 (14 of them) and all else 63, 90, 150, in 692, 1065 and 1504 elements with 64, 79 and 121 letters
of attributes each; 124, 193, 267 links, 124, 215, 356 `div`, 67, 132, 192 `li`, 10, 18, 34 pictures, 27, 34, 46 `meta`;
6.2, 9.8 and 12.9 thousand letters of text, of them 2.6, 4.5 and 6.6 in 10, 15 and 30 lines of the article.
"""

from __future__ import annotations

import itertools
import json
import random
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template

from copydesk.newswire.stock import publishers

START = datetime(2025, 3, 1, 6, tzinfo=UTC)
BODY_CLASSES = (
    "article-body", "entry-content", "story__text", "td-post-content", "c-article__content", "field-item even",
    "post-text", "css-1x7ab9", "body-copy", "article_content", "texte", "news-detail",
)  # fmt: skip
SKELETONS = ("semantic", "divs", "table")
METADATA = ("json-ld", "meta", "bare")
LANGUAGES = ("en", "ar", "fr")


@dataclass(frozen=True, slots=True)
class Layout:
    """How one site builds its pages. `depth` counts the wrappers around the text; sizes are in kilobytes or items.

    `note` is what the site's scripts leave in attributes: data about the element, in so many letters.
    """

    number: int
    name: str
    language: str
    skeleton: str
    metadata: str
    body_class: str
    depth: int
    menu_links: int
    sidebar_items: int
    slots: int
    metas: int
    scripts: int
    script_kilobytes: int
    style_kilobytes: int
    state_kilobytes: int
    icons: int
    note: str
    paragraphs: int
    captions: str
    words: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class GeneratedPage:
    """One page with the lines that are its own text. `path` is unique on its site."""

    site: int
    path: str
    title: str
    lines: tuple[str, ...]
    published_at: datetime
    html: bytes


@dataclass(frozen=True, slots=True)
class _Story:
    title: str
    author: str
    lines: tuple[str, ...]
    published_at: datetime


def layout(number: int) -> Layout:
    """The layout of site `number`; any number gives a site."""
    chance = random.Random(f"site {number}")
    language = LANGUAGES[number % 3]
    name = (
        f"{chance.choice(('Daily', 'Evening', 'Coast', 'Valley'))} {chance.choice(('Post', 'Echo', 'Herald'))} {number}"
    )
    furniture = publishers()[0].words[language]
    return Layout(
        number=number,
        name=name,
        language=language,
        skeleton=SKELETONS[number // 3 % 3],
        metadata=METADATA[(number + number // 3) % 3],
        body_class=BODY_CLASSES[number % len(BODY_CLASSES)],
        depth=_spread(number, 1, (2, 4, 6, 8, 10)),
        menu_links=_spread(number, 5, (40, 65, 115, 175, 260)),
        sidebar_items=_spread(number, 7, (4, 8, 15, 30, 50)),
        slots=_spread(number, 5, (15, 35, 68, 135, 220)),
        metas=_spread(number, 11, (12, 24, 31, 42, 60)),
        scripts=_spread(number, 7, (8, 18, 28, 42, 70)),
        script_kilobytes=_spread(number, 11, (4, 10, 32, 80, 200)),
        style_kilobytes=_spread(number, 1, (0, 1, 10, 57, 200)),
        state_kilobytes=_spread(number, 5, (0, 4, 16, 34, 150)),
        icons=_spread(number, 1, (0, 1, 12, 30, 60)),
        note="x" * _spread(number, 7, (5, 40, 80, 150, 260)),
        paragraphs=_spread(number, 5, (5, 10, 15, 28, 45)),
        captions=chance.choice(("figcaption", "paragraph", "div")),
        words={key: _renamed(word, name) for key, word in furniture.items()},
    )


def _spread(number: int, stride: int, quartiles: tuple[int, int, int, int, int]) -> int:
    """A site's share of what is spread so over real sites: smallest, quartiles, largest.

    `stride` has no factor in common with 12.
    """
    place = 4 * ((number * stride) % 12 + 0.5) / 12
    low, high = quartiles[int(place)], quartiles[int(place) + 1]
    return round(low + (high - low) * (place % 1))


def pages(count: int, sites: int) -> list[GeneratedPage]:
    """`count` pages, dealt out to `sites` sites in turn."""
    layouts = [layout(number) for number in range(sites)]
    return [_page(layouts[index % sites], index // sites) for index in range(count)]


def rss(pages_of_site: Sequence[GeneratedPage], base_url: str) -> str:
    """A feed with excerpts that lists the pages of one site."""
    site = layout(pages_of_site[0].site)
    return _template("farm-rss.xml").render(site=site, pages=pages_of_site, base_url=base_url)


def _page(site: Layout, number: int) -> GeneratedPage:
    chance = random.Random(f"page {site.number} {number}")
    story = _story(site, chance, number)
    html = _template("farm.html").render(
        site=site,
        story=story,
        words=site.words,
        direction="rtl" if site.language == "ar" else "ltr",
        photo_after=chance.sample(range(len(story.lines)), k=min(3, len(story.lines))),
        link_after=chance.sample(range(len(story.lines)), k=2),
        photo=(_sentence(site.language, chance, 8), chance.choice(("Reuters", "AFP", "Getty Images", "Handout"))),
        teasers=[_sentence(site.language, chance, 9) for _ in range(site.sidebar_items)],
        menu=[_sentence(site.language, random.Random(f"menu {site.number} {i}"), 2) for i in range(site.menu_links)],
        style=_style(site),
        state=_state(site, chance),
        scripts=[_script(site, part) for part in range(site.scripts)],
        json_ld=_json_ld(site, story),
    )
    return GeneratedPage(site.number, f"/story/{number}", story.title, story.lines, story.published_at, html.encode())


def _story(site: Layout, chance: random.Random, number: int) -> _Story:
    paragraphs = max(4, min(60, round(site.paragraphs * chance.lognormvariate(0, 0.4))))
    return _Story(
        title=_sentence(site.language, chance, chance.randint(6, 12)).rstrip("."),
        author=chance.choice(("Nora Lindgren", "Samir Haddad", "Claire Dubreuil", "Tom Abara")),
        lines=tuple(_paragraph(site.language, chance) for _ in range(paragraphs)),
        published_at=START + timedelta(minutes=97 * number + site.number),
    )


def _paragraph(language: str, chance: random.Random) -> str:
    return " ".join(_sentence(language, chance, chance.randint(8, 26)) for _ in range(chance.randint(1, 4)))


def _sentence(language: str, chance: random.Random, length: int) -> str:
    chain, openings = _chain(language)
    words = [chance.choice(openings)]
    while len(words) < length:
        words.append(chance.choice(chain.get(words[-1], openings)))
    text = " ".join(words).strip(" ,;:.")
    return text[:1].upper() + text[1:] + "."


@cache
def _chain(language: str) -> tuple[Mapping[str, Sequence[str]], Sequence[str]]:
    """Which words follow which in the newswire's stories of a language, and all the words that one does follow."""
    followers: dict[str, list[str]] = defaultdict(list)
    for publisher in publishers():
        for edition in publisher.editions:
            if edition.story.language == language:
                words = " ".join(line for passage in edition.story.passages for line in passage.lines).split()
                for word, follower in itertools.pairwise(words):
                    followers[word].append(follower)
    return followers, sorted(followers)


def _renamed(word: object, name: str) -> object:
    return word.replace(publishers()[0].name, name) if isinstance(word, str) else word


def _style(site: Layout) -> str:
    rules = (
        f".c{site.number}-{i}{{margin:{i % 40}px auto;padding:0 {i % 24}px;color:#{i % 4096:03x}}}"
        for i in range(10**5)
    )
    return _fill(rules, site.style_kilobytes)


def _script(site: Layout, part: int) -> str:
    """One of a site's scripts: as long as the others, and as all scripts full of signs that are none of a tag."""
    lines = (
        f"var a{part}_{i}=function(e,t){{return e<t&&'<div class=\\'s{i % 90}\\'>'+e+'<\\/div>'.length>{i}}};"
        for i in range(10**5)
    )
    return _fill(lines, site.script_kilobytes / site.scripts)


def _state(site: Layout, chance: random.Random) -> str:
    rows = (
        json.dumps({"id": chance.randrange(10**9), "t": "teaser", "w": i * 16, "src": f"/i/{i}.jpg"})
        for i in range(10**5)
    )
    return _fill(rows, site.state_kilobytes, ",")


def _fill(parts: Iterable[str], kilobytes: float, separator: str = "\n") -> str:
    """Parts until they make up so many kilobytes."""
    taken: list[str] = []
    size = 0
    for part in parts:
        if size >= kilobytes * 1024:
            break
        taken.append(part)
        size += len(part)
    return separator.join(taken)


def _json_ld(site: Layout, story: _Story) -> Mapping[str, object]:
    return {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": story.title,
        "inLanguage": site.language,
        "datePublished": story.published_at.isoformat(),
        "author": {"@type": "Person", "name": story.author},
        "publisher": {"@type": "Organization", "name": site.name},
    }


@cache
def _template(name: str) -> Template:
    environment = Environment(
        loader=FileSystemLoader(Path(__file__).parent),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template(name)
