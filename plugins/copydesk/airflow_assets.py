"""The assets, declared once: a second declaration elsewhere would detach what watches the first."""

from __future__ import annotations

from airflow.sdk import Asset, AssetWatcher

from copydesk.airflow_triggers import EntriesTrigger

ENTRIES = Asset(
    "entries",
    uri="copydesk://entries",
    group="copydesk",
    watchers=[AssetWatcher(name="frontier", trigger=EntriesTrigger())],
)
"""Something waits in the frontier. An event is only a wake-up: the table says what there is to do.

The watcher, in the triggerer, hears of whatever is added to the table, by a push or by hand.
"""

ARTICLES = Asset("articles", uri="copydesk://articles", group="copydesk")
"""Articles were loaded; the event's extra counts them."""
