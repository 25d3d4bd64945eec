"""The shadow test: a new profile reads stored pages beside the one in use, and takes effect only if it is no worse."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median

from copydesk.models import Page
from copydesk.profiles.alike import alike
from copydesk.profiles.apply import read_page
from copydesk.profiles.model import Profile
from copydesk.profiles.reader import Reader
from copydesk.profiles.teacher import Reading

MIN_HIT_RATE = 0.5
MIN_AGREEMENT = 0.8
FEWER_HITS = 0.05  # a new version may read so much fewer pages than the one before
LESS_AGREEMENT = 0.02
ENOUGH_PAGES = 5  # with fewer, much of a site cannot be known
ENOUGH_TO_HOLD_OUT = 20
HELD_OUT_OF = 5


@dataclass(frozen=True, slots=True)
class Score:
    """How a profile did on some pages: the share it could read, and how like the teacher it read those, 0 to 1.

    `agreement` is the median: of a few lines above a paywall the teacher takes menus along, and the profile is right.
    """

    pages: int
    hit_rate: float
    agreement: float


@dataclass(frozen=True, slots=True)
class Decision:
    """Whether a new version takes effect, why or why not, as a sentence, and what it was decided on."""

    accepted: bool
    reason: str
    score: Score


def split(pages: Sequence[Page]) -> tuple[list[Page], list[Page]]:
    """The pages to learn from and those to test on: a fifth is held out where there are enough, else all serve both."""
    if len(pages) < ENOUGH_TO_HOLD_OUT:
        return list(pages), list(pages)
    held_out = [page for page in pages if page.content_hash[-1] % HELD_OUT_OF == 0]
    if not held_out:
        return list(pages), list(pages)
    return [page for page in pages if page.content_hash[-1] % HELD_OUT_OF], held_out


def lack(profile: Profile, pages: int) -> str:
    """Why a profile that was learned from so many pages holds no template, "" if it holds one."""
    if profile.templates:
        return ""
    if not profile.pages:
        return f"none of {pages} pages holds text"
    if profile.pages == 1:
        seen = "one article" if pages == 1 else f"{pages} pages of one article"
        return f"{seen}: what is the site's shows on two at least, and better on {ENOUGH_PAGES}"
    return f"no two of {profile.pages} articles have their text in the same element"


def unknown_yet(profile: Profile) -> str:
    """What a profile cannot know, having been learned from few articles; "" where they are enough."""
    if not profile.templates or profile.pages >= ENOUGH_PAGES:
        return ""
    return f"{profile.pages} articles do not show what only some of a site's have; {ENOUGH_PAGES} would"


def score(profile: Profile, pages: Sequence[Page], teacher: Callable[[Page], Reading]) -> Score:
    """Read pages by a profile and compare with the teacher; pages of which the teacher reads nothing do not count."""
    reader = Reader(profile)
    likenesses: list[float] = []
    tried = 0
    for page in pages:
        taught = teacher(page).body
        if taught:
            tried += 1
            found = read_page(reader, page)
            likenesses += [alike(" ".join(block.text for block in found[1].blocks), taught)] if found else []
    agreement = median(likenesses) if likenesses else 0.0
    return Score(tried, round(len(likenesses) / tried, 4) if tried else 0.0, round(agreement, 4))


def decide(new: Score, old: Score | None) -> Decision:
    """Is the new profile good enough, and no worse than the one in use?"""
    told = f"reads {new.hit_rate:.0%} of {new.pages} stored pages, {new.agreement:.0%} like the teacher"
    if new.hit_rate < MIN_HIT_RATE:
        return Decision(False, f"{told}: too few pages to be of use", new)
    if new.agreement < MIN_AGREEMENT:
        return Decision(False, f"{told}: too unlike", new)
    if old is None:
        return Decision(True, told, new)
    before = f"the version in use {old.hit_rate:.0%} and {old.agreement:.0%}"
    if new.hit_rate < old.hit_rate - FEWER_HITS or new.agreement < old.agreement - LESS_AGREEMENT:
        return Decision(False, f"{told}; {before}: worse", new)
    return Decision(True, f"{told}; {before}", new)
