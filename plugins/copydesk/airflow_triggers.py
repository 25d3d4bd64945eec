"""Event triggers, run by Airflow's triggerer: what puts an entry into the frontier wakes `ingest_articles`.

They hold no settings of their own, so nothing secret rests in Airflow's metadata; the triggerer's environment has them.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import aclosing
from typing import Any

from airflow.triggers.base import BaseEventTrigger, TriggerEvent

GAP_SECONDS = 2.0
"""Between two events; more often would only make runs that find nothing."""


class EntriesTrigger(BaseEventTrigger):
    """Fires when entries were added to the frontier, a burst of them as one event, for ever."""

    def __init__(self, gap_seconds: float = GAP_SECONDS) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.gap_seconds = gap_seconds

    def serialize(self) -> tuple[str, dict[str, Any]]:
        """How the triggerer makes this trigger again."""
        return ("copydesk.airflow_triggers.EntriesTrigger", {"gap_seconds": self.gap_seconds})

    async def run(self) -> AsyncIterator[TriggerEvent]:
        """An event says how many notifications it stands for; what there is to do stands in the frontier."""
        from copydesk.push import wakeup  # noqa: PLC0415 - psycopg, which DAG files do not need
        from copydesk.settings import Settings  # noqa: PLC0415

        heard = wakeup.notices(lambda: Settings.from_environment().database)
        async with aclosing(wakeup.folded(heard, self.gap_seconds)) as events:
            async for count in events:
                yield TriggerEvent({"notifications": count})
