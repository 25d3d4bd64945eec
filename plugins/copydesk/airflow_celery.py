"""Celery's configuration: Airflow's own, and what tasks import slowly is imported once, before a worker forks.

Great Expectations alone costs 6 s of CPU to import; a forked task finds it there already.
Used through AIRFLOW__CELERY__CELERY_CONFIG_OPTIONS.
"""

from __future__ import annotations

import logging

from airflow.providers.celery.executors.default_celery import DEFAULT_CELERY_CONFIG

logging.getLogger("great_expectations").setLevel(logging.WARNING)  # it says a line for each metric it registers

CELERY_CONFIG = {
    **DEFAULT_CELERY_CONFIG,
    "imports": ["great_expectations", "trafilatura", "copydesk.pipeline"],
}
