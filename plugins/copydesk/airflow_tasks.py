"""The tasks of the DAGs, each a call of the pipeline. DAG files import this module, so heavy imports are inside.

Where the database is says COPYDESK_DATABASE, as everywhere. XCom gets ids and counts, and one sentence for the note.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import UTC, datetime
from textwrap import shorten
from typing import TYPE_CHECKING, Any, Protocol, cast

from airflow.sdk import get_current_context
from airflow.sdk.exceptions import AirflowFailException, AirflowSkipException

from copydesk.airflow_assets import ARTICLES, LESSONS, PERHAPS_LESSONS
from copydesk.airflow_notes import NOTE_KEY
from copydesk.settings import Settings

if TYPE_CHECKING:
    from airflow.sdk.execution_time.context import OutletEventAccessors

BATCHES_A_RUN = 4
BATCH_NAME = "{{ batch_name }}"
MAX_NAME_CHARS = 48

log = logging.getLogger(__name__)
Counts = dict[str, Any]


class Result(Protocol):
    """What a step of the pipeline returns: a frozen dataclass of counts that can say itself in words."""

    @property
    def sentence(self) -> str:
        """The counts in words."""


def poll() -> Counts:
    """Ask the feeds that are due, or all of them and their items again when the run's parameter `revisit` says so."""
    from copydesk import feeds, pipeline  # noqa: PLC0415
    from copydesk.database import connect  # noqa: PLC0415

    settings = Settings.from_environment()
    if get_current_context()["params"]["revisit"]:
        with connect(settings.database) as connection:
            feeds.make_due(connection, (), revisit=True)
    return _told(pipeline.poll(settings))


def announce() -> None:
    """Wake who ingests, unless nothing is due."""
    _skip_unless_due()


def claim(run_id: str) -> list[int]:
    """Ids of the batches that this run works on. Tried again, it gets the same ones."""
    from copydesk.pipeline import claim_batch  # noqa: PLC0415

    settings = Settings.from_environment()
    holders = (f"{run_id}/{number}" for number in range(BATCHES_A_RUN))
    claimed = [claim_batch(settings, datetime.now(UTC), holder=holder) for holder in holders]
    return [batch_id for batch_id in claimed if batch_id is not None]


def fetch(batch_id: int) -> Counts:
    """Get the batch's pages."""
    from copydesk.pipeline import fetch_batch  # noqa: PLC0415

    return _step(batch_id, lambda settings: fetch_batch(settings, batch_id))


def clean(batch_id: int) -> Counts:
    """Make articles of its pages."""
    from copydesk.pipeline import clean_batch  # noqa: PLC0415

    return _step(batch_id, lambda settings: clean_batch(settings, batch_id))


def validate(batch_id: int) -> Counts:
    """Let them through the gate, or not. All failing fails the task at once: trying again would find the same."""
    from copydesk.pipeline import BatchRejectedError, validate_batch  # noqa: PLC0415

    try:
        return _step(batch_id, lambda settings: validate_batch(settings, batch_id, datetime.now(UTC)))
    except BatchRejectedError as error:
        raise AirflowFailException(str(error)) from error


def load(batch_id: int, outlet_events: OutletEventAccessors) -> Counts:
    """Write them down, tell who waits for articles how many there are, and who learns if a site is due."""
    from copydesk.pipeline import load_batch  # noqa: PLC0415

    counts = _step(batch_id, lambda settings: load_batch(settings, batch_id, datetime.now(UTC)))
    outlet_events[ARTICLES].extra = counts
    if _is_lesson(batch_id):
        outlet_events[PERHAPS_LESSONS].add(LESSONS)
    return counts


def more() -> None:
    """Start the next run at once if more is due."""
    _skip_unless_due()


def learn() -> Counts:
    """Learn the sites that are due: those with many new pages, and at night or by hand those with a few."""
    from copydesk.profiles.relearn import learn_sites  # noqa: PLC0415

    woken = get_current_context()["dag_run"].run_type == "asset_triggered"
    return _told(learn_sites(Settings.from_environment().database, datetime.now(UTC), daily=not woken))


def tidy() -> Counts:
    """Partitions, old bookkeeping."""
    from copydesk.house import keep_house  # noqa: PLC0415

    return _told(keep_house(Settings.from_environment().database, datetime.now(UTC)))


def renew_pushes() -> Counts:
    """Renew what hubs are about to forget."""
    from copydesk.push.subscriber import keep  # noqa: PLC0415

    counts: Counts = _plain(keep(Settings.from_environment(), datetime.now(UTC)))
    return counts


def _step(batch_id: int, work: Callable[[Settings], Result]) -> Counts:
    result = work(Settings.from_environment())
    context = cast("dict[str, Any]", get_current_context())
    context["batch_name"] = shorten(f"batch {batch_id}: {result.sentence}", MAX_NAME_CHARS, placeholder=" …")
    return _told(result)


def _told(result: Result) -> Counts:
    """Log what was done, leave its sentence for the note, and return its counts for XCom."""
    counts: Counts = _plain(result)
    log.info("step done", extra=counts)
    get_current_context()["ti"].xcom_push(key=NOTE_KEY, value=result.sentence)
    return counts


def _plain(counts: object) -> Any:  # noqa: ANN401 - as free as JSON is
    """Counts as JSON; not by dataclasses.asdict, which counts the pairs of a Counter."""
    if is_dataclass(counts):
        return {field.name: _plain(getattr(counts, field.name)) for field in fields(counts)}
    if isinstance(counts, Mapping):
        return {str(key): _plain(value) for key, value in counts.items()}
    return counts


def _is_lesson(batch_id: int) -> bool:
    """Whether a site of the batch has enough new pages by now."""
    from copydesk.database import connect  # noqa: PLC0415
    from copydesk.profiles.relearn import sites_due  # noqa: PLC0415

    with connect(Settings.from_environment().database) as connection:
        return bool(sites_due(connection, daily=False, batch_id=batch_id))


def _skip_unless_due() -> None:
    from copydesk.database import connect, query, transaction  # noqa: PLC0415

    with connect(Settings.from_environment().database) as connection, transaction(connection):
        due = query(connection, "free_sites_due", {"now": datetime.now(UTC), "limit": 1})
    if not due:
        raise AirflowSkipException("nothing is due")
