"""Celery's configuration: Airflow's own, and what tasks import slowly is imported once, before a worker forks.

Used through AIRFLOW__CELERY__CELERY_CONFIG_OPTIONS.
"""

from __future__ import annotations

import logging

from airflow.providers.celery.executors.default_celery import DEFAULT_CELERY_CONFIG

from copydesk.airflow_executor import PRELOADED

logging.getLogger("great_expectations").setLevel(logging.WARNING)  # it tells of each function that it registers

CELERY_CONFIG = {**DEFAULT_CELERY_CONFIG, "imports": list(PRELOADED)}
