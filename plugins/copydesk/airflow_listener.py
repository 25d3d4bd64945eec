"""Notes on runs and tasks that say what happened, written by the scheduler when a run ends.

A task has no interface for writing notes, so each leaves its counts in XCom, and the scheduler, which holds the ended
run in a session of its own, makes sentences of them.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from airflow.listeners import hookimpl

from copydesk.airflow_notes import NOTE_KEY, NOTED_DAGS, run_note, shortened

if TYPE_CHECKING:
    from airflow.models.dagrun import DagRun
    from sqlalchemy.orm import Session


@hookimpl
def on_dag_run_success(dag_run: DagRun, msg: str) -> None:  # noqa: ARG001 - the hook's signature
    """Note what a run did."""
    _note(dag_run)


@hookimpl
def on_dag_run_failed(dag_run: DagRun, msg: str) -> None:  # noqa: ARG001 - the hook's signature
    """Note what a run did before it failed."""
    _note(dag_run)


def _note(dag_run: DagRun) -> None:
    """Write the note of one of our runs and those of its tasks; a person's own note is left as it is."""
    from airflow.models.xcom import XCOM_RETURN_KEY  # noqa: PLC0415 - tasks load this module and never come here
    from sqlalchemy.orm import object_session  # noqa: PLC0415

    session = object_session(dag_run)
    if dag_run.dag_id not in NOTED_DAGS or session is None:
        return
    sentences = _left(dag_run, NOTE_KEY, session)
    results = _left(dag_run, XCOM_RETURN_KEY, session)
    for instance in dag_run.get_task_instances(session=session):
        sentence = sentences.get((instance.task_id, instance.map_index))
        if sentence and not instance.note:
            instance.note = shortened(str(sentence))
    if not dag_run.note:
        counts = [result for result in results.values() if isinstance(result, dict)]
        dag_run.note = shortened(run_note(counts, [str(sentence) for sentence in sentences.values()]))


def _left(dag_run: DagRun, key: str, session: Session) -> dict[tuple[str, int], object]:
    """What each task of the run left under a key: {(task id, map index): value}."""
    from airflow.models.xcom import XComModel  # noqa: PLC0415

    chosen = XComModel.get_many(run_id=dag_run.run_id, dag_ids=dag_run.dag_id, key=key)
    rows: Iterable[XComModel] = session.scalars(chosen)
    return {(row.task_id, row.map_index): XComModel.deserialize_value(row) for row in rows}
