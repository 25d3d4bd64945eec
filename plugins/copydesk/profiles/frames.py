"""Lines that a site writes around an article's own title or author: "Share «…» on …", "… – follow us on …".

What differs from article to article stands amid words that do not, so neither an opening nor the text itself repeats.
A *frame* is those words: how such a line begins and how it ends, in plain form. As page data say what the title and who
the authors are, a frame needs no more witnesses than a repeated text.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator

from copydesk.profiles.model import Repeat
from copydesk.profiles.openings import MIN_WORD_CHARS, Line, articles, plain_words

MIN_OWN_CHARS = 7  # of a title or name to look for
MIN_WORDS = 2  # of a frame in all
MIN_END_WORDS = 3  # of a frame that has no beginning
MAX_CHARS = 320  # of a line

Frame = tuple[str, str]


def around(text: str, own: Iterable[str]) -> Frame | None:
    """The words before and behind the longest of an article's `own` texts (its title, a name) in a line.

    None where it has none of them, or too few words beside.
    """
    if len(text) > MAX_CHARS:
        return None
    words = " ".join(plain_words(text))
    for part in sorted({" ".join(plain_words(one)) for one in own}, key=lambda one: (-len(one), one)):
        before, found, behind = f" {words} ".partition(f" {part} ")
        if found and len(part) >= MIN_OWN_CHARS:
            return (before.strip(), behind.strip()) if _tells(before, behind) else None
    return None


def _tells(before: str, behind: str) -> bool:
    """Are there words enough to know such a line by?"""
    words = [*before.split(), *behind.split()]
    least = MIN_WORDS if before.strip() else MIN_END_WORDS
    return len(words) >= least and any(len(word) >= MIN_WORD_CHARS and not word.isdigit() for word in words)


def framed(lines: Iterable[Line], least: int, is_evidence: Callable[[str], bool]) -> dict[Frame, list[Line]]:
    """The frames on at least `least` articles, with their lines; none that names who wrote for which agency."""
    groups: defaultdict[Frame, list[Line]] = defaultdict(list)
    for line in lines:
        if line.frame is not None:
            groups[line.frame].append(line)
    wide = {frame: found for frame, found in groups.items() if articles(found) >= least}
    return {frame: found for frame, found in wide.items() if not any(map(is_evidence, _ends(frame)))}


def _ends(frame: Frame) -> Iterator[str]:
    """All ends of the words behind, and of those before: an agency's name closes a phrase."""
    for words in (part.split() for part in frame):
        yield from (" ".join(words[at:]) for at in range(len(words)))


def fitting(repeats: Iterable[Repeat]) -> Callable[[str], bool]:
    """Says of a text whether it stands in one of these frames, with something between beginning and ending."""
    by_last_word: defaultdict[str, list[tuple[str, str, int]]] = defaultdict(list)
    for repeat in repeats:
        begin, end = repeat.key.split(), repeat.ending.split()
        by_last_word[end[-1]].append((" ".join(("", *begin, "")), " ".join(("", *end, "")), len(begin) + len(end)))

    def fits(text: str) -> bool:
        if not by_last_word or len(text) > MAX_CHARS:
            return False
        words = plain_words(text)
        line = " ".join(("", *words, ""))
        known = by_last_word.get(words[-1], ()) if words else ()
        return any(len(words) > count and line.startswith(begin) and line.endswith(end) for begin, end, count in known)

    return fits
