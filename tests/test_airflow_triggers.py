"""The frontier's trigger, without Airflow's services."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from contextlib import aclosing
from datetime import UTC, datetime

import pytest

from copydesk import frontier
from copydesk.database import Connection, transaction
from copydesk.models import Entry

NOW = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)


@pytest.mark.airflow
async def test_entries_fire_the_trigger_that_is_made_again_from_its_serialized_form(
    connection: Connection, writer_dsn: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    from copydesk.airflow_triggers import ListenTrigger  # noqa: PLC0415 - Airflow, seconds to import

    path, arguments = ListenTrigger("copydesk_entries", gap_seconds=0.1).serialize()
    assert path == f"{ListenTrigger.__module__}.{ListenTrigger.__name__}"
    monkeypatch.setenv("COPYDESK_DATABASE", writer_dsn)
    with transaction(connection):
        frontier.add(connection, [Entry("https://example.org/a", "https://example.org/a", "example.org")], NOW)
    async with aclosing(ListenTrigger(**arguments).run()) as events:
        event = await asyncio.wait_for(anext(events), 20)
    assert event.payload == {"notifications": 1}


@pytest.mark.airflow
def test_trigger_costs_dag_files_no_database_driver() -> None:
    code = "import sys, copydesk.airflow_triggers; sys.exit(any(name in sys.modules for name in ('psycopg', 'lxml')))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
