"""Learn a site from its own pages: pure, and the same for the same pages in any order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Container, Sequence
from hashlib import sha256

from copydesk.models import Page
from copydesk.profiles import frames, labels, openings, places, repeats, rulings
from copydesk.profiles.charset import utf8_of
from copydesk.profiles.containers import MIN_BODY_CHARS, Lesson, choose, first, weigh
from copydesk.profiles.evidence import is_evidence, weight_of_words
from copydesk.profiles.model import Profile, Template
from copydesk.profiles.structure import Piece, Signer, drop_unseen, parse, pieces, plain, tokens_of
from copydesk.profiles.teacher import BODY, Reading, read

MAX_PAGES = 60  # more pages teach no more, and cost
STANDFIRST_SHARE = 0.6  # of a template's pages; fewer are summaries that were made from the first paragraph
MIN_TITLE_CHARS = 15
SURE = 0.95  # of the teacher, that a line is the article's own
SURE_HEADING = 0.8
# Hundredths of log-odds by which words speak for what a site writes around articles.
OWN_WORDS = -100
HEADING_WORDS = 150
SITE_WORDS = 200

Teacher = Callable[[Page], Reading]


def learn(pages: Sequence[Page], domain: str, *, teacher: Teacher = read) -> Profile:
    """What these pages of one site show. No template is in the profile when no two articles agree on a container."""
    lessons = _lessons(pages, teacher)
    vocabulary = _vocabulary(lessons)
    sign = Signer(frozenset(vocabulary) | rulings.EMBEDS)
    containers = choose(lessons)
    boxes = [_Box(index, page, xpath, sign) for index, page in enumerate(lessons) for xpath, _ in containers]
    boxes = [box for box in boxes if box.pieces]
    homes = {path for box in boxes for path in box.body_paths()}
    repeated = repeats.find([line for box in boxes for line in box.lines(homes)], len(lessons), is_evidence)
    return Profile(
        domain=domain,
        pages=len(lessons),
        vocabulary=tuple(vocabulary),
        templates=tuple(_template(xpath, agreed, boxes, repeats.matcher(repeated)) for xpath, agreed in containers),
        repeats=repeated,
        places=places.find(lessons),
        languages=tuple(sorted({page.reading.language for page in lessons} - {""})),
    )


def _lessons(pages: Sequence[Page], teacher: Teacher) -> list[Lesson]:
    """One lesson an article, in an order that is the pages' own."""
    made = [lesson for page in _in_order(pages) if (lesson := _lesson(page, teacher)) is not None]
    bodies = [page.reading.lines or frozenset(page.reading.likely) for page in made]
    return [made[index] for index in repeats.distinct(bodies, [page.reading.headline for page in made])]


def _in_order(pages: Sequence[Page]) -> list[Page]:
    """Each content once, in an order that is the pages' own; of too many, a sample that the order does not change."""
    once = {page.content_hash: page for page in sorted(pages, key=lambda page: page.url, reverse=True)}
    return [once[key] for key in sorted(once)[:MAX_PAGES]]


def _lesson(page: Page, teacher: Teacher) -> Lesson | None:
    tree = parse(utf8_of(page))
    body = tree.find("body") if tree is not None else None
    if body is None:
        return None
    drop_unseen(body)
    return weigh(page.url, body, teacher(page))


def _vocabulary(lessons: Sequence[Lesson]) -> list[str]:
    """The class tokens and roles that are the site's: those on at least two pages."""
    counts: Counter[str] = Counter()
    for page in lessons:
        counts.update({token for element in page.body.iter("*") for token in tokens_of(element)})
    return sorted(token for token, count in counts.items() if count > 1)


class _Box:
    """One page's container of one template."""

    def __init__(self, article: int, page: Lesson, xpath: str, sign: Signer) -> None:
        self.article, self.page, self.xpath = article, page, xpath
        element = first(page.body, xpath)
        is_body = element is not None and page.held.get(element, 0) >= MIN_BODY_CHARS
        self.pieces: tuple[Piece, ...] = tuple(pieces(element, sign)) if is_body else ()

    def body_paths(self) -> set[str]:
        """The paths at which body stands."""
        return {piece.path for piece in self.pieces if self._is_taught(piece)}

    def lines(self, homes: Container[str]) -> list[openings.Line]:
        """The pieces as lines that may repeat. `homes`: the paths at which the site's body stands."""
        return [self._line(index, piece.path in homes) for index, piece in enumerate(self.pieces)]

    def _line(self, index: int, at_home: bool) -> openings.Line:
        piece, below = self.pieces[index], self.pieces[index + 1 : index + 2]
        reading, words = self.page.reading, weight_of_words(piece.text)
        share, is_linked = reading.share(plain(piece.text)), piece.links >= openings.LINKED
        set_off, is_heading = piece.bold >= rulings.ALL_BOLD, rulings.is_heading(piece.path)
        own = share >= SURE and words <= OWN_WORDS and not is_linked
        heads = share >= SURE_HEADING and words < (HEADING_WORDS if is_heading else 0) and (is_heading or set_off)
        return openings.Line(
            article=self.article,
            text=piece.text,
            place=openings.place_of(index, len(self.pieces)),
            links=piece.links,
            taught=share >= BODY,
            at_home=at_home,
            set_off=set_off,
            own=own,
            wraps=words >= SITE_WORDS,
            heads=heads and any(map(self._is_taught, below)),
            above=self.pieces[index - 1].text if index else "",
            below=below[0].text if below else "",
            frame=frames.around(piece.text, (reading.title, reading.headline, *reading.authors)),
        )

    def _is_taught(self, piece: Piece) -> bool:
        return self.page.reading.share(plain(piece.text)) >= BODY

    def has_standfirst(self) -> bool:
        """Is the summary shown, and not as a paragraph like others, as where it was made of the first one?"""
        summary = self.page.reading.summary
        shown = {_looks(piece) for piece in self.pieces if plain(piece.text) == summary} if summary else set()
        others = (piece for piece in self.pieces if plain(piece.text) != summary and self._is_taught(piece))
        return bool(shown) and shown.isdisjoint(map(_looks, others))

    def votes(self, is_repeated: repeats.Matcher) -> list[rulings.Vote]:
        return [self._vote(piece, is_repeated) for piece in self.pieces]

    def _vote(self, piece: Piece, is_repeated: repeats.Matcher) -> rulings.Vote:
        text, reading = plain(piece.text), self.page.reading
        foreign = is_repeated(piece.text, piece.links) or is_metadata(text, reading)
        key, taught = rulings.key_of(piece), reading.share(text)
        return rulings.Vote(self.article, key, len(piece.text), taught, foreign, piece.text)


def _looks(piece: Piece) -> tuple[str, str | None]:
    """Where a piece stands, with all class names of its own page."""
    return piece.path, piece.element.get("class")


def is_metadata(text: str, reading: Reading) -> bool:
    """Is this the title, the standfirst that the metadata has as summary, or an author's name alone?"""
    return text in reading.authors or text == reading.summary or same_start(text, reading.title)


def same_start(text: str, title: str) -> bool:
    """Is this the title, or does one begin with the other? Page data may have the site's name behind the title."""
    shorter = min(len(text), len(title))
    return bool(title) and (text == title or (shorter >= MIN_TITLE_CHARS and text[:shorter] == title[:shorter]))


def _template(xpath: str, agreed: Sequence[Lesson], boxes: Sequence[_Box], is_repeated: repeats.Matcher) -> Template:
    own = [box for box in boxes if box.xpath == xpath]
    votes = [box.votes(is_repeated) for box in own if any(box.page is page for page in agreed)]
    shortest = min(sum(vote.characters for vote in page if vote.taught >= BODY) for page in votes)
    name = sha256(xpath.encode()).hexdigest()[:8]
    standing = sum(box.has_standfirst() for box in own)
    return Template(
        name=name,
        container=xpath,
        pages=len(own),
        agreed=len(agreed),
        characters=shortest,
        standfirst=standing >= STANDFIRST_SHARE * len(own),
        rulings=labels.named(rulings.rule(votes), votes),
    )
