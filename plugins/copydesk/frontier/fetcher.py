"""The fetcher that shares turns and robots.txt with all workers."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from copydesk.fetch import Fetcher
from copydesk.fetch.client import PATIENCE_SECONDS
from copydesk.frontier.robots import SharedRobotsCache
from copydesk.frontier.turns import SharedScoreboard
from copydesk.settings import Settings


@asynccontextmanager
async def shared_fetcher(settings: Settings, patience: float = PATIENCE_SECONDS) -> AsyncIterator[Fetcher]:
    """A Fetcher that asks sites in turn with all workers and by what operators set. Raises DatabaseError."""
    async with SharedScoreboard(settings.database) as scoreboard:
        robots = SharedRobotsCache(scoreboard.run)
        async with Fetcher(settings, scoreboard=scoreboard, robots=robots, patience=patience) as fetcher:
            yield fetcher
