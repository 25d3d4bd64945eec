"""### Fetch, clean, validate and load what waits in the frontier

**Starts** when something was discovered (asset `copydesk://entries`), and every five minutes in any case.
An event only says "look": which articles are due stands in table `ingest.entries`, so a lost or doubled event loses or
doubles nothing.

| task | what it does | when it fails |
|---|---|---|
| `claim` | takes up to four batches of due entries, each site in one of them | the next run does |
| `fetch` | gets pages politely, in bounded time; what it does not reach goes back | tried again; kept pages stay kept |
| `clean` | extracts, takes boilerplate off (kept in the ledger), finds out who wrote it | tried again |
| `validate` | runs suite `articles`; what fails goes to quarantine with its reasons | it does if nothing passes |
| `load` | writes articles and revisions, twice is once; wakes `learn_sites` if a site is due | tried again |
| `more` | starts another run if more is due | the five minutes' schedule does |

**If a run is red**: open the failed task's log. Clearing failed tasks is always safe: a batch goes on from what is
stored. Left alone, the batch's lease ends after 15 minutes and another run takes its entries over.

**Why was an article not loaded?** See `news.quarantine`, or outcome and reason in `news.funnel`; `copydesk audit` adds
the books up.

**Too fast or too slow?** Pools `fetch` and `clean` (Admin, Pools) say how many batches do that at the same time.
"""

from __future__ import annotations

from datetime import timedelta

from airflow.sdk import AssetOrTimeSchedule, CronTriggerTimetable, dag, task, task_group

from copydesk import airflow_tasks as steps
from copydesk.airflow_assets import ARTICLES, ENTRIES, PERHAPS_LESSONS

claim = task(steps.claim)
fetch = task(steps.fetch, pool="fetch", map_index_template=steps.BATCH_NAME)
clean = task(steps.clean, pool="clean", map_index_template=steps.BATCH_NAME)
validate = task(steps.validate, pool="clean", map_index_template=steps.BATCH_NAME)
load = task(steps.load, outlets=[ARTICLES, PERHAPS_LESSONS], map_index_template=steps.BATCH_NAME)
more = task(steps.more, outlets=[ENTRIES])


@dag(
    schedule=AssetOrTimeSchedule(assets=[ENTRIES], timetable=CronTriggerTimetable("*/5 * * * *", timezone="UTC")),
    catchup=False,
    max_active_runs=2,
    default_args={"retries": 2, "retry_delay": timedelta(seconds=5), "execution_timeout": timedelta(minutes=10)},
    tags=["copydesk"],
    doc_md=__doc__,
)
def ingest_articles() -> None:
    """Drain the frontier, a few batches a run."""

    @task_group
    def batch(batch_id: int) -> None:
        fetch(batch_id) >> clean(batch_id) >> validate(batch_id) >> load(batch_id)

    batch.expand(batch_id=claim()) >> more().as_teardown()


ingest_articles()
