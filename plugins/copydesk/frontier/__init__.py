"""The queue of entries, a table in Postgres: what is known to exist, who works on it, how each of it ended.

Every function here runs inside the caller's `database.transaction`, so that books and rows are written together.
"""

from copydesk.frontier.arrivals import Added, add, revisit, room
from copydesk.frontier.claims import (
    Batch,
    Release,
    abandon,
    advance,
    claim,
    entries_at,
    excuse,
    free_sites,
    release,
    renew,
)
from copydesk.frontier.endings import Ended, finish

__all__ = [
    "Added",
    "Batch",
    "Ended",
    "Release",
    "abandon",
    "add",
    "advance",
    "claim",
    "entries_at",
    "excuse",
    "finish",
    "free_sites",
    "release",
    "renew",
    "revisit",
    "room",
]
