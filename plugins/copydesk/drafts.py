"""Cleaned articles on their way through validation: candidates as JSON in ingest.drafts, as XCom carries only ids."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from copydesk.database import Connection, query, storable
from copydesk.models import Candidate

if TYPE_CHECKING:
    from pydantic import TypeAdapter

_BESIDE = {"entry_id", "page_hash"}  # columns of their own
_NUL = "\\u0000"  # as JSON writes it


def store_drafts(connection: Connection, candidates: Sequence[Candidate], now: datetime) -> None:
    """Store candidates, each over an older draft of its entry."""
    parameters = {
        "entry_ids": [candidate.entry_id for candidate in candidates],
        "candidates": [encode(candidate) for candidate in candidates],
        "now": now,
    }
    query(connection, "store_drafts", parameters)


def drafts_at(connection: Connection, batch_id: int, stage: str) -> tuple[Candidate, ...]:
    """The drafts of those entries of a batch that are at `stage`, by entry; their entries are locked until commit."""
    rows = query(connection, "drafts_at", {"batch_id": batch_id, "stage": stage})
    return tuple(_candidate(row.entry_id, row.candidate, row.page_hash and bytes(row.page_hash)) for row in rows)


def encode(candidate: Candidate) -> str:
    """A candidate as JSON with text that Postgres can hold: {"domain", "article", "attribution"}."""
    from pydantic_core import PydanticSerializationError  # noqa: PLC0415 - as below

    try:
        text = _adapter().dump_json(candidate, exclude=_BESIDE).decode()
    except PydanticSerializationError:  # a lone surrogate
        return _encode_storable(candidate)
    return _encode_storable(candidate) if _NUL in text else text


def _encode_storable(candidate: Candidate) -> str:
    return json.dumps(_storable(_adapter().dump_python(candidate, mode="json", exclude=_BESIDE)), ensure_ascii=False)


def _candidate(entry_id: int, draft: dict[str, Any], page_hash: bytes | None) -> Candidate:
    """What `encode` made a draft of; entry and page stand beside it in their tables."""
    return _adapter().validate_python({**draft, "entry_id": entry_id, "page_hash": page_hash})


@cache
def _adapter() -> TypeAdapter[Candidate]:
    """In Rust: ten times as fast as dataclasses and json, which took a millisecond an article."""
    from pydantic import TypeAdapter  # noqa: PLC0415 - 0.2 s that only drafts need

    return TypeAdapter(Candidate)


def _storable(value: Any) -> Any:  # noqa: ANN401 - JSON
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, dict):
        return {storable(key): _storable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_storable(item) for item in value]
    return value
