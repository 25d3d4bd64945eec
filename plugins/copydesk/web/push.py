"""The doors in Airflow's api-server: partners' signed webhook and WebSub callbacks, under /copydesk/push.

Airflow's own authentication does not stand before these: every request is checked by its signature, or by a callback
URL that nobody can guess. Whatever is refused is counted and becomes no entry.
"""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any

from fastapi import FastAPI, Request
from fastapi.responses import JSONResponse, Response
from pydantic import BaseModel

from copydesk.errors import DatabaseError
from copydesk.push import delivery, webhook
from copydesk.push.intent import Subscription
from copydesk.push.messages import Push
from copydesk.push.refusals import PushRefusedError, Refusal
from copydesk.push.sources import Partner
from copydesk.push.webhook import Knock, Receipt
from copydesk.web.door import Door
from copydesk.web.nudge import ENTRIES, FEEDS

URL_PREFIX = "/copydesk/push"
SAFE = {"X-Content-Type-Options": "nosniff", "Cache-Control": "no-store"}
RETRY_SECONDS = "5"

log = logging.getLogger(__name__)


class ReceiptMade(BaseModel):
    """A push was taken in. `repeated`: it had been before, under the same Idempotency-Key."""

    receipt: str
    received_at: datetime
    repeated: bool


class ItemState(BaseModel):
    """`state` is waiting, working, or its outcome: loaded, unchanged, duplicate, quarantined, refused, gone, failed."""

    url: str
    state: str
    reason: str | None = None
    detail: str | None = None
    article_id: int | None = None


class ReceiptState(BaseModel):
    """What became of a push; `done` when nothing of it is waiting or working any more."""

    receipt: str
    done: bool
    entries: list[ItemState]


class Refused(BaseModel):
    """`error` is a fixed word, `detail` a sentence for people."""

    error: str
    detail: str


def push_app(door: Door | None = None) -> FastAPI:
    """The application to mount at URL_PREFIX; its schema is at URL_PREFIX/openapi.json."""
    app = FastAPI(title="copydesk push", version="1", docs_url=None, redoc_url=None)
    door = door or Door()
    _add_websub(app, door)
    _add_webhook(app, door)
    app.add_exception_handler(DatabaseError, _database_away)
    _publish_schema(app)
    return app


def _add_webhook(app: FastAPI, door: Door) -> None:
    answers: dict[int | str, dict[str, Any]] = {
        code: {"model": Refused} for code in (401, 403, 404, 408, 409, 413, 415, 422, 429, 503)
    }

    @app.post("/{source}", status_code=202, response_model=ReceiptMade, responses=answers, openapi_extra=_SIGNED_BODY)
    async def push(source: str, request: Request) -> Response:
        """Push URLs, feed items or whole articles. All of them are taken in, or none.

        Sign with HMAC-SHA256 over the timestamp, a full stop and the body's bytes.
        """

        async def take() -> Response:
            partner, knock = await door.partner(source), _knock(request)
            webhook.check_headers(knock, door.clock())
            _check_type(request)
            async with door.body(request, webhook.MAX_PUSH_BYTES) as body:
                receipt = await _receive(door, partner, knock, body)
            made = ReceiptMade(receipt=receipt.receipt_id, received_at=receipt.received_at, repeated=receipt.repeated)
            return JSONResponse(made.model_dump(mode="json"), status_code=202)

        return await _answered(door, "webhook", source, take)

    @app.get("/{source}/receipts/{receipt}", response_model=ReceiptState, responses=answers, openapi_extra=_SIGNED)
    async def receipt_state(source: str, receipt: str, request: Request) -> Response:
        """What became of a push. Signed over the timestamp, a full stop and the receipt's id."""

        async def look() -> Response:
            partner = await door.partner(source)
            webhook.authenticate(partner, _knock(request), receipt.encode(), door.clock())
            items = await door.work(lambda connection: webhook.receipt_items(connection, partner, receipt))
            entries = [
                ItemState(
                    url=item.url, state=item.state, reason=item.reason, detail=item.detail, article_id=item.article_id
                )
                for item in items
            ]
            done = not any(item.state in ("waiting", "working") for item in items)
            return JSONResponse(ReceiptState(receipt=receipt, done=done, entries=entries).model_dump(mode="json"))

        return await _answered(door, "webhook", source, look)


async def _receive(door: Door, partner: Partner, knock: Knock, body: bytes) -> Receipt:
    now = door.clock()
    webhook.authenticate(partner, knock, body, now)
    door.recent.check(partner.source, knock.signature, now)
    telling = door.tells()
    try:
        receipt = await door.work(
            lambda connection: webhook.receive(connection, partner, knock, body, now, telling=telling)
        )
    except PushRefusedError as refused:
        if refused.refusal is Refusal.RATE_LIMITED:
            door.recent.too_fast(partner.source, refused, now, 1 / partner.requests_per_second)
        raise
    door.recent.accepted(partner.source, knock.signature, receipt.receipt_id, now)
    if not receipt.repeated:
        door.tell(ENTRIES)
    return receipt


def _add_websub(app: FastAPI, door: Door) -> None:
    @app.get("/websub/{token}", include_in_schema=False)
    async def verify(token: str, request: Request) -> Response:
        async def look() -> Response:
            query, now = dict(request.query_params), door.clock()
            async with door.looking_up(token):
                answer = await door.work(lambda connection: delivery.verify(connection, token, query, now))
            if answer.status == 200:  # noqa: PLR2004 - HTTP
                door.know(token)
            else:
                door.count("websub", "", Refusal.NOT_INTENDED)
            return Response(answer.body, answer.status, headers=SAFE, media_type="application/octet-stream")

        return await _answered(door, "websub", "", look)

    @app.post("/websub/{token}", include_in_schema=False)
    async def distribute(token: str, request: Request) -> Response:
        async def take() -> Response:
            async with door.looking_up(token):
                subscription = await door.work(lambda connection: delivery.listener(connection, token))
                door.know(token)
            name = str(subscription.subscription_id)
            return await _answered(door, "websub", name, lambda: _take_content(door, subscription, request))

        return await _answered(door, "websub", "", take)


async def _take_content(door: Door, subscription: Subscription, request: Request) -> Response:
    async with door.body(request, delivery.MAX_CONTENT_BYTES) as body:
        headers, now, telling = dict(request.headers), door.clock(), door.tells()
        most = door.settings().feed_visits_a_day
        taken = await door.work(
            lambda connection: delivery.receive(
                connection, subscription, body, headers, now, telling=telling, visits_a_day=most
            )
        )
    if taken.refusal is not None:  # acknowledged, as the Recommendation allows, but counted and not used
        door.count("websub", taken.source, taken.refusal)
    else:
        door.tell(ENTRIES if taken.entries else FEEDS)
    return Response(status_code=202, headers=SAFE)


async def _answered(door: Door, name: str, source: str, job: Callable[[], Awaitable[Response]]) -> Response:
    try:
        return await job()
    except PushRefusedError as refused:
        known = "" if refused.refusal is Refusal.UNKNOWN_SOURCE else source
        door.count(name, known, refused.refusal)
        headers = {**SAFE}
        if refused.retry_after_seconds is not None:
            headers["Retry-After"] = str(refused.retry_after_seconds)
        told = Refused(error=refused.refusal.value, detail=refused.detail)
        return JSONResponse(told.model_dump(), status_code=refused.status, headers=headers)


async def _database_away(_request: Request, error: Exception) -> Response:
    log.error("push not taken in: database away", exc_info=error)
    told = Refused(error="unavailable", detail="nothing was taken in; send it again in a moment")
    return JSONResponse(told.model_dump(), status_code=503, headers={**SAFE, "Retry-After": RETRY_SECONDS})


def _knock(request: Request) -> Knock:
    return Knock(
        timestamp=request.headers.get("x-copydesk-timestamp"),
        signature=request.headers.get("x-copydesk-signature"),
        idempotency_key=request.headers.get("idempotency-key"),
    )


def _check_type(request: Request) -> None:
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if kind != "application/json" or request.headers.get("content-encoding", "identity").lower() != "identity":
        raise PushRefusedError(Refusal.WRONG_TYPE, "send application/json, not compressed")


def _header(name: str, description: str, *, required: bool = True) -> dict[str, object]:
    return {
        "name": name,
        "in": "header",
        "required": required,
        "schema": {"type": "string"},
        "description": description,
    }


_SIGNED: dict[str, Any] = {
    "parameters": [
        _header("X-Copydesk-Timestamp", "Now, as Unix seconds; at most 300 s off."),
        _header("X-Copydesk-Signature", "`sha256=` and the hex HMAC-SHA256 with your secret."),
    ]
}
_SIGNED_BODY: dict[str, Any] = {
    "parameters": [
        *_SIGNED["parameters"],
        _header("Idempotency-Key", "Your own name for this push: sent again, it is taken once.", required=False),
    ],
    "requestBody": {
        "required": True,
        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Push"}}},
    },
}


def _publish_schema(app: FastAPI) -> None:
    """The body is read raw, for its signature, so FastAPI must be told of its model."""
    generate = app.openapi

    def openapi() -> dict[str, Any]:
        schema = generate()
        model = Push.model_json_schema(ref_template="#/components/schemas/{model}")
        schemas = schema.setdefault("components", {}).setdefault("schemas", {})
        schemas.update(model.pop("$defs", {}), Push=model)
        return schema

    app.openapi = openapi  # type: ignore[method-assign]  # the way that FastAPI documents
