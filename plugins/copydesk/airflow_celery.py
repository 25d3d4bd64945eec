"""Celery's configuration: Airflow's own, and what tasks need slowly is made ready once, before a worker forks.

Used through AIRFLOW__CELERY__CELERY_CONFIG_OPTIONS.
"""

from __future__ import annotations

from airflow.providers.celery.executors.default_celery import DEFAULT_CELERY_CONFIG
from celery.signals import worker_init

from copydesk.airflow_executor import preload

CELERY_CONFIG = DEFAULT_CELERY_CONFIG


@worker_init.connect  # type: ignore[untyped-decorator]
def _preload(**_signal: object) -> None:
    """Only in workers; the scheduler reads this module too."""
    preload()
