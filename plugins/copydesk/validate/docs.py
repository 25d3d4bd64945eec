"""Great Expectations' Data Docs: pages about the newest results, written to disk now and then for people to look at."""

from __future__ import annotations

import html
import logging
import shutil
from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from copydesk.models import Candidate
from copydesk.settings import EXPECTATIONS_DIR
from copydesk.validate.columns import Row, row
from copydesk.validate.gate import GATE, library

WRITE_EVERY = timedelta(minutes=10)
RESULTS_KEPT = 50  # the pages are built anew each time, and cost more the more results there are

log = logging.getLogger(__name__)


def write_data_docs(directory: Path, candidates: Sequence[Candidate], now: datetime) -> bool:
    """Run the suite over `candidates` once more, keep the result, and build the pages; whether it did.

    Only if the last time is WRITE_EVERY ago, as it costs a second or two. The pages begin at `site/index.html`.
    What goes wrong is logged and no more: nothing depends on the pages.
    """
    if not candidates or not _is_time(directory / "written", now):
        return False
    try:
        _write(directory, candidates, now)
    except (OSError, library().exceptions.GreatExpectationsError):
        log.warning("data docs could not be written", exc_info=True)
        return False
    return True


def _is_time(stamp: Path, now: datetime) -> bool:
    """By a stamp that is set at once, so that of two processes one writes."""
    try:
        last = datetime.fromisoformat(stamp.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        last = None
    if last is not None and now - last < WRITE_EVERY:
        return False
    try:
        stamp.parent.mkdir(parents=True, exist_ok=True)
        stamp.write_text(now.isoformat(), encoding="utf-8")
    except OSError:
        log.warning("data docs could not be written", exc_info=True)
        return False
    return True


def _write(directory: Path, candidates: Sequence[Candidate], now: datetime) -> None:
    import pandas as pd  # noqa: PLC0415 - heavy

    great_expectations = library()
    context = great_expectations.get_context(mode="ephemeral", project_config=_project(directory))
    rows = context.data_sources.add_pandas("candidates").add_dataframe_asset("batch")
    definition = great_expectations.ValidationDefinition(
        name=GATE, data=rows.add_batch_definition_whole_dataframe("all"), suite=context.suites.get(GATE)
    )
    frame = pd.DataFrame([_shown(row(candidate, now)) for candidate in candidates])
    context.validation_definitions.add(definition).run(batch_parameters={"dataframe": frame}, result_format="SUMMARY")
    _prune(directory / "results")
    context.clean_data_docs()
    context.build_data_docs()


def _shown(values: Row) -> Row:
    """A row as the pages may show it: the library writes values into them as they are, markup and scripts too."""
    return {name: html.escape(value) if isinstance(value, str) else value for name, value in values.items()}


def _prune(results: Path) -> None:
    """Results lie in folders named by suite, run and time; of the latter the newest stay."""
    runs = sorted(results.glob("*/*/*"), key=lambda path: path.name)
    for run in runs[:-RESULTS_KEPT]:
        shutil.rmtree(run, ignore_errors=True)


def _project(directory: Path) -> Any:  # noqa: ANN401 - its type is the library's own affair
    """Suites from expectations/, results and pages to `directory`, nothing else on disk."""
    from great_expectations.data_context.types.base import DataContextConfig, ProgressBarsConfig  # noqa: PLC0415 - heavy

    memory = {"class_name": "InMemoryStoreBackend"}
    stores = {
        "expectations_store": {"class_name": "ExpectationsStore", "store_backend": _folder(EXPECTATIONS_DIR)},
        "results": {"class_name": "ValidationResultsStore", "store_backend": _folder(directory / "results")},
        "checkpoint_store": {"class_name": "CheckpointStore", "store_backend": memory},
        "validation_definition_store": {"class_name": "ValidationDefinitionStore", "store_backend": memory},
    }
    site = {
        "class_name": "SiteBuilder",
        "show_how_to_buttons": False,
        "store_backend": _folder(directory / "site"),
        "site_index_builder": {"class_name": "DefaultSiteIndexBuilder"},
    }
    return DataContextConfig(
        expectations_store_name="expectations_store",
        validation_results_store_name="results",
        checkpoint_store_name="checkpoint_store",
        stores=stores,
        data_docs_sites={"copydesk": site},
        analytics_enabled=False,
        progress_bars=ProgressBarsConfig(globally=False),
    )


def _folder(path: Path) -> dict[str, object]:
    return {
        "class_name": "TupleFilesystemStoreBackend",
        "base_directory": str(path),
        "suppress_store_backend_id": True,
    }
