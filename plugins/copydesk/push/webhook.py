"""The partners' door: who knocks is checked, what was brought goes into the frontier, and a receipt is given.

Nothing here knows HTTP; `copydesk.web.push` does.
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from copydesk import frontier
from copydesk.database import Connection, query, transaction
from copydesk.models import Entry, Page
from copydesk.pages import store_pages
from copydesk.push.articles import page_of
from copydesk.push.messages import Push, check_domains, parse
from copydesk.push.recent import replayed
from copydesk.push.refusals import PushRefusedError, Refusal
from copydesk.push.signing import check_signature, check_timestamp
from copydesk.push.sources import Partner
from copydesk.push.telling import told

SOURCE = "push"
MAX_PUSH_BYTES = 4 * 1024 * 1024
MAX_KEY_CHARS = 255
BUSY_SECONDS = 5


@dataclass(frozen=True, slots=True)
class Knock:
    """What a partner's request says of itself: its headers as they came, None where one is missing."""

    timestamp: str | None
    signature: str | None
    idempotency_key: str | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """An accepted push. `repeated`: it was accepted before, under the same idempotency key."""

    receipt_id: str
    received_at: datetime
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class ReceiptItem:
    """One thing that a push named. `state` is `waiting`, `working` or an outcome; reason and detail come with that."""

    url: str
    state: str
    reason: str | None
    detail: str | None
    article_id: int | None


def check_headers(knock: Knock, now: datetime) -> None:
    """Refuses what can be refused before the body is read: no signature, no or no present timestamp."""
    check_timestamp(knock.timestamp, now)
    if not knock.signature:
        check_signature(knock.signature, (), 0, b"")


def authenticate(partner: Partner, knock: Knock, signed: bytes, now: datetime) -> None:
    """Refuses unless `signed` (the body; for a receipt its id) carries the partner's signature, made just now."""
    timestamp = check_timestamp(knock.timestamp, now)
    check_signature(knock.signature, partner.secrets, timestamp, signed)


def receive(
    connection: Connection, partner: Partner, knock: Knock, body: bytes, now: datetime, *, telling: bool = False
) -> Receipt:
    """Take in a push whose signature was checked. All of it is in the frontier when this returns, or nothing is.

    `telling` promises that the caller then tells Airflow.
    """
    with transaction(connection):
        take_token(connection, f"webhook/{partner.source}", partner.requests_per_second, partner.burst, now)
    _check_key(knock.idempotency_key)
    push = parse(body)
    check_domains(push, partner.domains)
    with transaction(connection):
        receipt = _receipt(connection, partner, knock, body, now)
        if not receipt.repeated:
            if telling:
                told(connection)
            entries = take_in(connection, push, SOURCE, now)
            _note_items(connection, receipt, entries)
        return receipt


def take_in(connection: Connection, push: Push, source: str, now: datetime) -> tuple[Entry, ...]:
    """Put a push into the frontier, with the pages of its whole articles; the entries that it named.

    Of two of one URL the first one counts, as an entry and as a page.

    Refuses (UNDER_WAY) while an older visit to a pushed article's URL is being worked on: it would be lost to that one.
    """
    entries = push.entries(source)
    pages: dict[str, Page] = {}
    for entry, article in zip(entries, push.articles, strict=False):
        pages.setdefault(entry.canonical_url, page_of(article, now))
    if pages:
        _unfinished(connection, pages)  # none of them ends from here on: adding and attaching see the same
    frontier.add(connection, entries, now)
    if pages:
        _attach(connection, pages, now)
    return entries


def _unfinished(connection: Connection, urls: Iterable[str]) -> set[str]:
    return {row.canonical_url for row in query(connection, "push_unfinished", {"canonical_urls": list(urls)})}


def take_token(connection: Connection, bucket: str, rate: float, burst: int, now: datetime) -> None:
    """Refuses (RATE_LIMITED) who knocks faster than `rate` a second, after `burst` at once."""
    parameters = {"bucket": bucket, "rate": rate, "burst": burst, "now": now}
    if not query(connection, "push_take_token", parameters):
        raise PushRefusedError(
            Refusal.RATE_LIMITED,
            f"more than {rate:g} requests a second for too long; put many entries into one request",
            retry_after_seconds=max(1, round(1 / rate)),
        )


def receipt_items(connection: Connection, partner: Partner, receipt_id: str) -> tuple[ReceiptItem, ...]:
    """What became of a push. Refuses (UNKNOWN_RECEIPT) one that is not this partner's, or forgotten."""
    rows: Sequence[object] = ()
    if _is_uuid(receipt_id):
        rows = query(connection, "push_receipt", {"source": partner.source, "receipt_id": receipt_id})
    if not rows:
        raise PushRefusedError(Refusal.UNKNOWN_RECEIPT, "there is no such receipt of yours; they are kept for 30 days")
    return tuple(_item(row) for row in rows)


def _check_key(key: str | None) -> None:
    if key is not None and not (1 <= len(key) <= MAX_KEY_CHARS and key.isprintable()):
        raise PushRefusedError(Refusal.BAD_BODY, f"Idempotency-Key must be 1 to {MAX_KEY_CHARS} printable characters")


def _receipt(connection: Connection, partner: Partner, knock: Knock, body: bytes, now: datetime) -> Receipt:
    """A new receipt, or the earlier one of the same idempotency key. Refuses replays and keys used for two bodies."""
    parameters = {
        "receipt_id": str(uuid.uuid4()),
        "source": partner.source,
        "signature": knock.signature,
        "idempotency_key": knock.idempotency_key,
        "body_hash": hashlib.sha256(body).digest(),
        "now": now,
    }
    if query(connection, "push_add_receipt", parameters):
        return Receipt(str(parameters["receipt_id"]), now)
    [known] = query(connection, "push_known_receipt", parameters)
    if known.signature == knock.signature:
        raise replayed(known.receipt_id)
    if bytes(known.body_hash) != parameters["body_hash"]:
        raise PushRefusedError(
            Refusal.KEY_REUSED, f"Idempotency-Key was used for another body, see receipt {known.receipt_id}"
        )
    return Receipt(known.receipt_id, known.received_at, repeated=True)


def _attach(connection: Connection, pages: Mapping[str, Page], now: datetime) -> None:
    store_pages(connection, list(pages.values()))
    parameters = {
        "canonical_urls": list(pages),
        "page_hashes": [page.content_hash.hex() for page in pages.values()],
        "now": now,
    }
    attached = {row.canonical_url for row in query(connection, "push_attach_pages", parameters)}
    busy = _unfinished(connection, pages) - attached
    if busy:
        raise PushRefusedError(
            Refusal.UNDER_WAY,
            f"{min(busy)} is being worked on just now; nothing of this push was taken, send it again in a moment",
            retry_after_seconds=BUSY_SECONDS,
        )


def _note_items(connection: Connection, receipt: Receipt, entries: Sequence[Entry]) -> None:
    parameters = {
        "receipt_id": receipt.receipt_id,
        "urls": [entry.url for entry in entries],
        "canonical_urls": [entry.canonical_url for entry in entries],
    }
    query(connection, "push_add_receipt_items", parameters)


def _item(row: object) -> ReceiptItem:
    stage, outcome = row.stage, row.outcome  # type: ignore[attr-defined]
    state = outcome or ("waiting" if stage == "waiting" else "working" if stage else "forgotten")
    return ReceiptItem(row.url, state, row.reason, row.detail, row.article_id)  # type: ignore[attr-defined]


def _is_uuid(text: str) -> bool:
    try:
        uuid.UUID(text)
    except ValueError:
        return False
    return True
