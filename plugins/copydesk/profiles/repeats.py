"""Texts and openings of texts that a site puts on many articles, and which articles are really distinct."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence

from copydesk.profiles import openings
from copydesk.profiles.model import Repeat
from copydesk.profiles.openings import INSIDE, Line, articles, label_of

SHARE_OF_PAGES = 0.03  # of a site's articles, once there are many
SAME_ARTICLE = 0.5  # share of its lines that one page has in common with another
PROSE_CHARS = 80
ENOUGH = 5  # articles of a site, to ask for more witnesses than two
PROSE_ARTICLES = 3  # newsrooms paste a paragraph of background into two articles on one matter

Matcher = Callable[[str, float], bool]


def needed(articles: int) -> int:
    """On how many distinct articles a text must stand to be the site's and not an article's."""
    if articles < 10:  # noqa: PLR2004 - few pages: two are what can be had
        return 2
    return max(3, round(SHARE_OF_PAGES * articles))


def distinct(bodies: Sequence[frozenset[str]]) -> list[int]:
    """Which pages to keep so that each article is there once: print views and second addresses share most lines."""
    kept: list[int] = []
    for index, lines in enumerate(bodies):
        if all(_overlap(lines, bodies[other]) < SAME_ARTICLE for other in kept):
            kept.append(index)
    return kept


def _overlap(one: frozenset[str], other: frozenset[str]) -> float:
    smaller = min(len(one), len(other))
    return len(one & other) / smaller if smaller else 0.0


def find(lines: Iterable[Line], total: int, is_evidence: Callable[[str], bool]) -> tuple[Repeat, ...]:
    """The texts and openings that repeat on a site's `total` articles, sorted.

    What `is_evidence` (agency lines, datelines) is never one of them.
    """
    by_text: defaultdict[str, list[Line]] = defaultdict(list)
    for line in lines:
        by_text[line.text].append(line)
    least = needed(total)
    texts = {key: found for key, found in by_text.items() if _is_repeated(found, total) and not is_evidence(key)}
    rest = [line for key, found in by_text.items() if key not in texts and not is_evidence(key) for line in found]
    labels = openings.labels(rest, least, total)
    unlabelled = [line for line in rest if label_of(line.text) not in labels]
    by_words = openings.by_words(unlabelled, least, total)
    made = [_repeat(key, found) for key, found in texts.items()]
    made += [_repeat(key, found, opening=True) for key, found in labels.items()]
    made += [_repeat(key, found, opening=True, by_words=True) for key, found in by_words.items()]
    return tuple(sorted(made, key=lambda repeat: (repeat.opening, repeat.by_words, repeat.key)))


def matcher(repeated: Sequence[Repeat]) -> Matcher:
    """Says of a text, and the share of links in it, whether the site puts it, or its opening, on many articles."""
    texts = {repeat.key for repeat in repeated if not repeat.opening}
    labels = {repeat.key for repeat in repeated if repeat.opening and not repeat.by_words}
    begins = openings.beginning(repeat for repeat in repeated if repeat.by_words)
    return lambda text, links: text in texts or (bool(labels) and label_of(text) in labels) or begins(text, links)


def _is_repeated(found: Sequence[Line], total: int) -> bool:
    """Prose that the teacher takes for body needs more witnesses; at an article's edge only where they can be had."""
    least = needed(total)
    is_prose = len(found[0].text) >= PROSE_CHARS and all(line.taught for line in found)
    if is_prose and (total >= ENOUGH or all(line.place == INSIDE for line in found)):
        least = max(least, PROSE_ARTICLES)
    return articles(found) >= least


def _repeat(key: str, found: Sequence[Line], *, opening: bool = False, by_words: bool = False) -> Repeat:
    places = Counter(line.place for line in found)
    place = min(places, key=lambda name: (-places[name], name))
    return Repeat(
        key=key,
        opening=opening,
        pages=articles(found),
        place=place,
        example=min(line.text for line in found)[:160],
        by_words=by_words,
        linked=by_words and openings.are_linked(found),
    )
