"""What a step did, in words for notes and logs."""

from __future__ import annotations

from collections.abc import Mapping


def sentence(counts: Mapping[str, int], nothing: str) -> str:
    """Counts that aren't zero, as "14 loaded, 1 quarantined"; `nothing` when all are."""
    return ", ".join(f"{count:,} {what}" for what, count in counts.items() if count) or nothing
