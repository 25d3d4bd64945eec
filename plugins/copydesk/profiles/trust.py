"""Whether a profile may still be believed: a pure function of what was observed with it, and who is asked again."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

SAMPLE_PER_CENT = 2
_BUCKETS = 10_000

# What trust starts from, as if this many pages had fitted and not fitted before the first.
PRIOR_FITS = 4.0
PRIOR_MISFITS = 1.0
TRUSTED = 0.6  # below it the fast path is not taken
MIN_TRIALS = 8  # fewer pages condemn no template
GIVEN_UP_HIT_RATE = 0.3  # a template that fits fewer pages has stopped fitting
AGREES = 0.8  # a judged page counts as agreement from this similarity on


@dataclass(frozen=True, slots=True)
class Record:
    """What happened with a template since it took effect, in pages.

    `hits` passed the template's own checks, `misses` did not; of the hits, `judged` went through the teacher too, and
    `agreed` of those had much the same text.
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


def trust(record: Record) -> float:
    """How far a template may be believed, between 0 and 1: the expected share of its pages on which the judge agrees.

    Disagreement of the judge weighs by itself; misses only cost time, so they do not lower it (see `given_up`).
    """
    return round((PRIOR_FITS + record.agreed) / (PRIOR_FITS + PRIOR_MISFITS + record.judged), 4)


def given_up(record: Record) -> bool:
    """Has the template stopped fitting? Noticed from its own hit rate, or from the judge."""
    if record.trials >= MIN_TRIALS and record.hits < GIVEN_UP_HIT_RATE * record.trials:
        return True
    return trust(record) < TRUSTED


def sampled(url: str, per_cent: float = SAMPLE_PER_CENT) -> bool:
    """Does the teacher judge this page too? The same answer for the same URL, everywhere."""
    bucket = int.from_bytes(sha256(url.encode("utf-8", "surrogatepass")).digest()[:8]) % _BUCKETS
    return bucket < per_cent * _BUCKETS / 100
