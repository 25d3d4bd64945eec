"""What loading does with each candidate: a new article, a revision, a move, a copy of one we have, nothing. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from copydesk.load.identity import is_moved
from copydesk.load.plan import Arrival, Decision, Existing, Move, Plan
from copydesk.models import Outcome, Reason
from copydesk.urls import registrable_domain


def decide_all(arrivals: Iterable[Arrival], known: Mapping[str, Existing], claiming: Sequence[Existing] = ()) -> Plan:
    """Decide one after the other, each on what the ones before it will have left.

    `known` are articles by URL: those that are, were or were last read at a URL of an arrival, those that such came
    from, and those of its item; `claiming` are articles that claim such a URL.
    """
    desk = _Desk(dict(known), stored=set(known) | {article.url for article in claiming})
    for article in claiming:
        desk.articles.setdefault(article.url, article)
    desk.former = {url: article.url for article in desk.articles.values() for url in article.former_urls}
    for arrival in arrivals:
        desk.file(arrival)
    left = {url: desk.former[url] for url in desk.left if url in desk.former}
    return Plan(tuple(desk.moves), tuple(desk.decisions), left)


@dataclass(slots=True)
class _Desk:
    """The articles as the decisions so far will have left them. `stored` are the URLs that the database has.

    `former` says of a URL that is nobody's now which article had it, by that one's URL; `left` are those of them that
    were left here.
    """

    articles: dict[str, Existing]
    stored: set[str]
    former: dict[str, str] = field(default_factory=dict)
    left: set[str] = field(default_factory=set)
    moves: list[Move] = field(default_factory=list)
    decisions: list[Decision] = field(default_factory=list)

    def file(self, arrival: Arrival) -> None:
        """Decide on one arrival."""
        decision = self._decide(arrival)
        self.decisions.append(decision)
        self.former.pop(decision.url, None)
        self.articles[decision.url] = _after(self.articles.get(decision.url), decision)

    def _decide(self, arrival: Arrival) -> Decision:
        """What becomes of the article whose URL leads elsewhere, if it is one's; else whose page it is."""
        left = self._left(arrival)
        if left is None:
            return self._whose(arrival)
        there = self._there(arrival)
        if there is left:
            return _again(left, arrival)
        if there is None:
            return self._follow(left, arrival)
        return _redirected(left, arrival) if left.url == arrival.entry_url else self._whose(arrival)

    def _left(self, arrival: Arrival) -> Existing | None:
        """The article that is, or was, at the URL that was asked for and that led elsewhere."""
        if arrival.entry_url == arrival.read_url:
            return None
        return self.articles.get(arrival.entry_url) or self.articles.get(self.former.get(arrival.entry_url, ""))

    def _there(self, arrival: Arrival) -> Existing | None:
        """The article that a page is known to be, wherever it was asked for."""
        if found := self._read_at(arrival.read_url) or self._original(arrival):
            return found
        there = self.articles.get(arrival.article_url)
        return there if there and there.agrees(arrival) else None

    def _follow(self, left: Existing, arrival: Arrival) -> Decision:
        """What becomes of an article whose URL leads to a page that nobody knows.

        It goes there only where the site says so for good and nothing says that the page is another one's; a URL that
        leads there for now is still where it is.
        """
        if not is_moved(left.url, left.text, arrival.article_url, arrival.text):
            return _redirected(left, arrival)
        if arrival.for_good and arrival.claimed_url is None and arrival.article_url not in self.articles:
            return self._moved(left, arrival)
        if left.url == arrival.entry_url:
            return _again(left, replace(arrival, read_url=left.read_url))
        return _copy(left, arrival)

    def _whose(self, arrival: Arrival) -> Decision:
        """What was read at its URL before; else what it claims, if texts agree; else what is at its own URL."""
        if mine := self._read_at(arrival.read_url):
            return _again(mine, arrival)
        if original := self._original(arrival):
            return _copy(original, arrival)
        return self._at_its_url(arrival)

    def _at_its_url(self, arrival: Arrival) -> Decision:
        there = self.articles.get(arrival.article_url)
        if there is None:
            return self._adopt(arrival) or self._known_here(arrival) or self._same_item(arrival) or _new(arrival)
        if there.agrees(arrival):
            return _again(there, arrival) if arrival.read_url == there.url else _copy(there, arrival)
        if arrival.read_url == there.url:  # who lives there has come; the other one only said that it did
            return _new(arrival) if self._send_home(there) else _again(there, arrival)
        return self._at_its_url(replace(arrival, article_url=arrival.read_url, claimed_url=None))

    def _read_at(self, url: str) -> Existing | None:
        return next((article for article in self.articles.values() if article.read_url == url), None)

    def _original(self, arrival: Arrival) -> Existing | None:
        """The article that the page says it is a variant of, or another variant of that one; None if texts differ."""
        if arrival.claimed_url is None:
            return None
        there = self.articles.get(arrival.claimed_url)
        others = self._claiming(arrival.claimed_url)
        return next((article for article in (there, *others) if article and article.agrees(arrival)), None)

    def _adopt(self, arrival: Arrival) -> Decision | None:
        """The article that came as a variant of this page before: it goes by this page's URL from now on."""
        variant = next((one for one in self._claiming(arrival.article_url) if one.agrees(arrival)), None)
        if variant is None:
            return None
        return _again(self._move(variant, arrival.article_url), arrival)

    def _known_here(self, arrival: Arrival) -> Decision | None:
        """The article that was here before, or that the same URL led to, and is elsewhere now: its text is here again.

        Some redirects lead to another address at each visit; then it is there that the article is read.
        """
        once = self.articles.get(self.former.get(arrival.article_url, ""))
        if once and once.agrees(arrival):
            return _copy(once, arrival)
        asked = (one for one in self.articles.values() if one.entry_url == arrival.entry_url and one.agrees(arrival))
        led = next(asked, None)
        if led is None:
            return None
        return _again(led, arrival) if arrival.entry_url != arrival.read_url else _copy(led, arrival)

    def _same_item(self, arrival: Arrival) -> Decision | None:
        """The article that the same item of its feed listed under another URL of the site: it is here from now on."""
        if arrival.item is None or arrival.claimed_url is not None:
            return None
        url, site = arrival.article_url, registrable_domain(arrival.article_url)
        listed = (one for one in self.articles.values() if arrival.item in one.items)
        same = (one for one in listed if registrable_domain(one.url) == site)
        moved = (one for one in same if is_moved(one.url, one.text, url, arrival.text))
        return next((self._moved(one, arrival) for one in moved), None)

    def _claiming(self, url: str) -> list[Existing]:
        return [article for article in self.articles.values() if article.claimed_url == url]

    def _moved(self, article: Existing, arrival: Arrival) -> Decision:
        url = self._move(article, arrival.article_url).url
        return Decision(arrival, url, Outcome.LOADED, Reason.MOVED, article.revision + 1, arrival.read_url)

    def _send_home(self, article: Existing) -> bool:
        """Keep an article under the URL that it was read at; False, and all as it was, where another one is at home.

        One that is there without being read there goes before; how long such a row of guests is, a site decides.
        """
        guests, url = {article.url: article}, article.read_url
        while there := self.articles.get(url):
            if there.url in guests or there.read_url == there.url:
                return False
            guests[url], url = there, there.read_url
        for guest in reversed(guests.values()):
            self._move(guest, guest.read_url)
        return True

    def _move(self, article: Existing, url: str) -> Existing:
        """Keep an article under another URL, which is nobody's; one that is not stored yet is filed there at once."""
        del self.articles[article.url]
        if article.url in self.stored:
            self.stored = self.stored - {article.url} | {url}
            self.moves.append(Move(article.url, url))
        self.decisions = [
            replace(decision, url=url, claimed_url=None) if decision.url == article.url else decision
            for decision in self.decisions
        ]
        self.former = {one: url if now == article.url else now for one, now in self.former.items() if one != url}
        self.former[article.url] = url
        self.left.add(article.url)
        moved = self.articles[url] = replace(article, url=url, claimed_url=None)
        return moved


def _new(arrival: Arrival) -> Decision:
    url, claimed = arrival.article_url, arrival.claimed_url
    return Decision(arrival, url, Outcome.LOADED, Reason.NEW, 1, arrival.read_url, claimed_url=claimed)


def _again(existing: Existing, arrival: Arrival) -> Decision:
    """A visit to where the article was read before, or to its own URL: only such a visit revises it.

    Variants of a page word some things differently, and would else take turns in revising it.
    """
    outcome, reason, revision = Outcome.LOADED, Reason.REVISED, existing.revision + 1
    if existing.content_key == arrival.content_key:
        is_same = existing.entry_url == arrival.entry_url
        outcome = Outcome.UNCHANGED if is_same else Outcome.DUPLICATE
        reason, revision = Reason.SAME_TEXT if is_same else Reason.SAME_ARTICLE, existing.revision
    return Decision(arrival, existing.url, outcome, reason, revision, arrival.read_url)


def _copy(existing: Existing, arrival: Arrival) -> Decision:
    stands = (existing.revision, existing.read_url, existing.redirects_to)
    return Decision(arrival, existing.url, Outcome.DUPLICATE, Reason.SAME_ARTICLE, *stands)


def _redirected(left: Existing, arrival: Arrival) -> Decision:
    """The article is not at its URL any more, which leads to what is not the article; it stays as it was."""
    to = arrival.article_url if left.url == arrival.entry_url else left.redirects_to
    return Decision(arrival, left.url, Outcome.GONE, Reason.REDIRECTED, left.revision, left.read_url, to)


def _after(before: Existing | None, decision: Decision) -> Existing:
    """An article as a decision leaves it."""
    arrival, stands = decision.arrival, (decision.read_url, decision.redirects_to)
    items = before.items if before else frozenset()
    if decision.outcome is not Outcome.GONE and arrival.item is not None:
        items |= {arrival.item}
    if before and decision.outcome is not Outcome.LOADED:
        return replace(before, read_url=stands[0], redirects_to=stands[1], items=items)
    return Existing(
        decision.url,
        decision.read_url,
        arrival.entry_url,
        arrival.content_key,
        arrival.text,
        decision.revision,
        before.claimed_url if before else decision.claimed_url,
        decision.redirects_to,
        items=items,
    )
