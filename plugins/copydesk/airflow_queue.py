"""A message queue as a source: an event trigger, run by Airflow's triggerer, for COPYDESK_QUEUE.

Imported only where a queue is configured. Kafka needs its provider installed beside Airflow (copydesk[kafka]).
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from contextlib import aclosing
from typing import Any

from airflow.sdk import AssetWatcher
from airflow.triggers.base import BaseEventTrigger, TriggerEvent

from copydesk.airflow_brokers import messages
from copydesk.airflow_triggers import GAP_SECONDS
from copydesk.clock import utc_now
from copydesk.errors import CopydeskError
from copydesk.push.queue import Taken, bodies, read_address, take
from copydesk.push.refusals import Refusal
from copydesk.push.wakeup import folded
from copydesk.push.webhook import BUSY_SECONDS
from copydesk.settings import Settings

RETRY_SECONDS = 5.0


def queue_watcher(text: str) -> AssetWatcher:
    """The watcher to attach to the frontier's asset, for the queue that COPYDESK_QUEUE names."""
    address = read_address(text)
    return AssetWatcher(name="queue", trigger=QueueTrigger(address.scheme, address.options))


class QueueTrigger(BaseEventTrigger):
    """Puts the messages of a queue into the frontier, and fires when it did, for ever.

    An asset event is no place for a message, since Airflow folds events: each is committed to the frontier before.
    `scheme` and `options` are those of airflow_brokers, or of common.messaging's MessageQueueTrigger.
    """

    def __init__(self, scheme: str, options: Mapping[str, Any]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.scheme = scheme
        self.options = dict(options)

    def serialize(self) -> tuple[str, dict[str, Any]]:
        """How the triggerer makes this trigger again."""
        return ("copydesk.airflow_queue.QueueTrigger", {"scheme": self.scheme, "options": self.options})

    async def run(self) -> AsyncIterator[TriggerEvent]:
        """An event says how many messages it stands for; what they brought stands in the frontier."""
        async with aclosing(folded(self._messages_taken(), GAP_SECONDS)) as events:
            async for count in events:
                yield TriggerEvent({"messages": count})

    async def _messages_taken(self) -> AsyncGenerator[None]:
        """One item for each message that was taken. Never ends: Airflow makes a trigger that raises again and again."""
        while True:
            try:
                async with aclosing(messages(self.scheme, self.options)) as deliveries:
                    async for delivery in deliveries:
                        taken = [await self._taken(body) for body in bodies(delivery.payload)]
                        await delivery.settle()
                        for _ in [one for one in taken if one.refusal is None]:
                            yield
            except Exception:  # whatever a provider raises: the queue is away, or named wrongly
                self.log.exception("queue %s: lost, trying again", self.scheme)
            await asyncio.sleep(RETRY_SECONDS)

    async def _taken(self, body: bytes) -> Taken:
        """Hold on to a message until it is committed; only then does the queue hear that it was taken in.

        So too while an article's URL is being worked on: a queue does not send it again.
        """
        while True:
            try:
                taken = await asyncio.to_thread(take, Settings.from_environment().database, body, utc_now)
            except CopydeskError:
                self.log.exception("queue %s: message kept, database away", self.scheme)
                await asyncio.sleep(RETRY_SECONDS)
                continue
            if taken.refusal is Refusal.UNDER_WAY:
                self.log.info("queue %s: message kept: %s", self.scheme, taken.detail)
                await asyncio.sleep(BUSY_SECONDS)
                continue
            if taken.refusal is not None:
                self.log.warning("queue %s: message refused: %s", self.scheme, taken.detail)
            return taken
