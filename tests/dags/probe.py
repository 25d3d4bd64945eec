"""Run in a fresh interpreter: reads the DAG files as Airflow does and prints, as JSON, what that cost and imported."""

from __future__ import annotations

import json
import sys

import airflow.sdk  # its own import is Airflow's cost, not the files'
from airflow.dag_processing.dagbag import DagBag

HEAVY = ("pandas", "great_expectations", "trafilatura", "lxml", "psycopg2", "aiohttp")


def main(folder: str) -> None:
    for name in ("Asset", "AssetOrTimeSchedule", "AssetWatcher", "CronTriggerTimetable", "Param", "task", "task_group"):
        getattr(airflow.sdk, name)
    bag = DagBag(folder, load_op_links=False)
    report = {
        "seconds": {stat.file: stat.duration.total_seconds() for stat in bag.dagbag_stats},
        "errors": bag.import_errors,
        "dags": {
            dag.dag_id: {
                "doc": dag.doc_md,
                "tags": sorted(dag.tags),
                "tasks": sorted(dag.task_ids),
                "cron": getattr(getattr(dag.timetable, "timetable", dag.timetable), "expression", None),
                "assets": hasattr(dag.timetable, "asset_condition"),
            }
            for dag in bag.dags.values()
        },
        "heavy": [name for name in HEAVY if name in sys.modules],
    }
    sys.stdout.write("\n" + json.dumps(report))


if __name__ == "__main__":
    main(sys.argv[1])
