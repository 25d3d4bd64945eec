"""Celery's workers, without Airflow's services."""

from __future__ import annotations

import json
import subprocess
import sys

import pytest

CODE = """
import json, sys
import copydesk.airflow_celery
from celery.signals import worker_init
loaded = ["great_expectations" in sys.modules]
worker_init.send(sender=None)
loaded.append("great_expectations" in sys.modules)
print(json.dumps(loaded))
"""


@pytest.mark.airflow
def test_what_tasks_need_is_loaded_when_a_worker_starts_and_not_before() -> None:
    done = subprocess.run([sys.executable, "-c", CODE], capture_output=True, text=True, check=True)
    assert json.loads(done.stdout.splitlines()[-1]) == [False, True]
