"""Candidates that passed the gate become articles and revisions; each entry ends in the same transaction."""

from copydesk.load.decide import decide_all
from copydesk.load.write import load, revise

__all__ = ["decide_all", "load", "revise"]
