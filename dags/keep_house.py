"""### Keep the database in order

**Starts** every hour. Nothing here is urgent: a missed or failed run is made up for by the next.

| task | what it does | when it fails |
|---|---|---|
| `tidy` | makes the months' partitions ahead of time, forgets old batches and robots.txt | the next run does it |
| `renew_pushes` | renews the subscriptions to hubs that are about to end | the next run does it |

Raw pages are kept for ever, so that any article can be made again without fetching. Drop old partitions of
`ingest.pages` by hand if the disk asks for it; `copydesk audit` then counts the pages that are missing. Quarantine is
kept for ever too: it says why articles were not loaded. Airflow's own tables grow: `airflow db clean` prunes them.
"""

from __future__ import annotations

from datetime import timedelta

from airflow.sdk import CronTriggerTimetable, dag, task

from copydesk import airflow_tasks as steps

tidy = task(steps.tidy)
renew_pushes = task(steps.renew_pushes)


@dag(
    schedule=CronTriggerTimetable("17 * * * *", timezone="UTC"),
    catchup=False,
    max_active_runs=1,
    default_args={"retries": 2, "retry_delay": timedelta(minutes=1), "execution_timeout": timedelta(minutes=10)},
    tags=["copydesk"],
    doc_md=__doc__,
)
def keep_house() -> None:
    """Partitions, old bookkeeping, subscriptions."""
    tidy()
    renew_pushes()


keep_house()
