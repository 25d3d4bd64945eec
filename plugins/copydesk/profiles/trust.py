"""Whether a template may still be believed: a pure function of what was observed with it, and who is asked again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from hashlib import sha256

SAMPLE_PER_CENT = 2
_BUCKETS = 10_000

# What trust starts from, as if so many judged pages had agreed and disagreed before the first.
PRIOR_AGREED = 4
PRIOR_JUDGED = 5
TRUSTED = 0.6  # below it the fast path is not taken
RECENT_TRIALS = 40  # older ones no longer count: sites change at once, not by degrees
RECENT_JUDGED = 20
MIN_TRIALS = 8  # fewer pages condemn no template
GIVEN_UP_HIT_RATE = 0.3


@dataclass(frozen=True, slots=True)
class Record:
    """What happened with a template, in pages.

    `hits` it could read; `misses` no template of the profile could. Of the hits, `judged` were read by the teacher too,
    and of those `agreed` had much the same text.
    """

    hits: int = 0
    misses: int = 0
    judged: int = 0
    agreed: int = 0

    def __add__(self, other: Record) -> Record:
        return Record(
            self.hits + other.hits,
            self.misses + other.misses,
            self.judged + other.judged,
            self.agreed + other.agreed,
        )

    @property
    def trials(self) -> int:
        """Pages on which the template was tried."""
        return self.hits + self.misses


def recent(records: Iterable[Record]) -> Record:
    """The newest of what was observed. `records` come newest first, a batch each."""
    total = Record()
    for record in records:
        tried = record if total.trials < RECENT_TRIALS else Record()
        judged = record if total.judged < RECENT_JUDGED else Record()
        total += Record(tried.hits, tried.misses, judged.judged, judged.agreed)
    return total


def trust(record: Record) -> float:
    """The share of a template's pages on which the judge is expected to agree, between 0 and 1."""
    return round((PRIOR_AGREED + record.agreed) / (PRIOR_JUDGED + record.judged), 4)


def given_up(record: Record) -> bool:
    """Has the template stopped fitting, by its own hit rate or by the judge's word?"""
    if record.trials >= MIN_TRIALS and record.hits < GIVEN_UP_HIT_RATE * record.trials:
        return True
    return trust(record) < TRUSTED


def sampled(url: str, per_cent: float = SAMPLE_PER_CENT) -> bool:
    """Does the teacher read this page too? The same answer for the same URL, everywhere and always."""
    bucket = int.from_bytes(sha256(url.encode("utf-8", "surrogatepass")).digest()[:8]) % _BUCKETS
    return bucket < per_cent * _BUCKETS / 100
