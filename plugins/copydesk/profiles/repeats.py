"""Texts and openings of texts that a site puts on many articles, and which articles are really distinct."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterable, Sequence
from dataclasses import replace

from copydesk.profiles import frames, openings
from copydesk.profiles.model import Repeat
from copydesk.profiles.openings import INSIDE, NEARLY_ALL, Line, articles, label_of

SHARE_OF_PAGES = 0.03  # of a site's articles, once there are many
SAME_ARTICLE = 0.5  # share of its lines that one page has in common with another
SITE_TITLES = 3  # of pages; a line under so many is no article's
PROSE_CHARS = 80
ENOUGH = 5  # articles of a site, to ask for more witnesses than two
PROSE_ARTICLES = 3  # newsrooms paste a paragraph of background into two articles on one matter
OWN_ARTICLES = 4  # and close reports of one kind with the same words: "He denies the charges."

Matcher = Callable[[str, float], bool]


def needed(articles: int) -> int:
    """On how many distinct articles a text must stand to be the site's and not an article's."""
    if articles < 10:  # noqa: PLR2004 - few pages: two are what can be had
        return 2
    return max(3, round(SHARE_OF_PAGES * articles))


def distinct(bodies: Sequence[frozenset[str]], titles: Sequence[str]) -> list[int]:
    """Which pages to keep so that each article is there once: print views and second addresses share most lines.

    Lines that pages of several titles have are the site's, and say nothing of whether two pages are one article.
    """
    under: defaultdict[str, set[str]] = defaultdict(set)
    for lines, title in zip(bodies, titles, strict=True):
        for line in lines:
            under[line].add(title)
    own = [frozenset(line for line in lines if len(under[line]) < SITE_TITLES) for lines in bodies]
    kept: list[int] = []
    for index, lines in enumerate(own):
        if all(_overlap(lines, own[other]) < SAME_ARTICLE for other in kept):
            kept.append(index)
    return kept


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    smaller = min(len(one), len(other))
    return len(one & other) / smaller if smaller else 0.0


def find(lines: Iterable[Line], total: int, is_evidence: Callable[[str], bool]) -> tuple[Repeat, ...]:
    """The texts and openings that repeat on a site's `total` articles, sorted.

    What `is_evidence` (agency lines, datelines) is never one of them, nor are headings above ever other text.
    """
    by_text: defaultdict[str, list[Line]] = defaultdict(list)
    for line in lines:
        by_text[line.text].append(line)
    least = needed(total)
    open_texts = {key: found for key, found in by_text.items() if not is_evidence(key) and not _are_headings(found)}
    texts = {key: found for key, found in open_texts.items() if _is_repeated(found, total)}
    rest = [_doubted(line, texts) for key, found in open_texts.items() if key not in texts for line in found]
    made = [_repeat(key, found) for key, found in texts.items()] + _in_part(rest, least, total, is_evidence)
    return tuple(sorted(made, key=lambda repeat: (repeat.opening, repeat.by_words, repeat.key, repeat.ending)))


def _in_part(lines: Sequence[Line], least: int, total: int, is_evidence: Callable[[str], bool]) -> list[Repeat]:
    """What repeats of lines that differ in the rest: each line counts for the first kind that it is of."""
    framed = frames.framed(lines, least, is_evidence)
    rest = [line for line in lines if line.frame not in framed]
    labels = openings.labels(rest, least, total)
    rest = [line for line in rest if label_of(line.text) not in labels]
    by_words = openings.by_words(rest, least, total)
    taken = {line for found in by_words.values() for line in found}
    endings = openings.endings([line for line in rest if line not in taken], total)
    made = [_repeat(begin, found, opening=True, by_words=True, ending=end) for (begin, end), found in framed.items()]
    made += [_repeat(key, found, opening=True) for key, found in labels.items()]
    made += [_repeat(key, found, opening=True, by_words=True) for key, found in by_words.items()]
    return made + [_repeat("", found, opening=True, by_words=True, ending=end) for end, found in endings.items()]


def matcher(repeated: Sequence[Repeat]) -> Matcher:
    """Says of a text, and the share of links in it, whether the site puts it, or its opening, on many articles."""
    texts = {repeat.key for repeat in repeated if not repeat.opening}
    labels = {repeat.key for repeat in repeated if repeat.opening and not repeat.by_words}
    begins = openings.beginning(repeat for repeat in repeated if repeat.by_words and not repeat.ending)
    is_framed = frames.fitting(repeat for repeat in repeated if repeat.ending)

    def is_repeated(text: str, links: float) -> bool:
        is_known = text in texts or (bool(labels) and label_of(text) in labels)
        return is_known or begins(text, links) or is_framed(text)

    return is_repeated


def _is_repeated(found: Sequence[Line], total: int) -> bool:
    """Prose that the teacher takes for body needs more witnesses; at an article's edge only where they can be had.

    So do lines that are surely the article's own.
    """
    least = needed(total)
    if openings.are_own(found):
        least = max(least, OWN_ARTICLES, round(NEARLY_ALL * total))
    is_prose = len(found[0].text) >= PROSE_CHARS and all(line.taught for line in found)
    if is_prose and (total >= ENOUGH or all(line.place == INSIDE for line in found)):
        least = max(least, PROSE_ARTICLES)
    return articles(found) >= least


def _doubted(line: Line, texts: Container[str]) -> Line:
    """The line, no longer the article's own where it stands beside what the site repeats."""
    return replace(line, own=False) if line.own and (line.above in texts or line.below in texts) else line


def _are_headings(found: Sequence[Line]) -> bool:
    """Does each of these lines head a part of an article, several of them, and nearly each another text?"""
    headed = {line.below for line in found}
    return len(found) > 1 and all(line.heads for line in found) and len(headed) >= NEARLY_ALL * len(found)


def _repeat(
    key: str, found: Sequence[Line], *, opening: bool = False, by_words: bool = False, ending: str = ""
) -> Repeat:
    places = Counter(line.place for line in found)
    place = min(places, key=lambda name: (-places[name], name))
    return Repeat(
        key=key,
        opening=opening,
        pages=articles(found),
        place=place,
        example=min(line.text for line in found)[:160],
        by_words=by_words,
        linked=by_words and not ending and openings.are_linked(found),
        ending=ending,
    )
