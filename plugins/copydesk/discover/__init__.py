"""Discover: what a feed, or whatever else lists articles, says exists."""

from copydesk.discover.document import FeedDocument, PollHints
from copydesk.discover.feed import read_feed
from copydesk.discover.poll import PollResult, PollStatus, poll_feed, poll_feeds

__all__ = ["FeedDocument", "PollHints", "PollResult", "PollStatus", "poll_feed", "poll_feeds", "read_feed"]
