"""Discover: what a feed, or whatever else lists articles, says exists."""

from copydesk.discover.check import FeedCheck, check_feed, check_feeds
from copydesk.discover.document import FeedDocument, PollHints
from copydesk.discover.feed import read_feed

__all__ = ["FeedCheck", "FeedDocument", "PollHints", "check_feed", "check_feeds", "read_feed"]
