"""### Ask the feeds that are due what is new

**Starts** every minute, and at once when a feed was added or its hub says that it changed (asset `copydesk://feeds`).
Each feed has its own time of the next poll (`news.feed_health`), so most runs ask few of them.

| task | what it does | when it fails |
|---|---|---|
| `poll` | asks due feeds, puts new and changed items into the frontier | a feed that fails is asked again later |
| `announce` | wakes `ingest_articles` if anything is due, else is skipped | that runs every five minutes anyway |

**Parameter** `revisit`: ask every feed now, due or not, and visit its items again even if they were visited before.
Articles that did not change come out as "unchanged", changed ones get a new revision.

**Add a feed**: `copydesk feeds add URL`. **A feed is silent?** Its state, trouble and suggested URL in
`news.feed_health`; `copydesk feeds resume FEED`, `copydesk feeds move FEED`.
"""

from __future__ import annotations

from datetime import timedelta

from airflow.sdk import AssetOrTimeSchedule, CronTriggerTimetable, Param, dag, task

from copydesk import airflow_tasks as steps
from copydesk.airflow_assets import ENTRIES, FEEDS

poll = task(steps.poll, pool="fetch")
announce = task(steps.announce, outlets=[ENTRIES])


@dag(
    schedule=AssetOrTimeSchedule(assets=[FEEDS], timetable=CronTriggerTimetable("* * * * *", timezone="UTC")),
    catchup=False,
    max_active_runs=1,
    params={"revisit": Param(False, type="boolean", title="Visit every item again")},
    default_args={"retries": 2, "retry_delay": timedelta(seconds=5), "execution_timeout": timedelta(minutes=5)},
    tags=["copydesk"],
    doc_md=__doc__,
)
def poll_feeds() -> None:
    """Feeds -> entries in the frontier."""
    poll() >> announce()


poll_feeds()
