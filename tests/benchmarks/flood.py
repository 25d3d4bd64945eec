"""A thousand hostile requests a second at the webhook: each wrong in one way, over connections that are kept open."""

from __future__ import annotations

import asyncio
import json
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from copydesk.push.signing import sign

CONNECTIONS = 50
BODY = json.dumps({"urls": ["https://flood.example.org/never"]}).encode()
ANSWER_SECONDS = 60

Headers = dict[str, str]


@dataclass(frozen=True, slots=True)
class Target:
    """Where to send: the api-server's address, the path of a partner, its secret, and a request that it sent before."""

    address: str
    path: str
    secret: str
    replay: tuple[Headers, bytes]


@dataclass(slots=True)
class Tally:
    """What was sent in how many seconds, and what was answered: "kind: status" -> count."""

    sent: int = 0
    seconds: float = 0.0
    answers: Counter[str] = field(default_factory=Counter)


def signed(secret: str, body: bytes, stamp: int) -> Headers:
    """The headers of a request in order."""
    signature = sign(secret, stamp, body)
    return {
        "content-type": "application/json",
        "x-copydesk-timestamp": str(stamp),
        "x-copydesk-signature": signature,
    }


def _missing(target: Target, now: int) -> tuple[Headers, bytes]:
    return {"content-type": "application/json", "x-copydesk-timestamp": str(now)}, BODY


def _wrong(target: Target, now: int) -> tuple[Headers, bytes]:
    return signed("guessed", BODY, now), BODY


def _other_body(target: Target, now: int) -> tuple[Headers, bytes]:
    return signed(target.secret, BODY + b" ", now), BODY


def _skewed(target: Target, now: int) -> tuple[Headers, bytes]:
    return signed(target.secret, BODY, now - 3600), BODY


def _replayed(target: Target, now: int) -> tuple[Headers, bytes]:
    return target.replay


KINDS: dict[str, Callable[[Target, int], tuple[Headers, bytes]]] = {
    "signature missing": _missing,
    "signature wrong": _wrong,
    "another body": _other_body,
    "clock skewed": _skewed,
    "replayed": _replayed,
}


async def flood(target: Target, rate: float, seconds: float) -> Tally:
    """Send `rate` requests a second for so long as the server keeps up with it; a slow server gets fewer."""
    tally, start = Tally(), time.monotonic()
    due = [start + number / rate for number in range(int(rate * seconds))]
    await asyncio.gather(
        *(_send(target, tally, range(first, len(due), CONNECTIONS), due) for first in range(CONNECTIONS))
    )
    tally.seconds = time.monotonic() - start
    return tally


async def _send(target: Target, tally: Tally, numbers: range, due: Sequence[float]) -> None:
    host = urlsplit(target.address)
    reader, writer = await asyncio.open_connection(host.hostname, host.port)
    try:
        for number in numbers:
            if time.monotonic() > due[-1]:
                return
            await asyncio.sleep(max(0.0, due[number] - time.monotonic()))
            kind = list(KINDS)[number % len(KINDS)]
            headers, body = KINDS[kind](target, int(time.time()))
            writer.write(_request(target.path, host.netloc, headers, body))
            tally.sent += 1
            async with asyncio.timeout(ANSWER_SECONDS):
                tally.answers[f"{kind}: {await _status(reader)}"] += 1
    finally:
        writer.close()


def _request(path: str, host: str, headers: Headers, body: bytes) -> bytes:
    lines = [f"POST {path} HTTP/1.1", f"host: {host}", f"content-length: {len(body)}"]
    lines += [f"{name}: {value}" for name, value in headers.items()]
    return "\r\n".join([*lines, "", ""]).encode() + body


async def _status(reader: asyncio.StreamReader) -> int:
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
    length = next(int(line.partition(":")[2]) for line in head.split("\r\n") if line.startswith("content-length:"))
    await reader.readexactly(length)
    return int(head.split(" ", 2)[1])
