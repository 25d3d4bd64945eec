"""The assets, declared once: a second declaration elsewhere would detach what watches the first."""

from __future__ import annotations

import os

from airflow.sdk import Asset, AssetAlias, AssetWatcher

from copydesk.airflow_triggers import ListenTrigger


def _watchers() -> list[AssetWatcher]:
    watchers = [AssetWatcher(name="frontier", trigger=ListenTrigger("copydesk_entries"))]
    if queue := os.environ.get("COPYDESK_QUEUE"):
        from copydesk.airflow_queue import queue_watcher  # noqa: PLC0415 - only where there is a queue

        watchers.append(queue_watcher(queue))
    return watchers


ENTRIES = Asset(
    "entries",
    uri="copydesk://entries",
    group="copydesk",
    watchers=_watchers(),
)
"""Something waits in the frontier. An event is only a wake-up: the table says what there is to do.

The watcher, in the triggerer, hears of whatever is added to the table, by a push or by hand. Another one takes in the
messages of the queue that COPYDESK_QUEUE names.
"""

FEEDS = Asset(
    "feeds",
    uri="copydesk://feeds",
    group="copydesk",
    watchers=[AssetWatcher(name="due", trigger=ListenTrigger("copydesk_feeds"))],
)
"""A feed is due now and not only by its interval: it was added, or its hub says that it changed."""

ARTICLES = Asset("articles", uri="copydesk://articles", group="copydesk")
"""Articles were loaded; the event's extra counts them."""

LESSONS = Asset("lessons", uri="copydesk://lessons", group="copydesk")
"""Some site has as many new pages as it takes to learn it."""

PERHAPS_LESSONS = AssetAlias("perhaps-lessons", group="copydesk")
"""The outlet of a task that may cause LESSONS: an asset there would have an event whenever the task is done."""
