"""The demo newswire: three fictional publishers on loopback, with the truth of each of their pages.

Run it with `python -m copydesk.newswire`; in tests use `serving` or `serving_in_thread`, and compare with `expected`.
"""

from __future__ import annotations

from copydesk.newswire.server import Newswire, serving, serving_in_thread
from copydesk.newswire.truth import Expected, expected

__all__ = ["Expected", "Newswire", "expected", "serving", "serving_in_thread"]
