"""Which element paths inside a container hold body text: a vote of the teacher over all pages."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain

from copydesk.profiles.model import Ruling
from copydesk.profiles.structure import Piece

LINKS = "@links"
BOLD = "@bold"
ALL_LINKS = 0.6
ALL_BOLD = 0.9
FEW_LINKS = 0.3
BODY_SHARE = 0.5
NEIGHBOUR_SHARE = 0.4  # enough for paragraphs and headings that stand among body paragraphs
HOME_SHARE = 0.15  # of the body's characters
AMONG_SHARE = 0.8
LINKS_SHARE = 0.9
EXAMPLE_CHARS = 120
HEADINGS = frozenset({"h2", "h3", "h4"})
TITLES = HEADINGS | {"h1", "h5", "h6"}
MIN_PAGES = 2
MANY_PAGES = 3
SURE_SHARE = 0.6
LEAD_SHARE = 0.85  # enough for a paragraph in a box beside the others', as the first one often stands
TRANSPARENT = frozenset({"ul", "ol", "dl", "table", "tbody", "tr", "blockquote", "li"})
# What others wrote elsewhere: known on a site's first page that has one, though no other page shows the class.
EMBEDS = frozenset(
    (".twitter-tweet", ".twitter-video", ".instagram-media", ".tiktok-embed", ".fb-post", ".bluesky-embed")
)
# Containers of comments as nearly all systems name them; trafilatura now and then takes what is in them for body.
_COMMENTS = re.compile(
    r"\.(?:[a-z]+-)?(?:comments?|commentlist|respond)(?:[-_]+(?:list|body|content|area|text|item|root))*[-_]*(?=[.\[>@]|$)",
    re.IGNORECASE,
)
_NAMED = re.compile(r"[.\[]")
NEIGHBOURS = frozenset({"p", "h2", "h3", "h4", "blockquote", "ul", "ol", "li"})


@dataclass(frozen=True, slots=True)
class Vote:
    """One piece of one page. `taught`: how sure the teacher is that it is body, 0 to 1.

    `foreign`: it repeats on the site or is metadata.
    """

    page: int
    key: str
    characters: int
    taught: float
    foreign: bool
    text: str


def key_of(piece: Piece) -> str:
    """A piece's path, with what it wholly consists of."""
    if piece.links >= ALL_LINKS:
        return piece.path + LINKS
    if piece.bold >= ALL_BOLD:
        return piece.path + BOLD
    return piece.path


def bare(key: str) -> str:
    """A key without the last element's classes: what is asked when a key is unknown."""
    path, mark, flag = key.partition("@")
    parent, arrow, leaf = path.rpartition(">")
    return f"{parent}{arrow}{tag_of(leaf)}{mark}{flag}"


@lru_cache(maxsize=8192)
def is_embedded(path: str) -> bool:
    """Does this path lead into what others wrote elsewhere?"""
    return any(embed in path for embed in EMBEDS)


def tag_of(signature: str) -> str:
    """The tag of a signature."""
    return signature.split(".", 1)[0].split("[", 1)[0]


@dataclass(slots=True)
class _Tally:
    pages: set[int] = field(default_factory=set)
    own_pages: set[int] = field(default_factory=set)  # with pieces that are neither repeats nor metadata
    blocks: int = 0
    among: int = 0  # of the blocks, those between two body paragraphs
    above: int = 0  # of the blocks, those before the first
    characters: int = 0
    taught: float = 0.0
    example: str = ""

    def add(self, vote: Vote) -> None:
        self.pages.add(vote.page)
        self.blocks += 1
        if not vote.foreign:
            self.own_pages.add(vote.page)
            self.characters += vote.characters
            self.taught += vote.characters * vote.taught
        if (-vote.characters, vote.text) < (-len(self.example), self.example):
            self.example = vote.text

    @property
    def share(self) -> float:
        return round(self.taught / self.characters, 4) if self.characters else 0.0


def rule(pages: Sequence[Sequence[Vote]]) -> tuple[Ruling, ...]:
    """A ruling for each path, and for each tag under each parent, by path. `pages` has each page's votes in order."""
    tallies: defaultdict[str, _Tally] = defaultdict(_Tally)
    for vote in chain.from_iterable(pages):
        for key in {vote.key, bare(vote.key)}:
            tallies[key].add(vote)
    homes = _homes(pages, tallies)
    for votes in pages:
        _count_places(votes, tallies, homes)
    made = (_ruling(key, tallies[key], homes) for key in sorted(tallies))
    return tuple(ruling for ruling in made if ruling.body or not _is_hasty(ruling.path, tallies[ruling.path]))


def _is_hasty(key: str, tally: _Tally) -> bool:
    """Would a no rest on too few pages? Emphasised lines may be headings that a later article has."""
    return key.endswith(BOLD) and len(tally.own_pages) < MANY_PAGES


def homes_of(rulings: Iterable[Ruling]) -> frozenset[str]:
    """The paths of the elements in which a template's body paragraphs stand."""
    blocks: Counter[str] = Counter()
    for ruling in rulings:
        if ruling.body and "@" not in ruling.path and ruling.path == bare(ruling.path) and _tag(ruling.path) == "p":
            blocks[_home(ruling.path)] += ruling.blocks
    return frozenset(home for home, count in blocks.items() if count >= HOME_SHARE * blocks.total())


def is_neighbour(piece: Piece, homes: frozenset[str]) -> bool:
    """Is this a paragraph, heading, list or quote beside the body's paragraphs, without names or links of its own?"""
    home = _home(piece.path)
    own = piece.path.removeprefix(home)
    return piece.links < FEW_LINKS and home in homes and _tag(piece.path) in NEIGHBOURS and not _NAMED.search(own)


def _homes(pages: Sequence[Sequence[Vote]], tallies: Mapping[str, _Tally]) -> frozenset[str]:
    """The paths of the elements whose own paragraphs make up the body, each page counting alike.

    A layout that few pages have counts too, where it holds most of the body of two.
    """
    shares: defaultdict[str, list[float]] = defaultdict(list)
    for votes in pages:
        for home, share in _shares(votes, tallies).items():
            shares[home].append(share)
    return frozenset(home for home, found in shares.items() if _is_home(found, len(pages)))


def _shares(votes: Sequence[Vote], tallies: Mapping[str, _Tally]) -> dict[str, float]:
    """Which part of a page's body stands in which elements."""
    taught: defaultdict[str, float] = defaultdict(float)
    for vote in votes:
        key = bare(vote.key)
        if vote.taught and not vote.foreign and "@" not in key and tallies[key].share >= BODY_SHARE:
            taught[_home(key)] += vote.characters * vote.taught
    total = sum(taught.values())
    return {home: characters / total for home, characters in taught.items()}


def _is_home(shares: Sequence[float], pages: int) -> bool:
    most = sum(share >= BODY_SHARE for share in shares)
    return sum(shares) >= HOME_SHARE * pages or most >= MIN_PAGES


def _count_places(votes: Sequence[Vote], tallies: Mapping[str, _Tally], homes: frozenset[str]) -> None:
    """Count what stands among the body's paragraphs, and what above them all."""
    at_home = [index for index, vote in enumerate(votes) if vote.taught >= BODY_SHARE and _home(vote.key) in homes]
    texts = [index for index in at_home if _tag(votes[index].key) not in TITLES]
    for index, vote in enumerate(votes):
        for key in {vote.key, bare(vote.key)}:
            tallies[key].among += bool(at_home) and at_home[0] <= index < at_home[-1]
            tallies[key].above += bool(texts) and index < texts[0]


def _home(key: str) -> str:
    """The path of the element that a piece stands in, lists and quotes passed over."""
    steps = key.partition("@")[0].split(">")[:-1]
    while steps and tag_of(steps[-1]) in TRANSPARENT:
        steps.pop()
    return ">".join(steps)


def _ruling(key: str, tally: _Tally, homes: frozenset[str]) -> Ruling:
    body, why = _decide(key, tally, homes)
    return Ruling(key, body, len(tally.pages), tally.blocks, tally.share, why, tally.example[:EXAMPLE_CHARS])


def _decide(key: str, tally: _Tally, homes: frozenset[str]) -> tuple[bool, str]:
    if why := _objection(key, tally, homes):
        return False, why
    if tally.share >= BODY_SHARE:
        return True, "teacher"
    if _is_among(key, tally, homes) and tally.share >= NEIGHBOUR_SHARE:
        return True, "among body paragraphs"
    return False, "teacher leaves it out"


def _is_among(key: str, tally: _Tally, homes: frozenset[str]) -> bool:
    """Is this a place beside the body's paragraphs, or one of headings that have some before and behind them?"""
    if "@" in key or _tag(key) not in NEIGHBOURS:
        return False
    return _home(key) in homes or (_tag(key) in HEADINGS and tally.among >= AMONG_SHARE * tally.blocks)


def _objection(key: str, tally: _Tally, homes: frozenset[str]) -> str:
    """What speaks against a place whatever the teacher says, "" for nothing."""
    tag, home = _tag(key), _home(key)
    is_prose = home in homes and tag == "p" and tally.share >= LINKS_SHARE
    is_away = home not in homes and not _near(tag, home, tally, homes) and not _is_sure(tally)
    objections = (
        (not tally.characters, "repeats or metadata"),
        (key.endswith(LINKS) and not is_prose, "nothing but links"),
        (is_embedded(key), "an embedded post"),
        (_COMMENTS.search(key) is not None, "readers' comments"),
        (_is_title(tag, tally), "a title above the text"),
        (is_away, "away from the body's paragraphs"),
    )
    return next((why for holds, why in objections if holds), "")


def _is_title(tag: str, tally: _Tally) -> bool:
    """One heading a page, always before the first paragraph: no heading of a part of the text."""
    return tag in TITLES and tally.above == tally.blocks == len(tally.pages) >= MIN_PAGES


def _near(tag: str, home: str, tally: _Tally, homes: frozenset[str]) -> bool:
    """May this place outside the paragraphs' own elements hold body? Most that stands above or below is chrome."""
    among = tally.among >= AMONG_SHARE * tally.blocks
    if any(other.startswith(f"{home}>") or not home for other in homes):  # around the paragraphs' own element
        return among or tag == "p"
    beside = any(other and other.rpartition(">")[0] == home.rpartition(">")[0] for other in homes)
    leads = beside and tag == "p" and tally.share >= LEAD_SHARE
    return leads or (among and (beside or tag in HEADINGS))


def _is_sure(tally: _Tally) -> bool:
    """Does the teacher take for body what stands here, on page after page? One page's boxes may look like its text."""
    return tally.share >= SURE_SHARE and len(tally.own_pages) >= MANY_PAGES


def is_heading(key: str) -> bool:
    """Does a heading stand at this path?"""
    return _tag(key) in TITLES


def _tag(key: str) -> str:
    return tag_of(key.partition("@")[0].rpartition(">")[2])
