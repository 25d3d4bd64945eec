"""Take off what a site wrapped around an article, block by block, and keep a ledger of it."""

from copydesk.clean.decide import clean

__all__ = ["clean"]
