"""The LocalExecutor with everything imported that tasks need, before its workers are forked from it.

Great Expectations alone takes about six seconds of CPU to import; a forked worker gets it for nothing.
"""

from __future__ import annotations

import importlib
import logging

from airflow.executors.local_executor import LocalExecutor

PRELOADED = (
    "airflow.sdk.execution_time.supervisor",
    "airflow.sdk.execution_time.task_runner",
    "airflow.sdk.execution_time.timeout",
    "airflow.sdk.definitions.decorators",
    "airflow.dag_processing.dagbag",
    "airflow.dag_processing.bundles.local",
    "airflow.providers.standard.decorators.python",
    "great_expectations",
    "copydesk.airflow_tasks",
    "copydesk.fetch",
    "copydesk.frontier.turns",
    "copydesk.pipeline",
    "copydesk.validate",
)


def preload() -> None:
    """Import what tasks import, and load what they load: models, rules."""
    logging.getLogger("great_expectations").setLevel(logging.WARNING)  # it tells of each function that it registers
    for module in PRELOADED:
        importlib.import_module(module)
    from copydesk.pipeline.make import warm  # noqa: PLC0415 - after the log was quieted

    warm(all_scripts=True)


class PreloadLocalExecutor(LocalExecutor):
    """A LocalExecutor whose tasks start in a fraction of a second."""

    def start(self) -> None:
        """Import first, fork then."""
        preload()
        super().start()
