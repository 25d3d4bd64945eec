"""Fetch: what the server said, politely asked for, within limits, from public addresses only."""

from copydesk.fetch.body import BodyLimits
from copydesk.fetch.client import Fetcher
from copydesk.fetch.transport import Limits

__all__ = ["BodyLimits", "Fetcher", "Limits"]
