"""What the note on a run says, made of what its tasks left in XCom. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

NOTE_KEY = "note"
NOTED_DAGS = frozenset({"poll_feeds", "ingest_articles", "keep_house"})
LOADED = ("new", "revised", "moved")
UNCHANGED = ("same-text", "not-modified")
MAX_NOTE_CHARS = 1000
"""As many as Airflow's tables take; more would break the scheduler, which writes a run's note with its end."""


def shortened(note: str) -> str:
    """A note as Airflow can keep it."""
    return note if len(note) <= MAX_NOTE_CHARS else note[: MAX_NOTE_CHARS - 1] + "…"


def run_note(results: Sequence[Mapping[str, Any]], sentences: Sequence[str]) -> str:
    """How everything ended that a run of ingest_articles touched; for other DAGs what their tasks said.

    `results` are counts as the pipeline's steps return them: `ended` by "outcome: reason", `counts` by reason,
    `quarantined` with `expectations`, and what waits for `later`.
    """
    if not any("batch_id" in result for result in results):
        return "; ".join(sentences) or "nothing was due"
    ended = _sum(results, "ended")
    reasons = _sum(results, "counts")
    words = Counter({"loaded": sum(reasons.pop(reason, 0) for reason in LOADED)})
    words["unchanged"] = sum(reasons.pop(reason, 0) + ended.pop(f"unchanged: {reason}", 0) for reason in UNCHANGED)
    words.update(reasons)
    words.update(ended)
    words["to be tried later"] = sum(result.get("later", 0) for result in results)
    quarantined = sum(result.get("quarantined", 0) for result in results)
    parts = [f"{count:,} {what}" for what, count in words.items() if count]
    if quarantined:
        parts.append(f"{quarantined:,} quarantined: {_readable(_sum(results, 'expectations'))}")
    return ", ".join(parts) or "nothing was due"


def _sum(results: Sequence[Mapping[str, Any]], key: str) -> Counter[str]:
    total: Counter[str] = Counter()
    for result in results:
        total.update(result.get(key, {}))
    return total


def _readable(expectations: Counter[str]) -> str:
    return ", ".join(name.replace("-", " ") for name, _ in expectations.most_common())
