"""Validate: drafts go through the gate; what fails ends in quarantine with its reasons, the rest may be loaded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from copydesk import frontier
from copydesk.database import Connection, connect, query, storable, transaction
from copydesk.drafts import drafts_at, encode
from copydesk.errors import CopydeskError
from copydesk.frontier import Ended
from copydesk.load.identity import content_key
from copydesk.models import Candidate, Outcome, Reason, Rejection
from copydesk.pipeline.blame import blameless
from copydesk.pipeline.sentences import sentence
from copydesk.settings import Settings
from copydesk.validate import Verdict, validate, watch, write_data_docs

STEP = "validate"


class BatchRejectedError(CopydeskError):
    """Not one article of a batch passed the gate: more likely our fault than theirs. All are in quarantine."""


@dataclass(frozen=True, slots=True)
class Validated:
    """What the gate did with a batch. `expectations` counts for each that failed how many articles failed it.

    `still` are pages that say what they said when they went to quarantine; `warnings` say what is conspicuous about the
    batch as a whole.
    """

    batch_id: int
    accepted: int
    quarantined: int
    expectations: Mapping[str, int]
    warnings: tuple[str, ...] = ()
    still: int = 0

    @property
    def sentence(self) -> str:
        """The counts in words, with what failed."""
        found = {"accepted": self.accepted, "quarantined": self.quarantined, "still in quarantine": self.still}
        counts = sentence(found, "nothing to validate")
        why = f": {', '.join(self.expectations)}" if self.quarantined else ""
        return "; ".join((counts + why, *self.warnings))


@blameless
def validate_batch(settings: Settings, batch_id: int, now: datetime) -> Validated:
    """Run the gate over a batch's drafts. Raises BatchRejectedError, after all is written, when nothing in it is good.

    Entries that an earlier step found unchanged count as good. Run again it does nothing more, and raises again.
    """
    with connect(settings.database) as connection:
        with transaction(connection):
            frontier.renew(connection, batch_id, now)
            candidates = drafts_at(connection, batch_id, "cleaned")
            verdict = validate(candidates, now, _copies(connection, candidates))
            frontier.advance(connection, batch_id, verdict.accepted, "accepted")
            still = _still_quarantined(connection, candidates, verdict)
            fresh = [one for one in verdict.rejections if one.entry_id not in still]
            _quarantine(connection, candidates, fresh, now)
            frontier.finish(connection, list(still.values()), now)
        validated = _validated(batch_id, len(verdict.accepted), fresh, watch(candidates, verdict), len(still))
        if settings.data_docs is not None:
            write_data_docs(settings.data_docs, candidates, now)
        with transaction(connection):
            _fail_if_nothing_passed(connection, batch_id)
    return validated


def _copies(connection: Connection, candidates: Sequence[Candidate]) -> Mapping[int, int]:
    """For each entry how many others of its site say the same, among articles and in the batch: walls do that."""
    keys = [content_key(one.article.metadata.title, one.article.text) for one in candidates]
    sites = [one.domain for one in candidates]
    parameters = {
        "entry_ids": [one.entry_id for one in candidates],
        "domains": sites,
        "content_keys": [key.hex() for key in keys],
    }
    stored = {row.entry_id: row.copies for row in query(connection, "copies_on_site", parameters)}
    alike = Counter(zip(sites, keys, strict=True))
    return {
        one.entry_id: stored.get(one.entry_id, 0) + alike[site, key] - 1
        for one, site, key in zip(candidates, sites, keys, strict=True)
    }


def _still_quarantined(
    connection: Connection, candidates: Sequence[Candidate], verdict: Verdict
) -> Mapping[int, Ended]:
    """The ends of those that failed and say what an earlier visit said that is in quarantine: once is enough."""
    failed = {one.entry_id for one in verdict.rejections}
    keys = {
        one.entry_id: content_key(one.article.metadata.title, one.article.text)
        for one in candidates
        if one.entry_id in failed
    }
    return {
        row.entry_id: Ended(
            row.entry_id,
            Outcome.UNCHANGED,
            Reason.STILL_QUARANTINED,
            STEP,
            f"it says what entry {row.quarantined_id} said, which is in quarantine",
        )
        for row in query(connection, "quarantined_before", {"entry_ids": list(keys)})
        if content_key(row.title, row.text) == keys[row.entry_id]
    }


def _quarantine(
    connection: Connection, candidates: Sequence[Candidate], rejections: Sequence[Rejection], now: datetime
) -> None:
    rejected = {one.entry_id for one in rejections}
    drafts = {one.entry_id: encode(one) for one in candidates if one.entry_id in rejected}
    parameters = {
        "entry_ids": [one.entry_id for one in rejections],
        "expectations": [one.expectation for one in rejections],
        "columns": [one.column for one in rejections],
        "observed": [one.observed and storable(one.observed) for one in rejections],
        "candidates": [drafts[one.entry_id] for one in rejections],
        "now": now,
    }
    query(connection, "add_rejections", parameters)
    failed: dict[int, list[str]] = {}
    for one in rejections:
        failed.setdefault(one.entry_id, []).append(f"{one.expectation} ({one.column}: {one.observed})")
    ended = [
        Ended(entry_id, Outcome.QUARANTINED, Reason.EXPECTATION, STEP, "; ".join(what))
        for entry_id, what in failed.items()
    ]
    frontier.finish(connection, ended, now)


def _validated(
    batch_id: int, accepted: int, rejections: Sequence[Rejection], warnings: tuple[str, ...], still: int
) -> Validated:
    expectations = Counter(one.expectation for one in rejections)
    quarantined = len({one.entry_id for one in rejections})
    return Validated(batch_id, accepted, quarantined, dict(expectations.most_common()), warnings, still)


def _fail_if_nothing_passed(connection: Connection, batch_id: int) -> None:
    """By the table, so that a second run of the task says the same."""
    [gate] = query(connection, "gate_counts", {"batch_id": batch_id})
    if gate.quarantined and not gate.passed:
        raise BatchRejectedError(
            f"batch {batch_id}: all {gate.quarantined} articles failed the gate, the first one for {gate.detail};"
            " see news.quarantine"
        )
