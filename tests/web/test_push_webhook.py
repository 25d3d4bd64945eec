"""The partners' door: what is taken in, and that everything else is refused, counted and not in the frontier."""

from __future__ import annotations

import asyncio
import dataclasses
import json
from datetime import UTC, datetime
from typing import NoReturn

import httpx
import pytest
from tests.web.conftest import Books, Clock, Partner, Told

from copydesk import frontier
from copydesk.database import transaction
from copydesk.drafts import drafts_at
from copydesk.frontier import Ended
from copydesk.models import Outcome, Reason
from copydesk.pipeline import claim_batch, clean_batch, fetch_batch
from copydesk.push import signing, webhook
from copydesk.settings import Settings
from copydesk.web import door as door_module
from copydesk.web.door import Door
from copydesk.web.push import push_app

URLS = {"urls": ["https://example.org/a?utm_source=x", "https://example.com/b"]}


async def test_pushed_urls_are_in_the_frontier_and_have_a_receipt(partner: Partner, books: Books) -> None:
    response = await partner.push(URLS)
    assert response.status_code == 202
    assert books.entries() == [("https://example.com/b", "push"), ("https://example.org/a", "push")]
    state = (await partner.receipt(response.json()["receipt"])).json()
    assert state["done"] is False
    assert [(item["url"], item["state"]) for item in state["entries"]] == [
        ("https://example.org/a?utm_source=x", "waiting"),
        ("https://example.com/b", "waiting"),
    ]


async def test_bytes_are_counted_as_held_only_while_a_request_is_dealt_with(partner: Partner, door: Door) -> None:
    """Else a door that had taken in 64 MiB would be too busy for ever."""
    await partner.push(URLS)
    await partner.push({"urls": ["no URL"]})
    assert door._held == 0


async def test_requests_that_wait_for_the_database_hold_no_more_bytes_than_may_be_held(
    partner: Partner, door: Door, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(door_module, "MAX_HELD_BYTES", 150)
    bodies = [json.dumps({"urls": [f"https://example.org/{'a' * 40}/{number}"]}).encode() for number in range(8)]
    answers = await asyncio.gather(*(partner.push(body) for body in bodies))
    codes = {answer.status_code for answer in answers}
    assert codes == {202, 503}
    assert door._held == 0


async def test_items_keep_what_they_say(partner: Partner, books: Books, clock: Clock) -> None:
    item = {
        "url": "https://example.org/a",
        "title": "عنوان",
        "authors": ["A"],
        "published_at": "2026-05-04T13:00:00+03:00",
    }
    await partner.push({"items": [item], "urls": [item["url"]]})
    with transaction(books.connection):
        batch = frontier.claim(books.connection, clock.now, limit=10, per_domain=10)
    assert batch is not None
    [entry] = batch.entries
    assert (entry.title, entry.authors, entry.source) == ("عنوان", ("A",), "push")
    assert entry.published_at == datetime(2026, 5, 4, 10, 0, tzinfo=UTC)


async def test_airflow_is_told_of_what_is_new_and_of_nothing_else(partner: Partner, clock: Clock, told: Told) -> None:
    await partner.push(URLS, idempotency_key="batch-7")
    assert told.assets == ["copydesk://entries"]
    clock.move(1)
    assert (await partner.push(URLS, idempotency_key="batch-7")).json()["repeated"]
    assert (await partner.push(b"no push")).status_code == 422
    assert told.assets == ["copydesk://entries"]


@pytest.mark.parametrize(
    ("change", "status", "reason"),
    [
        ({"x-copydesk-signature": None}, 401, "no-signature"),
        ({"x-copydesk-timestamp": None}, 401, "no-signature"),
        ({"x-copydesk-signature": "sha256=" + "0" * 64}, 401, "bad-signature"),
        ({"x-copydesk-timestamp": "1777895999"}, 401, "bad-signature"),
        ({"x-copydesk-timestamp": "1777895000"}, 401, "clock-skewed"),
        ({"x-copydesk-timestamp": "yesterday"}, 401, "clock-skewed"),
        ({"content-type": "text/plain"}, 415, "wrong-type"),
        ({"content-encoding": "gzip"}, 415, "wrong-type"),
        ({"idempotency-key": "k" * 256}, 422, "bad-body"),
    ],
)
async def test_request_that_is_not_in_order_is_refused_and_counted(
    partner: Partner, books: Books, change: dict[str, str | None], status: int, reason: str
) -> None:
    body = json.dumps(URLS).encode()
    headers = {name: value for name, value in (partner.headers(body) | change).items() if value is not None}
    response = await partner.client.post("/wire", content=body, headers=headers)
    assert (response.status_code, response.json()["error"]) == (status, reason)
    assert len(response.json()["detail"].split()) > 3
    assert books.entries() == []
    assert await books.refusals() == {("webhook", "wire", reason): 1}


async def test_signature_over_another_body_is_refused(partner: Partner, books: Books) -> None:
    headers = partner.headers(json.dumps(URLS).encode())
    response = await partner.client.post("/wire", content=b'{"urls": ["https://example.org/z"]}', headers=headers)
    assert (response.status_code, response.json()["error"]) == (401, "bad-signature")
    assert books.entries() == []


async def test_stranger_is_refused_and_makes_no_rows_of_its_own(client: httpx.AsyncClient, books: Books) -> None:
    for name in ("nobody", "somebody"):
        assert (await client.post(f"/{name}", json=URLS)).status_code == 404
    assert await books.refusals() == {("webhook", "", "unknown-source"): 2}


async def test_same_request_again_is_a_replay(partner: Partner, books: Books) -> None:
    receipt = (await partner.push(URLS)).json()["receipt"]
    again = await partner.push(URLS)
    assert (again.status_code, again.json()["error"]) == (409, "replayed")
    assert receipt in again.json()["detail"]
    assert len(books.entries()) == 2
    assert await books.refusals() == {("webhook", "wire", "replayed"): 1}


async def test_old_request_cannot_be_replayed_after_the_window(partner: Partner, clock: Clock, books: Books) -> None:
    body = json.dumps(URLS).encode()
    headers = partner.headers(body)
    clock.move(signing.REPLAY_WINDOW_SECONDS + 1)
    response = await partner.client.post("/wire", content=body, headers=headers)
    assert (response.status_code, response.json()["error"]) == (401, "clock-skewed")
    assert books.entries() == []


async def test_same_idempotency_key_gives_the_same_receipt(partner: Partner, clock: Clock, books: Books) -> None:
    first = await partner.push(URLS, idempotency_key="batch-7")
    clock.move(5)
    second = await partner.push(URLS, idempotency_key="batch-7")
    assert (first.status_code, second.status_code) == (202, 202)
    assert first.json()["receipt"] == second.json()["receipt"]
    assert (first.json()["repeated"], second.json()["repeated"]) == (False, True)
    clock.move(5)
    third = await partner.push({"urls": ["https://example.org/other"]}, idempotency_key="batch-7")
    assert (third.status_code, third.json()["error"]) == (422, "key-reused")
    assert len(books.entries()) == 2


async def test_body_larger_than_allowed_is_refused_by_its_length_and_by_what_comes(
    partner: Partner, books: Books
) -> None:
    body = b'{"urls": ["https://example.org/a"]}' + b" " * webhook.MAX_PUSH_BYTES
    assert (await partner.push(body)).status_code == 413
    sent = 0

    async def endless() -> object:
        nonlocal sent
        while True:
            sent += 65536
            yield b" " * 65536

    response = await partner.client.post("/wire", content=endless(), headers=partner.headers(b""))
    assert (response.status_code, response.json()["error"]) == (413, "too-large")
    assert sent <= webhook.MAX_PUSH_BYTES + 2 * 65536
    assert await books.refusals() == {("webhook", "wire", "too-large"): 2}


async def test_what_is_wrong_with_a_body_is_told_in_words(partner: Partner, books: Books) -> None:
    response = await partner.push({"urls": ["https://example.org/a", "not a url"]})
    assert response.status_code == 422
    assert response.json()["detail"].startswith("urls.1:")
    assert books.entries() == []


async def test_sites_of_others_may_not_be_pushed(partner: Partner, books: Books) -> None:
    response = await partner.push({"urls": ["https://example.org/a", "https://victim.example.net/b"]})
    assert (response.status_code, response.json()["error"]) == (403, "foreign-url")
    assert books.entries() == []


async def test_partner_that_knocks_too_fast_waits(partner: Partner, clock: Clock, books: Books) -> None:
    books.rows("push_take_token", bucket="webhook/wire", rate=20.0, burst=1, now=clock.now)  # the last token is gone
    refused = await partner.push(URLS)
    assert (refused.status_code, refused.json()["error"]) == (429, "rate-limited")
    assert refused.headers["retry-after"] == "1"
    clock.move(1)
    assert (await partner.push(URLS)).status_code == 202


async def test_thousand_forged_requests_are_refused_and_counted_and_use_up_no_partners_rate(
    partner: Partner, books: Books, door: Door
) -> None:
    door.partners_seconds = 5.0

    async def knock(number: int) -> int:
        headers = partner.headers(b"") | {"x-copydesk-signature": f"sha256={number:064x}"}
        return (await partner.client.post("/wire", content=b"{}", headers=headers)).status_code

    statuses = await asyncio.gather(*(knock(number) for number in range(1000)))
    assert set(statuses) == {401}
    assert await books.refusals() == {("webhook", "wire", "bad-signature"): 1000}
    assert books.entries() == []
    assert (await partner.push(URLS)).status_code == 202


async def test_rotated_secret_and_the_one_before_are_both_accepted_for_a_while(
    partner: Partner, clock: Clock, books: Books, door: Door
) -> None:
    assert door.partners_seconds == 0
    books.rows("push_rotate_source", source="wire", secret="new", previous_until=clock.now)
    assert (await partner.push(URLS)).status_code == 401
    assert (await Partner("wire", "new", partner.client, clock).push(URLS)).status_code == 202


async def test_receipt_is_for_its_partner_only(partner: Partner) -> None:
    receipt = (await partner.push(URLS)).json()["receipt"]
    assert (await partner.receipt("00000000-0000-4000-8000-000000000000")).status_code == 404
    assert (await partner.receipt("nonsense")).status_code == 404
    unsigned = await partner.client.get(f"/wire/receipts/{receipt}")
    assert unsigned.status_code == 401


async def test_database_away_is_a_503_that_tells_nothing(partner: Partner, settings: Settings, clock: Clock) -> None:
    away = Door(settings=lambda: dataclasses.replace(settings, database="host=/nonexistent"), clock=clock)
    async with httpx.AsyncClient(transport=httpx.ASGITransport(push_app(away)), base_url="http://x.test") as client:
        response = await Partner("wire", partner.secret, client, clock).push(URLS)
    assert response.status_code == 503
    assert response.headers["retry-after"] == "5"
    assert "nonexistent" not in response.text


async def test_schema_is_published_and_names_every_field_of_a_push(client: httpx.AsyncClient) -> None:
    schema = (await client.get("/openapi.json")).json()
    post = schema["paths"]["/{source}"]["post"]
    assert post["requestBody"]["content"]["application/json"]["schema"] == {"$ref": "#/components/schemas/Push"}
    schemas = schema["components"]["schemas"]
    assert set(schemas["Push"]["properties"]) == {"urls", "items", "articles"}
    assert schemas["Push"]["properties"]["articles"]["items"] == {"$ref": "#/components/schemas/PushedArticle"}
    assert {"text", "html", "title"} <= set(schemas["PushedArticle"]["properties"])
    assert {"202", "401", "413", "429"} <= set(post["responses"])
    assert "/websub/{token}" not in schema["paths"]


ARTICLE = {
    "url": "https://example.org/whole?utm_source=wire",
    "title": "Harbour reopens",
    "text": "The harbour opened again on Monday.\n\nShips came in all day.",
    "authors": ["A. Writer"],
    "published_at": "2026-05-04T10:00:00Z",
    "language": "en",
}


async def test_whole_article_is_never_fetched_and_becomes_a_draft(
    partner: Partner, books: Books, settings: Settings, clock: Clock
) -> None:
    response = await partner.push({"articles": [ARTICLE], "urls": [ARTICLE["url"]]})
    assert response.status_code == 202
    batch = await asyncio.to_thread(claim_batch, settings, clock.now)
    assert batch is not None
    fetched = await asyncio.to_thread(fetch_batch, settings, batch, fetcher=Unreachable(), clock=clock)
    assert (fetched.pages, fetched.ended) == (0, {})
    cleaned = await asyncio.to_thread(clean_batch, settings, batch, clock=clock)
    assert cleaned.drafts == 1
    with transaction(books.connection):
        [candidate] = drafts_at(books.connection, batch, "cleaned")
    assert candidate.article.reading == "push"
    assert candidate.article.metadata.title == "Harbour reopens"
    assert candidate.article.text == "The harbour opened again on Monday.\n\nShips came in all day."
    items = (await partner.receipt(response.json()["receipt"])).json()["entries"]
    assert {item["state"] for item in items} == {"working"}


async def test_of_two_articles_of_one_url_the_first_one_counts_as_a_whole(
    partner: Partner, books: Books, settings: Settings, clock: Clock
) -> None:
    one, two = ({"url": "https://example.org/a", "title": name, "text": f"{name} text."} for name in ("One", "Two"))
    await partner.push({"articles": [one, {**two, "url": f"{two['url']}?utm_source=x"}]})
    batch_id = await asyncio.to_thread(claim_batch, settings, clock.now)
    assert batch_id is not None
    await asyncio.to_thread(clean_batch, settings, batch_id, clock=clock)
    with transaction(books.connection):
        [draft] = drafts_at(books.connection, batch_id, "cleaned")
    assert (draft.article.metadata.title, draft.article.text) == ("One", "One text.")


async def test_same_article_again_asks_for_nothing_and_a_changed_one_waits_for_the_first(
    partner: Partner, clock: Clock, books: Books
) -> None:
    await partner.push({"articles": [ARTICLE]})
    clock.move(1)
    changed = {"articles": [ARTICLE | {"text": "Other words."}]}
    busy = await partner.push(changed)
    assert (busy.status_code, busy.json()["error"]) == (409, "under-way")
    assert busy.headers["retry-after"] == "5"
    assert len(books.entries()) == 1
    with transaction(books.connection):
        batch = frontier.claim(books.connection, clock.now, limit=10, per_domain=10)
        assert batch is not None
        ended = [Ended(entry.entry_id or 0, Outcome.LOADED, Reason.NEW, "load") for entry in batch.entries]
        frontier.finish(books.connection, ended, clock.now)
    clock.move(1)
    assert (await partner.push({"articles": [ARTICLE]})).status_code == 202
    assert len(books.entries()) == 1
    assert (await partner.push(changed)).status_code == 202
    assert len(books.entries()) == 2


async def test_article_takes_the_place_of_a_visit_that_nobody_has_begun(
    partner: Partner, clock: Clock, books: Books
) -> None:
    await partner.push({"urls": [ARTICLE["url"]]})
    clock.move(1)
    assert (await partner.push({"articles": [ARTICLE]})).status_code == 202
    with transaction(books.connection):
        batch = frontier.claim(books.connection, clock.now, limit=10, per_domain=10)
        assert batch is not None
        assert len(frontier.entries_at(books.connection, batch.batch_id, "fetched")) == 1


class Unreachable:
    """A fetcher that must not be asked."""

    async def fetch(self, url: str, **_conditions: str | None) -> NoReturn:
        raise AssertionError(f"{url} was asked for")
