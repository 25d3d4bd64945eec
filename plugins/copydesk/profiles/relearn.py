"""Learning from stored pages: which sites are due, and one site's turn from its pages to a decided version.

Pages are read in one short transaction and the result is written in another; between them, where the time goes, nothing
is locked. Nothing that ingestion waits for is locked at all.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from copydesk.database import Connection, connect, transaction
from copydesk.models import Page
from copydesk.profiles import shadow, store
from copydesk.profiles.learn import MAX_PAGES, learn
from copydesk.profiles.model import Profile
from copydesk.profiles.shadow import Decision
from copydesk.profiles.teacher import Reading, read
from copydesk.push.articles import is_pushed

MIN_PAGES = shadow.ENOUGH_PAGES
NOTHING_NEW = "nothing new"
TRIALS_KEPT = timedelta(days=30)
FIRST_STEPS = (5, 20, 100)  # new pages that make a site due at once: for its first, second and any later version


@dataclass(frozen=True, slots=True)
class Learned:
    """What came of learning one site. `version` is None where nothing was stored, `accepted` says if it is in use."""

    domain: str
    pages: int
    version: int | None
    accepted: bool
    reason: str


def due(site: store.Site, *, daily: bool) -> bool:
    """Is it time to learn this site (anew)? Once a day a few new pages suffice."""
    if site.held:
        return False
    if daily:
        return site.new_pages >= MIN_PAGES
    return site.new_pages >= FIRST_STEPS[min(site.version or 0, len(FIRST_STEPS) - 1)]


def sites_due(connection: Connection, *, daily: bool, batch_id: int | None = None) -> list[str]:
    """The domains whose turn it is, of those alone that a batch visited if one is given."""
    with transaction(connection):
        return [site.domain for site in store.sites_to_learn(connection, batch_id) if due(site, daily=daily)]


def relearn(
    connection: Connection, domain: str, now: datetime, *, teacher: Callable[[Page], Reading] = read
) -> Learned:
    """Learn a site from its newest stored pages, test the result beside what is in use, and store and decide it."""
    with transaction(connection):
        stored = store.pages_of_site(connection, domain, MAX_PAGES + MAX_PAGES // 4)
        current = next((one for one in store.versions(connection, domain) if one.state == "active"), None)
    stored = [one for one in stored if not is_pushed(one.page)]
    if len(stored) < MIN_PAGES:
        return Learned(domain, len(stored), None, False, _too_few(len(stored)))
    pages = [one.page for one in stored]
    profile, decision = judge(domain, pages, current.profile if current else None, teacher=teacher)
    if current is not None and profile == current.profile:
        with transaction(connection):
            newest = max(one.entry_id for one in stored)
            store.note_learned_through(connection, domain, current.version, newest)
        return Learned(domain, profile.pages, current.version, True, NOTHING_NEW)
    with transaction(connection):
        version = store.add(connection, profile, stored, decision, now)
    return Learned(domain, profile.pages, version, decision.accepted, decision.reason)


def _too_few(pages: int) -> str:
    if not pages:
        return "no page of it is stored"
    return f"{pages} stored; {MIN_PAGES} pages are needed"


def judge(
    domain: str, pages: Sequence[Page], current: Profile | None, *, teacher: Callable[[Page], Reading] = read
) -> tuple[Profile, Decision]:
    """A profile learned from these pages, and whether it is to take the place of the current one."""
    teacher = _once(teacher)
    learning, testing = shadow.split(pages)
    profile = learn(learning, domain, teacher=teacher)
    old = shadow.score(current, testing, teacher) if current is not None else None
    decision = shadow.decide(shadow.score(profile, testing, teacher), old)
    return profile, replace(decision, reason=_with_pages(profile, len(learning), decision.reason))


def _with_pages(profile: Profile, pages: int, reason: str) -> str:
    """The reason of a decision, with what the pages could not show."""
    return shadow.lack(profile, pages) or "; ".join(filter(None, (reason, shadow.unknown_yet(profile))))


def _once(teacher: Callable[[Page], Reading]) -> Callable[[Page], Reading]:
    """The same teacher, who reads each page once and remembers."""
    readings: dict[bytes, Reading] = {}

    def read_once(page: Page) -> Reading:
        if page.content_hash not in readings:
            readings[page.content_hash] = teacher(page)
        return readings[page.content_hash]

    return read_once


@dataclass(frozen=True, slots=True)
class Round:
    """What came of learning the sites that were due."""

    learned: int
    refused: int
    unchanged: int

    @property
    def sentence(self) -> str:
        """The counts in words."""
        counts = (
            (self.learned, "learned"),
            (self.refused, "not good enough to be used"),
            (self.unchanged, "nothing new"),
        )
        return ", ".join(f"{count} {word}" for count, word in counts if count) or "no site is due"


def learn_sites(dsn: str, now: datetime, *, daily: bool) -> Round:
    """Learn every site whose turn it is, in the database at `dsn`."""
    with connect(dsn) as connection:
        results = learn_due(connection, now, daily=daily)
    changed = [one for one in results if one.reason != NOTHING_NEW]
    accepted = sum(one.accepted for one in changed)
    return Round(accepted, len(changed) - accepted, len(results) - len(changed))


def learn_due(connection: Connection, now: datetime, *, daily: bool) -> list[Learned]:
    """Learn every site whose turn it is."""
    with transaction(connection):
        store.forget_trials(connection, now - TRIALS_KEPT)
    return [relearn(connection, domain, now) for domain in sites_due(connection, daily=daily)]
