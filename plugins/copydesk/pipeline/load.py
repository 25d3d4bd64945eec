"""Load: accepted drafts become articles, and their entries end."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from copydesk.database import connect, transaction
from copydesk.load import load
from copydesk.models import Reason
from copydesk.pipeline.blame import blameless
from copydesk.pipeline.sentences import sentence
from copydesk.settings import Settings

WORDS = {
    Reason.NEW: "new",
    Reason.REVISED: "revised",
    Reason.MOVED: "moved",
    Reason.SAME_TEXT: "unchanged",
    Reason.SAME_ARTICLE: "duplicate",
    Reason.REDIRECTED: "redirected",
}


@dataclass(frozen=True, slots=True)
class Filed:
    """What loading a batch did, by reason."""

    batch_id: int
    counts: Mapping[Reason, int]

    @property
    def loaded(self) -> int:
        """Articles and revisions that were written."""
        return sum(self.counts.get(reason, 0) for reason in (Reason.NEW, Reason.REVISED, Reason.MOVED))

    @property
    def sentence(self) -> str:
        """The counts in words."""
        return sentence({WORDS[reason]: self.counts.get(reason, 0) for reason in WORDS}, "nothing to load")


@blameless
def load_batch(settings: Settings, batch_id: int, now: datetime) -> Filed:
    """Load what the gate let pass, in one transaction; a second run finds nothing left."""
    with connect(settings.database) as connection, transaction(connection):
        results = load(connection, batch_id, now)
    return Filed(batch_id, Counter(one.reason for one in results))
