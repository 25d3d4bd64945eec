"""Event triggers, run by Airflow's triggerer: new entries wake `ingest_articles`, due feeds `poll_feeds`.

They hold no settings of their own, so nothing secret rests in Airflow's metadata; the triggerer's environment has them.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import aclosing
from typing import Any

from airflow.triggers.base import BaseEventTrigger, TriggerEvent

GAP_SECONDS = 2.0
"""Between two events; more often would only make runs that find nothing."""


class ListenTrigger(BaseEventTrigger):
    """Fires when a channel of the database is notified (push.wakeup.WAITS), a burst of that as one event, for ever."""

    def __init__(self, channel: str, gap_seconds: float = GAP_SECONDS) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.channel = channel
        self.gap_seconds = gap_seconds

    def serialize(self) -> tuple[str, dict[str, Any]]:
        """How the triggerer makes this trigger again."""
        return (
            "copydesk.airflow_triggers.ListenTrigger",
            {"channel": self.channel, "gap_seconds": self.gap_seconds},
        )

    async def run(self) -> AsyncIterator[TriggerEvent]:
        """An event says how many notifications it stands for; what there is to do stands in the tables."""
        from copydesk.push import wakeup  # noqa: PLC0415 - psycopg, which DAG files do not need
        from copydesk.settings import Settings  # noqa: PLC0415

        heard = wakeup.notices(lambda: Settings.from_environment().database, self.channel)
        async with aclosing(wakeup.folded(heard, self.gap_seconds)) as events:
            async for count in events:
                yield TriggerEvent({"notifications": count})
