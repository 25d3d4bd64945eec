"""The robots.txt that all workers share, so that each origin is asked for it once a day and not once a batch."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime

from copydesk.clock import utc_now
from copydesk.database import Row, storable
from copydesk.fetch.robots import LocalRobotsCache, RobotsFile, Standing
from copydesk.models import Reason

Run = Callable[[str, Mapping[str, object]], Awaitable[list[Row]]]


class SharedRobotsCache:
    """A copydesk.fetch.robots.RobotsCache in ingest.robots, with what this process saw in front of it.

    `run` runs a named statement in a transaction of its own, as SharedScoreboard.run does.
    """

    def __init__(self, run: Run, clock: Callable[[], datetime] = utc_now) -> None:
        self._run = run
        self._clock = clock
        self._seen = LocalRobotsCache()

    async def get(self, origin: str) -> RobotsFile | None:
        """What is kept for an origin and not expired; None if nothing is. The database is asked once for each."""
        seen = await self._seen.get(origin)
        if seen and seen.expires_at > self._clock():
            return seen
        rows = await self._run("read_robots", {"origin": origin})
        if not rows:
            return None
        [row] = rows
        file = RobotsFile(Standing(row.standing), row.expires_at, row.text, row.detail, Reason(row.reason))
        await self._seen.put(origin, file)
        return file

    async def put(self, origin: str, file: RobotsFile) -> None:
        """Keep a file for an origin instead of what was kept."""
        values = {
            "origin": origin,
            "standing": file.standing,
            "text": storable(file.text),
            "detail": storable(file.detail),
            "reason": file.reason,
            "expires_at": file.expires_at,
        }
        await self._run("store_robots", values)
        await self._seen.put(origin, file)
