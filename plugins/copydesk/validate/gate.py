"""Running the suite through Great Expectations' own interfaces; only here is the library known."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from copydesk.errors import CopydeskError
from copydesk.models import Candidate, Rejection
from copydesk.settings import EXPECTATIONS_DIR
from copydesk.validate.columns import Row, row

GATE = "articles"
KEY = "entry_id"
HOLDS = "BOOLEAN_ONLY"
WHICH = {"result_format": "COMPLETE", "unexpected_index_column_names": [KEY]}
MAX_OBSERVED_CHARS = 200


class GateError(CopydeskError):
    """The gate itself is broken: an expectation could not be evaluated, so nothing was judged."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """Entries whose candidates passed, and every failed expectation of the others."""

    accepted: tuple[int, ...]
    rejections: tuple[Rejection, ...]


def validate(candidates: Sequence[Candidate], now: datetime, copies: Mapping[int, int] | None = None) -> Verdict:
    """Judge candidates by suite `articles`, all at once. Raises GateError when an expectation cannot be evaluated.

    `copies` says for an entry how many articles of its site say the same under other URLs; 0 if it is not there.
    """
    if not candidates:
        return Verdict((), ())
    known = copies or {}
    rejections = judge(GATE, [row(candidate, now, known.get(candidate.entry_id, 0)) for candidate in candidates])
    failed = {rejection.entry_id for rejection in rejections}
    return Verdict(tuple(one.entry_id for one in candidates if one.entry_id not in failed), rejections)


def judge(suite: str, rows: Sequence[Row]) -> tuple[Rejection, ...]:
    """Every failed expectation of every row. Raises GateError when one cannot be evaluated."""
    return tuple(_rejections(failures(suite, rows)))


def failures(name: str, rows: Sequence[Row]) -> list[Mapping[str, Any]]:
    """Great Expectations' own results, as JSON, of those expectations of a suite that do not hold for every row.

    All are asked first whether they hold, and only those that do not which rows they mean: the library takes 5 ms an
    expectation for the one and 10 for both, however many rows there are. Its import costs 3 to 7 s, once a process.
    """
    import pandas as pd  # noqa: PLC0415 - heavy

    suite, batch = _suite(name), _batch_definition().get_batch({"dataframe": pd.DataFrame(rows)})
    held = {
        result.expectation_config.id: result.success for result in batch.validate(suite, result_format=HOLDS).results
    }
    broken = [expectation for expectation in suite.expectations if not held[expectation.id]]
    # to_json_dict, as a result itself holds numpy's numbers
    return [batch.validate(expectation, result_format=WHICH).to_json_dict() for expectation in broken]


@cache
def _suite(name: str) -> Any:  # noqa: ANN401 - its type is the library's own affair
    return library().get_context(mode="file", context_root_dir=EXPECTATIONS_DIR).suites.get(name)


@cache
def _batch_definition() -> Any:  # noqa: ANN401 - its type is the library's own affair
    context = library().get_context(mode="ephemeral")
    context.variables.progress_bars = {"globally": False}
    return (
        context.data_sources.add_pandas("memory")
        .add_dataframe_asset("rows")
        .add_batch_definition_whole_dataframe("all")
    )


def library() -> Any:  # noqa: ANN401 - a module
    """Great Expectations without the hundreds of lines that it logs when it is imported."""
    logging.getLogger("great_expectations").setLevel(logging.WARNING)
    import great_expectations  # noqa: PLC0415 - heavy
    from tqdm import tqdm  # type: ignore[import-untyped]  # noqa: PLC0415 - comes with it

    tqdm.monitor_interval = 0  # no thread that stays: pages' workers are forked only where no other one runs
    logging.getLogger("great_expectations.data_context.types.base").setLevel(logging.WARNING)
    return great_expectations


def _rejections(results: Sequence[Mapping[str, Any]]) -> Iterator[Rejection]:
    for result in results:
        config = result["expectation_config"]
        name, column = config["meta"]["name"], config["kwargs"]["column"]
        if not result["success"] and "unexpected_index_list" not in result["result"]:
            raise GateError(f"expectation {name} on {column} could not be evaluated: {_complaint(result)}")
        for unexpected in result["result"].get("unexpected_index_list") or ():
            yield Rejection(unexpected[KEY], name, column, _shown(unexpected[column]))


def _complaint(result: Mapping[str, Any]) -> str:
    info = result.get("exception_info") or {}
    messages = [one["exception_message"] for one in info.values() if isinstance(one, dict)]
    return "; ".join(dict.fromkeys(messages)) or str(info.get("exception_message"))


def _shown(value: object) -> str | None:
    if value is None:
        return None
    text = f"{value:g}" if isinstance(value, float) else " ".join(str(value).split())
    return text if len(text) <= MAX_OBSERVED_CHARS else f"{text[:MAX_OBSERVED_CHARS]}…"
