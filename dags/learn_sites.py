"""### Learn how the pages of each site are built, so that they are read better and in a fraction of the time

**Starts** every night, and when a load brought a site to 5 pages that was never learned, or to 20 (later 100) new ones
(asset `copydesk://lessons`). A night's run takes every site with 5 new pages.

| task | what it does | when it fails |
|---|---|---|
| `learn` | learns from stored pages, tests the result, uses it if it is no worse than before | the next run does |

Nothing that ingestion needs is locked. Pages of a site without a profile are read as any others, as is every page that
its profile does not fit, and a sample of those that it does.

**What was learned of a site, and does it do well?** `copydesk profile SITE`, or `news.site_profiles` for all.

**A profile does harm?** `copydesk profile SITE --rollback`; learning then leaves the site alone until
`copydesk learn SITE`.
"""

from __future__ import annotations

from datetime import timedelta

from airflow.sdk import AssetOrTimeSchedule, CronTriggerTimetable, dag, task

from copydesk import airflow_tasks as steps
from copydesk.airflow_assets import LESSONS

learn = task(steps.learn, pool="clean")


@dag(
    schedule=AssetOrTimeSchedule(assets=[LESSONS], timetable=CronTriggerTimetable("43 3 * * *", timezone="UTC")),
    catchup=False,
    max_active_runs=1,
    default_args={"retries": 1, "retry_delay": timedelta(minutes=1), "execution_timeout": timedelta(minutes=30)},
    tags=["copydesk"],
    doc_md=__doc__,
)
def learn_sites() -> None:
    """Stored pages -> site profiles."""
    learn()


learn_sites()
