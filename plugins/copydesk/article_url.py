"""Whether a URL looks like an article's, told from its shape alone. Conservative: in doubt it does not."""

from __future__ import annotations

import re
from urllib.parse import parse_qsl, unquote, urlsplit

MIN_SLUG_WORDS = 4
MIN_ID_DIGITS = 5

# Where sites keep what is no article: any of these as a segment of the path.
_NAMES_OF_OTHER_PAGES = """
about about-us account accounts advertise advertising apps archive archives author authors basket cart categories
category comments contact contact-us contributors cookies events faq feed feeds help image images impressum jobs
label labels legal live login logout membership members my newsletter newsletters page pages people podcasts
privacy privacy-policy profile profiles register rss search section sections shop signin signup sitemap staff
static store subscribe subscription tag tags taxonomy team terms topic topics user users weather wp-admin
wp-content wp-includes wp-json wp-login.php كاتب كتاب وسم وسوم تصنيف
"""
_OTHER_PAGES = frozenset(_NAMES_OF_OTHER_PAGES.split())
_NO_PAGE = re.compile(r"\.(?:jpe?g|png|gif|webp|svg|pdf|zip|mp[34]|xml|json|css|js|docx?|xlsx?)$", re.IGNORECASE)
_EXTENSION = re.compile(r"\.(?:s?html?|php\d?|aspx?|jsp|amp|cms|ece)$", re.IGNORECASE)
_DATE = re.compile(
    r"(?:^|[/_-])(?:19|20)\d\d(?:[/_-]?(?:0?[1-9]|1[0-2]|[a-z]{3}))(?:[/_-]?(?:0?[1-9]|[12]\d|3[01]))?(?=[/_.-]|$)"
)
_ID_NAMES = re.compile(
    r"p|id|aid|nid|sid|[a-z]*(?:article|story|news|post|item|content|entry)_?(?:id|no)?|art", re.IGNORECASE
)
_WORDS = re.compile(r"[-_+. ]+")
_MIXED_ID = re.compile(r"(?=[a-z0-9]*\d[a-z0-9]*[a-z])(?=(?:[a-z]*\d){3})[a-z0-9]{8,}", re.IGNORECASE)


def looks_like_article(url: str) -> bool:
    """Whether the shape of a canonical URL is that of an article: a long slug, an id, or a date with more behind it."""
    if is_other_page(url):
        return False
    if any(_ID_NAMES.fullmatch(name) and value.isdecimal() for name, value in parse_qsl(urlsplit(url).query)):
        return True
    segments = _segments(url)
    return bool(segments) and _is_articles(segments)


def is_other_page(url: str) -> bool:
    """Whether a canonical URL says that it is no article: a list, a person's page, a form, an image."""
    return any(part.lower() in _OTHER_PAGES for part in _segments(url)) or bool(_NO_PAGE.search(urlsplit(url).path))


def shape(url: str) -> tuple[str, ...]:
    """The kinds of a URL's path segments and names of its parameters: articles of one site mostly share it."""
    return (*map(_kind, _segments(url)), *sorted(name for name, _ in parse_qsl(urlsplit(url).query)))


def _segments(url: str) -> list[str]:
    return [unquote(part) for part in urlsplit(url).path.split("/") if part]


def _is_articles(segments: list[str]) -> bool:
    last = _EXTENSION.sub("", segments[-1])
    words = [word for word in _WORDS.split(last) if word]
    letters = [word for word in words if word.isalpha() or not word.isascii()]
    if len(letters) >= MIN_SLUG_WORDS:
        return True
    has_id = any(len(word) >= MIN_ID_DIGITS and word.isdecimal() for word in words)
    if has_id or any(_MIXED_ID.fullmatch(word) for word in words):
        return True
    before = "/".join(segments[:-1])
    dated = _DATE.search(before) or (len(words) > MIN_SLUG_WORDS and _DATE.search(last))
    return bool(dated) and not last.isdecimal()


def _kind(segment: str) -> str:
    stem = _EXTENSION.sub("", segment)
    if stem.isdecimal():
        return "number"
    words = [word for word in _WORDS.split(stem) if word]
    return "slug" if len(words) >= MIN_SLUG_WORDS or any(char.isdecimal() for char in stem) else "word"
