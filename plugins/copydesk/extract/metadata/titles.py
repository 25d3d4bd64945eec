"""Which of the titles that a page carries is the article's own, without the site's name."""

from __future__ import annotations

import html
import re
from collections.abc import Collection, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import islice
from typing import Final

from copydesk.extract.blocks import squeeze
from copydesk.extract.metadata.slugs import is_nearer, slug
from copydesk.models import Source

MAX_CHARS: Final = 400
MAX_HEADINGS: Final = 30
MAX_CANDIDATES: Final = 12
ALIKE_CHARS: Final = 150  # of titles that are compared letter by letter, which is dear
MIN_LIKENESS: Final = 0.6
MIN_SHARE: Final = 0.5  # of a name, or of what has it
MIN_SITE_CHARS: Final = 4  # letters of a name that may be part of a longer one
MIN_TITLE_CHARS: Final = 10  # letters; shorter parts are sections
MAX_SITE_WORDS: Final = 4
MIN_WITNESSES: Final = 3  # titles of the page's data that must agree against its heading
MAX_UNSPACED_CHARS: Final = 10  # of a site's name in scripts that write no spaces
MIN_HEADLINE_WORDS: Final = 3
MAX_HEADLINE_CHARS: Final = 200  # a longer one is a paragraph
MIN_BEFORE_BAR: Final = 4  # words of a title that a bar may end
MIN_HEADLINE_CHARS: Final = 20  # in scripts that write no spaces
_SEPARATOR: Final = re.compile(r"\s+[|\-–—―•·»«:~/‹›⋆>─━ـ－]{1,3}\s+|\s*(?:[|｜ㅣ»丨│┃▏]|-{2,})\s*|_(?=[^_]{2,20}$)")
_DASHES: Final = frozenset("-–—―:~ ")  # which sentences have too
_GUILLEMETS: Final = frozenset("«»")
_HYPHEN: Final = re.compile(r"(?<=\w)[-–](?=[^\W\d_])")
_COLON: Final = re.compile(r"\s*[:：]\s*")
_EITHER: Final = re.compile(rf"{_SEPARATOR.pattern}|{_COLON.pattern}|{_HYPHEN.pattern}")
_ENTITY: Final = re.compile(
    r"&(?:amp|quot|apos|nbsp|hellip|[lr][sd]quo|[mn]dash|#\d{2,5}|#x[\da-f]{2,4});", re.IGNORECASE
)
_ENCODED_TWICE: Final = re.compile(r"[\u00c2-\u00f4][\u0080-\u009f]")
_CALLED: Final = re.compile(r"^(?:Title|Titel|Titre|Título|Titolo|العنوان|כותרת|标题|標題|제목)\s?[:：]\s?(?=.{20})")
_LETTERS: Final = re.compile(r"\W+")


@dataclass(frozen=True, slots=True)
class Titled:
    """A title and where it was read."""

    text: str
    source: Source


def choose_title(
    candidates: Iterable[Titled],
    headings: Sequence[str],
    site_names: Sequence[str],
    shown: Container[str] = (),
    url: str = "",
) -> Titled | None:
    """The title that readers see: a top heading that the page's data confirm, else the data without the site's name.

    `candidates` stand in order of trust; `headings` in order of the page. `shown` are its lower headings. `url` tells
    whether a heading that is unlike the data is the article's. What stands behind a bar is no part of a title.
    """
    found = _chosen(candidates, headings, site_names, shown, url)
    return found and replace(found, text=_before_bar(found.text))


def parts(title: str) -> list[str]:
    """What bars, dashes and the like between two spaces keep apart in a title."""
    return [part for part in _SEPARATOR.split(title) if part]


def last_part(title: str) -> str:
    """What stands behind a title's last separator, where sites put their names; empty if it has none."""
    spans = list(_SEPARATOR.finditer(title))
    return title[spans[-1].end() :] if spans else ""


def _before_bar(title: str) -> str:
    """A title without what a bar parts from its end: a section, a site's department, a second thought.

    As much as a headline must be left, and more than stands behind: "Budget | Crews get a crane" begins with a topic.
    """
    head, bar, tail = title.partition(" | ")
    is_whole = len(head.split()) >= MIN_BEFORE_BAR and all(len(part) < len(head) for part in tail.split(" | "))
    return head.strip() if bar and is_whole else title


def _chosen(
    candidates: Iterable[Titled], headings: Sequence[str], site_names: Sequence[str], shown: Container[str], url: str
) -> Titled | None:
    some = islice((c for c in candidates if c.text.strip()), MAX_CANDIDATES)
    known = [Titled(_plain(c.text)[:MAX_CHARS], c.source) for c in some]
    seen = [_CALLED.sub("", _plain(heading)) for heading in headings[:MAX_HEADINGS] if 2 < len(heading) <= MAX_CHARS]  # noqa: PLR2004 - letters
    sites = {_key(name) for name in (*site_names, *_added(known)) if _key(name)}
    others = [title.text for title in known] + seen
    bare = {text: without_site(text, sites, others) for text in {title.text for title in known}}  # most say the same
    stripped = [Titled(bare[title.text], title.source) for title in known]
    own = [heading for heading in seen if not _names_site(heading, sites)]
    said = {key for title in (*known, *stripped) if (key := _key(title.text))}
    same = next((heading for heading in own if _key(heading) in said), None)  # then none is more alike
    best = same or max(own, key=lambda heading: _likeness(heading, said), default=None)
    if best is not None and _likeness(best, said) >= MIN_LIKENESS:
        data = [title for title in known if title.source is not Source.VISIBLE]
        own_title = _agreed(best, data, sites) or _addressed(best, stripped, url)
        return own_title or Titled(_unsigned(best, site_names), Source.VISIBLE)
    confirmed = next((title for title in stripped if title.text in shown and not _names_site(title.text, sites)), None)
    if confirmed is None and best is not None and _alone(best, own):
        return _addressed(best, stripped, url) or Titled(best, Source.VISIBLE)
    if stripped:
        return confirmed or stripped[0]
    return Titled(seen[0], Source.VISIBLE) if seen else None


def _plain(text: str) -> str:
    """A title as readers are meant to see it, also where its entities were escaped, or its letters encoded, twice."""
    if _ENCODED_TWICE.search(text):
        text = _decoded(text)
    return squeeze(html.unescape(text) if _ENTITY.search(text) else text)


def _decoded(text: str) -> str:
    try:
        return text.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return text


def _added(known: Sequence[Titled]) -> Iterator[str]:
    """What some titles of a page's data add to another one that stands whole: the name of the site, or of a section."""
    whole = {_key(title.text) for title in known}
    texts = {title.text for title in known}
    for title in known:
        if not any(other in title.text for other in texts if other != title.text):
            continue
        for span in _EITHER.finditer(title.text):
            head, tail = title.text[: span.start()], title.text[span.end() :]
            for kept, added in ((head, tail), (tail, head)):
                if len(_key(kept)) > MIN_TITLE_CHARS and _key(kept) in whole and len(added.split()) <= MAX_SITE_WORDS:
                    yield from (added, *_SEPARATOR.split(added))


def _unsigned(heading: str, site_names: Iterable[str]) -> str:
    """A heading without the site's name behind it, if as much as a headline is left."""
    left = without_site(heading, {_key(name) for name in site_names if name}, (), guess=False)
    return left if _is_long(left) else heading


def _agreed(heading: str, known: Sequence[Titled], sites: Collection[str]) -> Titled | None:
    """What all of the page's data call the article, if the heading is no more than that with something added to it."""
    if any(title.text == heading for title in known):
        return None
    titles = [Titled(without_site(title.text, sites, (), guess=False), title.source) for title in known]
    keys = {_key(title.text) for title in titles}
    if len(keys) != 1 or len(titles[0].text.split()) < MIN_HEADLINE_WORDS:
        return None
    own, whole = keys.pop(), _key(heading)
    rest = whole.replace(own, "", 1)
    # a day, or a count of comments
    is_enough = len(known) >= MIN_WITNESSES or (len(known) > 1 and any(map(str.isdigit, rest)))
    return titles[0] if own in whole and rest and is_enough else None


def _addressed(heading: str, stripped: Iterable[Titled], url: str) -> Titled | None:
    """What all of the page's data call the article, if its address was made from that and not from the heading."""
    titles = [title for title in stripped if title.source is not Source.VISIBLE]
    keys = {_key(title.text) for title in titles}
    is_other = len(keys) == 1 and _key(heading) not in keys
    return titles[0] if is_other and is_nearer(titles[0].text, heading, slug(url)) else None


def _names_site(heading: str, sites: Collection[str]) -> bool:
    """Whether a heading is the site's own name, in full or with a word or two more."""
    return _key(heading) in sites or (len(heading.split()) < MIN_HEADLINE_WORDS + 1 and _is_site(heading, sites))


def without_site(title: str, sites: Collection[str], others: Sequence[str], *, guess: bool = True) -> str:
    """A title without the part that names the site: a part that is such a name, or what is left of another title.

    With `guess`, also without an end that is as short as such names are.
    """
    for colon in _COLON.finditer(title):
        head, tail = title[: colon.start()], title[colon.end() :]
        if _key(tail) in sites or _key(head) in sites:
            return without_site(head if _key(tail) in sites else tail, sites, others, guess=False)
    spans = _separators(title)
    if not spans:
        return _without_addition(title, others)
    keys = {_key(other) for other in others}
    for span in reversed(spans):
        head, tail = title[: span.start()], title[span.end() :]
        if _is_site(tail, sites):
            return _without_section(without_site(head, sites, others, guess=False), span[0])
        if _is_site(head, sites, MIN_SHARE):  # a town may be named in its newspaper's
            return without_site(tail, sites, others, guess=False)
        for kept in (head, tail):
            if _key(kept) in keys and len(kept) > MIN_TITLE_CHARS:
                return kept
    head, tail = title[: spans[-1].start()], title[spans[-1].end() :]
    is_guessed = guess and _may_be_site(tail) and len(head) > len(tail)
    return head if is_guessed and not _goes_on(spans[-1][0], tail) else title


def _separators(title: str) -> list[re.Match[str]]:
    """Where a title's parts meet. A pair of guillemets quotes."""
    spans = list(_SEPARATOR.finditer(title))
    quotes = _GUILLEMETS.issubset(title)
    return [span for span in spans if not (quotes and _GUILLEMETS.intersection(span[0]))]


def _without_addition(title: str, others: Iterable[str]) -> str:
    """A title without what a hyphen adds to another title."""
    heads = [title[: span.start()] for span in _HYPHEN.finditer(title)]
    keys = {_key(other) for other in others} if heads else ()
    return next((head for head in heads if len(head) > MIN_TITLE_CHARS and _key(head) in keys), title)


def _goes_on(separator: str, tail: str) -> bool:
    """Whether a title's end is the rest of its sentence: small letters behind a dash."""
    return tail[:1].islower() and _DASHES.issuperset(separator)


def _without_section(title: str, separator: str) -> str:
    """A title without the section before the site's name, behind the same separator: Chinese titles have one."""
    head, found, tail = title.rpartition(separator)
    is_section = not tail.isascii() and " " not in tail and len(tail) <= MAX_UNSPACED_CHARS and len(head) > len(tail)
    return head if found and is_section else title


def _may_be_site(tail: str) -> bool:
    """Whether a title's end is as short as the names of sites and sections are."""
    words = tail.split()
    return len(words) <= MAX_SITE_WORDS and (len(words) > 1 or tail.isascii() or len(tail) <= MAX_UNSPACED_CHARS)


def _is_site(part: str, sites: Collection[str], share: float = 0.0) -> bool:
    """Whether a part is a site's name, in full or with something more, or as much of one as the `share`."""
    key = _key(part)
    return bool(key) and (key in sites or any(_names(key, site, share) for site in sites))


def _names(key: str, site: str, share: float) -> bool:
    if min(len(site), len(key)) < MIN_SITE_CHARS:
        return False
    if key in site:
        return len(key) >= share * len(site)
    # a number behind the name is that of an issue
    return site in key and MIN_SHARE * len(key) <= len(site) and not any(map(str.isdigit, key.replace(site, "", 1)))


def _alone(heading: str, own: Sequence[str]) -> bool:
    """Whether a page has one top heading, as long as a headline: the data may call the article otherwise."""
    return len(set(own)) == 1 and _is_long(heading) and len(heading) <= MAX_HEADLINE_CHARS


def _is_long(heading: str) -> bool:
    return len(heading.split()) >= MIN_HEADLINE_WORDS or len(heading) >= MIN_HEADLINE_CHARS


def _likeness(heading: str, keys: Collection[str]) -> float:
    key = _key(heading)
    return 1.0 if key and key in keys else max((_alike(key, other) for other in keys), default=0.0)


@lru_cache(maxsize=256)
def _alike(heading: str, title: str) -> float:
    if not heading or not title:
        return 0.0
    if heading == title:
        return 1.0
    if heading in title or title in heading:
        return 0.5 + 0.5 * min(len(heading), len(title)) / max(len(heading), len(title))
    matcher = SequenceMatcher(None, heading[:ALIKE_CHARS], title[:ALIKE_CHARS], autojunk=False)
    return matcher.ratio() if matcher.quick_ratio() >= MIN_LIKENESS else 0.0


@lru_cache(maxsize=1_000)
def _key(text: str) -> str:
    return _LETTERS.sub("", text).casefold()
