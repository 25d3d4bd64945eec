"""Why a block is taken off."""

from __future__ import annotations

from dataclasses import dataclass

from copydesk.models import Label


@dataclass(frozen=True, slots=True)
class Verdict:
    """A block goes: what it is, the rule that says so, and that rule's version."""

    label: Label
    rule: str
    version: str
