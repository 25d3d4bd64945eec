"""The assets, declared once: a second declaration elsewhere would detach what watches the first."""

from __future__ import annotations

from airflow.sdk import Asset

ENTRIES = Asset("entries", uri="copydesk://entries", group="copydesk")
"""Something waits in the frontier. An event is only a wake-up: the table says what there is to do."""

ARTICLES = Asset("articles", uri="copydesk://articles", group="copydesk")
"""Articles were loaded; the event's extra counts them."""
