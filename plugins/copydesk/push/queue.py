"""Messages of a queue, taken into the frontier: the same JSON as the webhook's, or URLs as plain text.

There is no signature: whoever may write to the queue is trusted as the operator trusts the queue.
"""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import parse_qs, urlsplit

from copydesk.database import Connection, connect, transaction
from copydesk.errors import UsageError
from copydesk.push.ledger import RefusalLedger
from copydesk.push.messages import Push, parse
from copydesk.push.refusals import PushRefusedError, Refusal
from copydesk.push.telling import told
from copydesk.push.webhook import MAX_PUSH_BYTES, take_in

SOURCE = "queue"
EXAMPLE = "redis+stream:?stream=news&redis_conn_id=redis_default"


@dataclass(frozen=True, slots=True)
class QueueAddress:
    """Which queue: a scheme of airflow_brokers or of Airflow's common.messaging, and what that wants to know."""

    scheme: str
    options: Mapping[str, object] = field(default_factory=dict)


async def _nothing() -> None:
    """Some queues want to hear nothing."""


@dataclass(frozen=True, slots=True)
class Delivery:
    """What a queue handed over, see `bodies`; `settle` tells it that this was taken in and need not come again."""

    payload: object
    settle: Callable[[], Awaitable[object]] = _nothing


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a message: how many entries it named, or why it was refused."""

    entries: int = 0
    refusal: Refusal | None = None
    detail: str | None = None


def read_address(text: str) -> QueueAddress:
    """COPYDESK_QUEUE, as `redis+pubsub:?channels=news&redis_conn_id=redis_default`.

    Options given more than once are lists; numbers, true and false are read as such. Raises UsageError.
    """
    parts = urlsplit(text.strip())
    if not parts.scheme or parts.netloc or parts.path:
        raise UsageError(f"COPYDESK_QUEUE is {text!r}; give scheme:?option=value&…, as {EXAMPLE}")
    options = {name: _option(values) for name, values in parse_qs(parts.query).items()}
    return QueueAddress(parts.scheme, options)


def bodies(payload: object) -> Iterator[bytes]:
    """The messages in what a provider hands over: text, or Redis' `data`, SQS' `message_batch`, Kafka's `value`."""
    if isinstance(payload, bytes):
        yield payload
    elif isinstance(payload, str):
        yield payload.encode("utf-8", "replace")
    elif isinstance(payload, Mapping):
        held = next((payload[name] for name in ("data", "message_batch", "Body", "value") if name in payload), None)
        yield from [json.dumps(payload).encode()] if held is None else bodies(held)
    elif isinstance(payload, Sequence):
        for one in payload:
            yield from bodies(one)


def read_message(body: bytes) -> Push:
    """The push in a message: JSON if it begins with a brace, else URLs with blanks or line ends between them."""
    if len(body) > MAX_PUSH_BYTES:
        raise PushRefusedError(Refusal.TOO_LARGE, f"the message is larger than {MAX_PUSH_BYTES:,} bytes")
    text = body.strip()
    if text.startswith(b"{"):
        return parse(text)
    return parse(json.dumps({"urls": text.decode("utf-8", "replace").split()}).encode())


def take(dsn: str, body: bytes, clock: Callable[[], datetime]) -> Taken:
    """Put a message into the frontier; what is refused is counted. Committed when it returns; raises DatabaseError.

    An article whose URL is being worked on is refused as UNDER_WAY, which is not counted: offer it again in a moment.
    """
    with connect(dsn) as connection:
        try:
            push = read_message(body)
            with transaction(connection):
                told(connection)  # the queue's trigger fires
                return Taken(entries=len(take_in(connection, push, SOURCE, clock())))
        except PushRefusedError as refused:
            if refused.refusal is not Refusal.UNDER_WAY:
                _count(connection, refused.refusal, clock())
            return Taken(refusal=refused.refusal, detail=refused.detail)


def _count(connection: Connection, refusal: Refusal, now: datetime) -> None:
    ledger = RefusalLedger()
    ledger.count("queue", "", refusal)
    with transaction(connection):
        ledger.write(connection, now)


def _option(values: Sequence[str]) -> object:
    read = [_value(value) for value in values]
    return read[0] if len(read) == 1 else read


def _value(text: str) -> object:
    try:
        value = json.loads(text)
    except ValueError:
        return text
    return value if isinstance(value, int | float) else text
