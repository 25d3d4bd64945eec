"""Cleaned articles on their way through validation: candidates as JSON in ingest.drafts, as XCom carries only ids."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from functools import cache
from typing import TYPE_CHECKING, Any

from copydesk.database import Connection, query, storable
from copydesk.models import Article, Attribution, Candidate

if TYPE_CHECKING:
    from pydantic import TypeAdapter


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
    draft = {
        "domain": candidate.domain,
        "article": asdict(candidate.article),
        "attribution": asdict(candidate.attribution),
    }
    return json.dumps(_storable(draft), ensure_ascii=False, default=datetime.isoformat)


def _candidate(entry_id: int, draft: dict[str, Any], page_hash: bytes | None) -> Candidate:
    """What `encode` made a draft of; entry and page stand beside it in their tables."""
    article, attribution = _adapters()
    return Candidate(
        entry_id=entry_id,
        domain=draft["domain"],
        article=article.validate_python(draft["article"]),
        attribution=attribution.validate_python(draft["attribution"]),
        page_hash=page_hash,
    )


@cache
def _adapters() -> tuple[TypeAdapter[Article], TypeAdapter[Attribution]]:
    from pydantic import TypeAdapter  # noqa: PLC0415 - 0.2 s that only reading a draft needs

    return TypeAdapter(Article), TypeAdapter(Attribution)


def _storable(value: Any) -> Any:  # noqa: ANN401 - JSON
    if isinstance(value, str):
        return storable(value)
    if isinstance(value, dict):
        return {storable(key): _storable(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_storable(item) for item in value]
    return value
